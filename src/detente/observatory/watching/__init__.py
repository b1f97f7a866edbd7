"""Following news feeds: what `Observatory.watch` and `detente watch` do. docs/guides/watch.md tells it to users."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import UsageError
from detente.observatory.adding import AddReport, add
from detente.observatory.own import correct, kept
from detente.observatory.reading import BATCH, LazyReader, ReaderLike
from detente.observatory.telling import note
from detente.observatory.watching.ledger import FOLDER, Ledger
from detente.observatory.watching.poll import LONGEST_POLL, Poll
from detente.observatory.watching.report import OnStep, PollReport, Step
from detente.records import Reading
from detente.sources.fetching import PACE, Client, Clock, Fetcher, Stopped, SystemClock
from detente.sources.opml import addresses_in

if TYPE_CHECKING:
    from detente.store import Store

__all__ = ["TRIES", "OnStep", "PollReport", "Step", "agent", "watch"]

TRIES = 3
SOONEST = 60.0  # seconds between two polls, at least
_CONTACT = re.compile(r"[\x21-\x27\x2a-\x7e]{3,200}")  # what can stand between brackets in a header


def agent(contact: str | None = None) -> str:
    """The name under which pages are asked for. contact: a mail or web address to which a site may write; None for the
    page of the project, where the package names one."""
    if contact is not None and not _CONTACT.fullmatch(contact):
        raise UsageError(
            f"expected a mail or web address, without spaces or brackets, as the contact, found {contact[:80]!r}"
        )
    about = metadata("detente")
    page = about.get("Home-page") or next(
        (line.rpartition(", ")[2] for line in about.get_all("Project-URL") or () if line.startswith("Homepage,")), None
    )
    where = "; ".join(f"+{address}" for address in (page, contact) if address)
    return f"detente/{about['Version']} ({where or 'reads news feeds'})"


def watch(
    store: Store,
    feeds: str | Path | Iterable[str | Path],
    *,
    every: float | None,
    pace: float = PACE,
    tries: int = TRIES,
    contact: str | None = None,
    allow_private: bool = False,
    allow_downgrade: bool = False,
    reader: ReaderLike | None = None,
    model: str | None = None,
    judge: str = "default",
    on_step: OnStep | None = None,
    clock: Clock | None = None,
    client: Client | None = None,
) -> Iterator[PollReport]:
    """See `Observatory.watch`. client: another than the safe one for these settings."""
    if every is not None and every < SOONEST:
        raise UsageError(f"expected at least {SOONEST:g} s between two polls, found {every:g} s")
    if pace < 0 or tries < 1:
        raise UsageError(f"expected a pace of 0 s or more and at least one try, found {pace:g} s and {tries}")
    named = addresses_in([feeds] if isinstance(feeds, str | Path) else feeds)
    client = client or Client(agent=agent(contact), allow_private=allow_private)
    taking = _TakingIn(store, reader, model, judge)
    return _polls(store, named, client, clock or SystemClock(), taking, every, pace, tries, allow_downgrade, on_step)


def _polls(
    store: Store,
    feeds: tuple[str, ...],
    client: Client,
    clock: Clock,
    taking: _TakingIn,
    every: float | None,
    pace: float,
    tries: int,
    downgrade: bool,
    on_step: OnStep | None,
) -> Iterator[PollReport]:
    from detente.store.lock import writer_lock

    folder = store.folder / FOLDER
    folder.mkdir(exist_ok=True)
    with writer_lock(folder):
        ledger = Ledger(store.folder)

        def waiting(host: str, seconds: float) -> None:
            if on_step:
                on_step(Step(kind="wait", where=host, told=f"{seconds:.0f} s"))

        fetcher = Fetcher(
            client, clock, pace=pace, downgrade=downgrade, hosts=ledger.hosts, rules=ledger.rules, on_wait=waiting
        )
        while True:
            began = clock.now()
            longest = LONGEST_POLL if every is None else every
            report = Poll(ledger, fetcher, clock, taking, tries=tries, longest=longest, on_step=on_step).run(feeds)
            yield report
            if every is None or report.stopped:
                return
            try:
                clock.sleep(min(every, max(0.0, began + every - clock.now())))
            except Stopped:
                return


class _TakingIn:
    """Reads and commits. The language model is loaded with the first article, and once."""

    def __init__(self, store: Store, reader: ReaderLike | None, model: str | None, judge: str) -> None:
        self._store, self._given = store, (reader, model, judge)
        self._lazy: LazyReader | None = None

    def __call__(self, drafts: Iterable[Reading]) -> AddReport:
        """What became of the drafts. Raises BusyError while another process is writing."""
        actors = kept(self._store.folder)
        if self._lazy is None or self._lazy.actors.digest != actors.digest:  # they may be changed while a watch runs
            reader, model, judge = self._given
            self._lazy = LazyReader(reader, model, actors, judge=judge)
        with self._store.writer() as writer:
            correct(self._store, writer, self._lazy, batch=BATCH, on_progress=None)
            report = add(writer, drafts, self._lazy, batch=BATCH)
            if report.added or report.revised:
                note(self._store, writer)
        return report
