#!/usr/bin/env bash
# The one list of Debian 12 packages. Quick and offline when all of them are there.
#
#   server/install.sh            what building and the demo need
#   server/install.sh tests      that, and what the tests need
#   server/install.sh bench      that, and what tests/bench needs
#
# Works as root and with sudo. Exit 0 good, 2 usage, 3 could not install.
set -euo pipefail

# libboost1.81-dev conflicts with Debian's default 1.74; ask for 1.81 only.
build_packages=(
  g++ cmake ninja-build ccache pkg-config
  libboost1.81-dev libssl-dev libsqlite3-dev nlohmann-json3-dev libhowardhinnant-date-dev
  libcli11-dev libyaml-cpp-dev libkainjow-mustache-dev libqrcodegencpp-dev libncurses-dev
  libcairo2-dev libpango1.0-dev libqpdf-dev libxlsxwriter-dev
  tzdata
)
# What the server reads while it runs: the typefaces of what it prints.
run_packages=(fonts-noto-core fonts-noto-mono)
# The demo's script: talks to the server, makes one-time codes, draws the QR.
demo_packages=(ca-certificates curl jq oathtool qrencode)
# libvterm: the kiosk's screens are read through a terminal emulator. poppler, zbar, qpdf: PDFs are
# read as others read them; gnumeric: workbooks. The last three: tests/guards.
test_packages=(
  libgtest-dev libgmock-dev openssl sqlite3 tmux chromium procps libvterm-dev
  poppler-utils zbar-tools qpdf gnumeric
  clang-format clang-tidy shellcheck
)
bench_packages=(libgtest-dev libgmock-dev openssl sqlite3 nginx-light util-linux libvterm-dev)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

wanted=("${build_packages[@]}" "${run_packages[@]}" "${demo_packages[@]}")
for group in "$@"; do
  case $group in
    tests) wanted+=("${test_packages[@]}") ;;
    bench) wanted+=("${bench_packages[@]}") ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "server/install.sh: no such group: $group (there are: tests, bench)" >&2; exit 2 ;;
  esac
done
# Debian's npm conflicts with a Node.js from elsewhere: only where the commands are missing, and
# only while something in the tree is built with them.
if compgen -G "$here/*/package.json" >/dev/null ||
  compgen -G "$here/*/*/package.json" >/dev/null; then
  command -v node >/dev/null || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)
fi

fail() {
  printf '\nInstalling failed: %s\n' "$1" >&2
  printf 'What to do: %s\n' "$2" >&2
  exit 3
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  fail 'this is not a Debian system' \
    "use Debian 12 (bookworm), or install what these packages hold by hand: ${wanted[*]}"
fi

# One look at the package database; no network while nothing is missing.
declare -A installed=()
while read -r name status; do
  if [ "$status" = installed ]; then installed[$name]=yes; fi
done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for name in "${wanted[@]}"; do
  if [ -z "${installed[$name]:-}" ]; then missing+=("$name"); fi
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "All Debian packages are installed."
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null ||
    fail 'packages are missing, and this is neither root nor is there sudo' \
      "as root: apt-get install --no-install-recommends ${missing[*]}"
  as_root=(sudo)
fi
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=120)

echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
"${apt[@]}" update ||
  fail 'apt-get update could not read the package lists (see above)' \
    'check the network and /etc/apt/sources.list*, then run this again'
# --no-remove: rather stop than take away something that another project on this machine needs.
"${apt[@]}" install --no-install-recommends --no-remove "${missing[@]}" ||
  fail 'apt-get could not install the packages (see above)' \
    'Debian 12 (bookworm) is needed; if apt wants to remove libboost1.74-dev or npm, remove it
            yourself first (apt-get remove libboost-dev libboost1.74-dev), then run this again'
