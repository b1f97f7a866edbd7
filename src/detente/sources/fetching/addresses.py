"""Which machines may be asked: only those of the public internet, unless the user says otherwise.

A feed is written by strangers. Without this check, a link in it could make this machine ask its own network: a router, a
printer, the metadata service of a cloud that hands out passwords. A name is resolved once, every address it has is
checked, and the connection goes to a checked address itself: a name that resolves differently a moment later (DNS
rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from detente.sources.fetching.errors import FetchError
from detente.sources.fetching.targets import PORTS, Target

type Resolve = Callable[[str, int], Sequence[str]]

_LOCAL = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "test",
    "onion",
    "arpa",
)
# The IPv4 and IPv6 registries of special-purpose addresses (IANA, as of 2025). Written out, because what Python's
# `is_global` says of some of them differs from version to version.
_HERE, _PRIVATE, _SPECIAL = "this machine itself", "a private address", "an address set aside for special use"
_SPECIAL_4 = (
    ("127.0.0.0/8", _HERE),
    ("0.0.0.0/8", _HERE),
    ("10.0.0.0/8", _PRIVATE),
    ("172.16.0.0/12", _PRIVATE),
    ("192.168.0.0/16", _PRIVATE),
    ("100.64.0.0/10", "an address behind a carrier's translation"),
    ("169.254.0.0/16", "a link-local address, where clouds hand out credentials"),
    ("168.63.129.16/32", "the host agent of a cloud"),  # Azure: a public number, answered by the machine's own cloud
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", _SPECIAL),
    ("192.0.0.0/24", _SPECIAL),  # protocol assignments
    ("192.0.2.0/24", _SPECIAL),  # documentation
    ("198.51.100.0/24", _SPECIAL),
    ("203.0.113.0/24", _SPECIAL),
    ("198.18.0.0/15", _SPECIAL),  # measurements
    ("192.88.99.0/24", _SPECIAL),  # relays of 6to4
    ("192.31.196.0/24", _SPECIAL),  # AS112, AMT
    ("192.52.193.0/24", _SPECIAL),
    ("192.175.48.0/24", _SPECIAL),
)
_SPECIAL_6 = (
    ("::1/128", _HERE),
    ("::/128", _HERE),
    ("::ffff:0:0/96", "an IPv4 address inside an IPv6 one"),
    ("::/96", "an IPv4 address inside an IPv6 one"),
    ("64:ff9b::/96", "an IPv4 address inside an IPv6 one (NAT64)"),
    ("64:ff9b:1::/48", "an IPv4 address inside an IPv6 one (NAT64)"),
    ("2002::/16", "an IPv4 address inside an IPv6 one (6to4)"),
    ("2001::/23", _SPECIAL),  # protocol assignments; Teredo, which carries an IPv4 address, among them
    ("2001:db8::/32", _SPECIAL),  # documentation
    ("3fff::/20", _SPECIAL),
    ("2620:4f:8000::/48", _SPECIAL),  # AS112
    ("fc00::/7", _PRIVATE),
    ("fec0::/10", _PRIVATE),
    ("fe80::/10", "a link-local address"),
    ("ff00::/8", "a multicast address"),
)
_NETWORKS = tuple((ipaddress.ip_network(network), kind) for network, kind in (*_SPECIAL_4, *_SPECIAL_6))
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that has been given out for the public
_LOWEST_PORT = 1024
_ALLOW = "--allow-private allows it"


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses_of(target: Target, resolve: Resolve = resolved, *, allow_private: bool = False) -> tuple[str, ...]:
    """The addresses that a connection to the target may be made to, in the order of the resolver.

    Raises FetchError when one of them, or the name or the port itself, is none for the public: a name with one public and
    one private address is refused, too.
    """
    if not allow_private:
        _refuse_name(target)
    try:
        found = tuple(resolve(target.host, target.port))
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FetchError(f"the name {target.host} leads to no address ({reason})", again=True, host=True) from error
    if not found:
        raise FetchError(f"the name {target.host} leads to no address", again=True, host=True)
    for address in () if allow_private else found:
        if kind := kind_of(address):
            leads = "is" if address == target.host else f"leads to {address},"
            raise FetchError(f"{target.host} {leads} {kind}: not asked ({_ALLOW})")
    return found


def _refuse_name(target: Target) -> None:
    name = target.host.rstrip(".")
    if target.port not in PORTS.values() and target.port < _LOWEST_PORT:
        raise FetchError(f"port {target.port} of {name} is that of another service than the web: not asked ({_ALLOW})")
    last = name.rpartition(".")[2]
    if ":" in name or last.isdigit() or last.startswith("0x"):  # an address; it is checked as such
        return
    if "." not in name or last in _LOCAL:
        raise FetchError(f"{name} is a name inside a private network: not asked ({_ALLOW})")


def kind_of(address: str) -> str | None:
    """What kind of address it is, in words, when it is none of the public internet; None when it is."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "which is no address"
    for network, kind in _NETWORKS:
        if ip.version == network.version and ip in network:
            return kind
    if isinstance(ip, ipaddress.IPv6Address) and (ip.scope_id is not None or ip not in _PUBLIC_6):
        return _SPECIAL
    return None
