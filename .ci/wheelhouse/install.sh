#!/bin/sh
# Runs install.py with a Python that the wheels are made for: sh install.sh [folder]
here=$(cd "$(dirname "$0")" && pwd)
for version in @PYTHONS@; do
  if "python$version" -c "" 2>/dev/null; then
    exec "python$version" "$here/install.py" "$@"
  fi
done
exec python3 "$here/install.py" "$@"
