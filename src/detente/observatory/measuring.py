"""The series of all dyads of an observatory: worked out once for each state of its records, and kept beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.observatory.origins import OWN

if TYPE_CHECKING:
    from detente.observatory.telling import Storyteller
    from detente.relations.columns import Columns
    from detente.relations.records import Pool
    from detente.relations.whole import Whole
    from detente.store import Store
    from detente.store.derived import Kept
    from detente.store.snapshot import Snapshot
    from detente.store.sums import StoredSumTable

VERSION = 1  # of the measures: another one whenever their numbers change
_RATES = ("mean", "low50", "high50", "low90", "high90")

type Days = tuple[tuple[date, int], ...]
type OnStep = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose series, by which period, from which events. directed: (doer, other), else both ways together."""

    origin: str = OWN
    by: str = "month"
    since: date | None = None
    as_of: date | None = None
    directed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The series of all dyads, or of one. end: the last day; None where there is no event. articles: how many were read in each
    period. fresh: worked out now, and not found.
    """

    asked: Asked
    whole: Whole
    end: date | None
    articles: Mapping[str, int]
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReport:
    """dyads: pairs with any event. periods: of the longest series. filled: pairs and periods in which anything happened.
    fresh: worked out now; False when it was there already.
    """

    origin: str
    by: str
    as_of: str | None
    dyads: int
    periods: int
    filled: int
    fresh: bool


def measure(store: Store, told: Storyteller, asked: Asked, on_step: OnStep = lambda _: None) -> MeasureReport:
    """Sees to it that the series of all dyads are kept."""
    found = measured(store, told, asked, on_step)
    return MeasureReport(
        origin=asked.origin,
        by=asked.by,
        as_of=found.end.isoformat() if found.end else None,
        dyads=len(found.whole.columns.dyads),
        periods=len(found.whole.columns.periods),
        filled=len(found.whole.columns.dyad),
        fresh=found.fresh,
    )


def measured(store: Store, told: Storyteller, asked: Asked, on_step: OnStep = lambda _: None) -> Measured:
    """The series of all dyads: those kept, else made now. on_step: hears in words what is being done."""
    from detente.store import derived
    from detente.store.limit import turn

    def question(at: Snapshot) -> Measured:
        key = _key(store, at, asked)
        if (found := derived.kept(store.folder, key)) is not None:
            return _unpacked(found, asked)
        with turn(told.measuring):  # of many threads that ask for the same, one works it out
            if (found := derived.kept(store.folder, key)) is not None:
                return _unpacked(found, asked)
            fresh = made(at, told, asked, on_step)
            derived.keep(store.folder, at.manifest, key, _packed(fresh))
        return fresh

    return store.ask(question)


def measured_one(store: Store, told: Storyteller, asked: Asked, pair: tuple[str, str]) -> Measured:
    """The same for one dyad: of what is kept, only its part is read. Its dyads are none when it has no event."""
    from detente.store import derived

    def question(at: Snapshot) -> Measured | None:
        where = dict(zip("ab", pair, strict=True))
        found = derived.kept_part(store.folder, _key(store, at, asked), "dyads", where, "series")
        return _unpacked(found, asked) if found else None

    found = store.ask(question)
    if found is None:
        measured(store, told, asked)
        found = store.ask(question)
    return found or _only(measured(store, told, asked), pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Sums of all dyads. every: of all events, which the pool is fitted on. sums: without those dated later than `end`, the last day
    read; series are made of these. read, stories: how many articles, and stories, were read on each day (of imports: events).
    """

    every: StoredSumTable
    sums: StoredSumTable
    read: Days
    stories: Days
    end: date | None


def counted(at: Snapshot, told: Storyteller, asked: Asked) -> Counted:
    """What all measures are made of."""
    from detente.store import queries
    from detente.store.imported import imported_days
    from detente.store.sums import imported_sums

    by, directed, since, as_of = asked.by, asked.directed, asked.since, asked.as_of
    if asked.origin != OWN:
        read = imported_days(at, origin=asked.origin, as_of=as_of)
        sums = imported_sums(at, origin=asked.origin, by=by, directed=directed, since=since, as_of=as_of)
        return Counted(every=sums, sums=sums, read=read, stories=read, end=as_of or _last(read))
    read = queries.days(at, as_of=as_of)
    end = as_of or _last(read)
    every = told.sums(at, by=by, directed=directed, since=since, as_of=as_of)
    sums = told.sums(at, by=by, directed=directed, since=since, as_of=as_of, until=end)
    return Counted(every=every, sums=sums, read=read, stories=told(at, as_of).days(), end=end)


def _last(days: Days) -> date | None:
    return days[-1][0] if days else None


def _key(store: Store, at: Snapshot, asked: Asked) -> str:
    from detente.store.derived import key_of

    return key_of(store.folder, at.manifest, VERSION, asked)


