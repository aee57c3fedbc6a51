#!/usr/bin/env bash
# The kiosk of a release, stripped, without any network and with 20,000 cards and 80,000 dead ones:
# its size on disk and in memory, and the time from a scan to its answer. No options; half a minute
# after the build. Exit 0 measured, 3 could not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
server/install.sh bench
build=$PWD/build/bench
cmake --preset release -B "$build" -DKAIKU_TESTS=ON >/dev/null
ninja -C "$build" -j "${KAIKU_JOBS:-2}" kaiku-kiosk kaiku-bench-door
# On the disk of this checkout: where the folder is memory, fsync costs nothing.
folder=$(mktemp -d "$build/door-XXXXXX")
trap 'rm -rf "$folder"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=bench -days 2 \
  -keyout "$folder/device.key" -out "$folder/ca.pem" 2>/dev/null
strip -o "$folder/kaiku-kiosk" "$build/kiosk/kaiku-kiosk"
"$build/tests/bench/kaiku-bench-door" "$folder/kaiku-kiosk" "$folder"
