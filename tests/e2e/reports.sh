#!/usr/bin/env bash
# What `kaiku-server report` says of a demo, beside what its pages and its API say: the same cells,
# and the same bytes where both are files. Runs are drawn again, and none is published twice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
build=${KAIKU_BUILD:-$PWD/../../build/dev}
start_limit_s=400
for command in node curl jq oathtool; do
  command -v "$command" >/dev/null || {
    echo "$command is missing: run server/install.sh tests"
    exit 1
  }
done
kaiku_server=$(find "$build" -type f -name kaiku-server -perm -u+x -print -quit)

scratch=$(mktemp -d)
server_pid=
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  if [ -n "$server_pid" ]; then
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" || true
  fi
  rm -rf "$scratch"
}
trap clean_up EXIT

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# --- a demo, so long that a year of it is settled -------------------------------------------------

demo=$scratch/demo
credentials=$demo/credentials.json
"$kaiku_server" demo --dir "$demo" --cards 300 --months 18 --port 0 --device-port 0 \
  >"$scratch/server.log" 2>&1 &
server_pid=$!
for ((seconds = 0; ; seconds++)); do
  ! grep -q 'Stop it with Ctrl-C' "$scratch/server.log" || break
  if ! kill -0 "$server_pid" 2>/dev/null || [ "$seconds" -ge "$start_limit_s" ]; then
    cat "$scratch/server.log"
    fail "the demo did not start"
  fi
  sleep 1
done
base_url=$(jq -er .base_url "$credentials")
ca_file=$(jq -er .ca_file "$credentials")

# read_as_signed_in PATH FILE
read_as_signed_in() {
  curl --silent --show-error --fail --cacert "$ca_file" --cookie "$scratch/cookies" \
    --header 'Accept-Language: fi' --output "$2" "$base_url$1" || fail "$1 was refused"
}
account=$(jq -c '[.accounts[] | select(.role == "national_coordinator")][0]' "$credentials")
jq -c --arg totp "$(oathtool -b --totp "$(jq -r .totp_secret <<<"$account")")" \
  '{username, password, $totp}' <<<"$account" |
  curl --silent --show-error --fail --cacert "$ca_file" --cookie-jar "$scratch/cookies" \
    --header "Origin: $base_url" --header 'Content-Type: application/json' --data @- \
    --output /dev/null "$base_url/api/v1/sessions" || fail "nobody could sign in"

# --- the command line -----------------------------------------------------------------------------

# report ARGUMENT…: has to end well.
report() { "$kaiku_server" report "$@" --dir "$demo"; }
# refused CODE WORDS ARGUMENT…: has to end with the code and say the words.
refused() {
  local code=$1 words=$2 ended=0
  shift 2
  "$kaiku_server" report "$@" >"$scratch/out" 2>"$scratch/words" || ended=$?
  [ "$ended" = "$code" ] || fail "report $*: exit $ended in place of $code"
  grep -q -- "$words" "$scratch/words" ||
    fail "report $*: says \"$(cat "$scratch/words")\" and not \"$words\""
  [ ! -s "$scratch/out" ] || fail "report $*: was refused and told something"
}

report runs --json >"$scratch/runs.json"
year=$(jq -er '[.[].name | select(test("^[0-9]{4}$"))][0]' "$scratch/runs.json") ||
  fail "no year of the demo is settled: $(cat "$scratch/runs.json")"
quarter=$(jq -er '[.[].name | select(test("-Q"))][0]' "$scratch/runs.json")
echo "settled: $year; the newest quarter: $quarter"

# same_in_all_forms KIND NAME PAGE API ARGUMENT…: JSON, both tables and the page.
same_in_all_forms() {
  local kind=$1 at=$scratch/$2 page=$3 api=$4
  shift 4
  report "$kind" "$@" --format json >"$at.json"
  report "$kind" "$@" --format csv-rfc4180 >"$at.plain.csv"
  report "$kind" "$@" --format csv >"$at.csv"
  report "$kind" "$@" --format xlsx --out "$at.xlsx"
  read_as_signed_in "$page" "$at.html"
  node report_cells.mjs "$kind" "$at.json" "$at.plain.csv" "$at.csv" "$at.html" ||
    fail "the forms of $* differ"
  read_as_signed_in "$api" "$at.api.json"
  cmp <(jq -S . "$at.json") <(jq -S . "$at.api.json") || fail "$api says something else"
  local ending
  for ending in csv xlsx; do
    read_as_signed_in "${page/figures\?/figures/file?}&as=$ending" "$at.page.$ending"
    cmp "$at.$ending" "$at.page.$ending" || fail "the page's $ending of $* is another"
  done
}

same_in_all_forms annual annual "/figures?year=$year" "/api/v1/reports/annual?year=$year&lang=fi" \
  --year "$year"
for group in month quarter area municipality home office venue sector; do
  same_in_all_forms usage "$group" "/figures?year=$year&group=$group" \
    "/api/v1/reports/usage?from=$year-01-01&to=$year-12-31&group_by=$group&lang=fi" \
    --from "$year-01-01" --to "$year-12-31" --group-by "$group"
done

# That a difference is seen: one number or sign of one form is made another.
difference_is_seen() {
  ! node report_cells.mjs usage "$1" "$scratch/quarter.plain.csv" "$scratch/quarter.csv" "$2" \
    >/dev/null 2>"$scratch/words" || fail "a changed cell was not seen in $1, $2"
  grep -q AssertionError "$scratch/words" || fail "$(cat "$scratch/words")"
}
jq '.totals.registered = 7777777' "$scratch/quarter.json" >"$scratch/number.json"
difference_is_seen "$scratch/number.json" "$scratch/quarter.html"
jq '.rows[0].registered = null | .suppressed_because["/rows/0/registered"] = "other"' \
  "$scratch/quarter.json" >"$scratch/sign.json"
difference_is_seen "$scratch/sign.json" "$scratch/quarter.html"
sed '0,/<td class="number">/s//&7/' "$scratch/quarter.html" >"$scratch/changed.html"
difference_is_seen "$scratch/quarter.json" "$scratch/changed.html"

# --- runs -----------------------------------------------------------------------------------------

while read -r run; do
  report redraw "$run" >"$scratch/redraw" || fail "$(cat "$scratch/redraw")"
  grep -q "The run $run comes out the same again: [0-9a-f]\{64\}" "$scratch/redraw"
done < <(jq -r '.[].name' "$scratch/runs.json")
echo "$(jq length "$scratch/runs.json") runs come out the same again"

refused 1 'Nothing was published: this run is published\.' \
  close --year "${quarter%-Q*}" --quarter "${quarter#*-Q}" --dir "$demo"
refused 1 'Nothing was published: too early' close --year "$(date +%Y)" --dir "$demo"
refused 1 'There is no run 1999\. .kaiku-server report runs. lists them' redraw 1999 --dir "$demo"
refused 1 '^--year has to be a year from 2010 to 2100\.$' annual --year 1999 --dir "$demo"
refused 1 '^--as-of is no run that was published\.$' \
  annual --year "$year" --as-of 2010-Q1 --dir "$demo"
refused 1 'report runs` lists what is' annual --year 2010 --dir "$demo"
refused 1 'These figures change daily' annual --year "$(date +%Y)" --format csv --dir "$demo"
refused 2 'There is no table' close --year "$year" --without uses.of.cats --dir "$demo"
refused 3 'There is no installation' runs --dir "$scratch/nowhere"
report runs --json | cmp - "$scratch/runs.json" || fail "a refusal has published something"
