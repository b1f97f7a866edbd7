"""Which machines may be asked. No test here opens a connection: names are resolved by the test."""

from __future__ import annotations

import pytest

from detente.sources.fetching import Client, FetchError, target_of
from detente.sources.fetching.addresses import addresses_of, kind_of

PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:4700::6810:84e5", "2a00:1450:4001:82a::200e"]
FORBIDDEN = [
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",  # private
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3",  # this machine, this network
    "169.254.169.254", "169.254.0.1",  # link-local, the metadata of clouds
    "100.64.0.1", "100.100.100.200",  # carrier-grade NAT
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",  # multicast, reserved, broadcast
    "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.0.0.192", "192.88.99.1",  # set aside
    "168.63.129.16",  # a cloud's host agent
    "::1", "::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
    "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::7f00:1", "::8.8.8.8",  # IPv4 in IPv6
    "64:ff9b::a00:1", "64:ff9b::808:808", "64:ff9b:1::1",  # NAT64
    "2002:7f00:1::1", "2001:0:1::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1", "2606:4700::1%1",
    "localhost", "", "10.0.0.1.example",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_public_internet(address: str) -> None:
    assert kind_of(address) is None


@pytest.mark.parametrize("address", FORBIDDEN)
def test_addresses_that_are_not_asked(address: str) -> None:
    assert kind_of(address)


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"]
)
def test_a_public_name_that_leads_inside_is_refused(address: str) -> None:
    target = target_of("http://feeds.example.org/rss")
    with pytest.raises(FetchError, match="--allow-private") as refused:
        addresses_of(target, lambda host, port: [address])
    assert not refused.value.again
    assert addresses_of(target, lambda host, port: [address], allow_private=True) == (address,)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    target = target_of("http://feeds.example.org/rss")
    assert addresses_of(target, lambda host, port: PUBLIC) == tuple(PUBLIC)
    for answer in (["10.0.0.1", *PUBLIC], [*PUBLIC, "10.0.0.1"]):
        with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
            addresses_of(target, lambda host, port, answer=answer: answer)


@pytest.mark.parametrize(
    "url",
    ["http://localhost/", "http://LOCALHOST./", "http://metadata.google.internal/x", "http://printer.local", "http://router/",
     "http://db.corp:8080/", "http://nas.home.arpa/", "http://feeds.example.org:22/", "http://feeds.example.org:25/"],
)  # fmt: skip
def test_names_and_ports_of_the_inside_are_refused_before_they_are_resolved(url: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError("asked the resolver")

    with pytest.raises(FetchError, match="not asked"):
        addresses_of(target_of(url), resolve)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_an_address_written_otherwise_is_still_this_machine(host: str) -> None:
    """Resolved by the system, which knows all these spellings, and needs no network for them."""
    with pytest.raises(FetchError, match=r"not asked|leads to no address"):
        addresses_of(target_of(f"http://{host}/"))


def test_a_name_that_cannot_be_resolved_may_be_tried_again() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no network")

    for answer in (resolve, lambda host, port: []):
        with pytest.raises(FetchError, match="leads to no address") as error:
            addresses_of(target_of("http://feeds.example.org/"), answer)
        assert error.value.again


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "gopher://example.org", "data:text/html,x", "javascript:alert(1)", "//",
     "example.org/feed", "", "http://", "http://user:secret@example.org/", "http://user@example.org/", "http://exa mple.org/",
     "http://example.org:99999/", "http://[", "http://a..b/", "http://-/", "http://x/" + "a" * 3000, "http://a.example/\ud800", "http://a\ud800.example/", "http://a.example/?\udfff"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        target_of(url)
    assert not refused.value.again
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "base", "url"),
    [
        ("HTTP://Example.ORG:80/a", None, "http://example.org/a"),
        ("https://example.org:443", None, "https://example.org/"),
        ("https://example.org:8443/?q=1#part", None, "https://example.org:8443/?q=1"),
        ("http://münchen.example/straße?x=ä b", None, "http://xn--mnchen-3ya.example/stra%C3%9Fe?x=%C3%A4%20b"),
        ("http://example.org/a%20b?c=%26", None, "http://example.org/a%20b?c=%26"),
        ("../b", "http://example.org/x/y/z", "http://example.org/x/b"),
        ("//other.example/q", "https://example.org/", "https://other.example/q"),
        ("http://[2606:4700::1]:8080/", None, "http://[2606:4700::1]:8080/"),
        ("http://example.org/a\nb\tc", None, "http://example.org/abc"),
    ],
)
def test_addresses_are_written_in_one_way(written: str, base: str | None, url: str) -> None:
    assert target_of(written, base).url == url


def test_nothing_is_connected_to_but_what_was_checked() -> None:
    """A resolver that gives a public address first and loopback later (DNS rebinding) is asked once only."""
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(FetchError, match="this machine itself"):
        Client(agent="detente/test", resolve=resolve).get(target_of("http://feeds.example.org/"))
    assert asked == ["feeds.example.org"]
