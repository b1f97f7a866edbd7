"""Events as a store gives them, made up from a few numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from detente.records import Event, Evidence
from detente.relations.periods import days_of, periods

_SPAN = Evidence(start=0, end=1, text="x")


@dataclass(frozen=True, kw_only=True)
class Tale:
    event: Event
    article: str
    published: str | None
    origin: str
    source: str | None = "Fjord Post"
    sentence: str = "Norway praised Finland."

    @property
    def outlets(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    @property
    def origins(self) -> tuple[str, ...]:
        return (self.origin,)


def one_tale(
    number: int, value: float, day: date, *, origin: str | None = None, sides: tuple[str, str] = ("NOR", "FIN")
) -> Tale:
    """One deed of its own article; `number` tells it from others."""
    event = Event(
        id=f"e{number}",
        type="SUPPORT" if value >= 0 else "ACCUSE",
        span=_SPAN,
        trigger=Evidence(start=number, end=number + 1, text="x"),
        evidence=(_SPAN,),
        rule="r",
        coder="c",
        knowledge="k",
        intensity=value,
        source_countries=sides[:1],
        target_countries=sides[1:],
    )
    return Tale(
        event=event,
        article=f"a{number}",
        published=day.isoformat(),
        origin=origin or f"s{number}",
        source=("Fjord Post", "Skerry Mail", "Birch News")[number % 3],
    )


def run_of_months(number: int, start: date = date(2020, 1, 1)) -> list[str]:
    """So many months in a row."""
    return list(periods(start, date(start.year + number // 12 + 1, 12, 1), "month"))[:number]


def many_tales(levels: Sequence[float], each: int, *, noise: float = 2.0, seed: int = 3) -> list[Tale]:
    """Events scattered around a level a month, each of a story of its own; intensities are multiples of a half."""
    chance = np.random.default_rng(seed)
    found = []
    for month, level in zip(run_of_months(len(levels)), levels, strict=True):
        first = days_of(month)[0]
        for n in range(each):
            value = float(np.clip(np.round(2 * chance.normal(level, noise)) / 2, -10, 10))
            found.append(one_tale(len(found), value, first.replace(day=1 + n % 28)))
    return found


@pytest.fixture(scope="session")
def tale() -> Callable[..., Tale]:
    return one_tale


@pytest.fixture(scope="session")
def monthly() -> Callable[..., list[Tale]]:
    return many_tales


@pytest.fixture(scope="session")
def months() -> Callable[..., list[str]]:
    return run_of_months
