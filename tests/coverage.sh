#!/usr/bin/env bash
# Lines and branches of every room that the tests run through (preset coverage). Exit 1 when one of
# the rooms that decide about money and people is under KAIKU_LEAST_COVERAGE (85) % of its lines.
#
#   tests/coverage.sh                          all tests
#   KAIKU_COVERAGE_ONLY='kaiku_ledger_tests kaiku_contract_tests' tests/coverage.sh
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 3
build=build/coverage
jobs=${KAIKU_JOBS:-2}

binaries=(
  kaiku_contract_tests kaiku_ledger_tests kaiku_http_tests kaiku_pages_tests kaiku_print_tests
  kaiku_exports_tests kaiku_access_tests
  kaiku_kiosk_tests kaiku_property_tests kaiku_server_tests kaiku_simulation_tests
)
if [ -n "${KAIKU_COVERAGE_ONLY:-}" ]; then read -ra binaries <<<"$KAIKU_COVERAGE_ONLY"; fi

cmake --preset coverage >/dev/null || exit 3
ninja -C "$build" -j "$jobs" "${binaries[@]}" || exit 3
# Counts of an earlier run would stay.
find "$build" -name '*.gcda' -delete
for binary in "${binaries[@]}"; do
  # Fewer seeds than usual: what the first fifty do not reach, the others do not either.
  filter='*'
  if [ "$binary" = kaiku_simulation_tests ]; then filter='A_thousand/Seeds.*/0'; fi
  "$build/tests/$binary" --gtest_brief=1 --gtest_filter="$filter" || {
    echo "$binary failed: its lines count as far as it came"
  }
done

find "$build/schema" "$build/server" "$build/kiosk" -name '*.gcda' -print0 |
  xargs -0 -n 20 gcov --json-format --stdout --branch-probabilities 2>/dev/null |
  node tests/coverage_rooms.mjs "$PWD" "${KAIKU_LEAST_COVERAGE:-85}"
