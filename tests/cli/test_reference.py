"""docs/reference/cli.md names every command and every option, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from detente.cli.app import COMMANDS, app
from detente.cli.settings import KINDS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "cli.md").read_text("utf8")
EVERYWHERE = PAGE.partition("## For every command")[2].partition("\n## ")[0]


def section(name: str) -> str:
    return PAGE.partition(f"\n## detente {name}\n")[2].partition("\n## ")[0]


def options(command: click.Command) -> set[str]:
    context = click.Context(command)
    given = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    return {name for option in given for name in option.opts + option.secondary_opts}


def command(name: str) -> click.Command:
    found = app.get_command(click.Context(app), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_on_the_page(name: str) -> None:
    assert section(name), f"docs/reference/cli.md has no section `## detente {name}`"
    missing = {option for option in options(command(name)) if f"`{option}" not in section(name) + EVERYWHERE}
    assert not missing


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_on_the_page_that_is_not_there(name: str) -> None:
    synopsis = section(name).split("```")[1]
    cells = " ".join(re.findall(r"^\| (`-[^|]*)\|", section(name), re.MULTILINE))
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", synopsis + cells))
    assert told <= options(command(name)) | options(app)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands(name: str) -> None:
    assert f"| [`{name}`](#detente-{name}) |" in PAGE


@pytest.mark.parametrize("name", KINDS)
def test_every_setting_is_told_where_settings_are(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "guides" / "install.md").read_text("utf8")
