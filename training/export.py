"""Writes trained encoders as one int8 file for onnxruntime, and checks it against the networks themselves.

    export.py out/encoder_final_seed0.pt [more]   into the product: weights/encoder.onnx, wordpieces.txt and weights.tsv
    export.py out/encoder_..._fold0.pt --check 0 --to fold0.onnx   scores fold 0 with the file and with the networks

Several networks may share their embeddings and lowest layers (they do when only the upper layers were trained): those
are written once, and the file answers with the mean of the networks' log-probabilities.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
import warnings
from pathlib import Path

import data
import encoder
import minilm
import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from rows import Row, batches, collate, rows_of
from torch import Tensor, nn

ROOM = encoder.HERE.parent / "src/detente/reading/judge"
MOST = 30 * 2**20


class Together(nn.Module):
    """Networks with the same lower part as one: the mean of their log-probabilities."""

    def __init__(self, judges: list[minilm.Judge]) -> None:
        super().__init__()
        self.judges = nn.ModuleList(judges)
        self.shared = shared_layers(judges)

    def forward(self, ids: Tensor, pool: Tensor) -> Tensor:
        first = self.judges[0]
        bias = first.bias(pool)
        x = first.embed(ids)
        for layer in first.layers[: self.shared]:
            x = layer(x, bias)
        logs = [judge.head(judge.pooled(x, pool, self.shared)).log_softmax(-1) for judge in self.judges]
        return torch.stack(logs).mean(0)


def shared_layers(judges: list[minilm.Judge]) -> int:
    """How many of the lowest layers all networks have in common. Stops when not even the embeddings are."""

    def same(part: nn.Module, other: nn.Module) -> bool:
        return all(torch.equal(a, b) for a, b in zip(part.parameters(), other.parameters(), strict=True))

    first = judges[0]
    for other in judges[1:]:
        if not (same(first.word, other.word) and same(first.norm, other.norm) and torch.equal(first.mark, other.mark)):
            raise SystemExit("expected networks that share their embeddings: train them from the same first stage")
    return next(
        (i for i in range(minilm.LAYERS) if not all(same(first.layers[i], j.layers[i]) for j in judges[1:])),
        minilm.LAYERS,
    )


def loaded(paths: list[Path]) -> Together:
    judges = []
    for path in paths:
        judge = minilm.Judge()
        judge.load_state_dict(torch.load(path))
        judges.append(judge)
    return Together(judges).eval()


def write(model: Together, to: Path) -> None:
    """The model as int8 ONNX: weights of seven bits, so that processors without VNNI give the same answers."""
    rows = rows_of(data.authored()[:3])
    ids, pool, _ = collate(rows)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (ids, pool),
            whole,
            input_names=["ids", "pool"],
            output_names=["logits"],
            dynamic_axes={"ids": {0: "n", 1: "t"}, "pool": {0: "n", 2: "t"}, "logits": {0: "n"}},
            opset_version=20,
            dynamo=False,
        )
        quantize_dynamic(whole, to, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    made = onnx.load(to)
    onnx.helper.set_model_props(made, {"types": " ".join(data.TYPES)})
    onnx.save(made, to)
    if to.stat().st_size > MOST:
        raise SystemExit(f"{to} has {to.stat().st_size} bytes: more than the {MOST} that a judge may weigh")


def answers(to: Path, rows: list[Row]) -> tuple[np.ndarray, float]:
    """The file's scores for the rows, and how many rows it read a second on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(to, options)
    found, began = {}, time.perf_counter()
    for batch in batches(rows, 16, None):
        ids, pool, _ = collate(batch)
        (logits,) = session.run(None, {"ids": ids.numpy(), "pool": pool.numpy()})
        found.update({r.id: np.exp(line) / np.exp(line).sum() for r, line in zip(batch, logits, strict=True)})
    return np.stack([found[r.id] for r in rows]), len(rows) / (time.perf_counter() - began)


@torch.no_grad()
def network_answers(model: Together, rows: list[Row]) -> np.ndarray:
    found = {}
    for batch in batches(rows, 32, None):
        ids, pool, _ = collate(batch)
        found.update({r.id: line.softmax(-1).numpy() for r, line in zip(batch, model(ids, pool), strict=True)})
    return np.stack([found[r.id] for r in rows])


def check(model: Together, to: Path, fold: int | None) -> None:
    examples = data.development() or data.authored()
    rows = rows_of(examples)
    if fold is not None:
        rows = [r for r, f in zip(rows, data.fold_of(examples), strict=True) if f == fold]
    gold = [r.group for r in rows]
    exact = network_answers(model, rows)
    small, speed = answers(to, rows)
    print("networks", encoder.measure(exact, gold), "| file", encoder.measure(small, gold), end=" ")
    print(f"| largest difference {np.abs(exact - small).max():.3f} mean {np.abs(exact - small).mean():.5f}", end=" ")
    print(f"| {speed:.0f} rows/s on one core | {to.stat().st_size / 1e6:.1f} MB | {model.shared} layers shared")


def enter(files: list[Path]) -> None:
    """Writes the files' hashes into weights.tsv, leaving other files' rows alone."""
    table = ROOM / "weights.tsv"
    names = {path.name for path in files}
    lines = [line for line in table.read_text("utf8").splitlines() if line.split("\t")[0] not in names]
    lines += [f"{path.name}\t{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    table.write_text("\n".join(lines) + "\n", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", type=Path, nargs="+")
    parser.add_argument("--to", type=Path)
    parser.add_argument("--check", type=int, help="a fold that the networks have not seen")
    args = parser.parse_args()
    torch.set_num_threads(1)
    to = args.to or ROOM / "weights/encoder.onnx"
    model = loaded(args.networks)
    write(model, to)
    check(model, to, args.check)
    if args.to is None:
        words = ROOM / "weights/wordpieces.txt"
        words.write_bytes((minilm.base_folder() / "vocab.txt").read_bytes())
        enter([to, words])


if __name__ == "__main__":
    main()
