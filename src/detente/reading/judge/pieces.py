"""From word pieces and both actors' spans to the encoder's two inputs.

Plain Python without a single import from the project: training loads this very file, so that what the encoder learnt on and
what it reads at run time cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]

# Ids in the standard uncased BERT vocabulary; the four marks are pieces that it leaves unused.
FIRST, LAST = 101, 102
SOURCE_OPEN, SOURCE_CLOSE, TARGET_OPEN, TARGET_CLOSE = 1, 2, 3, 4
LIMIT = 128
POOLS = 4  # first piece, mean, source marks, target marks


def sequence(
    ids: Sequence[int], offsets: Sequence[Span], sources: Sequence[Span], targets: Sequence[Span], limit: int = LIMIT
) -> tuple[list[int], list[int], list[int]]:
    """Piece ids with marks around both sides, and where the marks of the sources and of the targets stand.

    ids, offsets: the text's pieces without first and last, and their places in characters. A side that is unnamed gets
    an empty pair of marks before the text. More than `limit` pieces: the actors' surroundings are kept.
    """
    ids, offsets = _window(ids, offsets, [*sources, *targets], limit - 2 - 2 * max(2, len(sources) + len(targets)))
    found: list[int] = [FIRST]
    at: tuple[list[int], list[int]] = ([], [])
    sides = ((sources, SOURCE_OPEN, SOURCE_CLOSE), (targets, TARGET_OPEN, TARGET_CLOSE))
    opens: dict[int, list[tuple[int, int]]] = {}
    closes: dict[int, list[int]] = {}
    for side, (spans, open_id, close_id) in enumerate(sides):
        placed = [place for span in spans if (place := _pieces(offsets, span))]
        if not placed:
            at[side].append(len(found))
            found += [open_id, close_id]
        for start, end in placed:
            opens.setdefault(start, []).append((side, open_id))
            closes.setdefault(end, []).append(close_id)
    for index, piece in enumerate(ids):
        found += closes.get(index, ())
        for side, open_id in opens.get(index, ()):
            at[side].append(len(found))
            found.append(open_id)
        found.append(piece)
    found += closes.get(len(ids), ())
    found.append(LAST)
    return found, at[0], at[1]


def weights(length: int, width: int, source_at: Sequence[int], target_at: Sequence[int]) -> list[list[float]]:
    """How the four pooled vectors are made from `width` positions of which the first `length` hold pieces."""
    rows = [[0.0] * width for _ in range(POOLS)]
    rows[0][0] = 1.0
    rows[1][:length] = [1.0 / length] * length
    for row, places in ((rows[2], source_at), (rows[3], target_at)):
        for place in places:
            row[place] = 1.0 / len(places)
    return rows


def _pieces(offsets: Sequence[Span], span: Span) -> Span | None:
    """The run of pieces that touch a span of characters, as positions from and up to."""
    touched = [i for i, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    return (touched[0], touched[-1] + 1) if touched else None


def _window(
    ids: Sequence[int], offsets: Sequence[Span], spans: Sequence[Span], room: int
) -> tuple[Sequence[int], Sequence[Span]]:
    if len(ids) <= room:
        return ids, offsets
    places = [place for span in spans if (place := _pieces(offsets, span))]
    middle = (min(a for a, _ in places) + max(b for _, b in places)) // 2 if places else 0
    start = max(0, min(middle - room // 2, len(ids) - room))
    return ids[start : start + room], offsets[start : start + room]
