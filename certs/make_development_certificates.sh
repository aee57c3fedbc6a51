#!/usr/bin/env bash
# Makes certificates for development: a root of its own and, signed by it, one for the public
# listener; a door CA and, signed by that, one for the device listener and one client certificate.
# P-256 keys of mode 0600. Never for production: see certs/README.md.
#
#   certs/make_development_certificates.sh FOLDER [NAME or IP address…]
#
# Names default to localhost, 127.0.0.1 and ::1. What is there already is kept; --again replaces it.
# Exit 0 good, 2 usage, 3 could not run.
set -euo pipefail

usage() { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
again=no
if [ "${1:-}" = --again ]; then again=yes; shift; fi
case ${1:-} in
  -h | --help) usage; exit 0 ;;
  '' | -*) usage >&2; exit 2 ;;
esac
folder=$1
shift
names=("$@")
if [ ${#names[@]} -eq 0 ]; then names=(localhost 127.0.0.1 ::1); fi
command -v openssl >/dev/null || {
  echo "openssl is missing: apt-get install openssl" >&2
  exit 3
}
umask 077
mkdir -p "$folder"

alternative_names=
for name in "${names[@]}"; do
  case $name in
    *:* | *[0-9].*[0-9].*[0-9].*[0-9]) kind=IP ;;
    *) kind=DNS ;;
  esac
  alternative_names+="${alternative_names:+,}$kind:$name"
done

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# make_ca NAME SUBJECT: NAME.pem and NAME.key.pem, ten years, may sign end certificates only.
make_ca() {
  new_key "$folder/$1.key.pem"
  openssl req -x509 -new -key "$folder/$1.key.pem" -sha256 -days 3650 -subj "/CN=$2" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 \
    -addext keyUsage=critical,keyCertSign,cRLSign -out "$folder/$1.pem"
}

# make_certificate NAME CA SUBJECT DAYS USAGE [ALTERNATIVE NAMES]: NAME.pem holds it and its CA's.
make_certificate() {
  local extensions="basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=$5
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid"
  if [ $# -gt 5 ]; then extensions+=$'\n'"subjectAltName=$6"; fi
  new_key "$folder/$1.key.pem"
  openssl req -new -key "$folder/$1.key.pem" -subj "/CN=$3" |
    openssl x509 -req -sha256 -days "$4" -CA "$folder/$2.pem" -CAkey "$folder/$2.key.pem" \
      -set_serial "0x$(openssl rand -hex 16 | sed 's/^./4/')" \
      -extfile <(printf '%s\n' "$extensions") -out "$folder/$1.pem" 2>/dev/null
  cat "$folder/$2.pem" >>"$folder/$1.pem"
}

if [ "$again" = yes ] || [ ! -s "$folder/device_client.pem" ]; then
  make_ca development_ca 'Kaiku development CA'
  make_certificate public_listener development_ca "${names[0]}" 397 serverAuth "$alternative_names"
  make_ca door_ca 'Kaiku development door CA'
  make_certificate device_listener door_ca "${names[0]}" 397 serverAuth "$alternative_names"
  make_certificate device_client door_ca device-1 30 clientAuth
fi
cat <<TXT
In $folder, for: ${names[*]}
  public listener   public_listener.pem   public_listener.key.pem   trust development_ca.pem
  device listener   device_listener.pem   device_listener.key.pem   trust door_ca.pem
  a door device     device_client.pem     device_client.key.pem     signed by the door CA
TXT
