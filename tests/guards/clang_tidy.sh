#!/usr/bin/env bash
# No warning of the allow-list in .clang-tidy, on what changed: each file costs some ten seconds, so
# at most KAIKU_TIDY_FILES of them (12), newest first. Says how many it left out.
#
#   tests/guards/clang_tidy.sh                 what changed
#   tests/guards/clang_tidy.sh FILE.cpp …      these
#
# What changed: what is not committed, then the commits since KAIKU_BASE, or since the branch that
# this one follows; where neither says anything (a fresh clone), the last KAIKU_TIDY_COMMITS (20).
# Needs a build in KAIKU_BUILD (build/dev): generated headers and compile_commands.json.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=${KAIKU_BUILD:-build/dev}
most=${KAIKU_TIDY_FILES:-12}
commits=${KAIKU_TIDY_COMMITS:-20}

command -v clang-tidy >/dev/null || {
  echo 'clang-tidy is missing: run server/install.sh tests'
  exit 1
}
[ -e "$build/compile_commands.json" ] || {
  echo "no $build/compile_commands.json: cmake --preset dev && ninja -C $build"
  exit 1
}

# The commits to look at, as git log takes them.
range() {
  local base
  base=${KAIKU_BASE:-$(git rev-parse --verify --quiet '@{upstream}' 2>/dev/null || true)}
  if [ -n "$base" ]; then base=$(git merge-base "$base" HEAD); fi
  if [ -n "$base" ] && [ "$base" != "$(git rev-parse HEAD)" ]; then
    echo "$base..HEAD"
  else
    echo "--max-count=$commits"
  fi
}
# A header is looked at through the source of its name, else through one that includes it.
source_of() {
  case $1 in
    *.cpp) echo "$1" ;;
    *) if [ -e "${1%.hpp}.cpp" ]; then echo "${1%.hpp}.cpp"; else
      git grep -l --fixed-strings "#include \"$1\"" -- '*.cpp' | head -1 || true
    fi ;;
  esac
}
# The sources behind what changed, newest first, each once, of those that this build compiles.
changed_sources() {
  {
    git diff --name-only HEAD
    git ls-files --others --exclude-standard
    git log --format= --name-only --no-merges "$(range)"
  } | grep -E '\.[ch]pp$' | awk '!seen[$0]++' | while IFS= read -r file; do
    if [ -e "$file" ]; then source_of "$file"; fi
  done | awk 'NF && !seen[$0]++' | while IFS= read -r file; do
    if grep -qF "/$file\"" "$build/compile_commands.json"; then echo "$file"; fi
  done
}

if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(changed_sources)
  echo "changed ($(range)): ${#files[@]} sources"
  if [ ${#files[@]} -gt "$most" ]; then
    echo "left out, being older: $((${#files[@]} - most)) (KAIKU_TIDY_FILES=N looks at N)"
    files=("${files[@]:0:$most}")
  fi
fi
if [ ${#files[@]} -eq 0 ]; then exit 0; fi

# Two at a time, each one's words together; "N warnings generated" counts what others wrote.
failed=0
# shellcheck disable=SC2016  # the inner shell's variables
printf '%s\0' "${files[@]}" | xargs -0 -n1 -P"${KAIKU_JOBS:-2}" bash -c '
  out=$(clang-tidy --quiet --warnings-as-errors="*" -p "$1" "$2" 2>&1) && status=0 || status=1
  if [ $status -ne 0 ]; then grep -vE "^[0-9]+ warnings" <<<"$out"; else echo "good: $2"; fi
  exit $status' clang_tidy "$build" || failed=1
if [ $failed -ne 0 ]; then
  echo 'What to do: mend the lines above; where the check is wrong: NOLINT(check): why'
  exit 1
fi
