#!/usr/bin/env bash
# Published figures of a country with ten years behind it: the load of its history, its runs, the
# time of each report beside the same at a tenth of the uses, redemptions while reports are asked.
#
#   tests/bench/reports.sh [--cards 100000] [--rounds 5] [--seconds 5] [--minutes 60]
#
# Ten uses a card. KAIKU_BENCH_CARDS is another way to say --cards. After the minutes it stops,
# whatever is measured by then. Exit 0 measured, 2 usage, 3 could not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cards=${KAIKU_BENCH_CARDS:-100000}
rounds=5
seconds=5
minutes=60
while [ $# -gt 0 ]; do
  case $1 in
    --cards) cards=$2 ;;
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --minutes) minutes=$2 ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
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
ninja -C "$build" -j "${KAIKU_JOBS:-2}" kaiku-server kaiku-bench-load kaiku-bench-seed \
  kaiku-bench-history || fail "building failed"
bench=$build/tests/bench
server=$(find "$build" -type f -name kaiku-server -perm -u+x | head -n 1)

# On the disk of this checkout, not in /tmp: where that is memory, fsync would cost nothing.
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

# The minutes count from here: a build may take longer than all that is measured.
deadline=$((SECONDS + minutes * 60))
# bounded COMMAND…: ends it, and the bench, with the minutes.
bounded() {
  local left=$((deadline - SECONDS)) status=0
  [ "$left" -gt 0 ] || fail "the $minutes minutes are over"
  timeout --foreground "$left" "$@" || status=$?
  [ "$status" -ne 124 ] || fail "the $minutes minutes are over"
  return "$status"
}
now_us() { echo "${EPOCHREALTIME/[.,]/}"; }
# seconds_since MICROSECONDS
seconds_since() { awk -v a="$1" -v b="$(now_us)" 'BEGIN {printf "%.3f", (b - a) / 1e6}'; }
median() { sort -n | awk '{v[NR] = $1} END {if (NR) print v[int((NR + 1) / 2)]}'; }

# --- two networks: the uses, and a tenth of them --------------------------------------------------

