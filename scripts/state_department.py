"""Makes the pictures and the numbers of docs/guides/state-department.md again, from 584 press releases of 2021.

    python scripts/state_department.py [--observatory DIR]

The releases are development data that lie beside the checkout, not in it: without them nothing is changed, and the script
says so. --observatory: where they have been read already, or are to be kept; by default they are read into a folder that is
deleted at the end (some two minutes).
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente import Observatory
from detente.knowledge.countries import countries
from detente.ontology import TYPES
from detente.ontology.tables import parse_table
from detente.relations import Relations
from detente.relations.plot import plot
from detente.relations.rates import rates

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/bench/data/news/state_dept_2021.jsonl"
PAGE = ROOT / "docs/guides/state-department.md"
PICTURES = ROOT / "docs/state-department"
VERDICTS = Path(__file__).with_suffix(".tsv")
HOME = "USA"
DYADS = {"AFG": "afghanistan", "RUS": "russia", "CHN": "china"}
BRIEF = ("IRQ", "irq-usa")
TOP = 10
CREDIT = "Text: U.S. Department of State, public domain"
KINDS = {
    "right": "right: a deed of that type between the two, done when it is counted",
    "again": "real, but counted before: the same deed from another page or sentence",
    "past": "long past: counted as if it were new",
    "undone": "not done: asked about, planned, wished for",
    "side": "not between these two governments",
    "type": "another kind of deed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A country's material cooperation with the USA: how often, per 1,000 stories, with the bounds of its 90% band."""

    code: str
    name: str
    number: int
    rate: float
    low: float
    high: float


def main() -> int:
    """Makes all anew. Gives the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--observatory", type=Path, metavar="DIR")
    given = parser.parse_args()
    if not DATA.exists():
        print(f"{DATA.name} does not lie beside the checkout: it is no part of the project, and nothing was changed")
        return 0
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="detente-state-") as folder:
        path = given.observatory or Path(folder) / "state"
        known = (path / "manifest.json").exists()
        observatory = Observatory.open(path) if known else Observatory.create(path)
        print(f"reading: {observatory.add([DATA])}")
        write(dict(parts(observatory)))
    return 0


def parts(observatory: Observatory) -> Iterator[tuple[str, str]]:
    """Each generated part of the page by its name; the pictures are drawn on the way."""
    yield "read", said_of(observatory)
    ranked = partners(observatory)
    draw_partners(ranked[:TOP], PICTURES / "partners.svg")
    yield "partners", table_of(ranked[:TOP])
    shown = {code: observatory.relations(code, HOME, by="week") for code in DYADS}
    for code, name in DYADS.items():
        plot(shown[code], PICTURES / f"{name}.svg")
        yield name, numbers_of(shown[code])
    yield "verdicts", verdicts_of(shown)
    brief(observatory)


def said_of(observatory: Observatory) -> str:
    counts = observatory.counts()
    articles = [one.article for one in observatory.articles()]
    days = sorted(article.published[:10] for article in articles if article.published)
    words = sum(len(article.text.split()) for article in articles)
    told = list(observatory.events())
    done = [one for one in told if one.event.status in ("occurred", "ongoing") and not one.event.past]
    between = [one for one in done if is_between(one.event.source_countries, one.event.target_countries)]
    with_home = [one for one in between if HOME in (*one.event.source_countries, *one.event.target_countries)]
    share = held_by_a_release(observatory)
    return (
        f"{counts.articles:,} releases of {len({article.source for article in articles})} outlet, {days[0]} to {days[-1]}, {words:,} words; "
        f"{len(observatory.stories()):,} stories. They give {len(told):,} events, {counts.quotes:,} quotations and "
        f"{counts.commitments:,} promises (of all speakers; [the calendar](calendar.md) keeps those of states). {len(done):,} of the events are deeds done, {len(between):,} of these between two countries, "
        f"and {len(with_home):,} of these with the United States on one side. A [release](freeze.md) of it holds {share:.0%} of the "
        "words, as quotations and as evidence."
    )


def is_between(sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
    return any(one != other for one in sources for other in targets)


def held_by_a_release(observatory: Observatory) -> float:
    """The share of all characters that stand in a quotation, or in the clause of an event."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for quote in observatory.quotes():
        if quote.quote.field == "text":
            spans.setdefault(quote.article, []).append((quote.quote.start, quote.quote.end))
    for event in observatory.events():
        for words in (event.event.span, *event.event.evidence):
            if words.field == "text":
                spans.setdefault(event.article, []).append((words.start, words.end))
    held = whole = 0
    for one in observatory.articles():
        marked = np.zeros(len(one.article.text), dtype=bool)
        for start, end in spans.get(one.article.id, ()):
            marked[start:end] = True
        held, whole = held + int(marked.sum()), whole + len(marked)
    return held / whole


def partners(observatory: Observatory) -> list[Partner]:
    """Every country that the USA dealt with, by the rate of material cooperation over all that was read."""
    codes = {code for one in observatory.events(source=HOME) for code in one.event.target_countries}
    codes |= {code for one in observatory.events(target=HOME) for code in one.event.source_countries}
    stories = len(observatory.stories())
    found = []
    for code in sorted(codes - {HOME}):
        relations = observatory.relations(code, HOME)
        number = sum(TYPES[one.type].quad == "material cooperation" for one in relations.evidence)
        if relations.pool is None or not number:
            continue
        of = rates(np.array([number]), np.array([stories]), relations.pool.exchange)
        rate, low, high = (float(values[0]) for values in (of.mean, of.low90, of.high90))
        found.append(Partner(code=code, name=name_of(code), number=number, rate=rate, low=low, high=high))
    return sorted(found, key=lambda one: (-one.rate, one.code))


