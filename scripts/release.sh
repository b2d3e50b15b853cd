#!/usr/bin/env bash
# Packs the program with what it needs linked in but the C library, so that it runs where no Swift is installed (for
# filters and live capture it needs libpcap), as .build/dist/tlswhy-<version>-linux-<machine>.tar.gz, with a SHA-256 sum beside it.
set -euo pipefail
cd "$(dirname "$0")/.."

# What `make build` built, by the options that it built it with.
read -ra build <<<"${RELEASE:?run it as make release}"
program="$("${SWIFT:-swift}" build "${build[@]}" --show-bin-path)/tlswhy"

name="tlswhy-$("$program" --version)-linux-$(uname -m)"
rm -rf ".build/dist/$name"
mkdir -p ".build/dist/$name"
install -m 755 "$program" ".build/dist/$name/tlswhy"
strip ".build/dist/$name/tlswhy" 2>/dev/null || true
cp README.md CHANGELOG.md LICENSE ".build/dist/$name/"
for page in docs/man/*.1; do
  if [ -e "$page" ]; then cp "$page" ".build/dist/$name/"; fi
done
tar --create --gzip --owner=0 --group=0 --sort=name --directory .build/dist --file ".build/dist/$name.tar.gz" "$name"
(cd .build/dist && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo ".build/dist/$name.tar.gz"
