"""Trains the full judge's encoder, scores it out of fold, and writes it for onnxruntime.

    encoder.py stage1 --seed 0              authored sentences alone -> out/encoder_stage1_seed0.pt
    encoder.py folds --seed 0 --folds 0 1   from there, each fold on its development rows and replayed authored ones
    encoder.py final --seed 0               the same on every row -> out/encoder_final_seed0.pt
    encoder.py export PT ...                -> src/detente/reading/judge/weights/encoder.onnx, checked against fp32

Any field of Plan can be set: --set epochs=3 rate=5e-5. Runs on CPU; training/setup.sh makes the environment.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src/detente/reading/judge"))  # one file of the product, imported as it stands

import data  # noqa: E402
import minilm  # noqa: E402
import pieces  # noqa: E402

OUT = HERE / "out"
AT = {name: i for i, name in enumerate(data.TYPES)}
GROUPS = [t for t in data.TYPES if t not in data.FOLDED["YIELD"]] + ["YIELD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run does. frozen: lowest layers that stay as they are, their outputs computed once."""

    epochs: int = 3
    batch: int = 16
    rate: float = 8e-5
    head_rate: float = 5e-4
    decay: float = 0.9  # of the rate, from each layer to the one below
    frozen: int = 2
    smoothing: float = 0.1
    dropout: float = 0.1
    warm: float = 0.1
    replay: float = 1.0  # authored rows in each epoch of stage 2, as a share of the development rows
    authored: int = 1  # 0: leave the authored sentences out
    balance: float = 0.0  # 0: rows as they come; 1: every type equally often
    mask: float = 0.0  # chance that a row's actors are hidden behind a mask
    average: float = 0.0  # decay of the running mean of the weights; 0: the last weights
    twice: float = 0.0  # weight of R-drop: two passes must agree
    contrast: float = 0.0  # weight of the supervised contrast within a batch
    share: float = 1.0  # of the training rows (learning curve)
    bf16: int = 1
    threads: int = 1


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


def freeze(judge: minilm.Judge, rows: list[Row], plan: Plan) -> None:
    """Stops the lowest layers from learning and stores their outputs with the rows."""
    judge.word.requires_grad_(False)
    judge.place.requires_grad_(False)
    if not plan.frozen:
        return
    judge.mark.requires_grad_(False)
    judge.norm.requires_grad_(False)
    for layer in judge.layers[: plan.frozen]:
        layer.requires_grad_(False)
    remember(judge, rows, plan)


@torch.no_grad()
def remember(judge: minilm.Judge, rows: list[Row], plan: Plan) -> None:
    judge.eval()
    for row in rows:
        row.state = None
    for batch in batches(rows, 32, None):
        ids, pool, _ = collate(batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=bool(plan.bf16)):
            x = judge.embed(ids)
            bias = torch.where(pool[:, 1] > 0, 0.0, -10000.0)[:, None, None, :].to(x.dtype)
            for layer in judge.layers[: plan.frozen]:
                x = layer(x, bias)
        for i, row in enumerate(batch):
            row.state = x[i, : len(row.ids)].float().clone()


def forward(judge: minilm.Judge, batch: list[Row], plan: Plan) -> tuple[Tensor, Tensor]:
    ids, pool, states = collate(batch)
    with torch.autocast("cpu", torch.bfloat16, enabled=bool(plan.bf16)):
        x = judge.embed(ids) if states is None else states
        vectors = judge.pooled(x, pool, 0 if states is None else plan.frozen)
        logits = judge.head(judge.drop(vectors))
    return logits.float(), vectors.float()


def loss_of(judge: minilm.Judge, batch: list[Row], plan: Plan) -> Tensor:
    logits, vectors = forward(judge, batch, plan)
    allowed = torch.stack([r.allowed for r in batch])
    loss = cost(logits, allowed, plan)
    if plan.twice:
        again, _ = forward(judge, batch, plan)
        p, q = logits.log_softmax(-1), again.log_softmax(-1)
        apart = ((p.exp() - q.exp()) * (p - q)).sum(-1).mean() / 2
        loss = (loss + cost(again, allowed, plan)) / 2 + plan.twice * apart
    if plan.contrast:
        loss = loss + plan.contrast * contrast(vectors, torch.tensor([r.group for r in batch]))
    return loss


def cost(logits: Tensor, allowed: Tensor, plan: Plan) -> Tensor:
    """Cross-entropy of the sum over the allowed types, with label smoothing."""
    logs = logits.log_softmax(-1)
    right = logs.masked_fill(~allowed, -torch.inf).logsumexp(-1)
    return -((1 - plan.smoothing) * right + plan.smoothing * logs.mean(-1)).mean()


