"""`detente verdict`: say that an event is wrong, or take that back."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.output import line, output
from detente.cli.session import Session
from detente.errors import UsageError
from detente.records import to_json


@click.command()
@folder_argument
@click.argument("event", metavar="[EVENT]", required=False)
@click.option("--why", metavar="TEXT", help="Your reason.")
@click.option("--by", "who", metavar="NAME", help="Your name.")
@click.option("--withdraw", is_flag=True, help="Take an earlier verdict back.")
@click.option("--article", metavar="ID", help="The event's article, where several have such an event.")
@common
def command(
    folder: Path, event: str | None, why: str | None, who: str | None, withdraw: bool, article: str | None
) -> None:
    """Say that an event is wrong, or take that back.

    EVENT is its whole id (`detente events DIR --format jsonl`). It counts in nothing from then on; the verdict is kept with your
    name and reason, and exports carry it. Without EVENT: list the verdicts, one a line.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    if event is None:
        with output(None) as stream:
            stream.writelines(line(to_json(one)) for one in observatory.verdicts())
        return
    if not why or not who:
        raise UsageError("a verdict needs a reason and a name: --why TEXT --by NAME")
    kept = observatory.judge(event, verdict="withdrawn" if withdraw else "wrong", who=who, why=why, article=article)
    session.say(
        f"Kept: the event {kept.event} of {kept.article} is {kept.verdict if withdraw else 'held to be wrong'}."
    )
