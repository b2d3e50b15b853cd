#!/usr/bin/env bash
# Whether a capture that is stopped right after the last packet holds it: sends a datagram, sends SIGINT with no pause in
# between, and looks for the datagram in the file.
#
#   sudo Benchmarks/last-packet.sh [ROUNDS] [PROGRAM]      100 rounds, with .build/release/tlswhy
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-100} program=$(realpath "${2:-.build/release/tlswhy}")
[[ ${INSIDE:-} ]] || INSIDE=yes exec unshare --net -- bash "$PWD/Benchmarks/last-packet.sh" "$rounds" "$program"

ip link set lo up
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lost=0
for ((round = 1; round <= rounds; round++)); do
  rm -f "$work"/*
  "$program" capture -i lo -w "$work/last.pcapng" udp 2>"$work/errors" &
  capture=$!
  until grep -q listening "$work/errors" 2>/dev/null; do sleep 0.01; done
  printf 'the last packet of round %d' "$round" >/dev/udp/127.0.0.1/9
  kill -INT "$capture"
  wait "$capture" || true
  grep -aq "the last packet of round $round" "$work/last.pcapng" || lost=$((lost + 1))
done
echo "$rounds rounds, $lost lost"
((lost == 0))
