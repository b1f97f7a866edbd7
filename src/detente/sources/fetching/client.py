"""One request to one address, within limits. No redirect is followed here, no cookie kept, no credential sent."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import TYPE_CHECKING

from detente.sources.fetching.addresses import Resolve, addresses_of, resolved
from detente.sources.fetching.errors import FetchError
from detente.sources.fetching.pace import LONGEST_ASKED
from detente.sources.fetching.targets import PORTS, Target

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

    from detente.sources.fetching.wire import Budget

_CHUNK = 64 * 1024
_HEADERS = 64 * 1024  # bytes of status line and headers
_CODINGS = ("gzip", "x-gzip", "deflate", "br")
_TYPES = re.compile(
    r"text/(?:html|plain|xml|x-opml)|application/(?:xml|json|xhtml\+xml|[\w.-]+\+(?:xml|json))", re.IGNORECASE
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,512}")
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost. bytes: of the body, packed or not. connect, wait: seconds for a connection, and for the
    next bytes. total: seconds for all of it."""

    bytes: int = 8 * 1024 * 1024
    connect: float = 10.0
    wait: float = 20.0
    total: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said. body: unpacked; empty unless the status is 200. headers: those of use here, by lower-case name."""

    target: Target
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def charset(self) -> str | None:
        """The encoding that the Content-Type names."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1] if match else None

    def validator(self, name: str) -> str | None:
        """An ETag or a Last-Modified that can be sent back."""
        value = self.headers.get(name, "").strip()
        return value if _VALIDATOR.fullmatch(value) else None


_KEPT = (
    "content-type",
    "content-encoding",
    "content-length",
    "etag",
    "last-modified",
    "location",
    "retry-after",
)


