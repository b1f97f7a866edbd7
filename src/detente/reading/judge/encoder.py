"""The full judge: a fine-tuned MiniLM that reads the words around both sides, averaged with the default judge.

Needs the extra `detente[judge]` (onnxruntime and tokenizers); trained by training/encoder.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError, UsageError
from detente.ontology import TYPES
from detente.reading.judge.linear import linear_judge
from detente.reading.judge.pair import Judge, Pair, Scores
from detente.reading.judge.pieces import POOLS, sequence, weights
from detente.reading.judge.weights import weights_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "encoder.onnx"
VOCABULARY = "wordpieces.txt"
SHARPNESS = 1.15  # of the mean of both judges' log-probabilities, fitted to out-of-fold scores
_BATCH = 16
_WHOLE = 500  # characters: a text up to this length is read whole, as in training
_FLOOR = 1e-6

Prepared = tuple[list[int], list[int], list[int]]


class EncoderJudge:
    """Judges pairs by the encoder alone. Made with `threads` cores; raises UsageError when the extra is missing."""

    def __init__(self, threads: int = 1) -> None:
        runtime, tokenizers = _extra()
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = runtime.InferenceSession(weights_bytes(FILE), options, providers=["CPUExecutionProvider"])
        if self._session.get_modelmeta().custom_metadata_map.get("types", "").split() != list(TYPES):
            raise ModelError(f"the judge's weights {FILE} are for other types than this version's: reinstall detente")
        self._tokenizer = _tokenizer(tokenizers)

    def scores(self, pairs: Sequence[Pair]) -> Scores:
        """The probability of each PLOVER type, one row a pair."""
        found = np.zeros((len(pairs), len(TYPES)), dtype=np.float32)
        prepared = [self._prepared(pair) for pair in pairs]
        order = sorted(range(len(pairs)), key=lambda i: len(prepared[i][0]))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            found[chosen] = _softmax(self._logits([prepared[i] for i in chosen]))
        return found

    def _prepared(self, pair: Pair) -> Prepared:
        start, end = _sentences(pair)
        pieces = self._tokenizer.encode(pair.doc.text[start:end], add_special_tokens=False)
        sources, targets = ([(e.start - start, e.end - start) for e in side] for side in (pair.sources, pair.targets))
        return sequence(pieces.ids, pieces.offsets, sources, targets)

    def _logits(self, rows: Sequence[Prepared]) -> NDArray[np.float32]:
        width = max(len(ids) for ids, _, _ in rows)
        ids = np.zeros((len(rows), width), dtype=np.int64)
        pool = np.zeros((len(rows), POOLS, width), dtype=np.float32)
        for i, (found, source_at, target_at) in enumerate(rows):
            ids[i, : len(found)] = found
            pool[i] = weights(len(found), width, source_at, target_at)
        (logits,) = self._session.run(None, {"ids": ids, "pool": pool})
        return np.asarray(logits, dtype=np.float32)


class Full:
    """The average of the encoder's and the default judge's log-probabilities."""

    def __init__(self, encoder: Judge, default: Judge) -> None:
        self._encoder = encoder
        self._default = default

    def scores(self, pairs: Sequence[Pair]) -> Scores:
        """The probability of each PLOVER type, one row a pair."""
        if not pairs:
            return np.zeros((0, len(TYPES)), dtype=np.float32)
        return together(self._encoder.scores(pairs), self._default.scores(pairs))


@cache
def full_judge() -> Full:
    """The judge that `--judge full` asks for, loaded once. Raises UsageError when the extra is missing."""
    return Full(EncoderJudge(), linear_judge())


def together(encoder: Scores, default: Scores) -> Scores:
    """Two judges' probabilities as one: the mean of their logarithms, sharpened and scaled to add up to 1."""
    logs = SHARPNESS / 2 * (np.log(encoder + _FLOOR) + np.log(default + _FLOOR))
    return _softmax(logs)


def _softmax(logits: NDArray[np.floating]) -> Scores:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


def _sentences(pair: Pair) -> tuple[int, int]:
    """The characters of the sentences that hold the two sides; all of a short text, or of one that names neither side."""
    extents = [*pair.sources, *pair.targets]
    if not extents or len(pair.doc.text) <= _WHOLE:
        return 0, len(pair.doc.text)
    span = pair.doc.char_span(min(e.start for e in extents), max(e.end for e in extents), alignment_mode="expand")
    if span is None:
        return 0, len(pair.doc.text)
    return span[0].sent.start_char, span[-1].sent.end_char


def _extra() -> tuple[Any, Any]:
    try:
        import onnxruntime
        import tokenizers
    except ImportError as error:
        raise UsageError(
            f"expected the packages of the full judge, but {error.name} is not installed: run "
            "`pip install 'detente[judge]'`, or take the default judge"
        ) from error
    return onnxruntime, tokenizers


def _tokenizer(tokenizers: Any) -> Any:
    """The standard uncased BERT word pieces: lower case, accents off."""
    pieces: Iterable[str] = weights_bytes(VOCABULARY).decode("utf8").splitlines()
    model = tokenizers.models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]")
    made = tokenizers.Tokenizer(model)
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made
