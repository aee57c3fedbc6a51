#!/usr/bin/env bash
# Installs, builds and runs every test: unit, integration, property, tidy, then tests/e2e.
#
#   tests/run.sh                 everything
#   tests/run.sh -R CardCode     arguments go to ctest; tests/e2e is left out
#
# Works as root and with sudo; a second run builds only what changed. Exit 0 when all passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 3

build=build/dev
jobs=${KAIKU_JOBS:-2} # a translation unit over TLS wants 1.3 GB: more needs more memory

fail() {
  printf '\n%s\nWhat to do: %s\n' "$1" "$2" >&2
  exit "${3:-1}"
}

server/install.sh tests || exit $?
cmake --preset dev ||
  fail 'Configuring failed (see above).' "delete $build and run this again" 3
ninja -C "$build" -j "$jobs" ||
  fail 'Building failed: the first "error:" above says where.' \
    "mend it and run this again; if the compiler was killed, memory ran out: KAIKU_JOBS=1" 3

report=$(mktemp)
trap 'rm -f "$report"' EXIT
ctest --test-dir "$build" --output-on-failure -j "$jobs" "$@" | tee "$report"
unit_status=${PIPESTATUS[0]}
if grep -q 'No tests were found' "$report"; then
  fail 'No test ran.' 'look at the arguments given to ctest'
fi

# The real binaries, each script on its own; exit 77 means "cannot run here" and says why.
e2e_failed=()
e2e_count=0
skipped=0
for script in tests/e2e/*.sh; do
  if [ $# -gt 0 ] || [ ! -x "$script" ]; then continue; fi
  e2e_count=$((e2e_count + 1))
  printf '\n== %s\n' "$script"
  KAIKU_BUILD="$PWD/$build" "$script"
  case $? in
    0) echo "== $script: passed" ;;
    77) skipped=$((skipped + 1)); echo "== $script: skipped" ;;
    *) e2e_failed+=("$script"); echo "== $script: FAILED" ;;
  esac
done

printf '\nend-to-end: %d scripts, %d failed, %d skipped\n' \
  "$e2e_count" "${#e2e_failed[@]}" "$skipped"
if [ ${#e2e_failed[@]} -gt 0 ]; then printf '  failed: %s\n' "${e2e_failed[@]}"; fi
grep -E '^[0-9]+% tests passed' "$report"
if [ "$unit_status" -ne 0 ] || [ ${#e2e_failed[@]} -gt 0 ]; then
  fail 'Some tests failed.' \
    "one test again: ctest --test-dir $build --output-on-failure -R NAME; one script: run it"
fi
