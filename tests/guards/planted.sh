#!/usr/bin/env bash
# Does each guard fail at the fault that it is for, and pass without? One fault at a time is planted
# in a scratch copy of what git knows, committed or not, and the guard has to name it.
#
#   tests/guards/planted.sh          the guards that need no build
#   tests/guards/planted.sh --all    also the API's description, and clang-tidy where KAIKU_BUILD
#                                    (build/dev) is a build: a minute or two
#
# Exit 1: a guard does not fail, or fails without a fault. 77: not each could be tried.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
top=$PWD
build=$(realpath -m "${KAIKU_BUILD:-build/dev}")
scratch=$(mktemp -d)
copy=$scratch/tree
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  git -C "$top" worktree remove --force "$copy" 2>/dev/null || true
  rm -rf "$scratch"
}
trap clean_up EXIT
changed=$(git stash create) || exit 77 # a commit of no branch; nothing is put aside
git worktree add --quiet --detach "$copy" "${changed:-HEAD}" || exit 77

# Packages that are here and as their list says are not fetched again.
for folder in tests/guards tests/openapi; do
  list=$folder/package-lock.json packages=$folder/node_modules
  if [ $list -nt $packages/.package-lock.json ]; then continue; fi # as when there are none
  mkdir "$copy/$packages"
  ln -s "$top/$packages"/{.bin,.package-lock.json,*} "$copy/$packages"
  touch -r $list "$copy/$list"
done
cd "$copy"
export KAIKU_BUILD=$scratch/build
# The guards pass over what is not there: a few sources of each kind are quicker.
git ls-files '*.cpp' '*.hpp' '*.mjs' | grep -vE '^(schema|tests/openapi)/' | xargs rm
bad=0
untried=0

# plant WORD FILE SED: the fault that SED makes in FILE, which may be new, has to be told with WORD.
plant() {
  local word=$1 file=$2 fault=$3 status=0
  [ -e "$file" ] || echo >"$file"
  sed -i -e "$fault" "$file"
  "${guard[@]}" >"$scratch/said" 2>&1 || status=$?
  git checkout --quiet -- "$file" 2>/dev/null || rm "$file"
  if [ $status -eq 77 ]; then
    echo "${guard[*]}: not tried, it cannot run here"
    untried=1
  elif [ $status -ne 0 ] && grep -qF -e "$word" "$scratch/said"; then
    echo "${guard[*]}: fails as it should: $word"
  else
    refuse "does NOT fail (exit $status) with $word at a fault in $file"
  fi
}
passes() { # once the faults are undone
  local status=0
  "${guard[@]}" >"$scratch/said" 2>&1 || status=$?
  case $status in
    0) echo "${guard[*]}: passes without" ;;
    77) ;;
    *) refuse "does NOT pass without a fault (exit $status)" ;;
  esac
}
finish() {
  if [ $bad -eq 0 ] && [ $untried -eq 1 ]; then exit 77; fi
  exit $bad
}
refuse() {
  echo "${guard[*]}: $1"
  tail -n 5 "$scratch/said"
  bad=1
}

guard=(tests/guards/format.sh)
plant schema/planted.cpp schema/planted.cpp '1c int  x;'
plant schema/values/result.hpp schema/values/result.hpp '1a int  x;'
passes
guard=(tests/guards/scripts.sh)
plant 'In tests/planted.sh' tests/planted.sh "1c #!/bin/sh\nrm \$1"
plant 'In .ci/run' .ci/run "1a rm \$1"
passes
guard=(tests/guards/javascript.sh)
plant tests/planted.mjs tests/planted.mjs '1c const  x = 1;'
plant tests/guards/package.json tests/guards/package.json '1c {  '
plant no-unused-vars tests/planted.mjs '1c const planted = 1;'
passes
if [ "${1:-}" != --all ]; then finish; fi

guard=(tests/openapi/run.sh --no-server)
api=schema/openapi.yaml
plant operation-description $api '0,/^      description: >-/s//      x-said: >-/'
plant 'has no example' $api '/^ *example: {status: ok}/d'
plant healthz $api 's/example: {status: ok}/example: {status: no}/'
plant 'error TS' $api 's/last_valid_day/last_day/' # good in itself; the client reads the old name
passes
if [ ! -e "$build/compile_commands.json" ]; then finish; fi
guard=(tests/guards/clang_tidy.sh schema/codec/csv.cpp)
git checkout --quiet -- . && mkdir "$KAIKU_BUILD"
sed "s#$top\([/ ]\)#$copy\1#g; s#$copy/${build#"$top/"}#$build#g" "$build/compile_commands.json" \
  >"$KAIKU_BUILD/compile_commands.json" # the copy's sources, the build's generated headers
plant readability-container-size-empty schema/codec/csv.cpp \
  '1a #include <string>\ninline bool none(std::string const\& s) { return s.size() == 0; }'
passes
finish
