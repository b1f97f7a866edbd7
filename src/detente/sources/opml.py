"""What a user names to be watched -> addresses of feeds: addresses, lists with one a line, OPML files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from detente.errors import InputError, UsageError
from detente.sources.decode import decode
from detente.sources.fetching.errors import FetchError
from detente.sources.fetching.targets import target_of
from detente.sources.syndication import document_of

_LONGEST = 16 * 1024 * 1024  # bytes of a list
_SECRET = re.compile(r"//[^/?#]*@")  # a user name and password: not to be shown again
_FORMS = "an address (https://...), a file with one address a line, or an OPML file"


def addresses_in(named: Iterable[str | Path]) -> tuple[str, ...]:
    """Every feed address that the names stand for, each once, in order. Raises UsageError for what is none."""
    found: dict[str, None] = {}
    for name in named:
        text = str(name)
        pairs = [(_SECRET.sub("//", text), text)] if "://" in text else _listed(Path(name))
        for where, address in pairs:
            try:
                found[target_of(address).url] = None
            except FetchError as error:
                raise UsageError(f"{where}: {error}") from error
    if not found:
        raise UsageError(f"expected feeds to watch, found none: name {_FORMS}")
    return tuple(found)


def _listed(path: Path) -> list[tuple[str, str]]:
    """(where, address) of each feed in a file."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LONGEST + 1)
    except OSError as error:
        raise UsageError(f"expected {_FORMS}, found {str(path)!r} ({error.strerror or error})") from error
    if len(data) > _LONGEST:
        raise UsageError(f"{path}: expected a list of at most {_LONGEST // 2**20} MB")
    try:
        text = decode(data).text.lstrip("\ufeff \t\r\n")
        found = _outlines(path, text) if text.startswith("<") else _lines(path, text)
    except InputError as error:
        raise UsageError(f"{path}: {error}") from error
    if not found:
        raise UsageError(f"{path}: expected addresses of feeds, found none")
    return found


def _lines(path: Path, text: str) -> list[tuple[str, str]]:
    """One address a line; blank lines, and what follows a `#` at the beginning of a line or after a space, are passed over."""
    lines = ((number, f" {line}".partition(" #")[0].strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(f"{path}:{number}", line) for number, line in lines if line]


def _outlines(path: Path, text: str) -> list[tuple[str, str]]:
    from lxml import etree  # type: ignore[import-untyped]

    document = document_of(text)
    if not document[:5].lower().startswith("<opml"):
        raise InputError(f"expected {_FORMS}, found other XML; a feed itself is named by its address")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"expected OPML, found broken XML: {error}") from error
    found = []
    for outline in root.iter("outline"):
        address = next((value for name, value in outline.items() if name.lower() == "xmlurl"), "").strip()
        if address:
            found.append((f"{path}:{outline.sourceline}", address))
    return found
