#!/usr/bin/env bash
# What a redemption costs with a million cards, beside the same with ten thousand: two servers on
# core 0, asked in alternation by a client on core 1; CPU of each server per redemption.
#
#   tests/bench/million.sh [--rounds 5] [--seconds 5] [--cards 1000000]
#
# Makes the cards in some minutes. Exit 0 measured, 2 usage, 3 could not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=5
seconds=5
cards=1000000
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --cards) cards=$2 ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
  shift 2 || { echo "$1 needs a number" >&2; exit 2; }
done

fail() {
  printf '\nThe bench stopped: %s\n' "$1" >&2
  exit 3
}
server/install.sh bench
build=$PWD/build/bench
cmake --preset release -B "$build" -DKAIKU_TESTS=ON >/dev/null || fail "configuring failed"
ninja -C "$build" -j "${KAIKU_JOBS:-2}" kaiku-server kaiku-bench-load kaiku-bench-seed ||
  fail "building failed"
server=$(find "$build" -type f -name kaiku-server -perm -u+x | head -n 1)
scratch=$(mktemp -d "$build/run-XXXXXX")
base_port=$((20000 + RANDOM % 10000))
pids=()
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  local pid
  for pid in "${pids[@]}"; do
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# start SIDE: its demo on a port of its own; until it is ready
start() {
  local port=$((base_port + 2 * $1)) tenths
  taskset -c 0 "$server" demo --dir "$scratch/$1" --cards 1000 --months 0 --seed 1 --quick-codes \
    --port "$port" --device-port $((port + 1)) >"$scratch/$1.log" 2>&1 &
  pids[$1]=$!
  for ((tenths = 0; tenths < 3000; tenths++)); do
    kill -0 "${pids[$1]}" 2>/dev/null || fail "a server ended: $(tail -n 3 "$scratch/$1.log")"
    if [ -s "$scratch/$1/credentials.json" ] && curl --silent --fail -o /dev/null --cacert \
      "$(jq -er .ca_file "$scratch/$1/credentials.json")" "https://127.0.0.1:$port/readyz"; then
      return
    fi
    sleep 0.1
  done
  fail "a server did not become ready"
}
sizes=(10000 "$cards")
for side in 0 1; do
  start "$side"
  kill -TERM "${pids[$side]}"
  wait "${pids[$side]}" || fail "a server did not stop cleanly"
  echo "Adding ${sizes[$side]} cards"
  "$build/tests/bench/kaiku-bench-seed" "$scratch/$side" "${sizes[$side]}" "$scratch/$side.codes" ||
    fail "the cards could not be added"
  # The codes in another order than the cards lie in.
  shuf --random-source=<(yes) "$scratch/$side.codes" >"$scratch/$side.mixed"
done
for side in 0 1; do start "$side"; done

# ask SIDE SECONDS: CPU in µs per redemption
ask() {
  local before after replies
  before=$(awk '{print $14 + $15}' "/proc/${pids[$1]}/stat")
  taskset -c 1 "$build/tests/bench/kaiku-bench-load" --port $((base_port + 2 * $1)) \
    --ca "$(jq -er .ca_file "$scratch/$1/credentials.json")" --seconds "$2" --warmup 0 \
    --credentials "$scratch/$1/credentials.json" --sector sport --cards "$scratch/$1.mixed" \
    redeem >"$scratch/$1.json" || fail "a reply was wrong: $(head -c 400 "$scratch/$1.json")"
  after=$(awk '{print $14 + $15}' "/proc/${pids[$1]}/stat")
  replies=$(jq '.statuses["201"]' "$scratch/$1.json")
  awk -v t=$((after - before)) -v n="$replies" 'BEGIN {printf "%.2f\n", t * 10000 / n}'
}
for side in 0 1; do ask "$side" "$seconds" >/dev/null; done

printf '%-6s %16s %16s %8s\n' round "µs at ${sizes[0]}" "µs at ${sizes[1]}" ratio
for ((round = 1; round <= rounds; round++)); do
  if ((round % 2)); then
    small=$(ask 0 "$seconds")
    large=$(ask 1 "$seconds")
  else
    large=$(ask 1 "$seconds")
    small=$(ask 0 "$seconds")
  fi
  awk -v r="$round" -v a="$small" -v b="$large" \
    'BEGIN {printf "%-6s %16.1f %16.1f %8.3f\n", r, a, b, b / a}' | tee -a "$scratch/ratios"
done
awk '{print $4}' "$scratch/ratios" | sort -n |
  awk '{v[NR] = $1} END {printf "Median of the ratios: %.3f\n", v[int((NR + 1) / 2)]}'
