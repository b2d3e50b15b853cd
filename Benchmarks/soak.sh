#!/usr/bin/env bash
# Handshakes at the highest rate that this machine gives, between two network namespaces, while tlswhy and tcpdump capture
# the same interface side by side. Prints what each received, dropped and wrote, and what it cost.
#
#   sudo Benchmarks/soak.sh                      ten minutes, with .build/release/tlswhy
#   sudo Benchmarks/soak.sh --seconds 30 --clients 2
#   sudo Benchmarks/soak.sh --directory /mnt/big --keep
#
# Needs Linux, root, ip(8), tcpdump, capinfos (tshark), nginx and openssl. The captures take about 3 KB a handshake each.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=600 clients=1 buffer=16384 directory=${TMPDIR:-/tmp} keep= program=.build/release/tlswhy
while (($#)); do
  case $1 in
    --seconds) seconds=$2; shift ;;
    --clients) clients=$2; shift ;;
    --buffer) buffer=$2; shift ;;
    --directory) directory=$2; shift ;;
    --program) program=$2; shift ;;
    --keep) keep=yes ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
  shift
done
((EUID == 0)) || { echo "soak: needs root, for network namespaces" >&2; exit 4; }
for tool in ip tcpdump capinfos nginx openssl "$program"; do
  command -v "$tool" >/dev/null || { echo "soak: $tool is missing" >&2; exit 3; }
done

work=$(mktemp -d "$directory/tlswhy-soak-XXXXXX")
chmod 755 "$work"
client=tlswhy-client-$$ server=tlswhy-server-$$
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  ip netns del "$client" 2>/dev/null || true
  ip netns del "$server" 2>/dev/null || true
  if [[ $keep ]]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap finish EXIT

ip netns add "$client"
ip netns add "$server"
ip link add soak0 netns "$client" type veth peer name soak1 netns "$server"
ip -n "$client" addr add 192.0.2.1/24 dev soak0
ip -n "$server" addr add 192.0.2.2/24 dev soak1
for side in "$client soak0" "$server soak1"; do
  read -r name device <<<"$side"
  ip -n "$name" link set lo up
  ip -n "$name" link set "$device" up
done
# Each handshake takes a port for a minute otherwise.
ip netns exec "$client" sysctl -qw net.ipv4.ip_local_port_range='1024 65535' net.ipv4.tcp_tw_reuse=1

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=soak.test -days 2 \
  -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes $(nproc); pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 4096; }
http { access_log off; server { listen 192.0.2.2:443 ssl backlog=4096; keepalive_timeout 0;
  ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; return 200 ok; } }
CONF
ip netns exec "$server" nginx -c "$work/nginx.conf" 2>/dev/null &
pids+=($!)
until [[ -s $work/nginx.pid ]]; do sleep 0.1; done

# The program whose memory and time count is the one that ip(8) becomes.
ip netns exec "$server" "$program" capture -i soak1 -B "$buffer" -w "$work/tlswhy.pcapng" \
  >"$work/tlswhy.out" 2>"$work/tlswhy.err" &
tlswhy=$!
ip netns exec "$server" tcpdump -i soak1 -B "$buffer" -w "$work/tcpdump.pcap" 2>"$work/tcpdump.err" &
tcpdump=$!
pids+=("$tlswhy" "$tcpdump")
until grep -q listening "$work/tlswhy.err" && grep -q listening "$work/tcpdump.err"; do sleep 0.1; done

for ((number = 0; number < clients; number++)); do
  ip netns exec "$client" openssl s_time -connect 192.0.2.2:443 -new -time "$seconds" >"$work/client-$number.out" 2>&1 &
  pids+=($!)
  loads+=($!)
done

ticks=$(getconf CLK_TCK)
peak() { awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }
now() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }
spent() { awk -v ticks="$ticks" '{ sub(/.*\) /, ""); printf "%.1f", ($12 + $13) / ticks }' "/proc/$1/stat"; }
# Memory that grows shows in a row of figures, not in one.
step=$((seconds > 20 ? seconds / 10 : 2))
began=$SECONDS
while kill -0 "${loads[0]}" 2>/dev/null; do
  sleep "$step"
  kill -0 "$tlswhy" 2>/dev/null && kill -0 "$tcpdump" 2>/dev/null || break
  printf '%5d s   memory MB   tlswhy %s   tcpdump %s\n' $((SECONDS - began)) "$(now "$tlswhy")" "$(now "$tcpdump")"
done
for load in "${loads[@]}"; do wait "$load" || true; done
for name in tlswhy tcpdump; do
  declare "peak_$name=$(peak "${!name}")" "spent_$name=$(spent "${!name}")"
done
kill -INT "$tlswhy" "$tcpdump"
wait "$tlswhy" || true
wait "$tcpdump" || true

handshakes=$(awk '/connections in .* real seconds/ { sum += $1 } END { print sum + 0 }' "$work"/client-*.out)
number() { tr -d , | grep -Eo '[0-9]+' | head -1; }
line() { grep -E "$2" "$work/$1.err" | tail -1; }
dropped_tlswhy=$(line tlswhy 'dropped by the kernel' | number)
dropped_tcpdump=$(line tcpdump 'dropped by kernel' | number)
received_tlswhy=$(line tlswhy 'received by the filter' | grep -Eo '[0-9,]+ received' | number)
received_tcpdump=$(line tcpdump 'received by filter' | number)
frames() { capinfos -c -M "$work/$1" | awk -F: '/Number of packets/ { gsub(/[^0-9]/, "", $2); print $2 }'; }
told=$(grep -c '✓' "$work/tlswhy.out" || true)

echo
printf '%s, %s cores, Linux %s; %s handshakes in %s s, %s a second; kernel buffer %s KiB each\n' \
  "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" "$(uname -r)" "$handshakes" "$seconds" \
  $((handshakes / seconds)) "$buffer"
printf '%-28s %15s %15s\n' '' "tlswhy capture -w" "tcpdump -w" \
  'received by the filter' "$received_tlswhy" "$received_tcpdump" \
  'dropped by the kernel' "$dropped_tlswhy" "$dropped_tcpdump" \
  'frames in the file' "$(frames tlswhy.pcapng)" "$(frames tcpdump.pcap)" \
  'peak memory, MB' "$peak_tlswhy" "$peak_tcpdump" \
  'processor time, s' "$spent_tlswhy" "$spent_tcpdump" \
  'handshakes told' "$told" '-'