def contrast(vectors: Tensor, groups: Tensor, heat: float = 0.1) -> Tensor:
    unit = torch.nn.functional.normalize(vectors, dim=-1)
    near = unit @ unit.T / heat
    itself = torch.eye(len(groups), dtype=torch.bool)
    logs = near.masked_fill(itself, -1e4).log_softmax(-1)
    same = (groups[:, None] == groups[None]) & ~itself
    counted = same.any(-1)
    if not counted.any():
        return vectors.sum() * 0
    return -((logs * same).sum(-1)[counted] / same.sum(-1)[counted]).mean()


def optimiser(judge: minilm.Judge, plan: Plan) -> torch.optim.Optimizer:
    groups = [{"params": list(judge.head.parameters()), "lr": plan.head_rate, "weight_decay": 0.01}]
    low = [judge.mark, *judge.norm.parameters()]
    for depth, part in enumerate([low, *(list(layer.parameters()) for layer in judge.layers)]):
        learning = [p for p in part if p.requires_grad]
        rate = plan.rate * plan.decay ** (minilm.LAYERS - depth)
        if learning:
            groups.append({"params": [p for p in learning if p.ndim > 1], "lr": rate, "weight_decay": 0.01})
            groups.append({"params": [p for p in learning if p.ndim < 2], "lr": rate, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, fused=True)


def train(judge: minilm.Judge, draw, plan: Plan, seed: int, note: str, watch=None) -> None:  # type: ignore[no-untyped-def]
    """draw(chance): the rows of one epoch."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    steps = 0
    total = plan.epochs * math.ceil(len(draw(random.Random(0))) / plan.batch)
    best = optimiser(judge, plan)
    slope = torch.optim.lr_scheduler.LambdaLR(
        best,
        lambda s: min(
            (s + 1) / max(1, plan.warm * total), max(0.02, (total - s) / (total * (1 - plan.warm) + 1e-9)), 1.0
        ),
    )
    learning = [p for p in judge.parameters() if p.requires_grad]
    mean = [p.detach().clone() for p in learning] if plan.average else []
    began, seen = time.time(), 0
    for epoch in range(plan.epochs):
        judge.train()
        losses = []
        for batch in batches(draw(chance), plan.batch, chance):
            loss = loss_of(judge, batch, plan)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            best.step()
            best.zero_grad()
            slope.step()
            steps += 1
            seen += len(batch)
            losses.append(loss.item())
            if mean:
                rate = min(plan.average, steps / (steps + 10))
                torch._foreach_lerp_(mean, [p.detach() for p in learning], 1 - rate)
        say = f"{note} epoch {epoch + 1} loss {np.mean(losses):.3f} {seen / (time.time() - began):.0f}/s"
        print(say, f"| {watch()}" if watch else "", flush=True)
    if mean:
        with torch.no_grad():
            for p, m in zip(learning, mean, strict=True):
                p.copy_(m)
        print(f"{note} mean of weights", watch() if watch else "", flush=True)


def drawn(rows: list[Row], number: int, balance: float, chance: random.Random) -> list[Row]:
    """`number` rows; without balance each comes before any comes twice."""
    if balance <= 0:
        whole, rest = divmod(number, len(rows))
        return rows * whole + chance.sample(rows, rest)
    sizes = np.bincount([r.group for r in rows], minlength=len(GROUPS))
    return chance.choices(rows, [float(sizes[r.group]) ** -balance for r in rows], k=number)


@torch.no_grad()
def scores(judge: minilm.Judge, rows: list[Row], plan: Plan) -> np.ndarray:
    judge.eval()
    found = {}
    for batch in batches(rows, 32, None):
        chances = forward(judge, batch, plan)[0].softmax(-1)
        found.update({r.id: c.numpy() for r, c in zip(batch, chances, strict=True)})
    return np.stack([found[r.id] for r in rows])


def folded(chances: np.ndarray) -> np.ndarray:
    """[n, 16] to the 15 groups of the development rows."""
    made = [chances[:, AT[g]] for g in GROUPS[:-1]]
    return np.stack([*made, sum(chances[:, AT[t]] for t in data.FOLDED["YIELD"])], 1)


def measure(chances: np.ndarray, groups: list[int]) -> dict[str, float]:
    said, gold = folded(chances).argmax(1), np.array(groups)
    f1 = [
        2 * ((said == g) & (gold == g)).sum() / max(1, (said == g).sum() + (gold == g).sum())
        for g in sorted(set(groups))
    ]
    return {"macro": round(100 * float(np.mean(f1)), 1), "accuracy": round(100 * float((said == gold).mean()), 1)}


def write_scores(path: Path, rows: list[Row], chances: np.ndarray) -> None:
    with path.open("w", encoding="utf8") as out:
        for row, line in zip(rows, chances, strict=True):
            named = {t: round(float(p), 6) for t, p in zip(data.TYPES, line, strict=True)}
            out.write(json.dumps({"id": row.id, "scores": named}) + "\n")


def stage1(plan: Plan, seed: int, tag: str) -> None:
    own, foreign = rows_of(data.authored()), rows_of(data.development())
    masked = rows_of(data.authored(), hide=True) if plan.mask else []
    torch.manual_seed(seed)
    judge = minilm.pretrained(plan.dropout)
    freeze(judge, own + foreign + masked, plan)
    gold = [r.group for r in foreign]

    def watch() -> str:
        return str(measure(scores(judge, foreign, plan), gold)) if foreign else ""

    def draw(chance: random.Random) -> list[Row]:
        found = drawn(own, len(own), plan.balance, chance)
        return cloaked(found, own, masked, plan, chance)

    train(judge, draw, plan, seed, f"{tag} {len(own)} authored", watch)
    torch.save(judge.state_dict(), OUT / f"encoder_{tag}_seed{seed}.pt")
    if foreign:
        write_scores(OUT / f"encoder_{tag}_seed{seed}.jsonl", foreign, scores(judge, foreign, plan))


def cloaked(rows: list[Row], plain: list[Row], masked: list[Row], plan: Plan, chance: random.Random) -> list[Row]:
    if not masked:
        return rows
    twin = {p.id: m for p, m in zip(plain, masked, strict=True)}
    return [twin[r.id] if r.id in twin and chance.random() < plan.mask else r for r in rows]


def stage2(
    plan: Plan, seed: int, start: Path | None, own: list[Row], train_rows: list[Row], test: list[Row], note: str
) -> minilm.Judge:
    torch.manual_seed(seed)
    judge = minilm.pretrained(plan.dropout)
    if start is not None:
        judge.load_state_dict(torch.load(start))
    freeze(judge, [*own, *train_rows, *test], plan)
    gold = [r.group for r in test]
    kept = random.Random(seed).sample(train_rows, round(plan.share * len(train_rows)))

    def draw(chance: random.Random) -> list[Row]:
        replayed = drawn(own, min(len(own), round(plan.replay * len(kept))), plan.balance, chance) if own else []
        return drawn(kept, len(kept), plan.balance, chance) + replayed

    train(judge, draw, plan, seed, note, (lambda: measure(scores(judge, test, plan), gold)) if test else None)
    return judge


def folds(plan: Plan, seed: int, tag: str, numbers: list[int], start: Path | None) -> None:
    examples = data.development()
    rows, fold = rows_of(examples), data.fold_of(examples)
    own = rows_of(data.authored()) if plan.authored and start is not None else []
    done_rows, done = [], []
    for number in numbers:
        test = [r for r, f in zip(rows, fold, strict=True) if f == number]
        rest = [r for r, f in zip(rows, fold, strict=True) if f != number]
        judge = stage2(plan, seed, start, own, rest, test, f"{tag} fold {number}")
        chances = scores(judge, test, plan)
        done_rows += test
        done.append(chances)
        write_scores(OUT / f"encoder_{tag}_seed{seed}_fold{number}.jsonl", test, chances)
    print(tag, "all", measure(np.concatenate(done), [r.group for r in done_rows]), flush=True)


def final(plan: Plan, seed: int, tag: str, start: Path) -> None:
    judge = stage2(plan, seed, start, rows_of(data.authored()), rows_of(data.development()), [], f"{tag} final")
    torch.save(judge.state_dict(), OUT / f"encoder_{tag}_seed{seed}.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["stage1", "folds", "final"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(data.FOLDS)))
    parser.add_argument("--tag", default="")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--set", nargs="*", default=[])
    args = parser.parse_args()
    kinds = {f.name: type(f.default) for f in dataclasses.fields(Plan)}
    plan = Plan(**{k: kinds[k](v) for k, v in (item.split("=") for item in args.set)})
    torch.set_num_threads(plan.threads)
    OUT.mkdir(exist_ok=True)
    print(plan, flush=True)
    if args.step == "stage1":
        stage1(plan, args.seed, args.tag or "stage1")
    elif args.step == "folds":
        folds(plan, args.seed, args.tag or "folds", args.folds, args.start)
    else:
        final(plan, args.seed, args.tag or "final", args.start)


if __name__ == "__main__":
    main()
