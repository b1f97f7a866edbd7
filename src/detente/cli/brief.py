"""`detente brief`: one to two pages on two countries, every statement cited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import common, folder_argument, keep, origin_option
from detente.cli.output import output
from detente.cli.session import Session
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.briefs import Brief

_ENDINGS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@click.command()
@folder_argument
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--by", type=click.Choice(["week", "month", "quarter"]), expose_value=False, callback=keep,
    help="The period of the series.  [default: month]",
)  # fmt: skip
@click.option("--since", metavar="DATE", help="From this day, month or year on (2024-05-14, 2024-05, 2024).")
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, as it stood then.")
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="A file: .md (with the picture beside it, as .svg), .html or .pdf; by default Markdown to standard output.",
)  # fmt: skip
@origin_option
@common
def command(
    folder: Path, a: str, b: str, since: str | None, as_of: str | None, path: Path | None, origin: str | None
) -> None:
    """Write one or two cited pages on two countries.

    One to two pages: where their relations go and how sure that is, a picture of the series, what moved it, who said what, what
    is ahead, promises, the agenda, concerns. Each statement cites the sentence that bears it.
    """
    session = Session.start(folder)
    form = _form(path)
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    whose = session.origin(observatory, origin)
    by = session.settings.text("by") or "month"
    found = observatory.brief(a, b, by=by, since=since, as_of=as_of, origin=whose)
    _write(found, form, path)
    if path is not None and str(path) != "-":
        session.say(f"The brief is in {path}.")


def _form(path: Path | None) -> str:
    """The format, by the file's ending. Raises UsageError for any other."""
    if path is None or str(path) == "-":
        return "md"
    form = _ENDINGS.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"{path}: a brief is written as .md, .html or .pdf; name the file so")
    return form


def _write(found: Brief, form: str, path: Path | None) -> None:
    from detente.briefs import picture_of, write

    beside = None
    if form == "md" and path is not None and str(path) != "-" and (drawn := picture_of(found)):
        beside = path.with_suffix(".svg")
        with output(beside) as stream:
            stream.write(drawn)
    with output(path) as stream:
        stream.write(write(found, form, picture=beside.name if beside else None))
