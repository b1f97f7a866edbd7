"""The encoder's rows: word pieces with marks, what the label allows, and batches of about the same length."""

from __future__ import annotations

import collections
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src/detente/reading/judge"))  # one file of the product, imported as it stands

import data  # noqa: E402
import minilm  # noqa: E402
import pieces  # noqa: E402

AT = {name: i for i, name in enumerate(data.TYPES)}
GROUPS = [t for t in data.TYPES if t not in data.FOLDED["YIELD"]] + ["YIELD"]


@dataclass(slots=True)
class Row:
    """An example as the network takes it. pool and state are those of its own length."""

    id: str
    allowed: Tensor
    group: int
    ids: list[int]
    pool: Tensor
    state: Tensor | None = field(default=None)


def rows_of(examples: list[data.Example], hide: bool = False) -> list[Row]:
    """hide: both actors' pieces are replaced by one mask each."""
    tokenizer = Tokenizer.from_file(str(minilm.base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = []
    for example, encoding in zip(
        examples, tokenizer.encode_batch([e.text for e in examples], add_special_tokens=False), strict=True
    ):
        ids, offsets = encoding.ids, encoding.offsets
        if hide:
            ids, offsets = hidden(ids, offsets, [*example.sources, *example.targets])
        made, source_at, target_at = pieces.sequence(ids, offsets, example.sources, example.targets)
        allowed = torch.zeros(len(AT), dtype=torch.bool)
        allowed[[AT[label] for label in example.labels]] = True
        name = "YIELD" if example.labels[0] in data.FOLDED["YIELD"] else example.labels[0]
        pool = torch.tensor(pieces.weights(len(made), len(made), source_at, target_at))
        found.append(Row(id=example.id, allowed=allowed, group=GROUPS.index(name), ids=made, pool=pool))
    return found


def hidden(
    ids: list[int], offsets: list[tuple[int, int]], spans: list[tuple[int, int]]
) -> tuple[list[int], list[tuple[int, int]]]:
    """The pieces with every actor's run replaced by one mask."""
    kept_ids, kept_offsets, inside = [], [], None
    for piece, (start, end) in zip(ids, offsets, strict=True):
        span = next((s for s in spans if start < s[1] and end > s[0]), None)
        if span is None:
            kept_ids.append(piece)
            kept_offsets.append((start, end))
        elif span != inside:
            kept_ids.append(103)
            kept_offsets.append(span)
        inside = span
    return kept_ids, kept_offsets


def batches(rows: list[Row], size: int, shuffle: random.Random | None) -> list[list[Row]]:
    """Rows of about the same length together; in training, lengths are compared within chunks of eight batches only."""
    order = list(rows)
    if shuffle is None:
        order.sort(key=lambda r: len(r.ids))
        return [order[i : i + size] for i in range(0, len(order), size)]
    shuffle.shuffle(order)
    made = []
    for start in range(0, len(order), 8 * size):
        chunk = sorted(order[start : start + 8 * size], key=lambda r: len(r.ids))
        made += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    shuffle.shuffle(made)
    return made


def collate(rows: list[Row]) -> tuple[Tensor, Tensor, Tensor | None]:
    width = max(len(r.ids) for r in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    pool = torch.zeros(len(rows), pieces.POOLS, width)
    states = None if rows[0].state is None else torch.zeros(len(rows), width, minilm.WIDTH)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        pool[i, :, : len(row.ids)] = row.pool
        if states is not None:
            states[i, : len(row.ids)] = row.state
    return ids, pool, states


def drawn(rows: list[Row], number: int, balance: float, chance: random.Random) -> list[Row]:
    """`number` rows; without balance each comes before any comes twice."""
    if balance <= 0:
        whole, rest = divmod(number, len(rows))
        return rows * whole + chance.sample(rows, rest)
    sizes = collections.Counter(r.group for r in rows)
    return chance.choices(rows, [sizes[r.group] ** -balance for r in rows], k=number)
