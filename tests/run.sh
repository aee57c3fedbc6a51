#!/usr/bin/env bash
# Installs, builds and runs every test: unit, integration, property, tidy, then tests/e2e; and the
# guards in tests/guards, each of which can be run by hand and says what to do.
#
#   tests/run.sh                 everything
#   tests/run.sh -R CardCode     arguments go to ctest; tests/e2e and tests/guards are left out
#   tests/run.sh --sanitize      other builds: tests/sanitize.sh, with addresses, then with threads
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
if [ "${1:-}" = --sanitize ]; then exec tests/sanitize.sh "${@:2}"; fi

# Scripts of which each stands for itself; exit 77 means "cannot run here" and says why.
failed=()
count=0
skipped=0
run_scripts() {
  local script
  for script in "$@"; do
    count=$((count + 1))
    printf '\n== %s\n' "$script"
    KAIKU_BUILD="$PWD/$build" KAIKU_JOBS="$jobs" "$script"
    case $? in
      0) echo "== $script: passed" ;;
      77) skipped=$((skipped + 1)); echo "== $script: skipped" ;;
      *) failed+=("$script"); echo "== $script: FAILED" ;;
    esac
  done
}

# Before the build: a fault of format is told in seconds, and nothing waits for it.
if [ $# -eq 0 ]; then
  run_scripts tests/guards/format.sh tests/guards/scripts.sh tests/guards/javascript.sh \
    tests/guards/planted.sh
fi

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

# What needs the build: the slow guard, and the real binaries.
if [ $# -eq 0 ]; then
  run_scripts tests/guards/clang_tidy.sh tests/openapi/run.sh tests/e2e/*.sh
fi

printf '\nguards and end-to-end: %d scripts, %d failed, %d skipped\n' \
  "$count" "${#failed[@]}" "$skipped"
if [ ${#failed[@]} -gt 0 ]; then printf '  failed: %s\n' "${failed[@]}"; fi
grep -E '^[0-9]+% tests passed' "$report"
sed -n '/^The following tests FAILED/,/^$/p' "$report"
if [ "$unit_status" -ne 0 ] || [ ${#failed[@]} -gt 0 ]; then
  fail 'Some tests failed.' \
    "one test again: ctest --test-dir $build --output-on-failure -R NAME; one script: run it"
fi
