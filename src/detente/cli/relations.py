"""`detente relations`: two countries, period by period, with the sentences behind it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import common, folder_argument, keep, origin_option
from detente.cli.output import output
from detente.cli.session import Session
from detente.errors import UsageError
from detente.records import to_json

if TYPE_CHECKING:
    from detente.observatory import Observatory
    from detente.relations import Relations

_PLOTS = (".png", ".svg")


@click.command()
@folder_argument
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--by", type=click.Choice(["week", "month", "quarter"]), expose_value=False, callback=keep,
    help="The period.  [default: month]",
)  # fmt: skip
@click.option("--since", metavar="DATE", help="From this day, month or year on (2024-05-14, 2024-05, 2024).")
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, as it stood then.")
@click.option("--directed", is_flag=True, help="Only what A did to B.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="table for people, json for programs.",
)  # fmt: skip
@click.option(
    "--sentences", type=click.IntRange(min=0), default=3, show_default=True,
    help="How many to show on either side.",
)  # fmt: skip
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="A figure: .png or .svg.")
@origin_option
@common
def command(
    folder: Path,
    a: str,
    b: str,
    since: str | None,
    as_of: str | None,
    directed: bool,
    form: str,
    sentences: int,
    plot: Path | None,
    origin: str | None,
) -> None:
    """Show how two countries deal with one another.

    The balance is the level, from -10 (conflict) to 10 (cooperation), of what occurred or went on between A and B, period by
    period, estimated with its uncertainty. A country is named by its name, demonym or ISO code.
    """
    session = Session.start(folder)
    if plot is not None and plot.suffix.lower() not in _PLOTS:
        raise UsageError(f"{plot}: a figure is written as {' or '.join(_PLOTS)}; name the file so")
    from detente.observatory import Observatory

    by = session.settings.text("by") or "month"
    observatory = Observatory.open(folder)
    whose = session.origin(observatory, origin)
    found = observatory.relations(a, b, by=by, since=since, as_of=as_of, directed=directed, origin=whose)
    if plot is not None:
        from detente.relations.plot import draw

        with output(plot) as stream:
            draw(found, stream, plot.suffix.lower().removeprefix("."))
    if form == "json":
        with output(None) as stream:
            stream.write(json.dumps(to_json(found), ensure_ascii=False, indent=1).encode("utf8") + b"\n")
        return
    _show(found, observatory, sentences, session, whose, " in that time" if since or as_of else "")
    if plot is not None:
        session.say(f"The figure is in {plot}.")


def _show(found: Relations, observatory: Observatory, sentences: int, session: Session, origin: str, when: str) -> None:
    if not any(level.events for level in found.series):
        folder = observatory.path
        session.say(
            f"{folder} holds no event between {found.a} and {found.b}{when} that occurred and has a day. "
            f"`detente events {folder} --between {found.a} {found.b}` lists the others."
        )
        return
    from detente.cli.relations_view import relations_view

    told = {stored.event.id: stored for stored in observatory.events(between=(found.a, found.b), origin=origin)}
    view = relations_view(found, told, width=session.out.width, sentences=sentences, unicode=session.unicode)
    session.show(view)