uses=($((cards * 10)) "$cards")
# The newest year that can be settled: from 2 March of the next year on.
this_year=$(TZ=Europe/Helsinki date +%Y)
last_year=$((this_year - 1))
if ((10#$(TZ=Europe/Helsinki date +%m%d) < 302)); then last_year=$((this_year - 2)); fi
first_year=$((last_year - 9))

# start SIDE: its demo on a port of its own; until it is ready
start() {
  local port=$((base_port + 2 * $1))
  taskset -c 0 "$server" demo --dir "$scratch/$1" --cards 1000 --months 0 --seed 1 --quick-codes \
    --port "$port" --device-port $((port + 1)) >"$scratch/$1.log" 2>&1 &
  pids[$1]=$!
  while [ "$SECONDS" -lt "$deadline" ]; do
    kill -0 "${pids[$1]}" 2>/dev/null || fail "a server ended" "$scratch/$1.log"
    if [ -s "$scratch/$1/credentials.json" ] && curl --silent --fail -o /dev/null --cacert \
      "$(ca_of "$1")" "https://127.0.0.1:$port/readyz"; then
      return
    fi
    sleep 0.1
  done
  fail "a server did not become ready in the $minutes minutes" "$scratch/$1.log"
}
ca_of() { jq -r '.ca_file // empty' "$scratch/$1/credentials.json"; }

# In the folder of a demo that is stopped.
load_history() {
  local file area loaded began took
  bounded "$bench/kaiku-bench-history" "$scratch/$1" "$cards" "${uses[$1]}" "$last_year" \
    "$scratch/$1.files" || fail "the files of earlier years could not be made"
  began=$(now_us)
  for file in "$scratch/$1.files"/*.cards.csv; do
    area=$(basename "$file" .cards.csv)
    [ "$(wc -l <"$file")" -gt 1 ] || continue # so few cards that this area has none
    bounded "$server" report import-history --dir "$scratch/$1" --json --create --area "$area" \
      --cards "$file" --uses "${file%.cards.csv}.uses.csv" >"$scratch/import.log" 2>&1 ||
      fail "the history of $area was not loaded" "$scratch/import.log"
    tail -n 1 "$scratch/import.log" >>"$scratch/$1.loaded"
  done
  took=$(seconds_since "$began")
  rm -r "$scratch/$1.files"
  loaded=$(jq -s 'map(.cards + .uses) | add' "$scratch/$1.loaded")
  printf '  loaded     %9d cards and uses in %.1f s: %.0f a second\n' "$loaded" "$took" \
    "$(awk -v n="$loaded" -v s="$took" 'BEGIN {print n / s}')"
}

# close_run SIDE OPTIONS…: 1 when it is too early for it. A run that is refused for a small number
# is drawn again without the table that it names, as a coordinator would.
close_run() {
  local side=$1 began table tries
  local options=("${@:2}")
  for ((tries = 0; tries < 8; tries++)); do
    began=$(now_us)
    if bounded "$server" report close --dir "$scratch/$side" "${options[@]}" \
      >"$scratch/run" 2>"$scratch/run.log"; then
      awk -v s="$(seconds_since "$began")" -v more="${options[*]:$#-1}" \
        '{printf "  %-10s %9.2f s, %6d cells %s\n", $1, s, $5, more}' "$scratch/run"
      return 0
    fi
    if grep -q 'too early' "$scratch/run.log"; then return 1; fi
    table=$(sed -n 's/.*a small number in \([^ ]*\) could be.*/\1/p' "$scratch/run.log")
    [ -n "$table" ] || break
    options+=(--without "$table")
  done
  fail "a run was not published" "$scratch/run.log"
}
# All that a server would otherwise publish while it is measured.
settle() {
  local year quarter
  for ((year = first_year; year <= last_year; year++)); do
    close_run "$1" --year "$year" || fail "$year cannot be settled yet"
  done
  [ "$last_year" -eq $((this_year - 1)) ] || return 0 # the year before this one is not settled
  for quarter in 1 2 3; do
    close_run "$1" --year "$this_year" --quarter "$quarter" || return 0
  done
}

for side in 0 1; do
  echo "A country of $cards cards and ${uses[$side]} uses:"
  start "$side"
  kill -TERM "${pids[$side]}"
  wait "${pids[$side]}" || fail "a server did not stop cleanly" "$scratch/$side.log"
  # To be redeemed: so many that none is used more than a few times.
  bounded "$bench/kaiku-bench-seed" "$scratch/$side" 20000 "$scratch/$side.codes" ||
    fail "the cards could not be added"
  shuf --random-source=<(yes) "$scratch/$side.codes" >"$scratch/$side.mixed"
  load_history "$side"
  settle "$side"
  printf '  database   %9d MiB\n' "$(du -m "$scratch/$side/kaiku.db" | cut -f 1)"
done
for side in 0 1; do start "$side"; done

# --- reports --------------------------------------------------------------------------------------

# sign_in SIDE ROLE: its cookie in $scratch/SIDE.ROLE
sign_in() {
  local account secret
  account=$(jq -ec --arg role "$2" '[.accounts[] | select(.role == $role)][0]' \
    "$scratch/$1/credentials.json") || fail "there is no account with the role $2"
  secret=$(jq -r .totp_secret <<<"$account")
  jq -c --arg totp "$(oathtool -b --totp "$secret")" '{username, password, $totp}' <<<"$account" |
    curl --silent --show-error --fail-with-body --cacert "$(ca_of "$1")" -o "$scratch/session" \
      -c "$scratch/$1.$2" -H 'Content-Type: application/json' --data @- \
      "https://127.0.0.1:$((base_port + 2 * $1))/api/v1/sessions" ||
    fail "signing in as $2 failed" "$scratch/session"
}
roles=(national_coordinator area_coordinator)
for side in 0 1; do
  for role in "${roles[@]}"; do sign_in "$side" "$role"; done
done

api=/api/v1/reports
days="from=$last_year-01-01&to=$last_year-12-31"
paths=("$api/annual?year=$last_year")
for group in area municipality home office venue quarter month; do
  paths+=("$api/usage?$days&group_by=$group")
done
paths+=("/figures?year=$last_year&group=venue" "$api/annual.xlsx?year=$last_year"
  "$api/annual.pdf?year=$last_year")
# An area has no months of its own; its coordinator reads those of the network.
path_for() {
  case $1:$2 in
    area_coordinator:*group_by=month) echo "$2&area=network" ;;
    *) echo "$2" ;;
  esac
}

# get SIDE ROLE CURL_OPTIONS…: one keep-alive connection, its requests as a curl configuration; in a
# shell of its own, which it takes the place of.
get() {
  exec taskset -c 1 timeout --foreground $((deadline - SECONDS + 1)) curl --silent --globoff \
    --http1.1 --cacert "$(ca_of "$1")" --cookie "$scratch/$1.$2" "${@:3}" --config -
}
# requests SIDE TIMES PATH…
requests() {
  local times path
  for ((times = 0; times < $2; times++)); do
    for path in "${@:3}"; do
      printf 'url = "https://127.0.0.1:%d%s"\noutput = "/dev/null"\n' \
        $((base_port + 2 * $1)) "$path"
    done
  done
}
warm_up=20
measured=200
# time_of SIDE ROLE PATH: p50 and p95 in milliseconds
time_of() {
  [ "$SECONDS" -lt "$deadline" ] || fail "the $minutes minutes are over"
  requests "$1" $((warm_up + measured)) "$3" |
    get "$1" "$2" --write-out '%{http_code} %{num_connects} %{time_total}\n' >"$scratch/times" ||
    fail "$3 was not answered, or not in the $minutes minutes" "$scratch/$1.log"
  tail -n "$measured" "$scratch/times" | awk '$1 != 200 || $2 != 0' >"$scratch/wrong"
  [ ! -s "$scratch/wrong" ] ||
    fail "$3 for $2: another status than 200, or a new connection" "$scratch/wrong"
  tail -n "$measured" "$scratch/times" | awk '{print $3 * 1000}' | sort -n |
    awk '{v[NR] = $1} END {print v[int((NR * 50 + 99) / 100)], v[int((NR * 95 + 99) / 100)]}'
}

