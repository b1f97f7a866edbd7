"""What a command needs around it: settings, consoles, log."""

from __future__ import annotations

import io
import logging
import os
import sys
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from detente.cli.harmless import harmless, harmless_console
from detente.cli.options import FLAGS
from detente.cli.settings import Settings, resolve

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from detente.observatory import Observatory

log = logging.getLogger("detente.cli")

PLAIN_WIDTH = 100  # columns of output that goes to a file or a pipe


@dataclass
class Session:
    """One run of one command."""

    settings: Settings

    @classmethod
    def start(cls, folder: Path | None = None) -> Session:
        """Weighs the settings (flag, environment, observatory `folder`, user) and sets up the log."""
        context = click.get_current_context()
        flags = context.find_root().meta.get(FLAGS, {})
        settings = resolve(flags, folder=folder)
        for warning in settings.warnings:
            click.echo(f"Warning: {warning}", err=True)
        _log(context, verbose=bool(flags.get("verbose")), path=settings.text("log_file"))
        log.info("détente %s: %s", version("detente"), " ".join(sys.argv[1:]))
        for setting in settings.values.values():
            log.debug("setting %s: %s (%s)", setting.name, setting.value, setting.origin)
        return cls(settings=settings)

    @property
    def model(self) -> str | None:
        """The language model asked for, None for the bundled one."""
        return self.settings.text("model")

    @cached_property
    def out(self) -> Console:
        """Standard output."""
        return self._console(stderr=False)

    @cached_property
    def err(self) -> Console:
        """Standard error."""
        return self._console(stderr=True)

    @property
    def unicode(self) -> bool:
        """Whether standard output can show more than ASCII."""
        return self.out.encoding.lower().startswith("utf")

    def show(self, view: RenderableType) -> None:
        """Prints to standard output."""
        show_plainly(self.out, view)

    def say(self, message: str) -> None:
        """A remark for the person at the terminal: on standard error, so that it never mixes with records."""
        click.echo(harmless(message), err=True)

    def origin(self, observatory: Observatory, named: str | None) -> str:
        """Whose events are asked for; says so when it is neither what was named nor one's own."""
        found = observatory.origin_meant(named)
        if named is None and found != "own":
            self.say(f"{observatory.path} holds no readings of its own; these are the events of {found}.")
        return found

    def to_file(self, stream: IO[bytes]) -> Console:
        """Plain text into a file that is open."""
        text = io.TextIOWrapper(stream, encoding="utf8", write_through=True)
        return harmless_console(file=text, width=PLAIN_WIDTH, no_color=True, highlight=False, markup=False, emoji=False)

    def _console(self, *, stderr: bool) -> Console:
        stream = sys.stderr if stderr else sys.stdout
        color = self.settings.text("color")
        forced = {"always": True, "never": False}.get(color or "auto")
        console = harmless_console(
            file=stream,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
            force_terminal=True if forced else None,
            no_color=True if forced is False else None,
            color_system=None if forced is False else "auto",
        )
        if not console.is_terminal and "COLUMNS" not in os.environ:
            console.width = PLAIN_WIDTH
        return console


def show_plainly(console: Console, view: RenderableType) -> None:
    """Prints; where there is no terminal, without blanks at the ends of lines."""
    if console.is_terminal:
        console.print(view)
        return
    with console.capture() as capture:
        console.print(view)
    console.file.write("".join(row.rstrip() + "\n" for row in capture.get().splitlines()))


class _Harmless(logging.Formatter):
    """For a terminal: an article's id may be anything."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return harmless(super().format(record))


def _log(context: click.Context, *, verbose: bool, path: str | None) -> None:
    """Sends what the library logs to standard error, a file, both or nowhere, until the command ends."""
    log = logging.getLogger("detente")
    handlers: list[logging.Handler] = []
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
        handlers[-1].setFormatter(_Harmless("%(relativeCreated)6d ms  %(message)s"))
    if path:
        handlers.append(logging.FileHandler(path, encoding="utf8"))
        handlers[-1].setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for handler in handlers:
        log.addHandler(handler)
        context.call_on_close(handler.close)
        context.call_on_close(partial(log.removeHandler, handler))
    log.setLevel(logging.DEBUG if handlers else logging.NOTSET)
