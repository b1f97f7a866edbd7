"""The command line: one module per command, each of which parses, calls the observatory, and prints."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """The `detente` command.

    Exit status: 0 done, 1 some input unread, 2 wrong usage, 130 interrupted, 141 the reader of the output gone.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console that cannot show a letter shows "?", and the run goes on
            stream.reconfigure(errors="replace")
    try:
        from detente.cli.app import app

        app(prog_name="detente")
    except KeyboardInterrupt:  # before the app could take hold of it
        sys.exit(130)
