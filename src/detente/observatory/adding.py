"""Reading inputs into an observatory, so that a killed run goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from detente.observatory.incoming import is_article
from detente.observatory.reading import LazyReader, OnProgress, readings
from detente.records import Article, Reading

if TYPE_CHECKING:
    from detente.store import StoredFailure, Writer

MANY = 32  # small segments after which they are merged: opening one costs a reader 10 ms


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What became of the inputs: each is counted once.

    added: new articles. revised: known ids with another text or date, now current, or on
    which the reader had broken. unchanged: stored already.
    removed: passed over, because they were removed earlier. failed: not read at all, or broken off.
    corrected: stored articles that were read again first, because your own actors had changed.
    failures: every remark made, also on articles that were read (a date that could not be understood).
    """

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    corrected: int = 0
    failures: tuple[StoredFailure, ...] = ()


def add(
    writer: Writer,
    drafts: Iterable[Reading],
    lazy: LazyReader,
    *,
    batch: int,
    again: bool = False,
    on_progress: OnProgress | None = None,
) -> AddReport:
    """Reads what is not stored yet and commits a segment for each `batch` of inputs. See `Observatory.add`."""
    tally = _Tally(on_progress)
    from detente.stories import sketch_of

    table = lazy.actors.digest
    fresh = (draft for draft in drafts if _wanted(writer, draft, tally, table, again=again))
    for group in batched(fresh, batch):
        done = list(readings(group, lazy, batch, tally.finished))
        writer.add(done, coder=lazy.coder, knowledge=lazy.knowledge, table=table, sketch=sketch_of)
        tally.remember(done)
        if writer.small_segments() >= MANY:
            writer.compact()
    return tally.report()


def _wanted(writer: Writer, draft: Reading, tally: _Tally, table: str, *, again: bool) -> bool:
    """Whether an input must be read; the others are counted here."""
    if not is_article(draft):
        return True
    standing = writer.standing(draft.article)
    if standing == "same" or (standing == "removed" and not again):
        tally.passed(draft, "unchanged" if standing == "same" else "removed")
        return False
    if standing == "changed" and writer.revive(draft.article, table):
        tally.passed(draft, "revised")
        return False
    tally.expect(draft, "added" if standing in ("new", "removed") else "revised")
    return True


class _Tally:
    """Counts what became of the inputs of one `add`."""

    def __init__(self, on_progress: OnProgress | None) -> None:
        self._counts = dict.fromkeys(("added", "revised", "unchanged", "removed", "failed"), 0)
        self._expected: dict[str, str] = {}
        self._failures: list[StoredFailure] = []
        self._progress = on_progress

    def expect(self, draft: Reading, outcome: str) -> None:
        """What an article will have become once it is read and stored."""
        self._expected[draft.article.id] = outcome

    def passed(self, draft: Reading, outcome: str) -> None:
        """An article that need not be read."""
        self._counts[outcome] += 1
        self.finished(draft.article)

    def finished(self, article: Article) -> None:
        """One more article is done."""
        if self._progress:
            self._progress(article)

    def remember(self, readings: Iterable[Reading]) -> None:
        """Readings that are committed."""
        from detente.store import StoredFailure

        for reading in readings:
            broken = any(failure.stage == "reading" for failure in reading.failures)
            failed = broken or not is_article(reading)
            self._counts["failed" if failed else self._expected[reading.article.id]] += 1
            self._failures += [StoredFailure(failure=f, article=reading.article.id) for f in reading.failures]

    def report(self) -> AddReport:
        """The sums."""
        return AddReport(**self._counts, failures=tuple(self._failures))
