#!/usr/bin/env bash
# Unit, property and integration tests and 200 seeds of the simulation with AddressSanitizer and
# UndefinedBehaviorSanitizer together (preset asan), then with ThreadSanitizer (preset tsan). Any
# report ends the program that made it: exit 1.
#
#   tests/sanitize.sh              both
#   tests/sanitize.sh asan         one of them
#   KAIKU_SANITIZE_ONLY='kaiku_http_tests kaiku_ledger_tests' tests/sanitize.sh tsan
#   KAIKU_SANITIZE_MINUTES=30 KAIKU_SANITIZE_FIRST=4 tests/sanitize.sh
#                                  begins with the fifth program and ends when the time is over:
#                                  what was not reached is named, and is no fault
#
# A cold build of each takes about twice as long as the one of preset dev.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 3
jobs=${KAIKU_JOBS:-2}

# Not kaiku_tidy_tests, which has nothing of ours in it, nor tests/e2e, which wait for real programs
# by the clock.
binaries=(
  kaiku_contract_tests kaiku_ledger_tests kaiku_http_tests kaiku_pages_tests kaiku_access_tests
  kaiku_openapi_tests kaiku_print_tests kaiku_exports_tests kaiku_kiosk_tests kaiku_property_tests
  kaiku_server_tests kaiku_simulation_tests kaiku_fuzz_replay
)
if [ -n "${KAIKU_SANITIZE_ONLY:-}" ]; then read -ra binaries <<<"$KAIKU_SANITIZE_ONLY"; fi

# Another one first at each turn, so that all are reached when the time is short.
first=$((${KAIKU_SANITIZE_FIRST:-0} % ${#binaries[@]}))
binaries=("${binaries[@]:first}" "${binaries[@]:0:first}")
minutes=${KAIKU_SANITIZE_MINUTES:-100000}
seconds_left() { echo $((minutes * 60 - SECONDS)); }

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}

# Shards of fifty seeds each: the first four of twenty, and the replay.
few_seeds='A_thousand/Seeds.*/0:A_thousand/Seeds.*/1:A_thousand/Seeds.*/2:A_thousand/Seeds.*/3'

# The program's own words, kept when it fails.
run_one() {
  local preset=$1 binary=$2 log=$3 folder=build/$1/tests
  local command=("$folder/$binary" --gtest_brief=1)
  # The thread sanitizer of g++ 12 knows no addresses as random as newer kernels give them.
  if [ "$preset" = tsan ]; then command=(setarch "$(uname -m)" -R "${command[@]}"); fi
  case $binary in
    kaiku_simulation_tests) command+=("--gtest_filter=$few_seeds:Simulation.*") ;;
    kaiku_fuzz_replay)
      for corpus in tests/fuzz/corpus/*; do
        "$folder/fuzz/kaiku_fuzz_replay" "${corpus##*/}" "$corpus" || return 1
      done >"$log" 2>&1
      return
      ;;
  esac
  timeout "$(seconds_left)" "${command[@]}" >"$log" 2>&1
}

failed=()
unreached=()
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
presets=("$@")
if [ ${#presets[@]} -eq 0 ]; then presets=(asan tsan); fi
for preset in "${presets[@]}"; do
  cmake --preset "$preset" >"$logs/configure" || {
    cat "$logs/configure"
    exit 3
  }
done
# A program under each preset in turn: time that ends cuts both short alike.
for binary in "${binaries[@]}"; do
  for preset in "${presets[@]}"; do
    # Of the locks of GLib and fontconfig, which are not instrumented, it sees a half.
    if [[ "$preset $binary" =~ ^tsan\ kaiku_(print|exports)_tests$ ]]; then continue; fi
    if [ "$(seconds_left)" -lt 60 ]; then
      unreached+=("$preset $binary")
      continue
    fi
    timeout "$(seconds_left)" ninja -C "build/$preset" -j "$jobs" "$binary" >"$logs/build"
    case $? in
      0) ;;
      124)
        unreached+=("$preset $binary")
        continue
        ;;
      *)
        grep -A 12 -m 1 -E 'error|FAILED' "$logs/build"
        echo "What to do: mend it; ninja -C build/$preset $binary says it again"
        exit 3
        ;;
    esac
    began=$SECONDS
    run_one "$preset" "$binary" "$logs/$binary"
    status=$?
    if [ $status -eq 0 ]; then
      echo "$preset: $binary: good ($((SECONDS - began)) s)"
    elif [ $status -eq 124 ]; then
      unreached+=("$preset $binary")
    else
      failed+=("$preset $binary")
      tail -n 120 "$logs/$binary"
      echo "$preset: $binary: FAILED"
    fi
  done
done
printf '\nsanitize: %d failed, %d not reached\n' "${#failed[@]}" "${#unreached[@]}"
if [ ${#unreached[@]} -gt 0 ]; then printf '  not reached: %s\n' "${unreached[@]}"; fi
if [ ${#failed[@]} -gt 0 ]; then
  printf '  failed: %s\n' "${failed[@]}"
  echo 'What to do: the report above names the line. One again:'
  echo '  KAIKU_SANITIZE_ONLY=NAME tests/sanitize.sh PRESET'
  exit 1
fi
