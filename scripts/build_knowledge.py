"""Builds the tables of office-holders and of listed organisations from a larger compilation of public sources.

    python scripts/build_knowledge.py FACTS        # a folder with officeholders.tsv and organisations.tsv

officeholders.tsv has the columns country, person, wikidata, office, title, start, end, source; `source` ends in "~" where a date is
inferred and in "@YYYY-MM" on rows without an end: known only up to that month. Left out: Archigos (its licence asks for a
citation on every use and its posts are unnamed), first ladies, and names that the source's own parsing broke.

organisations.tsv has the columns name, aliases, kind, country, sector, start, end, source, other_countries. Taken are armed
groups and international organisations that lived after 1990 and have a telling name of two words or more; their country is left
out, because the source gives the place where a group fought, not its home. Our own organisations.tsv wins over it.

The output is deterministic: the same input gives the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from detente.knowledge.agents import agents
from detente.knowledge.countries import countries
from detente.knowledge.organisations import organisations
from detente.knowledge.spelling import without_accents, words_of

OUT = Path(__file__).parent.parent / "src" / "detente" / "knowledge" / "officeholders.tsv.gz"
LISTED = OUT.with_name("organisations_listed.tsv")
LISTED_HEADER = """\
# Armed groups and international organisations. No country: where an armed group fights is not its home.
# Sources: UCDP Actor List 22.1 (Uppsala Conflict Data Program, CC BY 4.0), names of armed groups; Correlates of War
# Intergovernmental Organizations v3 (Pevehouse et al. 2020), names as facts. Compiled 2026-11-23 by scripts/build_knowledge.py.
key\tname\taliases\tcountry\tsectors
"""
HEADER = """\
# Office-holders with dates. One line a person: the words of the name as they are compared, the name, and the posts.
# A post: country|role|sectors|start|end|seen. Sectors are joined by "+". `seen`, on a post without an end, is the month up
# to which it is known: later it is unknown, not current. "~" after a date: inferred from the successor or the last sighting.
# Sources: Wikidata (CC0) by way of the every-politician-scrapers; CIA World Factbook and World Leaders (US government,
# public domain). Compiled 2026-11-23 by scripts/build_knowledge.py; roles and sectors are derived by its rules.
words\tname\tposts
"""
ORDER = (
    "head of state",
    "head of government",
    "foreign minister",
    "defence minister",
    "interior minister",
    "finance minister",
    "legislature speaker",
    "military chief",
    "minister",
    "governor",
    "other",
    "ambassador",
)
STATELIKE = re.compile(r"\b(Republic|Kingdom|Emirate|Government) of|Armed Forces|^(State|Supporters|Forces|Military) ")
BODIES = frozenset(
    ["Cartel", "Council", "Commission", "Secretariat", "Parliament", "Brigade", "Battalion", "Legion", "Movement"]
)
GENERIC = frozenset(["The", "Islamic", "Popular", "National", "Unity", "Truth", "White", "Paris", "Oslo", "Special"])
PLAIN = {
    "foreign minister": "foreign minister",
    "defence minister": "defence minister",
    "interior minister": "interior minister",
    "finance minister": "finance minister",
    "legislature speaker": "speaker",
}
AMERICAN = {
    "foreign minister": "secretary of state",
    "defence minister": "defence secretary",
    "finance minister": "treasury secretary",
    "interior minister": "homeland security secretary",
}
SECTORS = (
    (r"\b(judge|justice of|justices?$|court|tribunal|prosecutor|magistrate)", "JUD"),
    (r"\b(cia|intelligence|secret service|security service|state security)\b", "SPY"),
    (r"\b(police|gendarmerie)\b", "COP"),
    (r"\b(opposition)\b", "OPP"),
    (r"\b(commander|general staff|chiefs of staff|army|navy|air force|armed forces|defence staff)\b", "MIL"),
    (r"\b(speaker|senate|house of (commons|lords|representatives)|parliament|sejm|congress|majlis|duma)\b", "LEG"),
    (r"\b(party|kuomintang|politburo)\b", "PTY"),
    (r"\b(archbishop|bishop|pope|mufti|ayatollah)\b", "REL"),
)
DEPENDENCIES = frozenset(
    [
        "ASM",
        "GUM",
        "MNP",
        "PRI",
        "VIR",
        "VGB",
        "AIA",
        "BMU",
        "CYM",
        "FLK",
        "GIB",
        "GGY",
        "JEY",
        "IMN",
        "MSR",
        "PCN",
        "SHN",
        "TCA",
        "IOT",
        "SGS",
        "ABW",
        "CUW",
        "SXM",
        "FRO",
        "GRL",
        "COK",
        "NIU",
        "TKL",
        "NFK",
        "CXR",
        "CCK",
        "PYF",
        "NCL",
        "WLF",
        "SPM",
        "BLM",
        "MAF",
        "MYT",
        "GLP",
        "GUF",
        "MTQ",
        "REU",
        "ALA",
        "SJM",
        "MAC",
    ]
)
OLDEST = "1985"  # posts that ended earlier are left out: the table stays near one megabyte
BROKEN = re.compile(
    r"^(Presidents|Ministers|Premiers|Deputy|Vice|Minister|President|Prime|Governor|King|Queen)\b|\d|[()]"
)


class Post(NamedTuple):
    """One row of the source in the form of the table."""

    rank: int
    start: str
    text: str


def main() -> None:
    build_holders(Path(sys.argv[1]) / "officeholders.tsv")
    build_organisations(Path(sys.argv[1]) / "organisations.tsv")


def build_organisations(source: Path) -> None:
    """Writes organisations_listed.tsv: names that stand for one organisation only."""
    taken = {name for own in organisations(listed=False) for name in own.names}
    bearers: dict[str, set[str]] = defaultdict(set)
    rows = []
    with source.open(encoding="utf8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = [n.strip() for n in (row["name"], *row["aliases"].split("|"))]
            kept = [n for n in dict.fromkeys(names) if telling(n)]
            if listed(row) and kept and kept[0] == names[0] and not taken.intersection(names):
                rows.append((kept, "IGO" if row["sector"] == "IGO" else row["sector"]))
                for name in kept:
                    bearers[name].add(names[0])
    body = []
    for names, sector in sorted(rows):
        alone = [n for n in names if len(bearers[n]) == 1]
        if alone and alone[0] == names[0] and body[-1:] != [names[0]]:
            key = re.sub(r"[^A-Z0-9]+", "-", without_accents(names[0]).upper()).strip("-")
            body.append("\t".join((key, names[0], ";".join(alone[1:]), "", sector)))
    unique = {line.partition("\t")[0]: line for line in reversed(body)}
    LISTED.write_text(LISTED_HEADER + "\n".join(sorted(unique.values())) + "\n", "utf8")


def listed(row: dict[str, str]) -> bool:
    if row["sector"] == "IGO":
        return not row["end"] or row["end"] >= "1990"
    return row["kind"] == "rebel"


def telling(name: str) -> bool:
    """Whether a name can hardly mean anything else: two words or more with capitals, in plain letters, no brackets."""
    words = name.split()
    if STATELIKE.search(name) or countries().named(name):
        return False
    if not words or (len(words) < 3 and words[-1] not in BODIES) or (len(words) < 3 and words[0] in GENERIC):
        return False
    capital = [w for w in words if w[:1].isupper()]
    plain = re.fullmatch(r"[A-Za-zÀ-ž'’\- ]+", name) is not None
    known = name.lower() in agents() or any(countries().demonym(w) and len(words) < 3 for w in words)
    return len(capital) > 1 and plain and len(name) > 9 and not known and " - " not in name


def build_holders(source: Path) -> None:
    """Writes officeholders.tsv.gz."""
    posts: dict[tuple[str, str], list[Post]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    with source.open(encoding="utf8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not wanted(row):
                continue
            words = " ".join(words_of(row["person"]))
            key = (words, row["wikidata"] or row["country"])
            names.setdefault(key, row["person"])
            posts[key].append(post(row))
    body = []
    for key in sorted(posts):
        told = list(dict.fromkeys(p.text for p in sorted(posts[key])))
        body.append(f"{key[0]}\t{names[key]}\t{';'.join(told)}\n")
    with OUT.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write((HEADER + "".join(body)).encode())


def wanted(row: dict[str, str]) -> bool:
    if row["end"] and row["end"][:4] < OLDEST:
        return False
    if row["source"].startswith("archigos") or "First Lady" in row["title"] or BROKEN.search(row["person"]):
        return False
    if len(words_of(row["person"])) < 2 and row["office"] not in ("head of state", "head of government"):
        return False
    if foreign_crown(row):
        return False
    return row["country"] == "IGO" or countries().by_code(row["country"]) is not None


def foreign_crown(row: dict[str, str]) -> bool:
    """Whether the row lists a metropolis's head of state once more for a dependency or a realm."""
    if row["country"] in DEPENDENCIES and row["office"] in ("head of state", "other"):
        return bool(re.search(r"president|chief of state|king|queen|monarch", row["title"], re.IGNORECASE))
    return row["country"] != "GBR" and bool(re.search(r"Elizabeth II\b|Charles III\b", row["person"]))


