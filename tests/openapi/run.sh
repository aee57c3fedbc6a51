#!/usr/bin/env bash
# schema/openapi.yaml as an outsider meets it: linted, with an example that fits for every answer,
# a TypeScript client compiled from it, and that client at work against a running demo.
#
#   tests/openapi/run.sh
#   tests/openapi/run.sh --no-server   ends before the server is asked: needs no build
#
# KAIKU_BUILD     the build folder with kaiku-server (default build/dev)
# KAIKU_DEMO_DIR  a demo that runs already; else one is made and stopped again
# Exit 0 good, 1 something is wrong, 77 npm could not fetch: nothing was tried.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
build=${KAIKU_BUILD:-$PWD/../../build/dev}
start_limit_s=400
for command in node npm curl jq; do
  command -v "$command" >/dev/null || {
    echo "$command is missing: run server/install.sh tests"
    exit 1
  }
done

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

# Again only when the list of packages has changed; no script of theirs is run.
if [ ! -e node_modules/.package-lock.json ] ||
  [ package-lock.json -nt node_modules/.package-lock.json ]; then
  if ! npm ci --ignore-scripts --no-audit --no-fund 2>&1 | tee "$scratch/npm.log"; then
    no_network='ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|E(NET|HOST)UNREACH|SOCKET_TIMEOUT|E5[0-9]{2}'
    grep -Eq "$no_network" "$scratch/npm.log" || exit 1 # a lock that does not fit, say: ours
    echo "npm could not fetch the linter and the compiler: check the network. Nothing was tried."
    exit 77 # tests/run.sh counts it as skipped; nothing of ours is known to be wrong
  fi
fi

echo "-- the description"
node check.mjs

echo "-- the client"
generated=node_modules/.kaiku # beside the packages, where the compiled client finds them
rm -rf "$generated"
mkdir "$generated"
echo '{"type": "module"}' >"$generated/package.json" # Node.js 18 looks no further up
node node_modules/openapi-typescript/bin/cli.js ../../schema/openapi.yaml \
  --output "$generated/kaiku-api.d.ts"
node node_modules/typescript/bin/tsc --project tsconfig.json
if [ "${1:-}" = --no-server ]; then exit 0; fi

echo "-- the client and a server"
demo_dir=${KAIKU_DEMO_DIR:-$scratch/demo}
credentials=$demo_dir/credentials.json
ready() {
  [ -s "$credentials" ] || return 1
  base_url=$(jq -er .base_url "$credentials") && ca_file=$(jq -er .ca_file "$credentials") ||
    return 1
  case $ca_file in /*) ;; *) ca_file=$demo_dir/$ca_file ;; esac
  curl --silent --fail --max-time 5 --cacert "$ca_file" --output /dev/null "$base_url/readyz"
}
if [ -z "${KAIKU_DEMO_DIR:-}" ]; then
  server=$(find "$build" -type f -name kaiku-server -perm -u+x -print -quit)
  if [ -z "$server" ]; then
    echo "there is no kaiku-server in $build: ninja -C $build kaiku-server"
    exit 1
  fi
  "$server" demo --dir "$demo_dir" --port 0 --device-port 0 --cards 60 --months 1 \
    >"$scratch/server.log" 2>&1 &
  server_pid=$!
  for ((tenths = 0; tenths < start_limit_s * 10; tenths++)); do
    if ready || ! kill -0 "$server_pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
fi
if ! ready; then
  echo "no demo answers in $demo_dir"
  tail -n 8 "$scratch/server.log" 2>/dev/null || true
  exit 1
fi
NODE_EXTRA_CA_CERTS=$ca_file timeout 120 node run_client.mjs "$demo_dir" "$generated/client.js"
