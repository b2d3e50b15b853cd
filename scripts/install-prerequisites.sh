#!/usr/bin/env bash
# Sees to what a build needs besides Swift: the headers of libpcap, zlib, brotli and zstd.
# Programs that tests alone use are named as arguments (.ci/run): Debian's packages of the same names.
# Installs what is missing with apt-get, through sudo where the user is not root. Prints nothing where nothing is missing.
set -euo pipefail

fail() {
  echo "tlswhy: $*" >&2
  exit 1
}

command -v swift >/dev/null ||
  fail "no Swift toolchain in PATH; install Swift 6.2 or later from https://www.swift.org/install/linux/ and try again"

has_header() {
  local folder
  for folder in /usr/include /usr/local/include ${CPATH:+${CPATH//:/ }}; do
    if [ -e "$folder/$1" ]; then return 0; fi
  done
  return 1
}

missing=()
has_header pcap/pcap.h || missing+=(libpcap-dev)
has_header zlib.h || missing+=(zlib1g-dev)
has_header brotli/decode.h || missing+=(libbrotli-dev)
has_header zstd.h || missing+=(libzstd-dev)
for program in "$@"; do
  command -v "$program" >/dev/null || missing+=("$program")
done
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null ||
  fail "missing ${missing[*]} (Debian's names), and there is no apt-get here; install the headers of libpcap, zlib, brotli and zstd${*:+, and $*}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || fail "missing ${missing[*]}; as root, run: apt-get install ${missing[*]}"
  as_root=(sudo)
  # Nobody can type a password where there is no terminal: ask sudo not to wait for one.
  [ -t 0 ] || as_root=(sudo -n)
fi

install_missing() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq "${missing[@]}"
}

echo "Installing ${missing[*]} with apt-get"
# A fresh machine has no package lists yet, an old one stale ones.
install_missing >/dev/null 2>&1 && exit 0
"${as_root[@]}" apt-get update -qq || true
install_missing || fail "apt-get could not install ${missing[*]}; install by hand: ${as_root[*]} apt-get install ${missing[*]}"