def post(row: dict[str, str]) -> Post:
    source, _, seen = row["source"].partition("@")
    inferred = "~" if source.endswith("~") else ""
    country = "" if row["country"] == "IGO" else row["country"]
    cells = (
        country,
        role(row),
        sectors(row),
        row["start"] + (inferred if row["start"] else ""),
        row["end"] + (inferred if row["end"] else ""),
        "" if row["end"] else seen,
    )
    return Post(
        ORDER.index(row["office"]), row["start"], "|".join(c.replace("|", "/").replace(";", ",") for c in cells)
    )


def role(row: dict[str, str]) -> str:
    office, title = row["office"], row["title"]
    if row["country"] == "USA" and office in AMERICAN:
        return AMERICAN[office]
    if office in PLAIN:
        return PLAIN[office]
    known = countries().by_code(row["country"])
    names = sorted((known.name, *known.aliases), key=len, reverse=True) if known else []
    for name in names:
        title = re.sub(rf" (of|for) (the )?{re.escape(name)}$", "", title)
    if office in ("head of state", "head of government"):
        title = re.sub(r" of (the )?[A-Z].*$", "", title)
        title = {"Chief of State": "head of state"}.get(title, title)
    if office in ("ambassador", "governor", "other") and " " in title:
        return title[0].lower() + title[1:] if title.startswith(("Ambassador", "Governor", "Mayor", "Vice")) else title
    return title.lower()


def sectors(row: dict[str, str]) -> str:
    if row["country"] == "IGO":
        return "JUD+IGO" if "Court" in row["title"] else "IGO"
    office, title = row["office"], row["title"].lower()
    fixed = {"legislature speaker": "LEG", "military chief": "MIL"}
    if office in fixed:
        return fixed[office]
    if office == "other" and "white house" not in title and "president" not in title:
        return next((sector for pattern, sector in SECTORS if re.search(pattern, title)), "GOV")
    return "GOV"


if __name__ == "__main__":
    main()
