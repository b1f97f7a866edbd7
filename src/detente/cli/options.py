"""Options that every command takes, wherever they stand on the line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

# A test holds these to those of the sources room.
INPUT_FORMATS = ("auto", "text", "markdown", "json", "jsonl", "html", "newsml", "feed", "csv", "parquet", "warc")
FLAGS = "detente.flags"  # where on the root context the values given on the command line are kept


def keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Callback: notes a value that was really given, for `Session` to weigh against the other settings."""
    if value not in (None, False):
        ctx.find_root().meta.setdefault(FLAGS, {})[parameter.name] = value
    return value


def common[F: Callable[..., Any]](command: F) -> F:
    """Adds `--color`, `--verbose` and `--log-file`."""
    command = click.option(
        "--log-file", type=click.Path(dir_okay=False), expose_value=False, callback=keep, metavar="FILE",
        help="Append what is done, with times, to FILE.",
    )(command)  # fmt: skip
    command = click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=keep,
        help="Say on standard error what is done.",
    )(command)
    return click.option(
        "--color", type=click.Choice(["auto", "always", "never"]), expose_value=False, callback=keep,
        help="Colours in the output; auto: only on a terminal, and not where NO_COLOR is set.",
    )(command)  # fmt: skip


def model_option[F: Callable[..., Any]](command: F) -> F:
    """Adds `--model` to the commands that read."""
    return click.option(
        "--model", expose_value=False, callback=keep, metavar="NAME",
        help="An installed spaCy pipeline (en_core_web_*) or its folder, in place of the bundled one.",
    )(command)  # fmt: skip


def judge_option[F: Callable[..., Any]](command: F) -> F:
    """Adds `--judge` to the commands that read."""
    return click.option(
        "--judge", type=click.Choice(["default", "full", "rules"]), default="default", show_default=True,
        help="Who looks over the events of the frames; full is slower and needs detente[judge], rules is nobody.",
    )(command)  # fmt: skip


def actors_option[F: Callable[..., Any]](command: F) -> F:
    """Adds `--actors` to the commands that read."""
    return click.option(
        "--actors", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="Your own actors, a table that adds to the package's and overrides it.",
    )(command)  # fmt: skip


class Day(click.ParamType[date]):
    """A day, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day that exists, written YYYY-MM-DD (2024-05-14)", param, ctx)


def input_options[F: Callable[..., Any]](command: F) -> F:
    """Adds `--input-format` and `--published` to the commands that take articles in."""
    command = click.option(
        "--published", type=Day(), metavar="DATE",
        help="Day of publication (YYYY-MM-DD) of articles that give none; relative dates rest on it.",
    )(command)  # fmt: skip
    return click.option(
        "--input-format", type=click.Choice(INPUT_FORMATS), default="auto", show_default=True,
        help="What the input is; auto: by its name, else by its first bytes.",
    )(command)  # fmt: skip


class Column(click.ParamType[tuple[str, str]]):
    """A field of an article and the name of its column."""

    name = "column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Both parts, or a usage error that shows the form."""
        if isinstance(value, tuple):
            return value
        field, sign, column = value.partition("=")
        if not sign:
            self.fail(f"{value!r} is not written FIELD=NAME (text=article_body)", param, ctx)
        return field.strip(), column


def columns_option[F: Callable[..., Any]](command: F) -> F:
    """Adds `--column` to the commands that take tables in."""
    return click.option(
        "--column", "columns", type=Column(), multiple=True, metavar="FIELD=NAME",
        help="In tables, the column of a field (text=article_body) whose name is not recognised; FIELD= reads none. Repeatable.",
    )(command)  # fmt: skip


def rows_options[F: Callable[..., Any]](command: F) -> F:
    """Adds `--since`, `--until`, `--limit` and `--format` to a command that lists rows."""
    for option in reversed(_ROWS):
        command = option(command)
    return command


_ROWS = (
    click.option("--since", metavar="DATE", help="From this day, month or year on (2024-05-14, 2024-05, 2024)."),
    click.option("--until", metavar="DATE", help="Up to this day, month or year, included."),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The first N only."),
    click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
                 help="table for people, jsonl (one record a line) for programs."),
)  # fmt: skip

origin_option = click.option(
    "--origin", metavar="ORIGIN",
    help="Events of one origin: own, or what was imported (icews, ...).  [default: own, or the only one there is]",
)  # fmt: skip

folder_argument = click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
