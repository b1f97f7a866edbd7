#!/bin/sh
# Makes training/.venv (Python 3.11) with what training needs. Safe to run again.
# The default index's torch for Linux brings CUDA along (some GB); nothing here needs it:
# TORCH_INDEX=<an index with CPU builds of torch> takes the small one.
set -eu
cd "$(dirname "$0")"

if ! [ -x .venv/bin/python ]; then
    python=$(command -v python3.11 || true)
    if [ -n "$python" ] && "$python" -c 'import ensurepip, sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        "$python" -m venv .venv
    elif uv --version >/dev/null 2>&1; then
        uv venv --seed --python 3.11 .venv # uv fetches that Python
    else
        echo "setup: the encoder is trained on Python 3.11; found neither it nor uv, which could fetch it." >&2
        exit 1
    fi
fi
if [ -n "${TORCH_INDEX:-}" ]; then
    .venv/bin/python -m pip install -q --index-url "$TORCH_INDEX" "$(grep '^torch==' requirements-encoder.txt)"
fi
.venv/bin/python -m pip install -q -r requirements-encoder.txt -r requirements-linear.txt
echo "ready: training/.venv/bin/python training/encoder.py --help"
