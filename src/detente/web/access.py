"""Who may ask: this machine's own pages by default, whoever holds the token elsewhere."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from detente.errors import UsageError

_LEAST = 16  # characters of a token


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a server lets in.

    hosts: names under which it may be asked, without a port. token: SHA-256 of the token that every request must carry, None
    for none. allow_add: whether articles may be sent in. Limits: page, rows of one page; seconds, of one question to the store;
    body, bytes of one request.
    """

    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    token: bytes | None = None
    allow_add: bool = False
    page: int = 1_000
    seconds: float = 20.0
    body: int = 4 << 20

    def lets_in(self, authorization: str | None) -> bool:
        """Whether a request with this `Authorization` header may ask. Takes the same time for any wrong token."""
        if self.token is None:
            return True
        kind, _, given = (authorization or "").partition(" ")
        return hmac.compare_digest(_hashed(given.strip()), self.token) and kind.lower() == "bearer"


def access(
    host: str, *, token_file: Path | None = None, names: tuple[str, ...] = (), allow_add: bool = False
) -> Access:
    """The access of a server that is bound to `host`. names: others under which it is asked, behind a proxy say.

    Raises UsageError when it is bound to more than this machine, or may take articles in, without a token.
    """
    token = _token(token_file) if token_file is not None else None
    if token is None and not _is_loopback(host):
        raise UsageError(
            f"{host} can be reached from other machines; give --token-file FILE with a token of at least {_LEAST} characters, "
            "or leave --host out to serve this machine alone"
        )
    if allow_add and token is None:
        raise UsageError(f"--allow-add needs --token-file FILE, with a token of at least {_LEAST} characters")
    own = frozenset({"127.0.0.1", "localhost", "[::1]"})
    bound = frozenset() if host in ("0.0.0.0", "::") else frozenset({f"[{host}]" if ":" in host else host})
    return Access(hosts=own | bound | frozenset(names), token=token, allow_add=allow_add)


def _token(path: Path) -> bytes:
    try:
        token = path.read_text("utf8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the token file {path} cannot be read ({error}); expected one line of text") from error
    if len(token) < _LEAST or not token.isascii() or any(sign.isspace() for sign in token):
        raise UsageError(
            f"{path} holds no token: expected one line of at least {_LEAST} letters and digits, without blanks; "
            "`openssl rand -hex 32` makes one"
        )
    return _hashed(token)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf8", "surrogatepass")).digest()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
