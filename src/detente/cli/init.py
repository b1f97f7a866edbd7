"""`detente init`: a new observatory."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.session import Session


@click.command()
@folder_argument
@common
def command(folder: Path) -> None:
    """Make a folder for records: an observatory."""
    Session.start()
    from detente.observatory import Observatory

    Observatory.create(folder)
    click.echo(f"{folder} is an observatory now. Next: detente add {folder} ARTICLES")
