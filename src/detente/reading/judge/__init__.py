"""The learned judge: for two sides in a text, a probability for each PLOVER type of the deed between them."""

from detente.reading.judge.pair import Judge, Pair, Scores
from detente.reading.judge.weights import FILES, weights_bytes

__all__ = ["FILES", "Judge", "Pair", "Scores", "weights_bytes"]
