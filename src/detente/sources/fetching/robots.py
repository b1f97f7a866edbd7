"""robots.txt, as RFC 9309 has it: what a site does not want to be fetched is not fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from detente.sources.fetching.errors import FetchError
from detente.sources.fetching.pace import Clock
from detente.sources.fetching.targets import Target

TOKEN = "detente"  # the name by which a robots.txt can mean this program
LONGEST = 500 * 1024  # bytes that are read; the RFC asks for as many
_FRESH = 24 * 3600.0  # seconds that an answer holds
_RETRY = 3600.0  # seconds before a robots.txt that could not be had is asked for again


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The robots.txt of one authority. asked: when, in seconds since 1970. text: None when it could not be had.

    reason: why it could not be had the last time it was asked for; an older text holds on.
    """

    authority: str
    asked: float
    text: str | None = None
    reason: str | None = None


type Load = Callable[[Target], str]


class Robots:
    """Says what may be fetched. load: gives the text of a robots.txt, "" where there is none, or raises FetchError."""

    def __init__(self, load: Load, clock: Clock, known: Iterable[Rules] = ()) -> None:
        self._load, self._clock = load, clock
        self._rules = {rules.authority: rules for rules in known}
        self._parsed: dict[str, Any] = {}

    def check(self, target: Target) -> float:
        """Seconds that the site wants between two requests. Raises FetchError when it does not want this one at all,
        or when its robots.txt cannot be had: then nobody knows, and nothing is fetched.
        """
        rules = self._of(target)
        if rules.text is None:
            raise FetchError(f"its robots.txt cannot be had, so nothing is fetched: {rules.reason}", again=True)
        parsed = self._parse(rules)
        if not parsed.can_fetch(target.url, TOKEN):
            raise FetchError(f"the robots.txt of {target.host} asks not to fetch this")
        return float(parsed.crawl_delay(TOKEN) or 0.0)

    def rules(self) -> tuple[Rules, ...]:
        """What a later run need not ask for again."""
        now = self._clock.now()
        return tuple(rules for rules in self._rules.values() if 0 <= now - rules.asked < 30 * _FRESH)

    def _of(self, target: Target) -> Rules:
        known, now = self._rules.get(target.authority), self._clock.now()
        if known and 0 <= now - known.asked < (_RETRY if known.reason else _FRESH):
            return known
        try:
            text = self._load(replace(target, path="/robots.txt"))
            rules = Rules(authority=target.authority, asked=now, text=text)
        except FetchError as error:
            if not error.again or (error.host and error.status is None):
                raise  # an address that may not be asked, or does not answer: the same is true of what is wanted
            rules = Rules(authority=target.authority, asked=now, text=known.text if known else None, reason=str(error))
        self._rules[target.authority] = rules
        self._parsed.pop(target.authority, None)
        return rules

    def _parse(self, rules: Rules) -> Any:
        from protego import Protego

        if rules.authority not in self._parsed:
            self._parsed[rules.authority] = Protego.parse(rules.text or "")
        return self._parsed[rules.authority]
