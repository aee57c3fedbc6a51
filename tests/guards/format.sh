#!/usr/bin/env bash
# Every C++ file is as .clang-format says.
#
#   tests/guards/format.sh          says which are not; exit 1
#   tests/guards/format.sh --mend   writes them anew
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Two versions format one tree in two ways: Debian 12's is the one that counts.
version=$(clang-format --version | grep -oE 'version [0-9]+' | head -1)
if [ "$version" != 'version 14' ]; then
  echo "clang-format here is ${version:-missing}; the tree is written by version 14 of Debian 12"
  exit 77
fi
# New files count as well, before they are committed; not what is deleted but not yet committed.
files() {
  git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp' |
    while IFS= read -r -d '' file; do if [ -e "$file" ]; then printf '%s\0' "$file"; fi; done
}
if [ "${1:-}" = --mend ]; then
  files | xargs -0 -P2 -n64 clang-format -i
  exit 0
fi
files | xargs -0 -P2 -n64 clang-format -n -Werror --ferror-limit=1 || {
  echo 'What to do: tests/guards/format.sh --mend'
  exit 1
}
