#!/bin/sh
# Finds a Python 3.11+ that can make virtual environments and hands over to tools/setup.py; names what is missing and the line that installs it.
set -eu
cd "$(dirname "$0")/.."

hint() {
    if command -v apt-get >/dev/null 2>&1; then echo "  sudo apt-get install $1"
    elif command -v dnf >/dev/null 2>&1; then echo "  sudo dnf install $2"
    elif command -v brew >/dev/null 2>&1; then echo "  brew install $3"
    else echo "  install $3 from your system's packages"
    fi
}

command -v git >/dev/null 2>&1 || { echo "git is missing; install it with:" >&2; hint git git git >&2; exit 1; }

for python in ${PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3 python; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    found=$python
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || continue
    exec "$python" tools/setup.py "$@"
done

if [ -n "${found:-}" ]; then
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python $version is here, but without the venv module; install it with:" >&2
    hint "python$version-venv" python3 python >&2
else
    echo "Python 3.11 or newer is missing; install it with:" >&2
    hint "python3 python3-venv" python3 python >&2
fi
exit 1
