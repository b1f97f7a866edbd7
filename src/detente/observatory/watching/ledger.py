"""What a watch remembers, in the observatory's own folder, so that a run killed at any moment goes on where it stopped.

watch/state.json          feeds (ETag, failures), hosts to be left alone, and which entries are done: hashes, no text
watch/robots.json         robots.txt files, for a day
watch/waiting/<key>.json  an entry that is not done: first as its feed has it, then with the article that was fetched

The order of writing is the guarantee. Entries are written down before their feed's ETag, so that none is lost; an article
is committed to the store before its entry is crossed off, and the store knows what it holds, so that none comes twice.
Every file is replaced whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from detente.errors import StoreError
from detente.records import Reading, digest, from_json, to_json
from detente.sources.fetching import Host, Rules
from detente.sources.syndication import Entry

FOLDER = "watch"
_MOST = 100_000  # entries that are remembered; of more, those listed last
_KEPT = 90 * 24 * 3600.0  # seconds for which an entry that its feed no longer lists is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A feed. since, delay: asked last at that time, and not again for so long. failures: in a row."""

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    since: float = 0.0
    delay: float = 0.0
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry that is not done. key: of its address. since, delay: as for `Followed`. tries: how often its page was
    asked for in vain. reading: its article, fetched and still to be read, or the failure that stands for it.
    """

    key: str
    feed: str
    entry: Entry
    outlet: str | None = None
    since: float = 0.0
    delay: float = 0.0
    tries: int = 0
    reading: Reading | None = None

    @property
    def mark(self) -> str:
        """Tells one state of the entry from another."""
        return mark_of(self.entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An entry that is done. mark: the state it was in. listed: when its feed last held it. read: when it was fetched."""

    key: str
    mark: str
    listed: float
    read: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    version: int = 1
    feeds: tuple[Followed, ...] = ()
    hosts: tuple[Host, ...] = ()
    done: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Robots:
    rules: tuple[Rules, ...] = ()


def mark_of(entry: Entry) -> str:
    """Changes when the feed says that its article has: by another title or time. Its text alone says nothing: many feeds
    hold counters and advertisements."""
    return digest("entry", entry.title, entry.updated or entry.published)


class Ledger:
    """The state of a watch. Each method leaves whole files behind."""

    def __init__(self, observatory: Path) -> None:
        self.folder = observatory / FOLDER
        self._waiting_folder = self.folder / "waiting"
        self._waiting_folder.mkdir(parents=True, exist_ok=True)
        state = self._read("state.json", _State)
        self.feeds = {feed.url: feed for feed in state.feeds}
        self.done = {entry.key: entry for entry in state.done}
        self.hosts = state.hosts
        self.rules = self._read("robots.json", _Robots).rules
        self.waiting = self._load_waiting()

    def wait_for(self, item: Waiting) -> None:
        """Writes down an entry that is not done, in place of what was known of it."""
        self._write(self._waiting_folder / f"{item.key}.json", item)
        self.waiting[item.key] = item

    def follow(self, feed: Followed) -> None:
        """Takes down how a feed was found. Its entries must be written down before."""
        self.feeds[feed.url] = feed

    def list_again(self, key: str, now: float) -> None:
        """An entry that is done is still in its feed."""
        self.done[key] = replace(self.done[key], listed=now)

    def cross_off(self, items: Iterable[Waiting], now: float) -> None:
        """These entries are done: what came of them is committed."""
        items = tuple(items)
        for item in items:
            self.done[item.key] = Done(key=item.key, mark=item.mark, listed=now, read=now)
        self.save(now)
        for item in items:
            (self._waiting_folder / f"{item.key}.json").unlink(missing_ok=True)
            self.waiting.pop(item.key, None)

    def note(self, hosts: Iterable[Host], rules: Iterable[Rules]) -> None:
        """Takes down how hosts want to be treated."""
        self.hosts = tuple(hosts)
        rules = tuple(rules)
        if rules != self.rules:
            self.rules = rules
            self._write(self.folder / "robots.json", _Robots(rules=rules))

    def save(self, now: float) -> None:
        """Replaces the state. What no feed has listed for long is forgotten: the store knows its own articles."""
        self.done = {key: entry for key, entry in self.done.items() if now - entry.listed < _KEPT}
        if len(self.done) > _MOST:
            latest = sorted(self.done.values(), key=lambda entry: entry.listed)[-_MOST:]
            self.done = {entry.key: entry for entry in latest}
        feeds, done = tuple(self.feeds.values()), tuple(self.done.values())
        self._write(self.folder / "state.json", _State(feeds=feeds, hosts=self.hosts, done=done))

    def _load_waiting(self) -> dict[str, Waiting]:
        found = {}
        for path in sorted(self._waiting_folder.glob("*.json")):
            item = self._read(f"waiting/{path.name}", Waiting)
            known = self.done.get(item.key)
            if known and known.mark == item.mark:  # killed between crossing off and deleting
                path.unlink()
            else:
                found[item.key] = item
        return found

    def _read[R](self, name: str, kind: type[R]) -> R:
        path = self.folder / name
        try:
            raw: dict[str, Any] = json.loads(path.read_text("utf8")) if path.exists() else {}
            return from_json(kind, raw)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise StoreError(
                f"{path} cannot be read ({error}); move {self.folder} away: the feeds are then read anew, and what the "
                "observatory holds stays as it is"
            ) from error

    def _write(self, path: Path, record: object) -> None:
        draft = path.with_suffix(".tmp")
        try:
            with draft.open("w", encoding="utf8", errors="backslashreplace", newline="\n") as stream:
                json.dump(to_json(record), stream, ensure_ascii=False)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        except OSError as error:
            raise StoreError(
                f"cannot write to {self.folder} ({error.strerror or error}); what was committed stands: make room or check "
                "the permissions, and run it again"
            ) from error
