"""`detente watch`: news feeds into an observatory."""

from __future__ import annotations

import logging
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.harmless import harmless
from detente.cli.options import common, folder_argument, judge_option, model_option
from detente.cli.session import Session
from detente.cli.words import counted
from detente.records import Failure, to_json

if TYPE_CHECKING:
    from rich.status import Status

    from detente.observatory.watching import PollReport, Step

log = logging.getLogger("detente.cli.watch")

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHOWN = 5  # failures of a poll that are told one by one


class Interval(click.ParamType[float]):
    """A time between two polls, written 90s, 15m, 2h or 1d. Gives seconds."""

    name = "interval"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The seconds, or a usage error that shows the form."""
        if isinstance(value, int | float):
            return float(value)
        match = re.fullmatch(r"(\d{1,6})\s*([smhd])", str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no time, written as 90s, 15m, 2h or 1d", param, ctx)
        return float(int(match[1]) * _UNITS[match[2]])


@click.command()
@folder_argument
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option("--once", is_flag=True, help="Poll once and end; for cron and the like.")
@click.option(
    "--every",
    type=Interval(),
    default="15m",
    show_default=True,
    metavar="TIME",
    help="Time from one poll to the next: 90s, 15m, 2h, 1d; a minute at least.",
)
@click.option(
    "--pace",
    type=click.FloatRange(min=0),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="Time between two requests to one host, at least.",
)
@click.option(
    "--tries",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="How often a page that cannot be had is asked for before it is given up.",
)
@click.option(
    "--user-agent",
    "contact",
    metavar="CONTACT",
    help="A mail or web address, told to every site beside the program's name.",
)
@click.option(
    "--allow-private", is_flag=True, help="Also ask this machine and private networks. Only for feeds you trust."
)
@click.option("--allow-downgrade", is_flag=True, help="Also follow redirects from https to http.")
@click.option(
    "--log",
    "form",
    type=click.Choice(["plain", "json"]),
    default="plain",
    show_default=True,
    help="plain: a line for each poll; json: one object for each step, one a line.",
)
@judge_option
@model_option
@common
def command(
    folder: Path,
    feeds: tuple[str, ...],
    once: bool,
    every: float,
    pace: float,
    tries: int,
    contact: str | None,
    allow_private: bool,
    allow_downgrade: bool,
    form: str,
    judge: str,
) -> None:  # fmt: skip
    """Follow news feeds: fetch, read and keep their articles.

    FEEDS are addresses (RSS, Atom, JSON Feed), files with one address a line, and OPML files, in any mixture. Asks politely,
    does what each site's robots.txt says, and never asks this machine or a private network. Ctrl-C ends it after the
    current article; what was begun goes on with the next run.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory

    observatory = Observatory.open(folder)
    unread = 0
    with _ending() as clock, _shown(session, form) as shown:
        reports = observatory.watch(
            feeds,
            every=None if once else every,
            pace=pace,
            tries=tries,
            contact=contact,
            allow_private=allow_private,
            allow_downgrade=allow_downgrade,
            model=session.model,
            judge=judge,
            on_step=shown.step,
            clock=clock,
        )
        for report in reports:
            shown.poll(report)
            unread = report.failed + report.unread
    if once and unread:
        click.get_current_context().exit(1)


class _Clock:
    """The time of this machine; waiting ends when the run is asked to end."""

    def __init__(self) -> None:
        self.ending = threading.Event()

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        from detente.sources.fetching import Stopped

        if self.ending.wait(seconds):
            raise Stopped


@contextmanager
def _ending() -> Iterator[_Clock]:
    """A clock that Ctrl-C and SIGTERM stop: the first asks the run to end after the current article, the second ends it
    at once (which loses nothing either)."""
    clock = _Clock()

    def asked(number: int, _: object) -> None:
        if clock.ending.is_set():
            signal.signal(number, signal.default_int_handler)
            raise KeyboardInterrupt
        clock.ending.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield clock
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Shown:
    """Tells what happens: a line for each poll, steps beside it where somebody watches, or everything as JSON."""

    def __init__(self, form: str, status: Status | None) -> None:
        self._form, self._status = form, status

    def step(self, step: Step) -> None:
        """Something happened within a poll."""
        log.info("%s %s: %s", step.kind, step.where, step.told)
        if self._form == "json":
            self._line({"event": "step", "time": _now(), **to_json(step)})
        elif self._status:
            left = f" · {counted(step.left, 'article')} to fetch" if step.left else ""
            words = (
                f"Waiting {step.told} for {step.where}"
                if step.kind == "wait"
                else f"{step.where[:60]}: {step.told[:60]}"
            )
            self._status.update(words + left)

    def poll(self, report: PollReport) -> None:
        """A poll is done."""
        if self._form == "json":
            self._line({"event": "poll", **to_json(report)})
            return
        click.echo(f"{report.began}  {told(report)}")
        lines = [
            *map(_told_failure, report.failures),
            *map(_told_failure, report.trouble),
        ]
        for line in lines[:_SHOWN]:
            click.echo(f"  {harmless(line)}", err=True)
        if len(lines) > _SHOWN:
            click.echo(f"  ... and {len(lines) - _SHOWN} more like this; --log json shows all", err=True)
        sys.stdout.flush()
        if self._status:
            self._status.update("Asleep until the next poll")

    def _line(self, value: dict[str, Any]) -> None:
        from detente.cli.output import line

        sys.stdout.buffer.write(line(value))
        sys.stdout.buffer.flush()


@contextmanager
def _shown(session: Session, form: str) -> Iterator[_Shown]:
    if form == "json" or not session.err.is_terminal:
        yield _Shown(form, None)
        return
    with session.err.status("Asking feeds") as status:
        yield _Shown(form, status)


def told(report: PollReport) -> str:
    """One poll in one line."""
    unchanged = " unchanged" if report.unchanged == report.feeds else f" ({report.unchanged} unchanged)"
    asked = [f"{counted(report.feeds, 'feed')}{unchanged if report.unchanged else ''}"] if report.feeds else []
    asked += [f"{counted(report.unread, 'feed')} not read"] if report.unread else []
    asked += [f"{counted(report.resting, 'feed')} left alone for now"] if report.resting else []
    parts = [f"{report.new} new" if report.new else "nothing new"]
    parts += [f"{report.changed} changed"] if report.changed else []
    parts += [f"{counted(report.added, 'article')} added"] if report.added else []
    parts += [f"{report.from_feed} from the feed's own text"] if report.from_feed else []
    parts += [f"{report.revised} revised"] if report.revised else []
    parts += [f"{report.same} there already"] if report.same else []
    parts += [f"{report.removed} passed over, removed earlier"] if report.removed else []
    parts += [f"{report.failed} not to be had"] if report.failed else []
    parts += [f"{report.waiting} left for later"] if report.waiting else []
    parts += [f"{report.held} fetched but not read yet"] if report.held else []
    ended = "; ended as asked" if report.stopped else ""
    return f"{', '.join(asked) or 'no feed asked'}: {', '.join(parts)}{ended}"


def _told_failure(failure: Failure) -> str:
    return f"{failure.where}: {failure.reason}"


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
