"""How spellings are compared: without accents, in small letters, name by name."""

from __future__ import annotations

import unicodedata

_ARTICLES = frozenset({"al", "el", "ul", "ud", "as", "ash", "an", "ar", "az", "ad", "at"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LETTERS = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
}
_LETTER_MAP = str.maketrans(_LETTERS)
_VOWELS = str.maketrans({"e": "i", "y": "i", "o": "u", "q": "k"})
_MARKS = str.maketrans(dict.fromkeys("-‐‑–.,\xa0\n\t", " ") | dict.fromkeys("'’‘\"`ʻ", ""))


def without_accents(text: str) -> str:
    """The text in plain Latin letters where it has accented ones."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_LETTER_MAP))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words_of(name: str) -> tuple[str, ...]:
    """The words by which names are compared: small letters, no accents, no initials, no "Jr", no Arabic article.

    "Mustafa al-Kadhimi" and "Mustafa Al Kadhimi" are equal; "Kadhimi" and "Kadhim" are not.
    """
    words = without_accents(name).lower().translate(_MARKS).split()
    kept = [w for w in words if len(w) > 1 and w not in _ARTICLES and w not in _SUFFIXES]
    return tuple(kept or words)


def consonants(word: str) -> str:
    """What stays of a word in most transliterations: "Aleksandr" and "Alexander" are one."""
    plain = word.replace("x", "ks").replace("q", "k").replace("ph", "f").replace("c", "k")
    kept = [c for c in plain if c not in "aeiouyh"]
    return "".join(c for i, c in enumerate(kept) if i == 0 or kept[i - 1] != c)


def skeleton(word: str) -> str:
    """A word with the letters that transliterations vary made equal: "Muhammad", "Mohammed" and "Mohamed" are one."""
    low = word.translate(_VOWELS).replace("uu", "u").replace("a", "i" if len(word) > 4 else "a")
    out: list[str] = []
    for letter in low:
        if not out or out[-1] != letter:
            out.append(letter)
    return "".join(out)
