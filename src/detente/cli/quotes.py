"""`detente quotes`: who said what, out of an observatory."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument, rows_options
from detente.cli.output import line, output
from detente.cli.session import Session
from detente.records import to_json


@click.command()
@folder_argument
@click.option(
    "--speaker", metavar="NAME", help="Part of the speaker's name, or a country: everybody who speaks for it."
)
@click.option("--about", metavar="WORDS", help="Quotations that hold these words.")
@rows_options
@common
def command(
    folder: Path,
    speaker: str | None,
    about: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    form: str,
) -> None:
    """List who said what.

    By day of publication. Direct quotations stand in quotation marks, indirect ones do not.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    found = observatory.quotes(speaker=speaker, about=about, since=since, until=until, limit=limit)
    if form == "jsonl":
        with output(None) as stream:
            stream.writelines(line(to_json(stored)) for stored in found)
        return
    from detente.cli.list_view import quote_list

    rows = list(found)
    if not rows:
        session.say("No quotation is like that. `detente doctor DIR` tells what an observatory holds.")
        return
    session.show(quote_list(rows))
