"""`detente events`: who did what to whom, out of an observatory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import common, folder_argument, origin_option, rows_options
from detente.cli.output import line, output
from detente.cli.session import Session
from detente.cli.words import is_local
from detente.records import to_json

if TYPE_CHECKING:
    from detente.observatory import Observatory
    from detente.store import StoredEvent


@click.command()
@folder_argument
@click.option("--between", nargs=2, metavar="A B", help="What two countries did to one another.")
@click.option("--source", metavar="COUNTRY", help="What a country did.")
@click.option("--target", metavar="COUNTRY", help="What was done to a country.")
@click.option("--type", "type_", metavar="TYPE", help="One PLOVER type only: CONSULT, SANCTION, ...")
@click.option(
    "--status", type=click.Choice(["occurred", "ongoing", "planned", "conditional", "denied"]),
    help="One standing only.",
)  # fmt: skip
@click.option("--article", metavar="ID", help="Out of one article only.")
@origin_option
@rows_options
@common
def command(
    folder: Path,
    between: tuple[str, str] | None,
    source: str | None,
    target: str | None,
    type_: str | None,
    status: str | None,
    article: str | None,
    origin: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    form: str,
) -> None:
    """List the events of an observatory.

    By day: the one that the text names, else, in brackets, the day of publication. A country is named by its name, demonym or
    ISO code.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    whose = session.origin(observatory, origin)
    found = observatory.events(
        source=source, target=target, between=between, type=type_, status=status,
        article=article, since=since, until=until, limit=limit, origin=whose,
    )  # fmt: skip
    if form == "jsonl":
        with output(None) as stream:
            stream.writelines(line(to_json(stored)) for stored in found)
        return
    from detente.cli.list_view import event_list

    rows = list(found)
    if not rows:
        session.say("No event is like that. `detente doctor DIR` tells what an observatory holds.")
        return
    session.show(event_list(rows, _names(observatory, rows)))


def _names(observatory: Observatory, rows: Sequence[StoredEvent]) -> dict[tuple[str, str], str]:
    """Names of the actors that are known by no country and no id of their own."""
    wanted = {
        (row.article, actor)
        for row in rows
        for side, countries in (
            (row.event.sources, row.event.source_countries),
            (row.event.targets, row.event.target_countries),
        )
        if not countries
        for actor in side
        if is_local(actor)
    }
    if not wanted:
        return {}
    known = ((stored.article, stored.actor) for stored in observatory.actors())
    return {(article, actor.id): actor.name for article, actor in known if (article, actor.id) in wanted}
