"""`detente board`: which pairs of countries have moved, the greatest change first."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from detente.cli.options import common, folder_argument, keep, origin_option
from detente.cli.output import output
from detente.cli.session import Session
from detente.cli.words import counted
from detente.records import to_json

log = logging.getLogger("detente.cli.board")


@click.command()
@folder_argument
@click.option(
    "--by", type=click.Choice(["week", "month", "quarter"]), expose_value=False, callback=keep,
    help="The period.  [default: month]",
)  # fmt: skip
@click.option("--since", metavar="DATE", help="Use nothing before this day, month or year (2024-05-14, 2024-05, 2024).")
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, as it stood then.")
@click.option(
    "--min-events", type=click.IntRange(min=1), default=5, show_default=True, metavar="N",
    help="Pairs with so many events in that time.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="The first N pairs."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="table for people, json for programs.",
)  # fmt: skip
@origin_option
@common
def command(
    folder: Path, since: str | None, as_of: str | None, min_events: int, limit: int, form: str, origin: str | None
) -> None:
    """Show which countries' relations have moved.

    The greatest change of the balance over the last six months first: from which level to which, whether that bears the word
    upswing or downswing, and the event that counts most for it. Where the records do not reach back so far it is the last three
    months, or the last. The series of all pairs are worked out once, and kept in DIR
    until it changes.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    by = session.settings.text("by") or "month"
    observatory = Observatory.open(folder)
    whose = session.origin(observatory, origin)
    with _telling(session) as on_step:
        found = observatory.board(
            by=by, since=since, as_of=as_of, origin=whose, min_events=min_events, limit=limit, on_step=on_step
        )
    if form == "json":
        with output(None) as stream:
            stream.write(json.dumps(to_json(found), ensure_ascii=False, indent=1).encode("utf8") + b"\n")
        return
    if not found.rows:
        session.say(
            f"{folder} holds no pair of countries with {counted(min_events, 'event')} in the last {found.window} and any before "
            f"them; try {'--min-events 1, or ' if min_events > 1 else ''}`detente relations {folder} A B` for one pair."
        )
        return
    from detente.cli.board_view import board_view

    session.show(board_view(found, unicode=session.unicode))


@contextmanager
def _telling(session: Session) -> Iterator[Callable[[str], object]]:
    """Where somebody watches, a line that says what is being done, taken away at the end."""
    if not session.err.is_terminal:
        yield log.info
        return
    with session.err.status("opening") as status:
        yield status.update
