#!/usr/bin/env bash
# The pages in Chromium: tests/e2e/first_run_test.mjs against an empty installation, the others
# against a demo of their own. All of them run, so that one fault does not hide the next.
#   pages.sh         the first run, the pages by keyboard, and where keyboard and cursor go
#   pages.sh --all   also every page in each language and width, every job counted, naughty strings,
#                    and forms sent twice: for an hour without anything else to do
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
build=${KAIKU_BUILD:-$PWD/../../build/dev}
for command in node npm chromium; do
  command -v "$command" >/dev/null || {
    echo "$command is missing: run server/install.sh tests"
    exit 1
  }
done
# Again only when the list of packages has changed; no script of theirs is run.
if [ ! -e node_modules/.package-lock.json ] ||
  [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund || {
    echo "npm could not fetch playwright-core and axe-core: check the network. No page was tried."
    exit 77 # tests/run.sh counts it as skipped; nothing of ours is known to be wrong
  }
fi
server=$(find "$build" -type f -name kaiku-server -perm -u+x -print -quit)
kinds=(first_run pages keyboard)
[ "${1:-}" != --all ] || kinds+=(every_page jobs naughty sent_twice)
failed=0
for kind in "${kinds[@]}"; do
  node "${kind}_test.mjs" "$server" || failed=1
done
exit "$failed"
