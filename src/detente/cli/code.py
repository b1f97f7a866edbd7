"""`detente code`: articles into a lake, on all cores or on a cluster."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.code_progress import watching
from detente.cli.losses import Losses
from detente.cli.options import actors_option, columns_option, common, input_options, judge_option, model_option
from detente.cli.session import Session
from detente.cli.words import counted

if TYPE_CHECKING:
    from detente.engines import Engine
    from detente.observatory.coding import Progress

log = logging.getLogger("detente.cli.code")

ENGINES = ("local", "spark")
_UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}


class Size(click.ParamType[int]):
    """A number of bytes: 500000, 512K, 8M."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The bytes, or a usage error that shows the form."""
        if isinstance(value, int):
            return value
        text = str(value).strip().lower().removesuffix("b").removesuffix("i")
        number, unit = (text[:-1], text[-1:]) if text[-1:] in ("k", "m", "g") else (text, "")
        if not number.isdigit() or not int(number):
            self.fail(f"{value!r} is no size; write bytes, or 512K, 8M, 1G", param, ctx)
        return int(number) * _UNITS[unit]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="INPUT...", type=click.Path())
@click.option("-o", "--output", "lake", required=True, metavar="LAKE",
              help="Folder, or address of an object store (s3://...), in which the lake is or is made.")  # fmt: skip
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True,
              help="Processes of this machine, or a Spark cluster (needs detente[spark] and Java).")  # fmt: skip
@click.option("--master", metavar="URL", help="Spark's master: local[4], spark://host:7077, yarn, k8s://...")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes, or cores of the cluster.  [default: all]"
)
@click.option("--shard-size", type=Size(), metavar="SIZE",
              help="Bytes of input that are read and committed as one (512K, 8M).  [default: a 64th, 128K to 8M]")  # fmt: skip
@click.option("--patience", type=click.FloatRange(min=1), default=3600, show_default=True, metavar="SECONDS",
              help="After how long with one shard a process is taken to hang (local).")  # fmt: skip
@click.option("--json-log", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Append progress to FILE, a line of JSON for each shard.")  # fmt: skip
@click.option("--stories", is_flag=True,
              help="Then find, on the same engine, which articles copy one another and which events are one.")  # fmt: skip
@input_options
@columns_option
@actors_option
@judge_option
@model_option
@common
def command(
    paths: tuple[str, ...],
    lake: str,
    engine: str,
    master: str | None,
    workers: int | None,
    shard_size: int | None,
    patience: float,
    json_log: Path | None,
    stories: bool,
    input_format: str,
    columns: tuple[tuple[str, str], ...],
    published: date | None,
    actors: Path | None,
    judge: str,
) -> None:
    """Read many articles, on all cores or a cluster.

    INPUT is a file or a folder. A run that was broken off, however that came about, goes on when it is started again.
    Afterwards `detente add DIR LAKE` takes the lake over into an observatory, without reading it again.
    """
    session = Session.start()
    running = _engine(engine, master, workers, patience)
    from detente.observatory.coding import code, tell

    with watching(session.err) as watch:
        report = code(
            paths,
            lake,
            engine=running,
            published=published.isoformat() if published else None,
            input_format=input_format,
            columns=dict(columns),
            model=session.model,
            judge=judge,
            actors=actors,
            shard_size=shard_size,
            log=json_log,
            on_progress=watch.step,
        )
    told = _told(report, lake)
    log.info("%s", told)
    click.echo(told)
    losses = Losses(unread=report.unread + report.lost, untold=max(report.failures + report.lost - len(report.told), 0))
    for stored in report.told:
        losses.add(stored.failure, stored.article)
    losses.tell()  # before the second step, which may fail
    if stories:
        step = tell(lake, engine=running)
        click.echo(
            f"{counted(step.articles, 'article')} tell {step.stories:,} stories; {step.copied:,} have copies, {counted(step.events, 'event')} merged"
        )
    losses.end()


def _engine(name: str, master: str | None, workers: int | None, patience: float) -> Engine:
    if name == "spark":
        from detente.engines.spark import Spark

        return Spark(master, cores=workers)
    if master is not None:
        raise click.UsageError("--master is Spark's: add --engine spark, or leave it out")
    from detente.engines import Local

    return Local(workers, patience=patience)


def _told(at: Progress, lake: str) -> str:
    """What a run did, in one line or two."""
    if not at.shards and not at.lost:
        return f"nothing new: {counted(at.earlier, 'shard')} done before"
    parts = [f"{counted(at.articles, 'article')} read into {lake} ({counted(at.shards, 'shard')}"]
    parts[0] += f", {at.earlier:,} more done before)" if at.earlier else ")"
    parts += [f"{counted(at.unread, 'input')} not read"] if at.unread else []
    parts += [f"{counted(at.lost, 'shard')} given up"] if at.lost else []
    rate = f"{at.words:,} words in {duration(at.seconds)}: {at.rate(at.articles):,.1f} articles/s, {at.rate(at.words):,.0f} words/s"
    return ", ".join(parts) + f"\n{rate}"


def duration(seconds: float) -> str:
    """45 s, 12 min, 3 h 20 min, 5 days."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{hours / 24:,.0f} days"
