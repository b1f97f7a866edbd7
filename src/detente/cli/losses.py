"""What could not be read, told in short on standard error."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from detente.cli.harmless import harmless
from detente.records import Failure, Reading

if TYPE_CHECKING:
    from detente.observatory import AddReport

log = logging.getLogger("detente.cli")

_SHOWN = 5  # lines on standard error before the rest is only counted
_REMARK = "source"  # a failure of this stage on an article that has text is a remark: the article was read


@dataclass
class Losses:
    """Collects failures. Only an input that was not read, or not to its end, makes the exit status 1.

    untold: failures beside those whose words are here.
    """

    unread: int = 0
    untold: int = 0
    lines: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, report: AddReport) -> Losses:
        """Those of one `add`."""
        losses = cls(unread=report.failed)
        for stored in report.failures:
            losses.add(stored.failure, stored.article)
        return losses

    def join(self, others: Losses) -> None:
        """Takes over what was lost elsewhere."""
        self.unread += others.unread
        self.lines += others.lines

    def note(self, reading: Reading) -> None:
        """Takes down what one reading lacks."""
        for failure in reading.failures:
            self.unread += not reading.article.text or failure.stage != _REMARK
            self.add(failure, reading.article.id)

    def add(self, failure: Failure, article: str) -> None:
        """Takes down the words of one failure."""
        self.lines.append(f"{failure.where or article}: {failure.reason}")
        log.info("failure (%s) %s", failure.stage, self.lines[-1])

    def report(self) -> None:
        """Tells, and ends the command with status 1 when something was not read."""
        self.tell()
        self.end()

    def tell(self) -> None:
        """Tells the first, and counts the rest."""
        for line in self.lines[:_SHOWN]:
            click.echo(harmless(line), err=True)
        left = len(self.lines[_SHOWN:]) + self.untold
        if left:
            click.echo(f"... and {left} more like this", err=True)

    def end(self) -> None:
        """Ends the command with status 1 when something was not read."""
        if self.unread:
            click.get_current_context().exit(1)
