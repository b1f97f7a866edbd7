"""A user's own actors, kept with an observatory: what a change of them touches is read again, and nothing else.

`actors.tsv` in the folder is the user's, as given; the manifest says under which rows the records stand. Where the two
differ (a correction that was broken off, a file that was edited by hand), the next run that writes makes them equal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import StoreError
from detente.knowledge.own_actors import NOBODY, OwnActors, spelling
from detente.knowledge.spelling import without_accents, words_of
from detente.observatory.reading import LazyReader, OnProgress, readings
from detente.records import Article, Failure, Reading

if TYPE_CHECKING:
    from detente.store import Store, StoredFailure, Writer

NAME = "actors.tsv"
_POSSESSIVE = re.compile(r"['’]s\b")
_WORD = re.compile(r"\w+")
_BROKEN = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectReport:
    """What a change of the user's own actors did.

    names: those on which the old table and the new one differ. holding: articles that hold one of them. again: of these,
    read again. revived: of these, taken from the history, where an earlier reading with the same table stood. failed:
    read again, but the reader broke on them. failures: their reasons.
    """

    names: tuple[str, ...] = ()
    holding: int = 0
    again: int = 0
    revived: int = 0
    failed: int = 0
    failures: tuple[StoredFailure, ...] = ()


def kept(folder: Path) -> OwnActors:
    """The table in an observatory's folder. Raises TableError, naming the line, when it is wrong."""
    path = folder / NAME
    return OwnActors.load(path) if path.exists() else NOBODY


def keep(folder: Path, given: str | Path | OwnActors | None) -> None:
    """Puts a table into the folder, a file as it is; None takes it away."""
    path, draft = folder / NAME, folder / f"{NAME}.tmp"
    try:
        if given is None or (isinstance(given, OwnActors) and not given):
            path.unlink(missing_ok=True)
            return
        content = given.text.encode() if isinstance(given, OwnActors) else Path(given).read_bytes()
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"cannot keep the actors in {path} ({error.strerror or error}); check the disk") from error


def correct(
    store: Store, writer: Writer, lazy: LazyReader, *, batch: int, on_progress: OnProgress | None
) -> CorrectReport:
    """Makes the records stand under the table in the folder, an article that holds a changed name at a time.

    Can be broken off and begun again: what has been read with the new table is not read twice.
    """
    from detente.stories import sketch_of

    new, old = lazy.actors, OwnActors.parse(writer.actors) if writer.actors else NOBODY
    names = new.changed(old)
    drafts = [Reading(article=a, failures=_remarks(store, a)) for a in holding(store, names)] if names else []
    left = [d for d in drafts if not writer.is_current(d.article, new.digest)]
    unread = [d for d in left if not writer.revive(d.article, new.digest)]
    again, failures = 0, []
    for group in batched(unread, batch):
        done = list(readings(group, lazy, batch, on_progress))
        writer.add(done, coder=lazy.coder, knowledge=lazy.knowledge, table=new.digest, sketch=sketch_of)
        again += len(done)
        failures += [failure for reading in done for failure in _broken(reading)]
    writer.stand_under(new.text)
    return CorrectReport(
        names=tuple(sorted(names)),
        holding=len(drafts),
        again=again,
        revived=len(left) - len(unread),
        failed=len(failures),
        failures=tuple(failures),
    )


def _broken(reading: Reading) -> Iterator[StoredFailure]:
    from detente.store import StoredFailure

    for failure in reading.failures:
        if failure.stage == _BROKEN:
            yield StoredFailure(failure=failure, article=reading.article.id)


def holding(store: Store, names: Iterable[str], *, superseded: bool = False) -> list[Article]:
    """The articles that hold one of the names, as a mention in another spelling or in so many words.

    superseded: also in revisions that are no longer current.
    """
    from detente.store import queries

    names = tuple(names)
    wanted = {spelling(words_of(name)) for name in names}
    surfaces = {text for text in store.ask(queries.people_called) if _ends_in(text, wanted)}
    plain = {_plain(name) for name in (*names, *surfaces)}
    words = {max(name.split(), key=len) for name in plain if name}
    candidates = store.ask(lambda at: queries.holding(at, surfaces=surfaces, words=words, superseded=superseded))
    return [article for article in candidates if _holds(article, plain)]


def _remarks(store: Store, article: Article) -> tuple[Failure, ...]:
    from detente.store import queries

    reading = store.ask(lambda at: queries.reading(at, article.id))
    return tuple(f for f in reading.failures if f.stage == "source") if reading else ()


def _ends_in(surface: str, wanted: set[tuple[str, ...]]) -> bool:
    """Whether a mention, perhaps with a title before it, is of somebody with one of the names."""
    words = words_of(surface)
    return any(spelling(words[i:]) in wanted for i in range(len(words)))


def _holds(article: Article, plain: set[str]) -> bool:
    """Whether the article holds one of the names as a run of words."""
    words = f" {_plain(f'{article.title or ""}\n{article.text}')} "
    return any(f" {name} " in words for name in plain)


def _plain(text: str) -> str:
    """The words of a text in the form in which names are searched for."""
    return " ".join(words_of(" ".join(_WORD.findall(_POSSESSIVE.sub("", without_accents(text))))))
