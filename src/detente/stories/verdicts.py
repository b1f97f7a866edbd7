"""What was found out of pairs of texts, so that no pair is compared twice: 18 bytes a pair, in one block to be kept."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from detente.stories.sketch import Sketch

type Verdicts = Mapping[bytes, bool]

_HEAD = b"detente copies 1\n"  # another version's block is not read: all pairs are compared anew
_ROW = struct.Struct("<17s?")


def pair_of(one: Sketch, other: Sketch, *, same_day: bool) -> bytes:
    """The name of a pair of texts, in whichever order."""
    return b"".join(sorted((one.printed, other.printed))) + bytes([same_day])


def pack(verdicts: Verdicts) -> bytes:
    """The block of the verdicts: the same bytes for the same verdicts."""
    return _HEAD + b"".join(_ROW.pack(pair, verdicts[pair]) for pair in sorted(verdicts))


def unpack(block: bytes) -> Verdicts:
    """The verdicts of a block; none when there is no block, or one of another version or broken off."""
    if not block.startswith(_HEAD) or (len(block) - len(_HEAD)) % _ROW.size:
        return {}
    return dict(_ROW.iter_unpack(block[len(_HEAD) :]))
