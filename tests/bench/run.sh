#!/usr/bin/env bash
# Durable redemptions per second of ours, beside static responses per second of nginx, both over TLS
# on core 0 with the client on core 1, in alternation. tests/bench/README.md says how to read it.
#
#   tests/bench/run.sh [--rounds 5] [--seconds 5] [--connections 64] [--cards 10000]
#
# More than 10,000 cards are put into the stopped demo by kaiku-bench-seed: a million in minutes.
# Takes about rounds × seconds × 3, and a minute for the rest. The figures also go to
# build/bench/result.json. Exit 0 measured, 1 a reply was wrong or lost or the
# ledger is not whole, 2 usage, 3 could not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=5
seconds=5
connections=64
cards=10000
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --connections) connections=$2 ;;
    --cards) cards=$2 ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
  shift 2 || { echo "$1 needs a number" >&2; exit 2; }
done

fail() {
  printf '\nThe bench stopped: %s\n' "$1" >&2
  if [ -n "${2:-}" ] && [ -s "$2" ]; then tail -n 8 "$2" >&2; fi
  exit 3
}

[ "$(nproc)" -ge 2 ] || fail "two cores are needed, one for the servers and one for the client"
server/install.sh bench
build=$PWD/build/bench
cmake --preset release -B "$build" -DKAIKU_TESTS=ON >/dev/null || fail "configuring failed"
ninja -C "$build" -j "${KAIKU_JOBS:-2}" kaiku-server kaiku-bench-load kaiku-bench-seed ||
  fail "building failed"
load=$build/tests/bench/kaiku-bench-load
server=$(find "$build" -type f -name kaiku-server -perm -u+x | head -n 1)

# On the disk of this checkout, not in /tmp: where that is memory, fsync would cost nothing.
scratch=$(mktemp -d "$build/run-XXXXXX")
processes=()
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  local pid
  for pid in "${processes[@]}"; do
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# --- both servers, on core 0 ----------------------------------------------------------------------

base_port=$((20000 + RANDOM % 10000))
port=$base_port
nginx_port=$((base_port + 2))
demo=$scratch/demo
credentials=$demo/credentials.json
in_demo=$((cards < 10000 ? cards : 10000))
start_server() {
  taskset -c 0 "$server" demo --dir "$demo" --cards "$in_demo" --months 0 --seed 1 --quick-codes \
    --port "$port" --device-port $((base_port + 1)) >"$scratch/server.log" 2>&1 &
  processes[0]=$!
  local tenths
  for ((tenths = 0; tenths < 3000; tenths++)); do
    kill -0 "${processes[0]}" 2>/dev/null || fail "the server ended" "$scratch/server.log"
    if [ -s "$credentials" ] && ca_file=$(jq -er .ca_file "$credentials" 2>/dev/null) &&
      curl --silent --fail --cacert "$ca_file" -o /dev/null "https://127.0.0.1:$port/readyz"; then
      return
    fi
    sleep 0.1
  done
  fail "the server did not become ready" "$scratch/server.log"
}
start_server

# New cards are stretched in the background, cheaply here (--quick-codes; else some 20 ms each):
# done before anything is measured.
unstretched="SELECT count(*) FROM card WHERE state NOT IN (0, 4)
  AND card_id NOT IN (SELECT card_id FROM vault_stretched)"
until [ "$(sqlite3 -readonly "$demo/kaiku.db" "$unstretched")" = 0 ]; do sleep 1; done

codes=()
if [ "$cards" -gt "$in_demo" ]; then
  kill -TERM "${processes[0]}"
  wait "${processes[0]}" || fail "the server did not stop cleanly" "$scratch/server.log"
  echo "Adding $((cards - in_demo)) cards"
  "$build/tests/bench/kaiku-bench-seed" "$demo" $((cards - in_demo)) "$scratch/codes" ||
    fail "the cards could not be added"
  codes=(--cards "$scratch/codes")
  start_server
fi

# One redemption by hand: nginx answers with as many bytes.
card=$(jq -er '[.cards[] | select(.state == "valid")][0].code' "$credentials")
door=$(jq -ec '[.api_keys[] | select(.sector == "sport")][0]' "$credentials")
body=$(jq -nc --arg card "$card" --argjson venue "$(jq .venue_id <<<"$door")" \
  '{idempotency_key: "bench-first", card: $card, venue_id: $venue, tickets: {adult: 1}}')
