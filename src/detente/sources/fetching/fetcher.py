"""Fetching with manners: robots.txt, pace, redirects, each hop checked anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from detente.errors import InputError
from detente.sources.decode import decode
from detente.sources.fetching.client import BUSY, Answer, Client, failed
from detente.sources.fetching.errors import FetchError, NotYet
from detente.sources.fetching.pace import Clock, Host, Pace
from detente.sources.fetching.robots import LONGEST, Robots, Rules
from detente.sources.fetching.targets import Target, target_of

REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})

type OnWait = Callable[[str, float], None]


class Fetcher:
    """Fetches addresses, one at a time, and remembers how each host wants to be treated.

    patience: seconds that it waits for a host at most; what takes longer raises NotYet, as does any wait for a host that is
    in trouble. downgrade: follow a redirect from
    https to http. hosts, rules: from an earlier run. on_wait: called with a host's name before it is waited for.
    """

    def __init__(
        self,
        client: Client,
        clock: Clock,
        *,
        pace: float,
        patience: float = 120.0,
        downgrade: bool = False,
        hosts: Iterable[Host] = (),
        rules: Iterable[Rules] = (),
        on_wait: OnWait | None = None,
    ) -> None:
        self._client, self._clock = client, clock
        self._patience, self._downgrade, self._on_wait = patience, downgrade, on_wait
        self._pace = Pace(clock, least=pace, known=hosts)
        self._robots = Robots(self._robots_text, clock, rules)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """The page at an address, or status 304 when it is still the one with that ETag or Last-Modified.

        Raises FetchError, with the reason; NotYet when its host is to be left alone for longer than the patience.
        """
        asked = {"If-None-Match": etag} if etag else {}
        asked |= {"If-Modified-Since": modified} if modified else {}
        target, seen = target_of(url), set[str]()
        for _ in range(1 + REDIRECTS):
            if target.url in seen:
                raise FetchError(f"{target.host} redirects in a circle")
            seen.add(target.url)
            answer = self._ask(target, asked, self._robots.check(target))
            if answer.status in (200, 304):
                return answer
            if answer.status not in _MOVED:
                raise self._trouble(answer)
            target = self._next(answer)
        raise FetchError(f"{target.host}: more than {REDIRECTS} redirects in a row")

    def wait(self, url: str) -> float:
        """Seconds until the host of an address may be asked; 0 for an address that is none."""
        try:
            return self._pace.wait(_name(target_of(url)))
        except FetchError:
            return 0.0

    def hosts(self) -> tuple[Host, ...]:
        """What a later run must know of hosts."""
        return self._pace.hosts()

    def rules(self) -> tuple[Rules, ...]:
        """What a later run must know of robots.txt files."""
        return self._robots.rules()

    def _ask(self, target: Target, headers: dict[str, str], delay: float, clip: int | None = None) -> Answer:
        """One request, after the wait that its host wants."""
        name = _name(target)
        seconds = self._pace.wait(name)
        if seconds > self._patience or (seconds and self._pace.failing(name)):
            raise NotYet(seconds)
        if seconds:
            if self._on_wait:
                self._on_wait(name, seconds)
            self._clock.sleep(seconds)
        try:
            answer = self._client.get(target, headers=headers, clip=clip)
        except FetchError as error:
            self._pace.asked(name, delay=delay)
            if error.host:
                self._pace.failed(name)
            raise
        self._pace.asked(name, delay=delay)
        if answer.status not in BUSY:
            self._pace.answered(name)
        return answer

    def _trouble(self, answer: Answer) -> FetchError:
        """What an answer without a page means; a host that is busy is left alone as long as it asks."""
        error = failed(answer, self._clock.now())
        if error.host:
            self._pace.failed(_name(answer.target), after=error.after)
        return error

    def _next(self, answer: Answer) -> Target:
        """Where a redirect leads. Raises FetchError when it leads nowhere, or out of encryption."""
        written = answer.headers.get("location")
        if not written:
            raise FetchError(f"{answer.target.host} redirects without saying where (HTTP {answer.status})")
        target = target_of(written, answer.target.url)
        if answer.target.scheme == "https" and target.scheme == "http" and not self._downgrade:
            raise FetchError(
                f"{answer.target.host} redirects from https to http: not followed (--allow-downgrade allows it)"
            )
        return target

    def _robots_text(self, target: Target) -> str:
        """The text of a robots.txt. "" when there is none (RFC 9309, 2.3.1.3: any status 400 to 499, or too many
        redirects); raises FetchError when it cannot be had (2.3.1.4: 500 to 599, or no answer).
        """
        for _ in range(1 + REDIRECTS):
            try:
                answer = self._ask(target, {}, 0.0, clip=LONGEST)
            except FetchError as error:
                if error.status == 200:  # a picture in its place
                    return ""
                raise
            if answer.status in _MOVED:
                try:
                    target = self._next(answer)
                except FetchError:
                    return ""
                continue
            if answer.status == 200:
                return _text(answer)
            if answer.status >= 500 or answer.status == 429:  # 429 is "not now", whatever the RFC's hundreds say
                raise self._trouble(answer)
            return ""
        return ""


def _text(answer: Answer) -> str:
    try:
        return decode(answer.body, answer.charset).text
    except InputError:  # bytes that are no text rule nothing out
        return ""


def _name(target: Target) -> str:
    """What shares one pace: a host with and without `www.`."""
    return target.host.removeprefix("www.")
