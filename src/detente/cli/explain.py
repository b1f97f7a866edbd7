"""`detente explain`: why an event was read as it was, and why a sentence gave none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.losses import Losses
from detente.cli.options import actors_option, common, input_options, model_option
from detente.cli.output import line, output
from detente.cli.session import Session
from detente.errors import UsageError
from detente.records import Article, Event, Evidence, Reading, article_id, to_json

if TYPE_CHECKING:
    from detente.observatory import Explained, Input

_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".gz"})
_MANIFEST = "manifest.json"


@click.command()
@click.argument("what", nargs=-1, metavar="SENTENCE | PATH... | DIR")
@click.option("--event", metavar="ID", help="This event only; the beginning of its id will do.")
@click.option("--about", metavar="WORDS", help="Only sentences that hold these words.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="text for people, json (one reading a line, with explanations) for programs.",
)  # fmt: skip
@input_options
@actors_option
@model_option
@common
def command(
    what: tuple[str, ...],
    event: str | None,
    about: str | None,
    form: str,
    input_format: str,
    published: date | None,
    actors: Path | None,
) -> None:
    """Show why an event was read, or why a sentence gave none.

    A SENTENCE in quotation marks, articles (as for `detente read`), or an observatory DIR with --event: its article is then
    read again by today's coder.
    """
    folder = _observatory(what)
    session = Session.start(folder)
    if folder is not None and (about or published or actors or input_format != "auto"):
        raise UsageError(
            "--about, --published, --actors and --input-format are for sentences and articles, not for an observatory"
        )
    if folder is not None:
        _explain_stored(session, folder, event, form)
        return
    from detente.observatory import read

    losses = Losses()
    show = _json if form == "json" else _text(session)
    readings = read(
        _inputs(what),
        published=published.isoformat() if published else None,
        input_format=input_format,
        model=session.model,
        actors=actors,
        explain=True,
        stdin=sys.stdin.buffer,
    )
    found = False
    for reading in readings:
        losses.note(reading)
        chosen = _chosen(reading, event, about)
        if reading.article.text and (chosen.events or chosen.silent):
            found = True
            show(chosen)
    if not found and not losses.unread:
        session.say(_nothing(event, about))
    losses.report()


def _observatory(what: tuple[str, ...]) -> Path | None:
    """The folder, when it is an observatory that is asked about."""
    return Path(what[0]) if len(what) == 1 and what[0].strip() and _is_there(str(Path(what[0]) / _MANIFEST)) else None


def _inputs(what: tuple[str, ...]) -> list[Input]:
    """Paths, or the sentence that the words are. Raises UsageError for nothing, and for a path that is not there."""
    if not what:
        if sys.stdin.isatty():
            raise UsageError(
                'nothing to explain: give a sentence (detente explain "Norway expelled two envoys.") or a file'
            )
        return ["-"]
    if all(word == "-" or _is_there(word) for word in what):
        return list(what)
    text = " ".join(what)
    if not text.strip():
        raise UsageError("nothing to explain: the sentence is empty")
    missing = next((word for word in what if not _is_there(word) and _is_path(word)), None)
    if " " not in text or missing is not None or any(_is_there(word) for word in what):
        missing = missing or next(word for word in what if not _is_there(word))
        raise UsageError(f"{missing}: there is no such file or folder, and one word is no sentence")
    return [Article(id=article_id(url=None, title=None, source=None, text=text), text=text)]


def _is_path(word: str) -> bool:
    """Whether it looks like the name of a file, not like a word of a sentence."""
    return Path(word).suffix.lower() in _SUFFIXES


def _is_there(word: str) -> bool:
    if not word.strip():
        return False  # Path("") is the current folder
    try:
        return Path(word).exists()
    except (OSError, ValueError):  # too long for a name, or a NUL in it: a sentence
        return False


def _chosen(reading: Reading, event: str | None, about: str | None) -> Reading:
    """The reading with those events and sentences alone that are asked for."""
    if event is not None:
        return replace(reading, events=tuple(e for e in reading.events if e.id.startswith(event)), silent=())
    if about is None:
        return reading
    return replace(
        reading,
        events=tuple(e for e in reading.events if _tells_of(e, about)),
        silent=tuple(s for s in reading.silent if _holds(s.sentence, about)),
    )


def _tells_of(event: Event, about: str) -> bool:
    return any(_holds(piece, about) for piece in (event.span, *event.evidence))


def _holds(piece: Evidence, about: str) -> bool:
    return " ".join(about.split()).lower() in " ".join(piece.text.split()).lower()


def _nothing(event: str | None, about: str | None) -> str:
    if event is not None:
        return f"No event has an id that begins with {event!r}; `detente read` shows the ids."
    return f"No sentence holds {about!r}." if about is not None else "No sentence found."


def _json(reading: Reading) -> None:
    with output(None) as stream:
        stream.write(line(to_json(reading)))


def _text(session: Session) -> Callable[[Reading], None]:
    from detente.cli.explain_view import reading_explained

    return lambda reading: session.show(reading_explained(reading))


def _explain_stored(session: Session, folder: Path, event: str | None, form: str) -> None:
    if event is None:
        raise UsageError(f"which event? detente explain {folder} --event ID; `detente events {folder}` shows the ids")
    from detente.observatory import Observatory

    explained = Observatory.open(folder).explain(event, model=session.model)
    for remark in _remarks(explained):
        session.say(remark)
    events = (explained.event,) if explained.event else explained.instead
    shown = replace(explained.reading, events=events, silent=explained.silent)
    (_json if form == "json" else _text(session))(shown)


def _remarks(explained: Explained) -> Iterator[str]:
    """What has changed since the event was stored."""
    kept = explained.stored.event
    if not explained.same_coder:
        yield (
            f"Stored by {kept.coder} with the tables {kept.knowledge}; "
            f"explained by {explained.coder} with the tables {explained.knowledge}."
        )
    if explained.event is None:
        what = "reads these words otherwise" if explained.instead else "reads no event in these words"
        yield f"Today's coder {what}; stored is {kept.type}, {kept.status}, by the rule {kept.rule!r}."
