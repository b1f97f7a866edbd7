"""A text with two marked sides, and what the judge says of the deed between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.records.failure import Failure

Offsets = tuple[int, int]  # half-open, in code points of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class PairText:
    """What is to be judged. sources, targets: where the two sides are named in the text; a side may be empty (unnamed)."""

    id: str
    text: str
    sources: tuple[Offsets, ...] = ()
    targets: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What lies between the two sides.

    plover_type: the likeliest type as the code book folds it (a planned visit is AGREE). type: the deed itself (CONSULT)
    where a frame names it, else as plover_type. Both are None where nothing was found or the pair could not be read.
    scores: each PLOVER type's probability, adding up to 1; empty when there is none. failures: why it could not be read.
    """

    id: str | None
    type: str | None = None
    plover_type: str | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
