"""`detente calendar`: what is planned, and whether it was seen to occur."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.output import output, write_records
from detente.cli.session import Session


@click.command()
@folder_argument
@click.argument("a", metavar="[A]", required=False)
@click.argument("b", metavar="[B]", required=False)
@click.option("--from", "since", metavar="DATE", help="Plans with days from then on (2024-05-14, 2024-05, 2024).")
@click.option("--to", "until", metavar="DATE", help="Plans with days up to then, included.")
@click.option("--undated", is_flag=True, help="Also plans for which no day is set.")
@click.option("--as-of", metavar="DATE", help="As it could be known on that day.  [default: the last publication]")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "jsonl", "ics"]), default="table", show_default=True,
    help="table for people, json or jsonl (one record a line) for programs, ics for calendars.",
)  # fmt: skip
@common
def command(
    folder: Path,
    a: str | None,
    b: str | None,
    since: str | None,
    until: str | None,
    undated: bool,
    as_of: str | None,
    form: str,
) -> None:
    """Show what is planned, and whether it was seen.

    Of country A, between A and B, or of everybody. "Now" is the day of --as-of, else the last day on which an article was
    published, never today's date: a plan is ahead when its days are not over on that day.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    every = Observatory.open(folder).calendar(a, b, since=since, until=until, as_of=as_of)
    found = [plan for plan in every if undated or plan.start]
    if form == "ics":
        from detente.briefs.icalendar import icalendar
        from detente.cli.relations_view import country_name

        with output(None) as stream:
            stream.write(icalendar(found, name=country_name))
        return
    if form != "table":
        with output(None) as stream:
            write_records(stream, found, form)
        return
    from detente.cli.planning_view import calendar_list
    from detente.cli.words import counted

    if found:
        session.show(calendar_list(found))
    elif len(every) == len(found):
        session.say(
            "No plan is like that. `detente events DIR --status planned` lists all that is planned or asked for."
        )
    if (rest := len(every) - len(found)) > 0:
        session.say(f"{counted(rest, 'plan')} without a day: --undated shows them, too.")
