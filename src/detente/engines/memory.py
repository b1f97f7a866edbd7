"""How much memory this process holds, in bytes; 0 where the operating system does not say."""

from __future__ import annotations

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident() -> int:
    """What it holds now; where only the peak is known, that."""
    return _linux("VmRSS:") or _reported()


def peak() -> int:
    """The most that it has held so far. On Linux, `getrusage` would count what the process held that started this one."""
    return _linux("VmHWM:") or _reported()


def _reported() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024  # kilobytes everywhere but on a Mac


def _linux(field: str) -> int:
    try:
        lines = _STATUS.read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(field)), 0)
