#!/usr/bin/env bash
# From a fresh Debian 12 to a running demo: installs, builds a release, starts the server, does the
# main job once before your eyes (a card registered, a ticket given), and keeps serving.
#
#   server/demo.sh [--check] [arguments of `kaiku-server demo`, such as --port 9443 --seed 7]
#
# --check    does all of it, stops the server and exits 0
# The demo lives in $KAIKU_DEMO_DIR (default: demo-data beside this checkout's README); run again,
# it goes on where it was. Ctrl-C stops it. With KAIKU_BUILD set to a build folder, nothing is
# installed or built (tests/e2e). Exit 0 good, 2 usage, 3 could not run.
set -euo pipefail

caller_dir=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

check_only=no
demo_dir=${KAIKU_DEMO_DIR:-$root/demo-data}
server_arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --check) check_only=yes ;;
    --dir) demo_dir=${2:?--dir needs a folder}; shift ;;
    --dir=*) demo_dir=${1#--dir=} ;;
    -h | --help) sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) server_arguments+=("$1") ;;
  esac
  shift
done
case $demo_dir in /*) ;; *) demo_dir=$caller_dir/$demo_dir ;; esac

start_afresh="to start afresh, delete $demo_dir and run this again"
scratch=$(mktemp -d)
server_log=$scratch/server.log
server_pid=

# --- telling --------------------------------------------------------------------------------------

bold=
plain=
if [ -t 1 ]; then
  bold=$'\033[1m'
  plain=$'\033[0m'
fi
say() { printf '%s\n' "$*"; }
title() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
fail() {
  stop_if_asked # Ctrl-C also ends the step that was running: that is no failure
  printf '\nThe demo stopped: %s\nWhat to do: %s\n' "$1" "$2" >&2
  if [ -s "$server_log" ]; then
    printf '\nThe last lines of the server:\n' >&2
    tail -n 8 "$server_log" >&2
  fi
  exit 3
}

# Leaves nothing running: TERM, then wait until the server has finished what it had promised.
stop_server() {
  local ended=0
  if [ -n "$server_pid" ]; then
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" || ended=$?
    server_pid=
  fi
  return "$ended"
}
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  stop_server || true
  rm -rf "$scratch"
}
trap clean_up EXIT
stop_asked=no
trap 'stop_asked=yes' INT TERM HUP
stop_if_asked() {
  if [ "$stop_asked" = yes ]; then
    say "Stopped before the demo was up."
    exit 130
  fi
}

# --- install and build ----------------------------------------------------------------------------

title "1. Installing what is missing"
if [ -n "${KAIKU_BUILD:-}" ]; then
  say "Left out: KAIKU_BUILD is set."
else
  server/install.sh || exit 3
  stop_if_asked
fi

title "2. Building (the first time takes some minutes)"
build=${KAIKU_BUILD:-$root/build/release}
if [ -z "${KAIKU_BUILD:-}" ]; then
  cmake --preset release >"$scratch/configure.log" 2>&1 || {
    cat "$scratch/configure.log" >&2
    fail "configuring failed (see above)" "delete build/release and run this again"
  }
  ninja -C "$build" -j "${KAIKU_JOBS:-2}" kaiku-server kaiku-kiosk ||
    fail "building failed (see above)" \
      "if the compiler was killed, memory ran out: KAIKU_JOBS=1 server/demo.sh; else mend the error"
  stop_if_asked
fi
built() { find "$build" -type f -name "$1" -perm -u+x -print -quit; }
kaiku_server=$(built kaiku-server)
kaiku_kiosk=$(built kaiku-kiosk)
if [ -z "$kaiku_server" ] || [ -z "$kaiku_kiosk" ]; then
  fail "the programs are not in $build" "build them there, or leave KAIKU_BUILD unset"
fi

# --- start ----------------------------------------------------------------------------------------

title "3. Starting the server"
credentials=$demo_dir/credentials.json
if [ -e "$credentials" ]; then
  say "The demo of last time goes on: $demo_dir"
else
  say "A new demo network, with the uses of two years: $demo_dir"
fi
"$kaiku_server" demo --dir "$demo_dir" ${server_arguments[@]+"${server_arguments[@]}"} \
  >"$server_log" 2>&1 &
server_pid=$!

demo() { jq -er "$1" "$credentials"; }

ready() {
  [ -s "$credentials" ] || return 1
  base_url=$(demo .base_url 2>/dev/null) && ca_file=$(demo .ca_file 2>/dev/null) || return 1
  case $ca_file in /*) ;; *) ca_file=$demo_dir/$ca_file ;; esac
  curl --silent --fail --max-time 5 --cacert "$ca_file" --output /dev/null "$base_url/readyz"
}

# A demo made for the first time writes two years of uses: minutes on a small machine.
for ((tenths = 0; tenths < 6000; tenths++)); do
  kill -0 "$server_pid" 2>/dev/null || {
    wait "$server_pid" || true
    server_pid=
    fail "the server ended while it started" \
      "read its last lines below; if a port is taken: server/demo.sh --port 9443 --device-port 9444"
  }
  if ready; then break; fi
  stop_if_asked
  sleep 0.1
done
ready || fail "the server did not become ready in ten minutes" "read its last lines below"
# Another server on the same port would answer with the address of an old credentials.json.
kill -0 "$server_pid" 2>/dev/null || fail "the server ended" "read its last lines below"
say "The server is ready at $base_url"

# --- talking to the API ---------------------------------------------------------------------------

# call METHOD PATH [BODY]: the answer's body in $reply, its status in $status.
csrf_token=
call() {
  local more=()
  if [ "$1" != GET ]; then more+=(-H "Origin: $base_url"); fi
  if [ "$1" != GET ] && [ -n "$csrf_token" ]; then more+=(-H "X-CSRF-Token: $csrf_token"); fi
  if [ "$1" = POST ]; then
    more+=(-H 'Content-Type: application/json' --data-binary "@-")
    more+=(-H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)")
  fi
  status=$(printf '%s' "${3:-}" | curl --silent --show-error --max-time 20 --cacert "$ca_file" \
    --cookie "$scratch/cookies" --cookie-jar "$scratch/cookies" ${more[@]+"${more[@]}"} \
    --output "$scratch/reply" --write-out '%{http_code}' --request "$1" "$base_url$2") ||
    fail "the server did not answer $1 $2" "read its last lines below"
  reply=$(cat "$scratch/reply")
}
of_reply() { jq -er "$1" <<<"$reply"; }
explain() { jq -r '[.title, .detail // empty] | join(": ")' <<<"$reply" 2>/dev/null; }

one_time_code() { oathtool -b --totp ${2:+--now="$2"} "$1"; }

names_used=()
# sign_in ROLE: as the role's last account, so that the codes shown below for the first stay unused.
# A one-time code counts once; when this script has just run, the next one is taken (the server
# allows one step to either side).
sign_in() {
  account=$(demo "[.accounts[] | select(.role == \"$1\")] | last") ||
    fail "credentials.json has no account with the role $1" "$start_afresh"
  local secret username password when body
  secret=$(jq -r '.totp_secret // empty' <<<"$account")
  username=$(jq -r .username <<<"$account")
  password=$(jq -r .password <<<"$account")
  csrf_token=
  rm -f "$scratch/cookies"
  for when in now "30 seconds" wait wait; do
    if [ "$when" = wait ]; then
      say "   (this one-time code was used a moment ago; waiting for the next one)"
      sleep 30
      stop_if_asked
      when=now
    fi
    body=$(jq -nc --arg username "$username" --arg password "$password" \
      --arg totp "${secret:+$(one_time_code "$secret" "$when")}" \
      '{$username, $password} + if $totp == "" then {} else {$totp} end')
    call POST /api/v1/sessions "$body"
    if [ "$status" = 201 ]; then
      csrf_token=$(of_reply .csrf_token)
      office_id=$(jq -r '.account.office_id // empty' <<<"$reply")
      signed_in=$username
      names_used+=("$username")
      return
    fi
    if [[ "$reply" != *code-already-used* ]]; then break; fi
  done
  fail "signing in as $username was refused ($status): $(explain)" "$start_afresh"
}

# --- the main job ---------------------------------------------------------------------------------

# credentials.json does not say in which office a stock card lies; the server refuses the others'.
register_a_card() {
  local stock body postcode
  call GET "/api/v1/offices/$office_id" # most who come live where the office is
  postcode=$(of_reply .postcode) || fail "the office $office_id cannot be read" "$start_afresh"
  office_name=$(jq -r '.name // "the office"' <<<"$reply")
  while read -r stock; do
    body=$(jq -nc --arg card "$stock" --arg postcode "$postcode" \
      '{birth_year: 1984, postcode: $postcode, children: 2}
       + if $card == "" then {} else {card: $card} end')
    call POST /api/v1/cards "$body"
    if [ "$status" = 201 ]; then
      card=$(jq -r --arg card "$stock" '.code // $card' <<<"$reply")
      last_valid_day=$(of_reply .last_valid_day)
      year=$(of_reply .first_valid_day)
      year=${year%%-*}
      made_how=${stock:+"a pre-printed card of the stock"}
      made_how=${made_how:-"a new card, since the stock of this office is used up"}
      return
    fi
  done < <(jq -r '.cards[] | select(.state == "stock") | .code' "$credentials"; echo)
  fail "no card could be registered ($status): $(explain)" "$start_afresh"
}

# 2027-11-01 → 1.11.2027
as_finnish_day() {
  local year_part month_part day_part
  IFS=- read -r year_part month_part day_part <<<"$1"
  printf '%s.%s.%s' "${day_part#0}" "${month_part#0}" "$year_part"
}

kiosk_dir=$demo_dir/kiosk
# What the kiosk knows of itself, or {} when there is none.
kiosk_status() { "$kaiku_kiosk" --dir "$kiosk_dir" status --json 2>/dev/null || true; }

enrol_the_kiosk() {
  # Plain admission to a sport venue: a valid scan is recorded at once, no event is needed.
  local venue code codes
  if [ -d "$kiosk_dir" ]; then
    if jq -e '.reachable' >/dev/null <<<"$(kiosk_status)"; then
      enrolled="the door device of last time is used again"
      return
    fi
    mv "$kiosk_dir" "$kiosk_dir.$(date +%s)" # of another port: that device keeps its journal
  fi
  venue=$(demo '[.api_keys[] | select(.sector == "sport")][0].venue_id | tojson' || echo null)
  codes="[.enrolment_codes[] | select(.venue_id == $venue)] + .enrolment_codes"
  code=$(demo "($codes)[0].code")
  "$kaiku_kiosk" --dir "$kiosk_dir" enrol "$base_url" "$code" --ca "$ca_file" \
    >"$scratch/enrol.log" 2>&1 || {
    cat "$scratch/enrol.log" >&2
    fail "the kiosk could not be enrolled (see above)" "delete $kiosk_dir and run this again"
  }
  enrolled="a door device was enrolled with the venue's code"
}

give_a_ticket() {
  printf '%s\n' "$card" | "$kaiku_kiosk" --dir "$kiosk_dir" lines \
    >"$scratch/lines" 2>"$scratch/lines.log" || {
    cat "$scratch/lines.log" >&2
    fail "the kiosk could not read the card (see above)" "delete $kiosk_dir and run this again"
  }
  ticket=$(tail -n 1 "$scratch/lines")
  answer=$(jq -r '.answer // "no answer"' <<<"$ticket")
}

# The server holds still, as when a cable is pulled: the door has to know by itself.
give_a_ticket_without_network() {
  local valid other
  valid='[.cards[] | select(.state == "valid")]'
  other=$(demo "${valid}[$RANDOM % ($valid | length)].code")
  # A new network's cards reach the doors' data one after the other, as they are worked out.
  for _ in $(seq 24); do
    "$kaiku_kiosk" --dir "$kiosk_dir" sync >"$scratch/sync.log" 2>&1 || true
    kill -STOP "$server_pid"
    ticket=$(printf '%s\n' "$other" | "$kaiku_kiosk" --dir "$kiosk_dir" lines \
      2>"$scratch/lines.log" | tail -n 1) || true
    kill -CONT "$server_pid"
    [ "$(jq -r '.error // ""' <<<"$ticket" 2>/dev/null)" = cannot_know ] || break
    sleep 5
  done
  answer=$(jq -r '"\(.answer) \(.offline)"' <<<"$ticket" 2>/dev/null || echo none)
  "$kaiku_kiosk" --dir "$kiosk_dir" sync >"$scratch/sync.log" 2>&1 || {
    cat "$scratch/sync.log" >&2
    fail "the kiosk could not tell the server of its journal (see above)" "$start_afresh"
  }
}

title "4. The main job, once"
sign_in issuer_worker
register_a_card
say " * A social worker of $office_name signs in: $signed_in (password and one-time code)."
say " * The worker registers $made_how: $card."
say "   Three facts were asked: year of birth 1984, postcode, two children. No name, no address."
say "   The card is good until $(as_finnish_day "$last_valid_day"), that day included."
call DELETE /api/v1/sessions
stop_if_asked

enrol_the_kiosk
venue_name=$(jq -r '.venue.name // "the venue"' <<<"$(kiosk_status)")
say " * At the door of $venue_name: $enrolled."
give_a_ticket
case $answer in
  ok | ok_offline)
    say "   The card is read, the door says \"ok\": one adult ticket is given and recorded."
    if [ "$(jq -r .offline <<<"$ticket")" = true ]; then
      say "   (Without the network just now: the kiosk keeps it in its journal and sends it later.)"
    fi ;;
  *) cat "$scratch/lines" "$scratch/lines.log" >&2
     fail "the door answered \"$answer\" where a ticket was expected" \
       "$start_afresh" ;;
esac
say "   The door never learns who holds the card, how old they are or which office gave it."
stop_if_asked
give_a_ticket_without_network
case $answer in
  "ok true" | "ok_offline true" | "limit_reached true")
    say " * The network is pulled out. The same door reads another card and answers by itself:"
    say "   \"${answer% *}\". Back on the network it has told the server; its queue is empty." ;;
  *) cat "$scratch/lines.log" >&2
     fail "without the network the door answered \"$answer\"" "$start_afresh" ;;
esac
stop_if_asked

sign_in national_coordinator
call GET "/api/v1/reports/annual?year=$year"
[ "$status" = 200 ] ||
  fail "the figures of $year were refused ($status): $(explain)" "$start_afresh"
say " * The coordinator ($signed_in) reads the figures of $year, the new card and ticket included:"
jq -r 'def shown: if . == null then "hidden" else tostring end;
  def per_cent: if . == null then "hidden" else "\(. * 1000 | round / 10) %" end;
  def by_sector: [to_entries[] | "\(.key) \(.value | shown)"] | join(", ");
  "   cards registered           \(.registered | shown)",
  "   of these taken into use    \(.taken_into_use | shown)",
  "   usage rate                 \(.usage_rate | per_cent)   (elsewhere in Finland 30 to 40 %)",
  "   uses by adults             \(.uses.adult | by_sector)",
  "   uses by children           \(.uses.child | by_sector)",
  "   (as of now, for those in charge; what is published shows nobody)"
  ' <<<"$reply"
call DELETE /api/v1/sessions
stop_if_asked

# --- hand over ------------------------------------------------------------------------------------

show_logins() {
  local role username password secret code
  printf '   %-22s %-26s %-22s %s\n' "role" "user name" "password" "one-time code now"
  while IFS=$'\t' read -r role username password secret; do
    code=-
    if [ -n "$secret" ]; then code=$(one_time_code "$secret"); fi
    # The present code of an account that this script has just used counts no more: the next one.
    if [ -n "$secret" ] && [[ " ${names_used[*]} " == *" $username "* ]]; then
      code=$(one_time_code "$secret" "30 seconds")
    fi
    printf '   %-22s %-26s %-22s %s\n' "$role" "$username" "$password" "$code"
  done < <(jq -r '.accounts | group_by(.role)[] | .[0]
    | [.role, .username, .password, .totp_secret // ""] | @tsv' "$credentials")
}

title "5. Now you"
say "   Open $base_url in a browser on this machine. The certificate is the demo's own;"
say "   to have no warning, let the browser trust $ca_file."
say ""
show_logins
say ""
say "   A one-time code counts once and changes every 30 seconds; the login page of the demo shows"
say "   it too. All logins, API keys and card codes: $credentials"
say "   The door by hand: $kaiku_kiosk --dir $kiosk_dir run"
if command -v qrencode >/dev/null; then
  say ""
  qrencode -t UTF8 -m 2 "$base_url"
fi

if [ "$check_only" = yes ]; then
  stop_server || fail "the server did not stop cleanly (exit $?)" "read its last lines below"
  title "Checked: everything above worked, and the server has stopped."
  exit 0
fi

say "   Ctrl-C stops the demo. What the server writes: $server_log"
ended=0
wait "$server_pid" || ended=$? # a signal to this script ends the wait too
if kill -0 "$server_pid" 2>/dev/null; then
  ended=0
  stop_server || ended=$?
elif [ "$stop_asked" = no ]; then
  server_pid=
  fail "the server ended by itself (exit $ended)" "read its last lines below, then run this again"
fi
server_pid=
if [ "$ended" -ne 0 ]; then
  stop_asked=no
  fail "the server did not stop cleanly (exit $ended)" "read its last lines below"
fi
say ""
say "The demo has stopped. Its data stay in $demo_dir; run the same command to go on."
