#!/usr/bin/env bash
# Sees to what single tests need beside Swift: the Python package jsonschema, in an environment of its own below .build.
# A test whose tool is missing says so and is skipped; this script never fails.
set -uo pipefail
cd "$(dirname "$0")/.."

python=.build/python/bin/python3
if ! { [ -x "$python" ] && "$python" -c 'import jsonschema, referencing'; } 2>/dev/null; then
  if ! python3 -c 'import jsonschema, referencing' 2>/dev/null; then
    echo "Installing the Python package jsonschema into .build/python"
    mkdir -p .build
    { python3 -m venv .build/python && "$python" -m pip install --quiet --disable-pip-version-check 'jsonschema>=4.18'; } ||
      echo "tlswhy: jsonschema could not be installed; the test that checks JSON against its schemas will be skipped" >&2
  fi
fi
exit 0
