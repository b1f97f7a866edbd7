"""One poll: feeds, then the articles they name, then reading what was fetched."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from detente.errors import BusyError, DetenteError, InputError
from detente.observatory.watching.ledger import Followed, Ledger, Waiting, mark_of
from detente.observatory.watching.report import OnStep, PollReport, Step
from detente.records import Failure, Reading, digest
from detente.records.ids import canonical_url
from detente.sources.fetched import article_of_entry, article_of_page, gone
from detente.sources.fetching import Answer, Clock, Fetcher, FetchError, NotYet, Stopped, back_off, left, target_of
from detente.sources.syndication import LONGEST, Channel, Entry, channel_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.observatory.adding import AddReport

BATCH = 20  # articles read together: a commit for each
LONGEST_POLL = 3600.0
_AGAIN = 600.0  # seconds before a page that could not be had is asked for again; four times that the next time
_GROWTH = 4.0
_BACKLOG = 2 * LONGEST  # entries of one feed that wait; further ones are left in the feed until these are done
_REFETCH = 3600.0  # seconds before a changed article is fetched again
_FEED_AGAIN = 900.0  # seconds for which a feed that failed is left alone; doubled each time, up to a day

type TakeIn = Callable[[Iterable[Reading]], AddReport]


class Poll:
    """Polls once. take_in: reads and commits. tries: how often a page is asked for before it is given up. longest: seconds
    after which no further article is fetched; the next poll goes on."""

    def __init__(
        self,
        ledger: Ledger,
        fetcher: Fetcher,
        clock: Clock,
        take_in: TakeIn,
        *,
        tries: int,
        longest: float = LONGEST_POLL,
        batch: int = BATCH,
        on_step: OnStep | None = None,
    ) -> None:
        self._ledger, self._fetcher, self._clock, self._take_in = ledger, fetcher, clock, take_in
        self._tries, self._longest, self._batch, self._on_step = tries, longest, batch, on_step
        self._counts: Counter[str] = Counter()
        self._busy = False
        self._failures: list[Failure] = []
        self._trouble: list[Failure] = []

    def run(self, feeds: Iterable[str]) -> PollReport:
        """Asks the feeds that may be asked, fetches what is due, reads what was fetched."""
        began = self._clock.now()
        stopped = False
        try:
            self._read()
            for url in feeds:
                self._clock.sleep(0)  # asked to end, it says so here
                self._feed(url)
            self._articles()
        except Stopped:
            stopped = True
        self._read()
        self._save()
        held = sum(item.reading is not None for item in self._ledger.waiting.values())
        return PollReport(
            began=datetime.fromtimestamp(began, UTC).isoformat(timespec="seconds"),
            seconds=round(self._clock.now() - began, 3),
            waiting=len(self._ledger.waiting) - held,
            held=held,
            failures=tuple(self._failures),
            trouble=tuple(self._trouble),
            stopped=stopped,
            **self._counts,
        )

    def _feed(self, url: str) -> None:
        known, now = self._ledger.feeds.get(url, Followed(url=url)), self._clock.now()
        if left(known.since, known.delay, now):
            self._counts["resting"] += 1
            return
        try:
            answer = self._fetcher.fetch(url, etag=known.etag, modified=known.modified)
            channel = None if answer.status == 304 else _channel(answer)
        except NotYet:
            self._counts["resting"] += 1
            return
        except InputError as error:
            self._feed_failed(known, error)
            return
        self._counts["feeds"] += 1
        if channel:
            self._enter_all(channel, answer, replace(known, since=now))
        else:
            self._counts["unchanged"] += 1
            self._ledger.follow(replace(known, since=now, delay=0.0, failures=0))
            self._tell("feed", url, "unchanged")

    def _enter_all(self, channel: Channel, answer: Answer, known: Followed) -> None:
        """Writes down what a feed lists, and then that it was read."""
        room = max(0, _BACKLOG - sum(item.feed == known.url for item in self._ledger.waiting.values()))
        entries = channel.entries[:room]
        found = sum(self._enter(entry, known, channel.title) for entry in entries)
        over = len(channel.entries) - len(entries)
        if missed := channel.left + over:
            left_out = f"of its entries the first {len(entries)} were taken, {missed} left out"
            self._trouble.append(_failure(known.url, left_out))
        self._ledger.follow(
            Followed(
                url=known.url,
                title=channel.title,
                etag=None if over else answer.validator("etag"),  # so that the others come next time
                modified=None if over else answer.validator("last-modified"),
                since=known.since,
            )
        )
        self._save()
        self._tell("feed", known.url, f"{len(entries)} entries, {found} new or changed")

    def _feed_failed(self, known: Followed, error: InputError) -> None:
        """A feed that could not be had is left alone, longer each time; once it has failed often, that is put on record.
        What was refused on this side (an address that may not be asked) costs nobody anything: it is looked at each time.
        """
        failures, now = known.failures + 1, self._clock.now()
        asked = not isinstance(error, FetchError) or error.again or error.status is not None
        delay = back_off(known.url, failures, first=_FEED_AGAIN) if asked else 0.0
        self._ledger.follow(replace(known, failures=failures, since=now, delay=delay))
        rest = f"; asked again in {delay / 60:.0f} minutes" if delay else ""
        failure = _failure(known.url, f"the feed could not be read: {error}")
        self._counts["unread"] += 1
        self._trouble.append(replace(failure, reason=failure.reason + rest))
        if failures == self._tries:
            article, kept = gone(f"feed {known.url}", known.url, f"{failure.reason}; {failures} times in a row")
            self._ledger.wait_for(
                Waiting(
                    key=digest("feed", known.url),
                    feed=known.url,
                    entry=Entry(),
                    reading=Reading(article=article, failures=(kept,)),
                )
            )
        self._save()
        self._tell("feed", known.url, str(error))

    def _enter(self, entry: Entry, feed: Followed, outlet: str | None) -> bool:
        """Writes an entry down, if it is new or has changed."""
        key, now, ledger = _key(entry, feed.url), self._clock.now(), self._ledger
        item = Waiting(key=key, feed=feed.url, entry=entry, outlet=outlet)
        done, waiting = ledger.done.get(key), ledger.waiting.get(key)
        if done:
            ledger.list_again(key, now)
        if waiting:
            if waiting.reading is None and waiting.mark != item.mark:
                ledger.wait_for(replace(waiting, entry=entry, outlet=outlet))
            return False
        if done is None:
            self._counts["new"] += 1
            ledger.wait_for(item)
            return True
        if done.mark == mark_of(entry):
            return False
        self._counts["changed"] += 1
        ledger.wait_for(replace(item, since=done.read, delay=_REFETCH))
        return True

    def _articles(self) -> None:
        """Fetches what is due, always from the host that may be asked the soonest, and for the feed that had the least; until
        it is time for the feeds again."""
        now = self._clock.now()
        queues: dict[tuple[str, str], deque[Waiting]] = {}
        for item in self._ledger.waiting.values():
            if item.reading is None and not left(item.since, item.delay, now):
                queues.setdefault((_host(item), item.feed), deque()).append(item)
        served: Counter[str] = Counter()
        while queues and self._clock.now() - now < self._longest:
            host, feed = min(queues, key=lambda q: (self._fetcher.wait(queues[q][0].entry.link or ""), served[q[1]]))
            item = queues[host, feed].popleft()
            served[feed] += 1
            self._clock.sleep(0)
            try:
                self._article(item, sum(map(len, queues.values())))
            except NotYet:
                queues = {q: items for q, items in queues.items() if q[0] != host}
                continue
            if not queues[host, feed]:
                del queues[host, feed]
            ready = sum(one.reading is not None for one in self._ledger.waiting.values())
            if ready >= self._batch and not self._busy:
                self._read()

    def _article(self, item: Waiting, more: int) -> None:
        """Fetches one article, and writes down what came of it. The border of a batch: whatever a page breaks, the next
        is fetched."""
        where = item.entry.link or item.entry.key or item.feed
        try:
            if item.entry.link is None:
                raise InputError("expected a link or the article itself, found an entry without either")
            answer = self._fetcher.fetch(item.entry.link)
            found = article_of_page(answer, item.entry, item.outlet)
        except FetchError as error:
            if error.again and item.tries + 1 < self._tries:
                self._later(item, where, str(error), error.after)
            else:
                self._without_page(item, where, str(error))
        except InputError as error:
            self._without_page(item, where, str(error))
        except (NotYet, Stopped, DetenteError):
            raise
        except Exception as error:
            reason = f"the page broke its reader ({type(error).__name__}: {error}); please report it"
            self._without_page(item, where, reason)
        else:
            self._counts["fetched"] += 1
            self._ledger.wait_for(replace(item, reading=Reading(article=found.article, failures=found.failures)))
            self._tell("article", where, f"{len(found.article.text.split())} words", more)

    def _later(self, item: Waiting, where: str, reason: str, after: float | None) -> None:
        tries = item.tries + 1
        wait = max(after or 0.0, back_off(item.key, 1, first=_AGAIN * _GROWTH ** (tries - 1)))
        self._ledger.wait_for(replace(item, tries=tries, since=self._clock.now(), delay=wait))
        self._trouble.append(_failure(where, f"{reason}; tried {tries} of {self._tries} times"))
        self._save()  # how long its host wants to be left alone must outlive this run
        self._tell("article", where, reason)

    def _without_page(self, item: Waiting, where: str, reason: str) -> None:
        """An article whose page cannot be had: what the feed holds of it, else a failure on record."""
        try:
            found = article_of_entry(item.entry, item.outlet, reason, feed=item.feed)
        except InputError:
            found = None
        if found:
            self._counts["from_feed"] += 1
            reading = Reading(article=found.article, failures=found.failures)
        else:
            article, failure = gone(item.key, where, reason)
            reading = Reading(article=article, failures=(failure,))
        self._ledger.wait_for(replace(item, reading=reading))
        self._tell("article", where, reason)

    def _read(self) -> None:
        """Reads and commits what was fetched, then crosses it off. While another process writes, it is kept for later."""
        items = [item for item in self._ledger.waiting.values() if item.reading is not None]
        if not items:
            return
        unique = {item.reading.article.id: item.reading for item in items if item.reading is not None}
        try:
            report = self._take_in(unique.values())
        except BusyError as error:
            if not self._busy:
                self._trouble.append(_failure("the observatory", str(error)))
            self._busy = True
            return
        for name in ("added", "revised", "removed", "failed"):
            self._counts[name] += getattr(report, name)
        self._counts["same"] += report.unchanged + len(items) - len(unique)
        self._failures += [stored.failure for stored in report.failures]
        self._ledger.cross_off(items, self._clock.now())
        self._tell("read", "the observatory", f"{report.added} added, {report.revised} revised")

    def _save(self) -> None:
        self._ledger.note(self._fetcher.hosts(), self._fetcher.rules())
        self._ledger.save(self._clock.now())

    def _tell(self, kind: str, where: str, told: str, more: int = 0) -> None:
        if self._on_step:
            self._on_step(Step(kind=kind, where=where, told=told, left=more))


def _channel(answer: Answer) -> Channel:
    """The channel of a feed. Raises InputError, whatever it is that breaks its reader."""
    try:
        return channel_of(answer.body, url=answer.target.url, charset=answer.charset)
    except DetenteError:
        raise
    except Exception as error:
        raise InputError(f"it broke its reader ({type(error).__name__}: {error}); please report it") from error


def _key(entry: Entry, feed: str) -> str:
    """The same for one article in several feeds, and for its address with and without what follows readers about."""
    try:
        if entry.link:
            return digest("url", canonical_url(entry.link))
    except ValueError:  # http://[
        return digest("url", entry.link)
    return digest("entry", feed, entry.key or entry.title, None if entry.key else entry.text)


def _host(item: Waiting) -> str:
    try:
        return target_of(item.entry.link or "").host.removeprefix("www.")
    except FetchError:
        return ""


def _failure(where: str, reason: str) -> Failure:
    return Failure(stage="source", reason=reason, where=where)