class Client:
    """Makes single requests.

    agent: the User-Agent. resolve: names to addresses. tls: another context than the system's, for a certificate of one's own.
    """

    def __init__(
        self,
        *,
        agent: str,
        limits: Limits | None = None,
        resolve: Resolve = resolved,
        allow_private: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._agent, self._limits, self._resolve = agent, limits or Limits(), resolve
        self._allow_private, self._tls = allow_private, tls

    def get(self, target: Target, *, headers: Mapping[str, str] | None = None, clip: int | None = None) -> Answer:
        """The answer to one GET, whatever its status. clip: cut the body off there, in place of refusing a longer one.

        Raises FetchError when there is none: no such name, an address that may not be asked, no connection, a wrong
        certificate, more bytes or more time than the limits allow, a content that is no text.
        """
        from urllib3.exceptions import HTTPError

        from detente.sources.fetching.wire import Budget, Cut

        addresses = addresses_of(target, self._resolve, allow_private=self._allow_private)
        budget = Budget(seconds=self._limits.total, wait=self._limits.wait, bytes_=_HEADERS + _CHUNK)
        try:
            return self._ask(target, addresses, budget, headers or {}, clip)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            causes = _causes(error)
            cut = next((cause for cause in causes if isinstance(cause, Cut)), None)
            if cut:
                reason = f"{target.host} was cut off: {cut}"
                raise FetchError(reason, again=cut.again, host=cut.again) from error
            lasting = any(isinstance(cause, ssl.SSLCertVerificationError | ValueError) for cause in causes)
            host = not lasting and not budget.answered
            raise FetchError(_words(target, causes), again=not lasting, host=host) from error

    def _ask(
        self,
        target: Target,
        addresses: tuple[str, ...],
        budget: Budget,
        headers: Mapping[str, str],
        clip: int | None,
    ) -> Answer:
        from detente.sources.fetching.wire import Encrypted, Plain

        limits = self._limits
        connection: Plain | Encrypted
        if target.scheme == "https":
            self._tls = self._tls or ssl.create_default_context()
            connection = Encrypted(target.host, target.port, timeout=limits.wait, ssl_context=self._tls)
        else:
            connection = Plain(target.host, target.port, timeout=limits.wait)
        connection.addresses, connection.budget, connection.connect_wait = addresses, budget, limits.connect
        try:
            connection.request("GET", target.path, headers=self._headers(target, headers), preload_content=False)
            response = connection.getresponse()
            budget.allow(limits.bytes + _HEADERS)
            try:
                return self._answer(target, response, clip)
            finally:
                response.close()
        finally:
            connection.close()

    def _headers(self, target: Target, more: Mapping[str, str]) -> dict[str, str]:
        default = target.port == PORTS[target.scheme]
        name = f"[{target.host}]" if ":" in target.host else target.host
        return {
            "Host": name if default else f"{name}:{target.port}",
            "User-Agent": self._agent,
            "Accept-Encoding": "gzip, deflate, br",
            "Connection": "close",
            **more,
        }

    def _answer(self, target: Target, response: HTTPResponse, clip: int | None) -> Answer:
        headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
        if response.status != 200:
            return Answer(target=target, status=response.status, headers=headers)
        kind = headers.get("content-type", "").partition(";")[0].strip()
        if kind and not _TYPES.fullmatch(kind):
            raise FetchError(f"expected a page, a feed or text, found {kind[:60]}", status=200)
        coding = headers.get("content-encoding", "").strip().lower()
        if coding and coding != "identity" and coding not in _CODINGS:
            raise FetchError(f"expected one of {', '.join(_CODINGS)} as packing, found {coding[:60]!r}", status=200)
        return Answer(target=target, status=200, body=self._body(target, response, headers, clip), headers=headers)

    def _body(self, target: Target, response: HTTPResponse, headers: Mapping[str, str], clip: int | None) -> bytes:
        """The body, unpacked chunk by chunk: a bomb is left at the first chunk beyond the limit."""
        limit = self._limits.bytes
        told = headers.get("content-length", "")
        if clip is None and told.isdecimal() and int(told) > limit:
            raise FetchError(
                f"expected at most {limit // 2**20} MB, {target.host} has {int(told) // 2**20} MB", status=200
            )
        parts, size = [], 0
        while size <= (limit if clip is None else clip) and (part := response.read(_CHUNK)):
            parts.append(part)
            size += len(part)
        body = b"".join(parts)
        if clip is not None:
            return body[:clip]
        if size > limit:
            raise FetchError(
                f"expected at most {limit // 2**20} MB, {target.host} sends more once unpacked", status=200
            )
        return body


def failed(answer: Answer, now: float) -> FetchError:
    """What a status that is no success means, with the time to wait that the server names. now: seconds since 1970."""
    status, host = answer.status, answer.target.host
    words = {401: "wants a password", 403: "refuses", 404: "has no such page", 410: "has taken the page away",
             429: "asks for fewer requests", 451: "may not show it"}  # fmt: skip
    said = words.get(status, "cannot answer now" if status >= 500 else "gives no page")
    again = status in _AGAIN or status >= 500
    after = _after(answer.headers.get("retry-after", ""), now) if again else None
    return FetchError(f"{host} {said} (HTTP {status})", again=again, after=after, host=status in BUSY, status=status)


def _after(written: str, now: float) -> float | None:
    """Seconds that a Retry-After asks for, as a number or a date; at most a week."""
    written = written.strip()
    if written.isdecimal() and len(written) < 12:
        return min(float(written), LONGEST_ASKED)
    try:
        return min(max(0.0, parsedate_to_datetime(written).timestamp() - now), LONGEST_ASKED)
    except (TypeError, ValueError, IndexError, OverflowError, OSError):
        return None


def _causes(error: BaseException) -> list[BaseException]:
    """The error with what it was made of; urllib3 keeps some of it only in its arguments."""
    found: list[BaseException] = []
    ahead: list[BaseException | None] = [error]
    while ahead and len(found) < 20:
        cause = ahead.pop()
        if cause is None or cause in found:
            continue
        found.append(cause)
        ahead += [cause.__cause__, cause.__context__, *(a for a in cause.args if isinstance(a, BaseException))]
    return found


def _words(target: Target, causes: Sequence[BaseException]) -> str:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate of {target.host} is not to be trusted ({cause.verify_message})"
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return f"{target.host} did not answer in time"
    last = next((cause for cause in causes if isinstance(cause, OSError) and cause.strerror), causes[-1])
    reason = last.strerror if isinstance(last, OSError) and last.strerror else f"{type(last).__name__}: {last}"
    return f"{target.host} could not be asked ({str(reason)[:160]})"
