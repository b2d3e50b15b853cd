#!/usr/bin/env bash
# Installs the built program, its manual pages and shell completions below $DESTDIR$PREFIX; --remove takes them away.
# Builds nothing, so that `sudo make install` leaves no files of root's in .build.
set -euo pipefail
cd "$(dirname "$0")/.."

root="${DESTDIR:-}${PREFIX:-/usr/local}"
program=.build/release/tlswhy

declare -A completions=(
  [bash]=share/bash-completion/completions/tlswhy
  [zsh]=share/zsh/site-functions/_tlswhy
  [fish]=share/fish/vendor_completions.d/tlswhy.fish
)

if [ "${1:-}" = --remove ]; then
  rm -f "$root/bin/tlswhy" "$root"/share/man/man1/tlswhy.1 "$root"/share/man/man1/tlswhy-*.1
  for shell in "${!completions[@]}"; do rm -f "$root/${completions[$shell]}"; done
  exit 0
fi

if [ ! -x "$program" ]; then
  echo "install: no program at $program; build it first: make build" >&2
  exit 1
fi

install -D -m 755 "$program" "$root/bin/tlswhy"
for page in docs/man/*.1; do
  if [ -e "$page" ]; then install -D -m 644 "$page" "$root/share/man/man1/$(basename "$page")"; fi
done
for shell in "${!completions[@]}"; do
  install -d "$(dirname "$root/${completions[$shell]}")"
  "$program" --generate-completion-script "$shell" >"$root/${completions[$shell]}"
  chmod 644 "$root/${completions[$shell]}"
done
echo "Installed $root/bin/tlswhy"
