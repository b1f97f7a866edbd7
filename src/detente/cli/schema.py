"""`detente schema`: the JSON Schema of what `detente read --format jsonl` writes."""

from __future__ import annotations

import json

import click

from detente.cli.options import common
from detente.cli.session import Session


@click.command()
@common
def command() -> None:
    """Print the JSON Schema of a reading."""
    Session.start()
    from detente.records.schema import reading_schema

    click.echo(json.dumps(reading_schema(), ensure_ascii=False, indent=2))
