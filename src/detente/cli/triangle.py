"""`detente triangle`: one country between two rivals."""

from __future__ import annotations

import json
from pathlib import Path

import click

from detente.cli.options import common, folder_argument, keep
from detente.cli.output import output
from detente.cli.session import Session
from detente.records import to_json


@click.command()
@folder_argument
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.argument("c", metavar="C")
@click.option(
    "--by", type=click.Choice(["week", "month", "quarter"]), expose_value=False, callback=keep,
    help="The period.  [default: month]",
)  # fmt: skip
@click.option("--since", metavar="DATE", help="From this day, month or year on (2024-05-14, 2024-05, 2024).")
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, as it stood then.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="table for people, json for programs.",
)  # fmt: skip
@common
def command(folder: Path, a: str, b: str, c: str, since: str | None, as_of: str | None, form: str) -> None:
    """Show one country between two rivals.

    How country A deals with B and with C, side by side.

    Beside both balances stands their correlation, with its interval: below zero, A's relations with the one tend to worsen
    when those with the other improve.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    by = session.settings.text("by") or "month"
    found = Observatory.open(folder).triangle(a, b, c, by=by, since=since, as_of=as_of)
    if form == "json":
        with output(None) as stream:
            stream.write(json.dumps(to_json(found), ensure_ascii=False, indent=1).encode("utf8") + b"\n")
        return
    from detente.cli.triangle_view import triangle_view

    session.show(triangle_view(found))
