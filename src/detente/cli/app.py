"""The root of the commands: each is loaded when called; errors become messages and exit statuses."""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from detente.cli.harmless import harmless
from detente.cli.options import common
from detente.errors import DetenteError, UnknownNameError, UsageError

log = logging.getLogger("detente.cli")

INTERRUPTED, READER_GONE = 130, 141  # 128 + SIGINT, 128 + SIGPIPE: what a shell reports

# name: what it does. Each lives in `detente.cli.<name>` as `command`; help of the root needs none of them.
COMMANDS = {
    "demo": "Read the example articles; show what comes of it.",
    "read": "Read articles; show events, quotes, promises.",
    "classify": "Name the deed between two marked sides.",
    "init": "Make a folder for records: an observatory.",
    "add": "Read articles and keep what they say.",
    "code": "Read many articles, on all cores or a cluster.",
    "watch": "Follow news feeds: fetch, read and keep their articles.",
    "import": "Take in events that others coded.",
    "events": "List the events of an observatory.",
    "stories": "List articles that copy one text.",
    "quotes": "List who said what.",
    "actors": "Show who is who; correct it.",
    "export": "Write all events to a file.",
    "freeze": "Write all that an observatory says to files for others.",
    "board": "Show which countries' relations have moved.",
    "relations": "Show how two countries deal with one another.",
    "brief": "Write one or two cited pages on two countries.",
    "triangle": "Show one country between two rivals.",
    "agenda": "Show the issues between two countries.",
    "calendar": "Show what is planned, and whether it was seen.",
    "commitments": "List promises, and what became of them.",
    "concerns": "List what a country's speakers call a concern.",
    "serve": "Show an observatory in the browser, and over HTTP.",
    "verdict": "Say that an event is wrong, or take that back.",
    "remove": "Delete articles and all that came of them, for good.",
    "compact": "Join small segments into large ones.",
    "doctor": "Check the installation, the model, the settings.",
    "bench": "Measure the speed of reading.",
    "explain": "Show why an event was read, or why a sentence gave none.",
    "schema": "Print the JSON Schema of a reading.",
    "completion": "Print the completion script of a shell.",
}

_MODULES = {"import": "import_"}  # where a command's name is a word of Python


class _WrongUsage(click.ClickException):
    exit_code = 2


class Commands(click.Group):
    """A group that imports a command when it is called, and turns errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"detente.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command named when there is no such one."""
        from difflib import get_close_matches

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], COMMANDS, n=2)
            if near:
                raise click.UsageError(f"{error.message} Did you mean {' or '.join(near)}?", ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, written without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; no error that a user can cause shows a traceback."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except DetenteError as error:
            log.debug("ended by %s", type(error).__name__, exc_info=error)
            raise _shown(error) from error
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _abandon_output()
            ctx.exit(READER_GONE)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(harmless(f"{where}{error.strerror or error}")) from error
        return result


def _shown(error: DetenteError) -> click.ClickException:
    """The error as click prints it: status 2 for wrong usage, 1 for everything else."""
    message = str(error)
    if isinstance(error, UnknownNameError) and error.suggestions and "did you mean" not in message:
        message += f"\nDid you mean {', '.join(error.suggestions[:5])}?"
    message = harmless(message)
    return _WrongUsage(message) if isinstance(error, UsageError) else click.ClickException(message)


def _abandon_output() -> None:
    """Whoever read our output has gone (`| head`): what is left in the buffer has nowhere to go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("detente"), "--version", prog_name="detente", message="%(prog)s %(version)s")
@common
def app() -> None:
    """Reads the news and keeps account of how countries deal with one another.

    \b
    Try it:             detente demo
    Read an article:    detente read article.txt --published 2024-05-14
    Keep what was read: detente init news && detente add news articles.jsonl
    See two countries:  detente relations news Iraq "United States"
    """
