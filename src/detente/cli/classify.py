"""`detente classify`: the type of the deed between two sides that the input marks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from detente.cli.losses import Losses
from detente.cli.options import common, model_option
from detente.cli.output import line, output
from detente.cli.session import Session, show_plainly
from detente.errors import UsageError
from detente.records import Judgement, PairText, to_json

if TYPE_CHECKING:
    from detente.reading.coder import Coder
    from detente.sources import Unreadable

JUDGES = ("default", "full", "rules")  # a test holds them to those of the coder
_LINES = 64  # judged together, and kept in memory together


@click.command()
@click.argument("path", default="-", metavar="[PATH]", type=click.Path(allow_dash=True))
@click.option(
    "--judge", type=click.Choice(JUDGES), default="default", show_default=True,
    help="default: learned, on frames and words; full: with the encoder (needs detente[judge]); rules: frames alone.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl (one judgement a line) for programs.",
)  # fmt: skip
@click.option(
    "-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write to FILE, whole or not at all, in place of standard output.",
)  # fmt: skip
@model_option
@common
def command(path: str, judge: str, form: str, target: Path | None) -> None:
    """Name the deed between two marked sides.

    PATH is a file of JSON Lines, {"id", "text", "sources": [[start, end], ...], "targets": [...]}; `-` or none reads
    standard input. The exit status is 1 when some line could not be judged.
    """
    session = Session.start()
    if path == "-" and sys.stdin.isatty():
        raise UsageError("nothing to judge: name a file of JSON Lines, or pipe one in")
    from detente.reading.coder import Coder
    from detente.sources.pairs import pairs_from

    coder = Coder(judge, model=session.model)
    losses = Losses()
    with output(target) as stream:
        show = _lines(stream) if form == "jsonl" else _rows(stream, session, target)
        for given, judgement in _judged(coder, pairs_from(path, stdin=sys.stdin.buffer)):
            show(given, judgement)
            for failure in judgement.failures:
                losses.unread += 1
                losses.add(failure, judgement.id or path)
    losses.report()


def _judged(coder: Coder, given: Iterable[PairText | Unreadable]) -> Iterator[tuple[PairText | None, Judgement]]:
    """Every line's judgement, in order; a line that is no pair keeps its place with its reason."""
    for batch in batched(given, _LINES):
        judgements = coder.classify(item for item in batch if isinstance(item, PairText))
        for item in batch:
            if isinstance(item, PairText):
                yield item, next(judgements)
            else:
                yield None, Judgement(id=item.id, failures=(item.failure,))


def _lines(stream: IO[bytes]) -> Callable[[PairText | None, Judgement], None]:
    def show(_: PairText | None, judgement: Judgement) -> None:
        stream.write(line(to_json(judgement)))
        stream.flush()

    return show


def _rows(stream: IO[bytes], session: Session, target: Path | None) -> Callable[[PairText | None, Judgement], None]:
    from detente.cli.judgement_view import judgement_view

    console = session.out if target is None else session.to_file(stream)

    def show(given: PairText | None, judgement: Judgement) -> None:
        if given is not None and not judgement.failures:  # the others are told on standard error
            show_plainly(console, judgement_view(given, judgement))

    return show
