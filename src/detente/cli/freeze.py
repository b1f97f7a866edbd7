"""`detente freeze`: an observatory into files for others; a release checked, or rid of removed articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import common
from detente.cli.session import Session
from detente.cli.words import counted
from detente.errors import SchemaError, UsageError

if TYPE_CHECKING:
    from detente.observatory.freezing import FreezeReport

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="[DIR", type=_FOLDER, required=False)
@click.argument("out", metavar="OUT]", type=_FOLDER, required=False)
@click.option("--texts", is_flag=True, help="With the articles' texts, which belong to their publishers.")
@click.option("--as-of", metavar="DATE", help="Only what had been published by then, as it stood then.")
@click.option("--verify", type=_FOLDER, metavar="RELEASE", help="Check that a release is as it was made.")
@click.option(
    "--apply-removals", "removals", nargs=2, type=click.Path(path_type=Path), metavar="RELEASE LIST",
    help="Take removed articles out of a release you hold. LIST: removed.tsv of a newer one.",
)  # fmt: skip
@common
def command(
    folder: Path | None,
    out: Path | None,
    texts: bool,
    as_of: str | None,
    verify: Path | None,
    removals: tuple[Path, Path] | None,
) -> None:
    """Write all that an observatory says to files for others.

    OUT becomes a release: a folder of Parquet files with a data dictionary, versions, checksums and a page that says what it
    is. The same articles give the same bytes, in whatever order and on whatever day they were added. Times and paths are in
    OUT.log beside it.
    """
    given = [bool(folder or out), verify is not None, removals is not None]
    if sum(given) != 1 or (folder and not out) or ((texts or as_of) and not folder):
        raise UsageError(
            "expected DIR and OUT (with --texts, --as-of), or --verify RELEASE, or --apply-removals RELEASE LIST, alone"
        )
    session = Session.start(folder)
    if verify is not None:
        _verify(verify)
    elif removals is not None:
        _apply(*removals)
    elif folder is not None and out is not None:
        _freeze(session, folder, out, texts=texts, as_of=as_of)


def _freeze(session: Session, folder: Path, out: Path, *, texts: bool, as_of: str | None) -> None:
    from detente.observatory import Observatory

    with session.err.status("Finding the stories") as status:
        report = Observatory.open(folder).freeze(
            out, texts=texts, as_of=as_of, on_table=lambda name: status.update(f"{name}.parquet is written")
        )
    for line in _told(report, folder, out):
        click.echo(line)


def _told(report: FreezeReport, folder: Path, out: Path) -> list[str]:
    rows = report.rows
    kinds = ("article", "event", "quote")
    lines = [f"{', '.join(counted(rows[f'{kind}s'], kind) for kind in kinds)} of {folder} frozen into {out}"]
    lines += [f"{counted(rows['imported'], 'imported event')} with them"] if rows["imported"] else []
    lines.append(f"What is in it, and how to cite it: {out / 'README.md'}")
    if report.unread:
        lines.append(f"{counted(report.unread, 'input')} that could not be read left no row in it.")
    return lines


def _verify(release: Path) -> None:
    from detente.store.release import verify

    problems = verify(release)
    if problems:
        raise SchemaError(
            "\n".join([f"{release} is not as it was released:", *(f"  {problem}" for problem in problems)])
        )
    click.echo(f"{release} is as it was released.")


def _apply(release: Path, given: Path) -> None:
    from detente.store.release import apply_removals

    report = apply_removals(release, given)
    if report.id is None:
        click.echo(f"{release} holds none of the removed articles, and lists them all already.")
        return
    if not report.articles:
        click.echo(f"{release} holds none of the removed articles; its list names them now.")
        return
    click.echo(f"{counted(len(report.articles), 'article')} taken out of {release}, with all that came of them:")
    for name, number in report.rows.items():
        click.echo(f"  {name:<12}{number:>10,} {'row' if number == 1 else 'rows'} gone")
    click.echo(f"It is another release now: see {release / 'README.md'}")
