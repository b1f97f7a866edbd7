"""The page that a release opens with: what it is, and how to cite, check and correct it. Nothing in it hangs on the clock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.store.release.files import read
from detente.store.release.layout import tables
from detente.store.release.stones import read_stones


def readme(folder: Path, id_: str, versions: Mapping[str, str]) -> str:
    """The page of the release in `folder`."""
    about = _about(folder)
    parts = [
        f"# Release {id_}\n",
        f"What {about} say of how countries deal with one another, read by détente {versions['detente']}: events, quotations, "
        "promises, places and times, each with the words that say so.",
        *(["Only what was published by " + versions["as_of"] + ", as it stood then."] if "as_of" in versions else []),
        "",
        _files(folder),
        _USE,
        "## Cite it\n",
        f"> NAME (YEAR). TITLE. Release {id_} of a détente observatory: {about}. Made with détente {versions['detente']}.\n",
        "Put in your name, the year and a title: the release holds none, so that the same input gives the same bytes on any day.\n",
        _CHECK,
        _removals(folder, versions),
        "## Whose words these are\n",
        _TEXTS if versions["texts"] == "yes" else _NO_TEXTS,
        *_imported(folder),
        _LIMITS,
    ]
    return "\n".join(parts)


def _about(folder: Path) -> str:
    """What was read, in a few words: so many articles of so many outlets, and events of others."""
    articles = read(folder / "articles.parquet", ["outlet", "day"])
    imported = read(folder / "imported.parquet", ["origin", "day"])
    told = []
    if len(articles) or not len(imported):
        told.append(_counted(len(articles), "article") + _outlets(articles) + _days(articles))
    if len(imported):
        origins = ", ".join(sorted(imported["origin"].unique().to_pylist()))
        told.append(f"{_counted(len(imported), 'event')} of {origins}{_days(imported)}")
    return " and ".join(told)


def _outlets(articles: pa.Table) -> str:
    number = len(pc.unique(articles["outlet"].drop_null()))
    return f" of {_counted(number, 'outlet')}" if number else ""


def _days(rows: pa.Table) -> str:
    days = pc.min_max(rows["day"])
    return f" ({days['min']} to {days['max']})" if days["min"].is_valid else ""


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _files(folder: Path) -> str:
    lines = ["| file | rows | one row is |", "| --- | ---: | --- |"]
    for table in tables().values():
        rows = pq.read_metadata(folder / table.file).num_rows
        what = table.row.split(". ")[0].removesuffix(".")
        lines.append(f"| `{table.file}` | {rows:,} | {what[0].lower()}{what[1:]} |")
    return "\n".join(
        [
            *lines,
            "",
            "`data-dictionary.md` explains every column; `versions.tsv` says what the release was made with.\n",
        ]
    )


def _removals(folder: Path, versions: Mapping[str, str]) -> str:
    number = len(read_stones(folder))
    said = [
        "## When an article is removed\n",
        f"`removed.tsv` holds hashes of the ids of removed articles ({number:,}). Does a later release, or the observatory's keeper, "
        "list more of them? Take these articles, and all that came of them, out of this copy:\n",
        "    detente freeze --apply-removals THIS-FOLDER NEWER/removed.tsv\n",
    ]
    if versions.get("removals_applied"):
        said.append(
            "That has been done here. The monthly series of the release's own articles had been counted with the removed ones, "
            "so they went, too; a release that is frozen anew has them.\n"
        )
    return "\n".join(said)


def _imported(folder: Path) -> list[str]:
    origins = sorted(read(folder / "imported.parquet", ["origin"])["origin"].unique().to_pylist())
    if not origins:
        return []
    return [
        f"`imported.parquet` holds events of {', '.join(origins)}: they stand under the terms of those who coded them.\n"
    ]


_USE = """## Use it

Any program that reads Parquet will do. In DuckDB, which countries acted on which, by deeds done:

    SELECT source_countries, target_countries, type, count(*) AS deeds
    FROM 'events.parquet'
    WHERE status IN ('occurred', 'ongoing') AND NOT past
    GROUP BY ALL ORDER BY deeds DESC LIMIT 10;
"""
_CHECK = """## Check it

    detente freeze --verify THIS-FOLDER

or, within the folder, `sha256sum -c SHA256SUMS`.
"""
_NO_TEXTS = """The texts of the articles are not here: they belong to their publishers. Titles, the sentences that are evidence, and quotations
are, since a record without its words cannot be checked. `url` leads to the text, and `content` tells whether it still is the one that was read.
"""
_TEXTS = """The texts of the articles are here (`articles.text`). They belong to their publishers: pass this release on only if you may pass
on the texts.
"""
_LIMITS = """## What it cannot say

It tells what these outlets reported and what a program read in that, errors included: look at the sentence before you rest anything on a
row. What nobody reported is not here, and few rows about two countries may only mean that few articles were about them.
"""
