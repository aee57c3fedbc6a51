#!/usr/bin/env bash
# Every shell script passes shellcheck. One line that has to stay: `# shellcheck disable=SC…` above
# it, with the reason.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v shellcheck >/dev/null || {
  echo 'shellcheck is missing: run server/install.sh tests'
  exit 1
}
git ls-files -z --cached --others --exclude-standard -- '*.sh' .ci/run |
  xargs -0 shellcheck || {
  echo 'What to do: mend the lines above; each code has a page at https://www.shellcheck.net/wiki'
  exit 1
}
