#!/bin/sh
# Makes .venv with everything that the lock names, at exactly those versions and hashes. Safe to run again.
set -eu
cd "$(dirname "$0")/.."

fits() { "$1" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() {
    for candidate in "${DETENTE_PYTHON:-}" python3.12 python3.13 python3 python \
        "$HOME"/.pyenv/versions/3.12*/bin/python "$HOME"/.pyenv/versions/3.13*/bin/python; do
        # Debian's Python comes without ensurepip, and then cannot make an environment: uv can
        if [ -n "$candidate" ] && fits "$candidate" && "$candidate" -c 'import ensurepip' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

if ! { [ -x .venv/bin/python ] && fits .venv/bin/python; }; then
    python=$(find_python)
    if [ -n "$python" ]; then
        "$python" -m venv .venv
    elif uv --version >/dev/null 2>&1; then
        uv venv --seed --python 3.12 .venv # uv fetches that Python
    else
        echo "setup: détente needs Python 3.12 or 3.13, and found neither it nor uv, which could fetch it." >&2
        echo "setup: install one of them (https://docs.astral.sh/uv) or set DETENTE_PYTHON=/path/to/python3.12." >&2
        exit 1
    fi
fi
if ! .venv/bin/uv --version >/dev/null 2>&1; then
    # `.python-version` and a user's own index settings are left to uv and pip
    .venv/bin/python -m ensurepip >/dev/null 2>&1 || true
    .venv/bin/python -m pip install -q --disable-pip-version-check "$(sed -n 's/^\(uv==[^ ]*\).*/\1/p' requirements.lock)"
fi
VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip sync -q --require-hashes requirements.lock
VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install -q --no-deps --no-build-isolation -e .
touch .venv/.ready
