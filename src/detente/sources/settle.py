"""From what a format found to an article: id, day, language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any

from detente.records import Article, Failure, article_id, content_hash
from detente.sources.dates import EXPECTED, iso, outlet_day
from detente.sources.decode import clean
from detente.sources.language import SURE, code_of, detect, english_share
from detente.sources.sourced import Draft, Sourced, Unreadable, remark, unreadable

_ENGLISH_ENOUGH = 1 / 3  # of the letters of a text in two languages: a communiqué in both is read for its English half
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[A-Za-z]")
_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")  # Greek and Cyrillic, whose letters pass for Latin ones
_FIELDS = ("id", "title", "published", "source", "url", "language", "dateline")


class Settler:
    """Makes articles of drafts, and remembers which ids this run has seen.

    published: ISO date for articles that bring none.
    """

    def __init__(self, published: str | None) -> None:
        self._published = published
        self._seen: dict[str, tuple[str, str]] = {}

    def settle(self, draft: Draft) -> Sourced | Unreadable:
        """The article of a draft, or why there is none."""
        draft = _cleaned(draft)
        if not draft.text.strip():
            return unreadable(draft.where, "expected text, found nothing but white space", draft.id)
        published, late = self._day(draft)
        late += _disguise(draft)
        language, odd = _language(draft)
        article = Article(
            id=draft.id or _made_id(draft),
            text=draft.text,
            title=draft.title or None,
            published=published,
            source=draft.source or None,
            url=draft.url or None,
            language=language,
            dateline=draft.dateline or None,
        )
        again = self._again(article, draft.where)
        return again or Sourced(article=article, failures=draft.failures + late + odd)

    def _day(self, draft: Draft) -> tuple[str | None, tuple[Failure, ...]]:
        if not draft.published or not draft.published.strip():
            return self._published, ()
        found = iso(draft.published)
        if found is None:
            left = f"taken for {self._published}, as asked" if self._published else "read without a day"
            reason = f"expected {EXPECTED} in `published`, found {draft.published[:60]!r}; {left}"
            return self._published, (remark(draft.where, reason),)
        return outlet_day(found, draft.source, draft.url), ()

    def _again(self, article: Article, where: str) -> Unreadable | None:
        content = content_hash(article.title, article.text)
        first = self._seen.get(article.id)
        if first is None:
            self._seen[article.id] = (where, content)
            return None
        same = "the same text" if first[1] == content else "another text"
        reason = (
            f"the id {article.id!r} came before, at {first[0]}, with {same}; read once: give each article its own id"
        )
        return unreadable(where, reason, article.id)


def _disguise(draft: Draft) -> tuple[Failure, ...]:
    """A remark on an outlet whose name looks like another's: it is kept as it is written, and is never taken for the other."""
    name = draft.source or ""
    sign = next((char for char in name if unicodedata.category(char) == "Cf"), None)
    if sign is None:
        word = next((word for word in _WORD.findall(name) if _LATIN.search(word) and _ALIKE.search(word)), None)
        found = _ALIKE.search(word) if word else None
        sign = found[0] if found else None
    if sign is None:
        return ()
    told = f"U+{ord(sign):04X}, {unicodedata.name(sign, 'a sign without a name').lower()}"
    reason = f"the outlet's name {name[:40]!a} holds {told}: kept as written, apart from the outlet that it looks like"
    return (remark(draft.where, reason),)


def _made_id(draft: Draft) -> str:
    try:
        return article_id(url=draft.url, title=draft.title, source=draft.source, text=draft.text)
    except ValueError:  # an address that is none: http://[
        return article_id(url=None, title=draft.title, source=draft.source, text=draft.text)


def _cleaned(draft: Draft) -> Draft:
    text, lost = clean(draft.text)
    rest: dict[str, Any] = {name: clean(value)[0] for name in _FIELDS if (value := getattr(draft, name))}
    if not lost:
        return replace(draft, text=text, **rest)
    reason = f"{lost} characters that are none (NUL, half of a surrogate pair) replaced by U+FFFD"
    return replace(draft, text=text, **rest, failures=(*draft.failures, remark(draft.where, reason)))


def _language(draft: Draft) -> tuple[str | None, tuple[Failure, ...]]:
    """The language an article brings, else the one its text is in: None when that is too short, or hardly English.

    Of 7,835 English headlines and sentences none was taken for another language, so a doubtful French stays French.
    """
    given = code_of(draft.language) if draft.language else None
    if given and not draft.guess_language:
        return given, ()
    found, confidence = detect(draft.text)
    if found == "en" and confidence < SURE:
        found = None
    if found not in (None, "en") and english_share(draft.text) >= _ENGLISH_ENOUGH:
        reason = (
            f"much of the text is English, the rest is not ({found}): read as English, which finds nothing in the rest"
        )
        return "en", (remark(draft.where, reason),)
    language = found or given
    if draft.language and not given and not draft.guess_language:
        reason = f"expected a language code (en) in `language`, found {draft.language[:40]!r}; taken for {language or 'unknown'}"
        return language, (remark(draft.where, reason),)
    return language, ()
