"""Inputs bundled into shards: what is worked on, retried and committed as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.records import digest
from detente.sources import AUTO, INPUT_FORMATS
from detente.sources.slices import Slice, slices
from detente.sources.sourced import Unreadable

SMALLEST, LARGEST = 128 * 1024, 8 * 1024 * 1024
_SHARES = 64  # shards of a small corpus: enough to keep the cores of one machine equally busy to the end
_EARLY = 8  # a bundle of small files ends early at one file in so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Slices of inputs, and inputs that cannot be read. id: a hash of what is in them, wherever they lie."""

    id: str
    parts: tuple[Slice | Unreadable, ...]

    @property
    def stored(self) -> int:
        """Bytes of the inputs that it stands for."""
        return sum(part.stored for part in self.parts if isinstance(part, Slice))


def usual_size(weight: int) -> int:
    """Bytes of a shard for inputs of so many bytes. A shard of the largest size takes a core some five minutes."""
    return min(max(weight // _SHARES, SMALLEST), LARGEST)


def shards(inputs: Sequence[str | Path], size: int, input_format: str) -> Iterator[Shard]:
    """The inputs as shards of about `size` bytes, in order. Small files go together, large ones are cut."""
    assert input_format in INPUT_FORMATS
    held: list[Slice | Unreadable] = []
    weight = 0
    for part in slices(inputs, size, None if input_format == AUTO else input_format):
        if isinstance(part, Slice) and not part.whole:
            if held:
                yield _shard(held)
            yield _shard([part])  # alone, so that it stays the same whatever lies beside the file
            held, weight = [], 0
            continue
        held.append(part)
        weight += part.size if isinstance(part, Slice) else 0
        if weight >= size or (weight >= size // 4 and _ends(part)):
            yield _shard(held)
            held, weight = [], 0
    if held:
        yield _shard(held)


def _ends(part: Slice | Unreadable) -> bool:
    """Whether a bundle ends here by the look of the file: so one file more in a folder does not change every bundle behind it."""
    return isinstance(part, Slice) and int(part.content[:4], 16) % _EARLY == 0


def _shard(parts: Sequence[Slice | Unreadable]) -> Shard:
    content = [part.content if isinstance(part, Slice) else (part.id, part.failure.reason) for part in parts]
    kinds = [part.kind if isinstance(part, Slice) else "" for part in parts]
    return Shard(id=digest("shard", content, kinds), parts=tuple(parts))
