"""Addresses as users and pages write them -> what a request needs. Whatever is no plain http(s) address is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from detente.sources.fetching.errors import FetchError

PORTS = {"http": 80, "https": 443}
_LONGEST = 2048  # characters
_SAFE = "/%:@!$&'()*+,;=~-._?"
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address, in ASCII. path: with its query. host: lower case, without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Scheme, host and port: what a robots.txt holds for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address."""
        return self.authority + self.path


def target_of(written: str, base: str | None = None) -> Target:
    """The target that an address stands for. base: what a relative one is relative to.

    Raises FetchError for what is not fetched: other schemes, a user name or password, a name that is none.
    """
    written = written.strip()
    if len(written) > _LONGEST:
        raise FetchError(f"expected an address of at most {_LONGEST} characters, found {len(written)}")
    try:
        parts = urlsplit(urljoin(base, written) if base else written)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"expected a web address, found {written[:80]!r} ({error})") from error
    if parts.scheme not in PORTS:
        found = f"{parts.scheme}:" if parts.scheme else repr(written[:80])
        raise FetchError(f"expected an address that begins with http:// or https://, found {found}")
    if "@" in parts.netloc:
        raise FetchError("addresses with a user name or password are not fetched; name one without")
    try:
        path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    except UnicodeEncodeError as error:  # half of a surrogate pair
        raise FetchError("expected a web address, found one with characters that are none") from error
    return Target(
        scheme=parts.scheme,
        host=_ascii(parts.hostname or ""),
        port=PORTS[parts.scheme] if port is None else port,
        path=path,
    )


def _ascii(host: str) -> str:
    """A host as DNS writes it. Raises FetchError for a name that can be none."""
    if ":" in host:  # an IPv6 address; whether it may be asked is decided where all addresses are
        return host
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchError(f"expected the name of a host, found {host[:80]!r} ({error})") from error
    if not _NAME.fullmatch(name):
        raise FetchError(f"expected the name of a host, found {host[:80]!r}")
    return name
