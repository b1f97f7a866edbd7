"""Where places lie: a compact read-only file of names, opened without loading it whole.

The file (built by scripts/build_gazetteer.py) holds sorted lines "key TAB record TAB record ...", 64 lines to a compressed
block, behind an index of each block's first key. A look-up opens one block.
"""

from __future__ import annotations

import mmap
import re
import unicodedata
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from detente.errors import TableError

MAGIC = b"DTG1"
BLOCK = 64  # lines of a block: 40 microseconds to open one
_DROPPED = re.compile(r"[’'`‘.]")
_REMEMBERED = 512  # blocks kept open, some 10 kB each


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that a name may mean.

    kind: city, region, county. country: ISO alpha-3. admin: the first-level division's GeoNames code, in the USA the state's
    letters; "" when unknown. latitude, longitude: degrees, WGS 84. people: inhabitants, 0 when unknown.
    """

    kind: str
    name: str
    country: str
    admin: str
    latitude: float
    longitude: float
    people: int
    geonames_id: int | None


class Gazetteer:
    """The compiled file, mapped into memory. Raises TableError when it is no gazetteer of this version."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as handle:
            self._data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        if self._data[:4] != MAGIC:
            raise TableError(
                f"{path.name}: expected a gazetteer that begins with {MAGIC.decode()}, found "
                f"{self._data[:4]!r}; build it again with scripts/build_gazetteer.py"
            )
        size = int.from_bytes(self._data[4:8], "little")
        self._body = 8 + size
        index = zlib.decompress(self._data[8 : self._body]).decode().split("\n")
        rows = [line.split("\t") for line in index]
        self._keys = [key for key, _ in rows[:-1]]
        self._offsets = [int(offset) for _, offset in rows]
        self._block = lru_cache(_REMEMBERED)(self._opened)

    def find(self, name: str) -> tuple[Spot, ...]:
        """Every place of this name, in any order; case, accents, dots and hyphens do not count."""
        key = key_of(name)
        at = bisect_right(self._keys, key) - 1
        if not key or at < 0:
            return ()
        records = self._block(at).get(key)
        spots = (_spot(record) for record in records.split("\t")) if records else ()
        return tuple(s for s in spots if s.kind != "region" or (s.name, s.country) not in _OWN_CODE)

    def __contains__(self, name: str) -> bool:
        return bool(self.find(name))

    def _opened(self, at: int) -> dict[str, str]:
        start, end = self._body + self._offsets[at], self._body + self._offsets[at + 1]
        lines = zlib.decompress(self._data[start:end]).decode().split("\n")
        return {key: records for key, _, records in (line.partition("\t") for line in lines)}


def key_of(name: str) -> str:
    """The form in which names are compared: small letters without accents, dots, apostrophes, hyphens or "Saint" in full."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = _DROPPED.sub("", plain.casefold()).replace("-", " ").split()
    return " ".join(_SHORT.get(word, word) for word in words)


# ISO 3166-2 lists these as divisions, ISO 3166-1 as countries of their own; "China warned Taiwan" names two.
_OWN_CODE = frozenset({("Taiwan", "CHN"), ("Hong Kong", "CHN"), ("Macau", "CHN"), ("Macao SAR", "CHN")})
_SHORT = {"saint": "st", "fort": "ft", "mount": "mt", "sainte": "ste"}


def _spot(record: str) -> Spot:
    kind, name, country, admin, latitude, longitude, people, number = record.split("|")
    return Spot(
        kind=kind,
        name=name,
        country=country,
        admin=admin,
        latitude=float(latitude),
        longitude=float(longitude),
        people=int(people),
        geonames_id=int(number) if number else None,
    )


@cache
def gazetteer() -> Gazetteer:
    """The one that ships with the package, opened once."""
    with as_file(files("detente.knowledge") / "gazetteer.bin") as path:
        return Gazetteer(path)
