#!/usr/bin/env bash
# What server/demo.sh shows, twice over one folder, and `verify` on what it leaves behind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export KAIKU_BUILD=${KAIKU_BUILD:-$PWD/build/dev}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
small=(--dir "$folder/demo" --cards 120 --months 2 --port 0 --device-port 0)

for run in first second; do
  server/demo.sh --check "${small[@]}" >"$folder/$run.log" 2>&1 || {
    cat "$folder/$run.log"
    echo "the $run run failed"
    exit 1
  }
done
grep -q 'A new demo network' "$folder/first.log"
grep -q 'The demo of last time goes on' "$folder/second.log"
grep -q 'one adult ticket is given and recorded' "$folder/second.log"
grep -q 'The network is pulled out' "$folder/second.log"
"$(find "$KAIKU_BUILD" -type f -name kaiku-server -perm -u+x -print -quit)" \
  verify --dir "$folder/demo"