def draw_partners(found: list[Partner], path: Path) -> None:
    """Each partner's rate with its 90% band."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "detente", "svg.fonttype": "none", "font.size": 10.0}):
        drawn = Figure(figsize=(8.0, 4.2), layout="constrained")
        axes = drawn.subplots()
        rows = range(len(found))[::-1]
        axes.hlines(
            rows, [one.low for one in found], [one.high for one in found], color="#009E73", alpha=0.35, linewidth=5
        )
        axes.plot([one.rate for one in found], rows, "o", color="#009E73")
        axes.set_yticks(rows, [f"{one.name} ({one.number})" for one in found])
        axes.set_xlim(left=0)
        axes.set_xlabel("material cooperation per 1,000 stories, with its 90% band; in brackets: number of deeds")
        axes.spines[["top", "right"]].set_visible(False)
        drawn.suptitle("Partners of the United States by exchange", fontsize=13, fontweight="bold", x=0.01, ha="left")
        drawn.supxlabel(f"{CREDIT}. détente", fontsize=8, color="#5F5F5F", x=0.01, ha="left")
        drawn.savefig(path, format="svg", metadata={"Date": None})


def table_of(found: list[Partner]) -> str:
    lines = ["| partner | deeds | per 1,000 stories | 90% band |", "| --- | ---: | ---: | --- |"]
    lines += [f"| {one.name} | {one.number} | {one.rate:.1f} | {one.low:.1f} to {one.high:.1f} |" for one in found]
    return "\n".join(lines)


def numbers_of(relations: Relations) -> str:
    """What the series of one dyad come to, in a sentence."""
    now = relations.now
    if now is None:
        raise ValueError(f"expected events between {relations.a} and {relations.b}, found none")
    types = Counter(one.type for one in relations.evidence).most_common(4)
    weeks = [level for level in relations.series if level.events]
    turns = ", ".join(f"{change.direction} in {change.period}" for change in relations.changes) or "none"
    return (
        f"{len(relations.evidence)} events in {len(weeks)} of {len(relations.series)} weeks, most of them "
        f"{', '.join(f'{name} ({number})' for name, number in types)}. Balance at the end {now.balance:+.1f} "
        f"(90% band {now.low90:+.1f} to {now.high90:+.1f}). Turns: {turns}. Direction: {relations.direction} ({relations.why})."
    ).replace("-", "\u2212")


def verdicts_of(shown: dict[str, Relations]) -> str:
    """How the events behind the series were judged by eye; says so where an event has not been."""
    rows = [row for _, row in parse_table(VERDICTS, ("dyad", "event", "verdict", "why"))]
    judged = {(row["dyad"], row["event"]): row["verdict"] for row in rows}
    found = {code: Counter(judged.get((code, one.event[:6]), "") for one in shown[code].evidence) for code in shown}
    heads = " | ".join(name_of(code) for code in shown)
    lines = [f"| what the sentence says | {heads} | all |", f"| --- | {'---: | ' * len(shown)}---: |"]
    kinds = KINDS | (
        {"": "not judged yet: this version reads them, the judged one did not"}
        if any(c[""] for c in found.values())
        else {}
    )
    for kind, words in kinds.items():
        numbers = [found[code][kind] for code in shown]
        lines.append(f"| {words} | {' | '.join(map(str, numbers))} | {sum(numbers)} |")
    total = [found[code].total() for code in shown]
    lines.append(f"| all | {' | '.join(map(str, total))} | {sum(total)} |")
    right, again = (sum(counts[kind] for counts in found.values()) / sum(total) for kind in ("right", "again"))
    read = {(code, one.event[:6]) for code in shown for one in shown[code].evidence}
    gone = [verdict for key, verdict in judged.items() if key not in read]
    wrong = sum(verdict not in ("right", "again") for verdict in gone)
    said = f"Right are {right:.0%}; {again:.0%} more are real, but told again."
    if gone:
        said += f" {len(gone)} more were read by an earlier version and no longer are: {wrong} of them were wrong."
    return "\n".join([*lines, "", said])


def brief(observatory: Observatory) -> None:
    """The pages of the brief as pictures, where pdftoppm is there: the page holds no text of others."""
    import shutil
    import subprocess

    from click.testing import CliRunner

    from detente.cli.app import app

    code, name = BRIEF
    painter = shutil.which("pdftoppm")
    if painter is None:
        print("pdftoppm (poppler-utils) is not there: the pictures of the brief stay as they are", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"{name}.pdf"
        result = CliRunner().invoke(app, ["brief", str(observatory.path), code, HOME, "-o", str(out)])
        if result.exit_code:
            raise SystemExit(f"detente brief: {result.output}")
        subprocess.run([painter, "-r", "80", "-gray", "-png", str(out), str(PICTURES / name)], check=True)


def write(given: dict[str, str]) -> None:
    """Puts the parts into the page, each between its marks."""
    text = PAGE.read_text("utf8")
    for name, words in given.items():
        text, found = re.subn(
            rf"(<!-- made: {name} -->\n).*?(<!-- end -->)",
            lambda marks, words=words: f"{marks[1]}{words}\n{marks[2]}",
            text,
            flags=re.DOTALL,
        )
        if found != 1:
            raise SystemExit(f"{PAGE.name}: expected one part <!-- made: {name} -->, found {found}")
    PAGE.write_text(text, "utf8")
    print(f"written: {PAGE.relative_to(ROOT)} and {PICTURES.relative_to(ROOT)}")


def name_of(code: str) -> str:
    country = countries().by_code(code)
    return country.name if country else code


if __name__ == "__main__":
    sys.exit(main())
