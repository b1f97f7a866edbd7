"""Trains the full judge's encoder, scores it out of fold, and writes it for onnxruntime.

    encoder.py stage1             authored sentences alone -> out/encoder_stage1_seed0.pt
    encoder.py folds --start PT   from there, each fold on its development rows and replayed authored ones; --folds 0 1 does two
    encoder.py merge              the folds' scores as one file -> out/encoder_seed0.jsonl, with the figure
    encoder.py final --start PT   as folds, on every row -> out/encoder_final_seed0.pt

--seed 1 for another seed. Any field of Plan can be set: --set epochs=3 rate=5e-5. Runs on CPU; training/setup.sh makes the
environment.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import data
import minilm
import numpy as np
import torch
from rows import AT, GROUPS, Row, batches, collate, drawn, rows_of
from torch import Tensor

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run does. frozen: lowest layers that stay as they are, their outputs computed once."""

    epochs: int
    rate: float
    frozen: int
    batch: int = 16
    head_rate: float = 5e-4
    decay: float = 0.9  # of the rate, from each layer to the one below
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


STAGE1 = Plan(epochs=4, rate=8e-5, frozen=0)
STAGE2 = Plan(epochs=3, rate=5e-5, frozen=3)


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
            bias = judge.bias(pool)
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
        torch.save(judge.state_dict(), OUT / f"encoder_{tag}_seed{seed}_fold{number}.pt")
    print(tag, "all", measure(np.concatenate(done), [r.group for r in done_rows]), flush=True)


def final(plan: Plan, seed: int, tag: str, start: Path) -> None:
    judge = stage2(plan, seed, start, rows_of(data.authored()), rows_of(data.development()), [], f"{tag} final")
    torch.save(judge.state_dict(), OUT / f"encoder_{tag}_seed{seed}.pt")


def merge(seed: int, tag: str) -> None:
    """Out-of-fold scores of all folds in the order of the rows."""
    rows = rows_of(data.development())
    found = {}
    for number in range(data.FOLDS):
        for line in (OUT / f"encoder_{tag}_seed{seed}_fold{number}.jsonl").read_text("utf8").splitlines():
            told = json.loads(line)
            found[told["id"]] = [told["scores"][t] for t in data.TYPES]
    chances = np.array([found[r.id] for r in rows])
    write_scores(OUT / f"encoder_seed{seed}.jsonl", rows, chances)
    print(f"seed {seed}", measure(chances, [r.group for r in rows]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["stage1", "folds", "merge", "final"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(data.FOLDS)))
    parser.add_argument("--tag", help="goes into the names of what is written; by default the step")
    parser.add_argument(
        "--start", type=Path, help="weights of the first stage; without them folds start from the base model"
    )
    parser.add_argument("--set", nargs="*", default=[], metavar="FIELD=VALUE")
    args = parser.parse_args()
    kinds = {f.name: {"int": int, "float": float}[str(f.type)] for f in dataclasses.fields(Plan)}
    chosen = {k: kinds[k](v) for k, v in (item.split("=") for item in args.set)}
    plan = dataclasses.replace(STAGE1 if args.step == "stage1" else STAGE2, **chosen)
    torch.set_num_threads(plan.threads)
    OUT.mkdir(exist_ok=True)
    print(plan, flush=True)
    if args.step == "stage1":
        stage1(plan, args.seed, args.tag or "stage1")
    elif args.step == "folds":
        folds(plan, args.seed, args.tag or "folds", args.folds, args.start)
    elif args.step == "merge":
        merge(args.seed, args.tag or "folds")
    else:
        final(plan, args.seed, args.tag or "final", args.start)


if __name__ == "__main__":
    main()
