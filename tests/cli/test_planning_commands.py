"""The commands that look ahead and back: calendar, commitments, agenda, concerns; and that they know only what was known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli.app import app
from detente.observatory import Observatory
from detente.records import Actor, Article, Commitment, Event, Evidence, Quote, Reading, When, digest

# One line an event: source > target type status day/last | its words. Promises and quotations likewise.
DISPATCHES = (
    (
        "g1",
        "2024-03-04",
        "https://fjord.example/1",
        "NOR > FIN CONSULT/visit planned 2024-03-07 | Norway will visit Finland on Thursday",
    ),
    (
        "g2",
        "2024-03-05",
        None,
        "promise NOR > EST due 2024-05-31 | Norway pledged to withdraw its frigates from Estonia by the end of May",
    ),
    (
        "g3",
        "2024-03-08",
        "https://fjord.example/3",
        "NOR > FIN CONSULT/visit occurred 2024-03-07 | Norway visited Finland on Thursday",
    ),
    ("g4", "2024-03-09", None, "say NOR | We are deeply concerned about the Finnish toll on our ships."),
    (
        "g5",
        "2024-04-12",
        None,
        "NOR > EST RETREAT/withdraw occurred 2024-04-11 | Norway withdrew its frigates from Estonia",
    ),
    (
        "g6",
        "2024-06-10",
        None,
        "FIN > NOR SANCTION occurred - | Finland raised its tariffs on Norway\nNOR > FIN AID planned - | Norway will help Finland",
    ),
)


class Scripted:
    """Reads those lines in place of news."""

    coder, knowledge = "scripted", "0"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return map(reading, articles)


def reading(article: Article) -> Reading:
    countries = {code: Actor(id=code, name=code, kind="country", country=code) for code in ("NOR", "FIN", "EST")}
    events: list[Event] = []
    promises: list[Commitment] = []
    quotes: list[Quote] = []
    for row in article.text.splitlines():
        head, _, words = row.partition(" | ")
        at = article.text.index(words)
        first, *rest = head.split()
        if first == "say":
            spans = ((at, at + len(words)),)
            quotes.append(
                Quote(
                    id=digest(article.id, row),
                    start=at,
                    end=at + len(words),
                    text=words,
                    spans=spans,
                    kind="direct",
                    speaker=rest[0],
                )
            )
        elif first == "promise":
            due = When(start=rest[-1], end=rest[-1], text="the end of May")
            promises.append(
                Commitment(
                    id=digest(article.id, row),
                    by=rest[0],
                    to=(rest[2],),
                    start=at,
                    end=at + len(words),
                    text=words,
                    due=due,
                )
            )
        else:
            events.append(event(article, row, first, rest, words, at))
    named = {
        code: tuple(Evidence(start=at, end=at + len(name), text=name) for at in starts(article.text, name))
        for code, name in (("FIN", "Finnish"), ("EST", "Estonia"), ("NOR", "Norway"))
    }
    actors = tuple(Actor(id=c, name=c, kind="country", country=c, mentions=named[c]) for c in countries)
    return Reading(
        article=article, actors=actors, events=tuple(events), quotes=tuple(quotes), commitments=tuple(promises)
    )


def starts(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def event(article: Article, row: str, source: str, rest: list[str], words: str, at: int) -> Event:
    _, target, deed, status, day = rest
    type_, _, mode = deed.partition("/")
    span = Evidence(start=at, end=at + len(words), text=words)
    return Event(
        id=digest(article.id, row), type=type_, mode=mode or None, status=status, span=span, evidence=(span,),
        trigger=Evidence(start=at, end=at + 6, text=words[:6]), rule="verb:by hand", coder="scripted", knowledge="0", intensity=2.5,
        sources=(source,), targets=(target,), source_countries=(source,), target_countries=(target,), cameo="042" if mode == "visit" else None,
        date=None if day == "-" else When(start=day, end=day, text="Thursday"),
    )  # fmt: skip


def articles() -> list[Article]:
    return [
        Article(
            id=name, title=f"Dispatch {name}", text=text, published=day, source="Fjord Post", url=url, language="en"
        )
        for name, day, url, text in DISPATCHES
    ]


@pytest.fixture
def gulf(tmp_path: Path) -> Path:
    Observatory.create(tmp_path / "gulf").add(articles(), reader=Scripted())
    return tmp_path / "gulf"


def run(runner: CliRunner, *arguments: object, status: int = 0) -> Result:
    shown = runner.invoke(app, [str(argument) for argument in arguments])
    assert shown.exit_code == status, shown.output
    return shown


def test_calendar(runner: CliRunner, gulf: Path) -> None:
    shown = run(runner, "calendar", gulf)
    assert "2024-03-07     NOR → FIN  CONSULT/visit  seen" in shown.stdout
    assert "seen: NOR > FIN CONSULT/visit occurred" in shown.stdout
    assert "AID" not in shown.stdout
    assert shown.stderr == "1 plan without a day: --undated shows them, too.\n"
    assert "no day         NOR → FIN  AID  open" in run(runner, "calendar", gulf, "--undated").stdout


def test_calendar_of_two_and_of_a_time(runner: CliRunner, gulf: Path) -> None:
    assert (
        "seen" in run(runner, "calendar", gulf, "Finland", "Norwegian", "--from", "2024-03", "--to", "2024-03").stdout
    )
    nothing = run(runner, "calendar", gulf, "NOR", "--from", "2024-04")
    assert (nothing.stdout, "No plan is like that" in nothing.stderr) == ("", True)
    assert run(runner, "calendar", gulf, "Estonia").stdout == ""


def test_what_was_known_on_a_day(runner: CliRunner, gulf: Path) -> None:
    assert "CONSULT/visit  ahead" in run(runner, "calendar", gulf, "--as-of", "2024-03-06").stdout
    assert run(runner, "calendar", gulf, "--as-of", "2024-03-01").stdout == ""
    assert "NOR to EST  due" in run(runner, "commitments", gulf, "--as-of", "2024-03-06").stdout
    assert (
        "kept: NOR > EST RETREAT/withdraw occurred" in run(runner, "commitments", gulf, "--as-of", "2024-04-12").stdout
    )
    assert run(runner, "concerns", gulf, "--as-of", "2024-03-08").stdout == ""


def test_a_plan_that_was_corrected_stands_as_it_stood_then(runner: CliRunner, gulf: Path) -> None:
    text = "NOR > FIN CONSULT/visit planned 2024-04-18 | Norway will visit Finland on April 18"
    first = articles()[0]
    later = Article(
        id=first.id, title=first.title, text=text, published="2024-03-06", source=first.source, language="en"
    )
    Observatory.open(gulf).add([later], reader=Scripted())
    assert "2024-04-18" in run(runner, "calendar", gulf).stdout
    then = run(runner, "calendar", gulf, "--as-of", "2024-03-05").stdout
    assert "2024-03-07     NOR → FIN  CONSULT/visit  ahead" in then


def test_calendar_for_programs_and_calendars(runner: CliRunner, gulf: Path) -> None:
    (plan,) = json.loads(run(runner, "calendar", gulf, "--format", "json").stdout)
    assert (plan["start"], plan["outcome"], plan["plan"]["url"]) == ("2024-03-07", "seen", "https://fjord.example/1")
    assert plan["proof"]["published"] == "2024-03-08"
    rows = run(runner, "calendar", gulf, "--undated", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(row)["outcome"] for row in rows] == ["seen", "open"]
    ics = run(runner, "calendar", gulf, "--format", "ics").stdout_bytes
    assert ics.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"SUMMARY:Norway (NOR)" in ics


def test_commitments(runner: CliRunner, gulf: Path) -> None:
    for sides in ((), ("NOR",), ("EST", "NOR")):
        assert "by 2024-05-31  NOR to EST  kept" in run(runner, "commitments", gulf, *sides).stdout
    assert run(runner, "commitments", gulf, "EST").stdout == ""
    assert "No promise" in run(runner, "commitments", gulf, "--state", "overdue").stderr
    (pledge,) = json.loads(run(runner, "commitments", gulf, "--format", "json").stdout)
    assert (pledge["state"], pledge["to_countries"], pledge["proof"]["article"]) == ("kept", ["EST"], "g5")


def test_agenda(runner: CliRunner, gulf: Path) -> None:
    shown = run(runner, "agenda", gulf, "Norway", "Finland").stdout
    assert "economic  1 deed, mean intensity +2.5, the latest 2024-06-10" in shown
    assert "Finland raised its tariffs on Norway" in shown
    assert "no issue" in run(runner, "agenda", gulf, "Norway", "Sweden").stderr
    assert run(runner, "agenda", gulf, "Norway", "Finland", "--as-of", "2024-06-09", "--format", "jsonl").stdout == ""


def test_concerns(runner: CliRunner, gulf: Path) -> None:
    shown = run(runner, "concerns", gulf, "Norway", "Finland").stdout
    assert "concern: the Finnish toll on our ships" in shown
    assert "“We are deeply concerned about the Finnish toll on our ships.”" in shown
    assert run(runner, "concerns", gulf, "Norway", "Estonia").stdout == ""
    assert "No quotation names a concern" in run(runner, "concerns", gulf, "Finland").stderr


@pytest.mark.parametrize("command", ["calendar", "commitments", "concerns", "agenda"])
def test_wrong_sides_are_told(runner: CliRunner, gulf: Path, command: str) -> None:
    shown = run(runner, command, gulf, "Finland", "Norwy", status=2)
    assert "Norway" in shown.output
    assert "expected two countries" in run(runner, command, gulf, "FIN", "Finnish", status=2).output
