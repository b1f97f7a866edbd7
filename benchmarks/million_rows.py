"""Invented event files of any size, in the columns of ICEWS: the same bytes for the same number of rows.

What makes the work real is as in the yearly files: a few pairs of countries have most of the events, four rows in ten stay within one
country, a deed is often told from either side of its sentence, four rows come from one story, the rows come by day, and each pair has
its good and bad years. The last hundredth is there twice, as where two deliveries overlap; one row in ten thousand has a date that is none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv

from detente.knowledge.countries import countries
from detente.ontology import TYPES, cameo_entry, intensity
from detente.store.formats import FORMATS

START, DAYS = np.datetime64("2000-01-01"), 7305  # twenty years
_BATCH = 500_000
# How often each root of the CAMEO codes occurs, roughly as in the yearly files.
_ROOTS = {"01": 20, "02": 7, "03": 11, "04": 26, "05": 7, "06": 2, "07": 2, "08": 2, "09": 1, "10": 2, "11": 8, "12": 3, "13": 2,
          "14": 3, "15": 1, "16": 1, "17": 8, "18": 4, "19": 5, "20": 0.2}  # fmt: skip
_OFFICES = ("Foreign Affairs", "Head of Government", "Defense Ministry", "Military", "Police", "Legislature", "Citizen", "Business",
            "Trade Ministry", "Media", "Head of State", "Judiciary", "Diplomat", "Protester", "Unspecified Actor")  # fmt: skip
_FIRST = (
    "USA",
    "CHN",
    "RUS",
    "IRQ",
    "ISR",
    "IND",
    "PAK",
    "IRN",
    "KOR",
    "PRK",
    "JPN",
    "TUR",
    "SYR",
    "UKR",
    "GBR",
    "FRA",
    "DEU",
    "GRC",
)


def names() -> list[tuple[str, str]]:
    """Countries by name and ISO code, the ones with the most news first: after a few, an order of chance."""
    found = sorted((one.name, one.code) for one in countries() if one.iso2)
    order = [found[place] for place in np.random.default_rng(1955).permutation(len(found))]
    return sorted(order, key=lambda one: _FIRST.index(one[1]) if one[1] in _FIRST else len(_FIRST))


def codes() -> list[str]:
    """CAMEO codes of three digits."""
    return [f"{root}{third}" for root in _ROOTS for third in range(8)]


def crosswalk() -> list[tuple[str, str, float]]:
    """What an analyst would have in a table: code, PLOVER type and intensity; without those that PLOVER has no type for."""
    read = [(code, entry) for code in codes() if (entry := cameo_entry(code))]
    return [(code, entry.type, intensity(entry.type, entry.mode)) for code, entry in read]


def quads() -> list[tuple[str, str]]:
    """Every PLOVER type with its class."""
    return [(name, type_.quad) for name, type_ in TYPES.items()]


def write(path: Path, rows: int) -> None:
    """Writes so many rows under a heading."""
    chance = np.random.default_rng(rows)
    lands = pa.array([name for name, _ in names()])
    options = pcsv.WriteOptions(delimiter="\t", quoting_style="none", include_header=False)
    days = np.sort(chance.integers(0, DAYS, rows // 2 + 1))
    with path.open("wb") as stream:
        stream.write(("\t".join(FORMATS["icews"].columns) + "\n").encode())
        once = rows - rows // 100
        for start in [*range(0, once, _BATCH), once - rows // 100]:
            pcsv.write_csv(_batch(lands, days, start, min(_BATCH, once - start)), stream, options)


def _batch(lands: pa.Array, days: Any, start: int, rows: int) -> pa.Table:
    """Rows two by two: a deed, and in half the pairs the same from its other side, else another one of the same day."""
    number = np.arange(start, start + rows)
    pair = number // 2
    odd = number % 2 == 1
    twin = odd & (pair * 2654435761 % 2**32 < 2**31)
    deed = np.where(twin, number - 1, number)  # a number of the deed itself

    def drawn(seed: int, shares: Any) -> Any:
        """For each deed a place in `shares`, the same however the rows are cut into batches."""
        mixed = (deed * 0x9E3779B1 + seed * 0x85EBCA6B) % 2**32
        mixed = ((mixed ^ (mixed >> 15)) * 0x2C1B3C6D) % 2**32
        mixed = ((mixed ^ (mixed >> 12)) * 0x297A2D39) % 2**32
        even = (mixed ^ (mixed >> 15)) / 2**32
        return np.searchsorted(np.cumsum(shares / shares.sum()), even, side="right").clip(max=len(shares) - 1)

    share = 1 / (np.arange(len(lands)) + 4.0) ** 1.3
    one, other = drawn(1, share), drawn(2, share)
    home = drawn(3, np.array([0.62, 0.38])) == 1
    other = np.where(home, one, other)
    one, other = np.where(twin, other, one), np.where(twin, one, other)
    weights = np.repeat(np.array(list(_ROOTS.values())), 8) * np.tile(1 / (np.arange(8) + 1.0), len(_ROOTS))
    bad = np.repeat(np.arange(len(_ROOTS)) > 8, 8)  # codes from 10 on
    kind = np.minimum(one, other) * 1_000 + np.maximum(one, other)
    years, phase = 2 + kind * 7919 % 9, kind * 104729 % 628 / 100
    worse = drawn(8, np.ones(1_000)) / 1_000 < 0.4 + 0.35 * np.sin(2 * np.pi * days[pair] / (365 * years) + phase)
    code = np.where(worse, drawn(4, weights * bad), drawn(4, weights * ~bad))
    offices = pa.array(_OFFICES)
    even = np.ones(len(_OFFICES))
    doer, target = drawn(5, even), drawn(6, even)
    doer, target = np.where(twin, target, doer), np.where(twin, doer, target)
    day = (START + days[pair]).astype(str).astype(object)
    day[number % 10_000 == 5_001] = "2000-02-30"
    city = drawn(7, 1 / (np.arange(300) + 5.0))
    columns = {
        "Event ID": pa.array(10_000_000 + number).cast(pa.string()),
        "Event Date": pa.array(day, pa.string()),
        "Source Name": _called(offices, doer, lands, one),
        "Source Sectors": offices.take(pa.array(doer)),
        "Source Country": lands.take(pa.array(one)),
        "Event Text": pa.array([f"Deed of the kind {code}" for code in codes()]).take(pa.array(code)),
        "CAMEO Code": pa.array(codes()).take(pa.array(code)),
        "Intensity": pa.array([f"{score:g}" for score in np.linspace(-10, 10, len(codes())).round(1)]).take(
            pa.array(code)
        ),
        "Target Name": _called(offices, target, lands, other),
        "Target Sectors": offices.take(pa.array(target)),
        "Target Country": lands.take(pa.array(other)),
        "Story ID": pa.array(40_000_000 + pair // 2).cast(pa.string()),
        "Sentence Number": pa.array(1 + deed % 6).cast(pa.string()),
        "Publisher": pa.array([f"The {n:03} Gazette" for n in range(250)]).take(pa.array(pair // 2 % 250)),
        "City": pa.array([f"Town {n}" for n in range(300)]).take(pa.array(city)),
        "District": pa.array(["NA"] * rows),
        "Province": pa.array([f"Province {n % 40}" for n in range(300)]).take(pa.array(city)),
        "Country": lands.take(pa.array(other)),
        "Latitude": pa.array([f"{n / 7 - 20:.4f}" for n in range(300)]).take(pa.array(city)),
        "Longitude": pa.array([f"{n / 3 - 40:.4f}" for n in range(300)]).take(pa.array(city)),
    }
    return pa.table(columns)


def _called(offices: pa.Array, office: Any, lands: pa.Array, land: Any) -> pa.Array:
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(offices.take(pa.array(office)), " (", lands.take(pa.array(land)), ")", "")
