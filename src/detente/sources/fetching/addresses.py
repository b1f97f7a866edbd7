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
# Public by their number, but answered by the machine's own cloud: Azure's host agent.
_HOSTS_OF_CLOUDS = frozenset({ipaddress.ip_address("168.63.129.16")})
_OUTSIDE_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo among them: it carries an IPv4 address
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: carries an IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
# All that has been given out for the public. Outside lie loopback, link-local and unique local addresses, multicast,
# IPv4 in IPv6 (::ffff:0:0/96), and NAT64 (64:ff9b::/96, 64:ff9b:1::/48).
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_RELAYS_4 = ipaddress.IPv4Network("192.88.99.0/24")  # 6to4 relays
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
    if isinstance(ip, ipaddress.IPv4Address):
        return _kind_4(ip)
    if ip.ipv4_mapped is not None:
        return "an IPv4 address inside an IPv6 one"
    if ip.is_loopback or ip.is_unspecified:
        return "this machine itself"
    if ip.is_link_local or ip.is_site_local or ip in ipaddress.IPv6Network("fc00::/7"):
        return "a private address"
    if ip.is_multicast:
        return "a multicast address"
    if ip.scope_id is not None or ip not in _PUBLIC_6 or any(ip in network for network in _OUTSIDE_6):
        return "an address set aside for special use"
    return None


def _kind_4(ip: ipaddress.IPv4Address) -> str | None:
    if ip.is_loopback or ip.is_unspecified:
        return "this machine itself"
    if ip.is_link_local:
        return "a link-local address, where clouds hand out credentials"
    if ip.is_multicast:
        return "a multicast address"
    if ip in _HOSTS_OF_CLOUDS:
        return "the host agent of a cloud"
    if not ip.is_global or ip in _RELAYS_4:
        return "a private address" if ip.is_private else "an address set aside for special use"
    return None