for role in "${roles[@]}"; do
  printf '\n%-44s %8s %8s %12s %8s\n' "ms, $role" p50 p95 'p95 of 1/10' ratio
  for at in "${!paths[@]}"; do
    path=$(path_for "$role" "${paths[$at]}")
    # The order turns about, so that neither always follows the other.
    if ((at % 2)); then
      tenth=$(time_of 1 "$role" "$path")
      whole=$(time_of 0 "$role" "$path")
    else
      whole=$(time_of 0 "$role" "$path")
      tenth=$(time_of 1 "$role" "$path")
    fi
    name=${path#"$api/"}
    awk -v name="${name/"$days&"/}" -v whole="$whole" -v tenth="$tenth" 'BEGIN {
      split(whole, w, " "); split(tenth, t, " ")
      printf "%-44s %8.2f %8.2f %12.2f %8.3f\n", name, w[1], w[2], t[2], w[2] / t[2]}'
  done
done

# --- redemptions ----------------------------------------------------------------------------------

# redeem SIDE: redemptions a second, and CPU of the server in µs for each
redeem() {
  local before after
  before=$(awk '{print $14 + $15}' "/proc/${pids[$1]}/stat")
  bounded taskset -c 1 "$bench/kaiku-bench-load" --port $((base_port + 2 * $1)) \
    --ca "$(ca_of "$1")" --seconds "$seconds" --warmup 1 --sector sport \
    --credentials "$scratch/$1/credentials.json" --cards "$scratch/$1.mixed" \
    redeem >"$scratch/$1.json" || fail "a reply was wrong: $(head -c 400 "$scratch/$1.json")"
  after=$(awk '{print $14 + $15}' "/proc/${pids[$1]}/stat")
  jq -r --argjson ticks $((after - before)) \
    '"\(.per_second) \($ticks * 10000 / .statuses["201"])"' "$scratch/$1.json"
}
# The same while a national coordinator asks one report after the other, on one connection; and how
# many of these a second. Into $scratch/beside.
requests 0 1000 "${paths[@]}" >"$scratch/asking"
redeem_beside_reports() {
  local began
  began=$(now_us)
  get 0 national_coordinator --write-out '%{stderr}%{http_code}\n' \
    <"$scratch/asking" 2>"$scratch/asked" &
  pids[2]=$!
  redeem 0 >"$scratch/redeemed"
  kill -TERM "${pids[2]}" 2>/dev/null || fail "the reports ended too early" "$scratch/asked"
  wait "${pids[2]}" || true
  unset 'pids[2]'
  if grep -qv '^200$' "$scratch/asked"; then fail "a report beside redemptions was not answered"; fi
  awk -v s="$(seconds_since "$began")" -v redeemed="$(cut -d ' ' -f 1 "$scratch/redeemed")" \
    'END {print redeemed, NR / s}' "$scratch/asked" >"$scratch/beside"
}

redeem 0 >/dev/null
redeem 1 >/dev/null
printf '\n%-6s %12s %14s %8s %10s %12s %12s\n' round 'redeemed/s' 'with reports' ratio reports/s \
  "µs at ${uses[0]}" "at ${uses[1]}"
for ((round = 1; round <= rounds; round++)); do
  if ((round % 2)); then
    alone=$(redeem 0)
    redeem_beside_reports
    tenth=$(redeem 1)
  else
    tenth=$(redeem 1)
    redeem_beside_reports
    alone=$(redeem 0)
  fi
  beside=$(cat "$scratch/beside")
  awk -v r="$round" -v alone="$alone" -v beside="$beside" -v tenth="$tenth" 'BEGIN {
    split(alone, a, " "); split(beside, b, " "); split(tenth, t, " ")
    printf "%-6s %12.0f %14.0f %8.3f %10.1f %12.1f %12.1f\n", r, a[1], b[1], b[1] / a[1], b[2],
      a[2], t[2]}' | tee -a "$scratch/rounds"
done
echo "Medians of the rounds:"
printf '  redemptions/s while reports are asked ÷ without   %s\n' \
  "$(awk '{print $4}' "$scratch/rounds" | median)"
printf '  CPU of the server per redemption, sums kept       %s µs, at a tenth of the uses %s µs\n' \
  "$(awk '{print $6}' "$scratch/rounds" | median)" "$(awk '{print $7}' "$scratch/rounds" | median)"