def made(at: Snapshot, told: Storyteller, asked: Asked, on_step: OnStep = lambda _: None) -> Measured:
    """The series of all dyads, made anew at one generation."""
    from detente.relations.columns import columns_of_sums
    from detente.relations.pooling import fallback, pooled
    from detente.relations.series import by_period
    from detente.relations.whole import whole_of

    on_step("counting")
    found, by = counted(at, told, asked), asked.by
    stories = by_period(found.stories, by)
    on_step(f"fitting what {len(found.every.dyads):,} pairs share")
    every = columns_of_sums(found.every, by, stories)
    pool = pooled(every, by) if every.dyads else fallback(by)
    on_step(f"following {len(found.sums.dyads):,} pairs")
    whole = whole_of(columns_of_sums(found.sums, by, stories, found.end), pool)
    return Measured(asked=asked, whole=whole, end=found.end, articles=by_period(found.read, by), fresh=True)


def _only(found: Measured, pair: tuple[str, str]) -> Measured:
    """One dyad of all: for a folder that cannot be written."""
    from dataclasses import replace

    packed = _packed(found)
    heads, series = (dict(packed.tables[name]) for name in ("dyads", "series"))
    rows = [n for n, (a, b) in enumerate(zip(heads["a"], heads["b"], strict=True)) if (a, b) == pair]
    first, number = (int(heads[name][rows[0]]) if rows else 0 for name in ("first", "number"))
    heads = {
        name: [values[n] for n in rows] if isinstance(values, list) else values[rows] for name, values in heads.items()
    }
    part = {name: values[first : first + number] for name, values in series.items()}
    return _unpacked(replace(packed, tables={**packed.tables, "dyads": heads, "series": part}), found.asked)


def _packed(found: Measured) -> Kept:
    import numpy as np

    from detente.records import to_json
    from detente.relations.columns import PARTS
    from detente.store.derived import Kept

    whole, columns = found.whole, found.whole.columns
    number = np.bincount(columns.dyad, minlength=len(columns.dyads))
    rates = {
        f"{kind}_{part}": getattr(getattr(whole, kind), part) for kind in ("friction", "exchange") for part in _RATES
    }
    series = {
        "period": columns.period.astype(np.int32),
        **{part: getattr(columns, part) for part in PARTS},
        "level": whole.history.level,
        "variance": whole.history.variance,
        **rates,
    }
    dyads = {
        "a": [a for a, _ in columns.dyads],
        "b": [b for _, b in columns.dyads],
        "first": np.cumsum(number) - number,
        "number": number,
        "level": whole.now.level,
        "variance": whole.now.variance,
    }
    periods = {
        "period": list(columns.periods),
        "stories": columns.stories,
        "articles": np.array([found.articles.get(period, 0) for period in columns.periods], dtype=np.int64),
    }
    note = {"pool": to_json(whole.pool), "end": found.end.isoformat() if found.end else None}
    return Kept(tables={"series": series, "dyads": dyads, "periods": periods}, note=json.dumps(note))


def _unpacked(found: Kept, asked: Asked) -> Measured:
    import numpy as np

    from detente.relations.levels import Levels
    from detente.relations.rates import Rates
    from detente.relations.whole import Whole

    series, dyads, periods = (found.tables[name] for name in ("series", "dyads", "periods"))
    note = json.loads(found.note)
    names = tuple(periods["period"])
    columns = _columns(series, dyads, names, np.asarray(periods["stories"], dtype=float))
    rates = [Rates(**{part: series[f"{kind}_{part}"] for part in _RATES}) for kind in ("friction", "exchange")]
    return Measured(
        asked=asked,
        whole=Whole(
            columns=columns,
            pool=_pool(note["pool"]),
            history=Levels(level=series["level"], variance=series["variance"]),
            now=Levels(level=dyads["level"], variance=dyads["variance"]),
            friction=rates[0],
            exchange=rates[1],
        ),
        end=date.fromisoformat(note["end"]) if note["end"] else None,
        articles=dict(zip(names, (int(number) for number in periods["articles"]), strict=True)),
    )


def _columns(series: Mapping[str, Any], dyads: Mapping[str, Any], periods: tuple[str, ...], stories: Any) -> Columns:
    import numpy as np

    from detente.relations.columns import PARTS, Columns

    return Columns(
        dyads=tuple(zip(dyads["a"], dyads["b"], strict=True)),
        periods=periods,
        dyad=np.repeat(np.arange(len(dyads["a"]), dtype=np.intp), dyads["number"]),
        period=series["period"].astype(np.intp),
        stories=stories,
        **{part: series[part] for part in PARTS},
    )


def _pool(raw: Mapping[str, Any]) -> Pool:
    from detente.records import from_json
    from detente.relations.records import Pool, Prior

    priors = {kind: from_json(Prior, raw[kind]) for kind in ("friction", "exchange")}
    return Pool(**(dict(raw) | priors))
