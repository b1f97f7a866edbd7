"""`detente demo`: the main job on the example articles, from text to relation."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.examples import examples
from detente.cli.losses import Losses
from detente.cli.options import common, model_option
from detente.cli.progress import bar
from detente.cli.session import Session
from detente.cli.words import counted

if TYPE_CHECKING:
    from detente.observatory import Observatory

_A, _B, _BY = "GRC", "TUR", "quarter"  # what the examples are about
_EVENTS, _QUOTES, _SENTENCES = 8, 5, 4  # how much of each is shown


@click.command()
@click.option(
    "--dir", "folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Keep the records in this folder, to go on with.",
)  # fmt: skip
@model_option
@common
def command(folder: Path | None) -> None:
    """Read the example articles; show what comes of it.

    Events, quotations, and the relation that they bear on, with the sentences behind it. Sets nothing up, and needs no network.
    """
    session = Session.start(folder)
    with _observatory(folder) as observatory, examples() as articles:
        from detente.sources import count_inputs

        with bar(session.err, count_inputs([articles])) as progress:
            report = observatory.add([articles], model=session.model, on_progress=progress.step)
        _show(observatory, session)
    click.echo(_next(folder))
    Losses.of(report).report()


def _next(folder: Path | None) -> str:
    """What to do after the demo."""
    if folder is None:
        return "\nGo on with an article of your own:  detente read ARTICLE\nKeep the examples, to ask them:     detente demo --dir aegean"
    return (
        f"\nGo on:  detente events {folder} --between Greece Turkey\n        detente quotes {folder} --speaker Greece"
    )


@contextmanager
def _observatory(folder: Path | None) -> Iterator[Observatory]:
    """The one in `folder`, made when there is none; without a folder one that is thrown away at the end."""
    from detente.observatory import Observatory

    if folder is not None:
        there = folder.is_dir() and any(folder.iterdir())
        yield Observatory.open(folder) if there else Observatory.create(folder)
        return
    with tempfile.TemporaryDirectory(prefix="detente-demo-", ignore_cleanup_errors=True) as place:
        yield Observatory.create(Path(place) / "aegean")


def _show(observatory: Observatory, session: Session) -> None:
    from rich.text import Text

    from detente.cli.list_view import event_list, quote_list
    from detente.cli.relations_view import relations_view

    counts = observatory.counts()
    told = f"{counted(counts.articles, 'article')}: {counted(counts.events, 'event')}, {counted(counts.quotes, 'quotation')}"
    session.show(Text(told, style="bold"))
    session.show(Text(f"\nEvents between Greece and Turkey (the first {_EVENTS})", style="bold cyan"))
    session.show(event_list(islice(observatory.events(between=(_A, _B)), _EVENTS), {}))
    session.show(Text(f"\nQuotations (the first {_QUOTES})", style="bold cyan"))
    session.show(quote_list(islice(observatory.quotes(), _QUOTES)))
    session.show(Text())
    relations = observatory.relations(_A, _B, by=_BY)
    told_by = {stored.event.id: stored for stored in observatory.events(between=(_A, _B))}
    session.show(
        relations_view(relations, told_by, sentences=_SENTENCES, width=session.out.width, unicode=session.unicode)
    )