answer=$(curl --silent --show-error --fail-with-body --cacert "$ca_file" \
  -H "Authorization: Bearer $(jq -r .key <<<"$door")" -H 'Content-Type: application/json' \
  --data "$body" "https://127.0.0.1:$port/api/v1/redemptions") || fail "no redemption: $answer"

certs/make_development_certificates.sh "$scratch/certs" >/dev/null
filling=$(head -c $((${#answer} > 12 ? ${#answer} - 12 : 1)) /dev/zero | tr '\0' x)
sed -e "s|@DIR@|$scratch|g" -e "s|@PORT@|$nginx_port|" -e "s|@BODY@|{\"answer\":\"$filling\"}|" \
  tests/bench/nginx.conf.in >"$scratch/nginx.conf"
nginx=$(command -v nginx || echo /usr/sbin/nginx)
taskset -c 0 "$nginx" -p "$scratch" -e "$scratch/nginx.log" -c "$scratch/nginx.conf" &
processes[1]=$!
sleep 0.5
kill -0 "${processes[1]}" 2>/dev/null || fail "nginx ended" "$scratch/nginx.log"

# --- measuring ------------------------------------------------------------------------------------

wrong=no
client_core=1
# measure NAME PORT CA ARGUMENTS…: its JSON in $scratch/NAME.json and, a line a round, NAME.rounds
measure() {
  local name=$1 status=0
  taskset -c "$client_core" "$load" --port "$2" --ca "$3" --connections "$connections" \
    --seconds "$seconds" --warmup 1 "${@:4}" >"$scratch/$name.json" || status=$?
  if [ "$status" -eq 1 ]; then
    wrong=yes
    echo "a wrong or lost reply in $name: $(jq -c '{statuses, answers, broken, unfinished}' \
      "$scratch/$name.json")" >&2
  elif [ "$status" -ne 0 ]; then
    fail "the client could not measure $name" "$scratch/server.log"
  fi
  jq -c . "$scratch/$name.json" >>"$scratch/$name.rounds"
}
nginx_ca=$scratch/certs/development_ca.pem
redeeming=(--credentials "$credentials" --sector sport ${codes[@]+"${codes[@]}"} redeem)
# CPU of the server so far, in ticks of 10 ms.
server_ticks() { awk '{print $14 + $15}' "/proc/${processes[0]}/stat"; }
measure_nginx() { measure nginx "$nginx_port" "$nginx_ca" static /answer.json; }
measure_health() { measure health "$port" "$ca_file" static /healthz; }
measure_redeem() {
  local before
  before=$(server_ticks)
  measure redeem "$port" "$ca_file" "${redeeming[@]}"
  jq -n --argjson ticks $(($(server_ticks) - before)) --slurpfile r "$scratch/redeem.json" \
    '$ticks * 10000 / ($r[0].statuses["201"] // 1)' >>"$scratch/cpu.rounds"
}

echo "Warming up: every card once"
measure_redeem
rm "$scratch/redeem.rounds" "$scratch/cpu.rounds"
redeemed=$(jq '.statuses["201"] // 0' "$scratch/redeem.json")

printf '\n%-6s %14s %14s %14s %10s %10s %8s\n' round 'nginx/s' 'healthz/s' 'redeemed/s' \
  'healthz÷' 'redeemed÷' 'client'
for ((round = 1; round <= rounds; round++)); do
  # The order turns about, so that neither always follows the other.
  if ((round % 2)); then
    measure_nginx
    measure_redeem
    measure_health
  else
    measure_health
    measure_redeem
    measure_nginx
  fi
  redeemed=$((redeemed + $(jq '.statuses["201"] // 0' "$scratch/redeem.json")))
  jq -rn --arg round "$round" --slurpfile n "$scratch/nginx.json" --slurpfile h \
    "$scratch/health.json" --slurpfile r "$scratch/redeem.json" \
    '[$n[0], $h[0], $r[0]] | [$round, (.[] | .per_second | round),
      (.[1].per_second / .[0].per_second), (.[2].per_second / .[0].per_second),
      ([.[].client_cpu] | max)] | @tsv' |
    LC_ALL=C awk '{printf "%-6s %14d %14d %14d %9.3f %10.3f %6.0f %%\n",
      $1, $2, $3, $4, $5, $6, 100 * $7}'
done

half=$(jq -s '[.[].per_second] | sort | .[length / 2 | floor] / 2 | floor' "$scratch/redeem.rounds")
measure open "$port" "$ca_file" --rate "$half" "${redeeming[@]}"
measure steady "$port" "$ca_file" --rate 1000 "${redeeming[@]}"
# Both cores for both: what a machine with two cores and no nginx gives.
taskset -apc 0,1 "${processes[0]}" >/dev/null
client_core=0,1
measure both "$port" "$ca_file" --rate "$half" "${redeeming[@]}"
for name in open steady both; do
  redeemed=$((redeemed + $(jq '.statuses["201"] // 0' "$scratch/$name.json")))
done

# --- what came of it ------------------------------------------------------------------------------

# Told "201" is written: every acknowledged key has its row once the server has stopped.
kill -TERM "${processes[0]}"
wait "${processes[0]}" || fail "the server did not stop cleanly" "$scratch/server.log"
rows=$(sqlite3 "$demo/kaiku.db" \
  "SELECT COUNT(*) FROM redemption WHERE idempotency_key GLOB '*bench-[0-9]*'")
if [ "$rows" -ne "$redeemed" ]; then
  wrong=yes
  echo "acknowledged $redeemed redemptions, found $rows" >&2
fi
status=0
"$server" verify --dir "$demo" >"$scratch/verify.log" 2>&1 || status=$?
if [ "$status" -eq 1 ]; then
  wrong=yes
  head -n 8 "$scratch/verify.log" >&2
elif [ "$status" -ne 0 ]; then
  fail "verify could not run" "$scratch/verify.log"
fi

jq -n --slurpfile n "$scratch/nginx.rounds" --slurpfile h "$scratch/health.rounds" \
  --slurpfile r "$scratch/redeem.rounds" --slurpfile open "$scratch/open.json" \
  --slurpfile steady "$scratch/steady.json" --slurpfile both "$scratch/both.json" \
  --slurpfile cpu "$scratch/cpu.rounds" \
  --argjson cards "$cards" --argjson acknowledged "$redeemed" --argjson found "$rows" \
  'def median: sort | if length % 2 == 1 then .[(length - 1) / 2 | floor]
     else (.[length / 2 - 1] + .[length / 2]) / 2 end;
   def ratio(a; b): [range(a | length)] | map(a[.].per_second / b[.].per_second) | median;
   {rounds: ($r | length), seconds: $r[0].seconds, connections: $r[0].connections, cards: $cards,
    median_ratio_redeem_to_nginx: ratio($r; $n), median_ratio_healthz_to_nginx: ratio($h; $n),
    median_redemptions_per_second: ([$r[].per_second] | median),
    median_nginx_per_second: ([$n[].per_second] | median),
    median_cpu_us_per_redemption: ($cpu | median),
    open_loop: {rate: $open[0].rate, latency_ms: $open[0].latency_ms},
    open_loop_1000: {rate: $steady[0].rate, latency_ms: $steady[0].latency_ms},
    open_loop_both_cores: {rate: $both[0].rate, latency_ms: $both[0].latency_ms},
    acknowledged: $acknowledged, found_in_database: $found}' >"$build/result.json"

jq -r 'def digits(n): . * pow(10; n) | round / pow(10; n);
  "",
  "Medians of the \(.rounds) rounds\u0027 ratios:",
  "  durable redemptions ÷ nginx static   \(.median_ratio_redeem_to_nginx | digits(3))",
  "  our /healthz ÷ nginx static          \(.median_ratio_healthz_to_nginx | digits(3))",
  "  CPU of the server per redemption     \(.median_cpu_us_per_redemption | digits(1)) µs",
  (["half of the maximum", .open_loop], ["steady", .open_loop_1000],
   ["half of the maximum, both cores for server and client", .open_loop_both_cores] |
   (.[1].latency_ms | map_values(digits(1))) as $ms |
   "Open loop at \(.[1].rate) a second, \(.[0]):",
   "  p50 \($ms.p50) ms, p95 \($ms.p95) ms, p99 \($ms.p99) ms, worst \($ms.max) ms"),
  "Acknowledged \(.acknowledged) redemptions, found \(.found_in_database) in the database."
  ' "$build/result.json"
if [ "$wrong" = yes ]; then exit 1; fi
