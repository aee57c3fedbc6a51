#!/usr/bin/env bash
# Every .mjs and .js is as prettier writes it and passes eslint; the package.json files are as
# prettier writes them.
#
#   tests/guards/javascript.sh          says which are not; exit 1
#   tests/guards/javascript.sh --mend   formats them anew
#
# Exit 77: npm could not fetch the two tools, nothing of ours is known to be wrong.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tools=tests/guards/node_modules

command -v npm >/dev/null || {
  echo 'npm is missing: run server/install.sh tests'
  exit 1
}
# Again only when the list of packages has changed; no script of theirs is run.
if [ ! -e $tools/.package-lock.json ] ||
  [ tests/guards/package-lock.json -nt $tools/.package-lock.json ]; then
  (cd tests/guards && npm ci --ignore-scripts --no-audit --no-fund) || {
    echo 'npm could not fetch eslint and prettier: check the network. No script was looked at.'
    exit 77
  }
fi

files() {
  git ls-files -z --cached --others --exclude-standard -- "$@" |
    while IFS= read -r -d '' file; do if [ -e "$file" ]; then printf '%s\0' "$file"; fi; done
}
how=--check
if [ "${1:-}" = --mend ]; then how=--write; fi
files '*.mjs' '*.js' '*package.json' '*tsconfig.json' |
  xargs -0 $tools/.bin/prettier --log-level warn $how || {
  echo 'What to do: tests/guards/javascript.sh --mend'
  exit 1
}
files '*.mjs' '*.js' |
  xargs -0 $tools/.bin/eslint --config tests/guards/eslint.config.js --max-warnings 0 || {
  echo 'What to do: mend the lines above, or say beside one why it has to stay'
  exit 1
}
