"""What goes in comes out: any record that can be written down is the same when it is read back."""

from __future__ import annotations

import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from detente.records import Article, Failure, Reading
from detente.store import Store, queries
from detente.store.segment import write_segment

_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(min_value=0, max_value=2**40),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
}


UNKEPT = ("explanation", "silent")  # made when asked for, never stored


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Every value that a type hint of the records allows."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    if get_origin(hint) in (types.UnionType, Union):
        return st.none() | anything(next(a for a in get_args(hint) if a is not type(None)))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if Ellipsis in inner:
            return st.lists(anything(inner[0]), max_size=2).map(tuple)
        return st.tuples(*map(anything, inner))
    assert is_dataclass(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{f.name: anything(hints[f.name]) for f in fields(hint) if f.name not in UNKEPT})


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking so large a record takes minutes
READINGS = st.builds(
    lambda reading, id, text, day: replace(
        reading, schema=1, article=replace(reading.article, id=id, text=text, published=day)
    ),
    anything(Reading),
    st.text(max_size=8),
    st.text(min_size=1, max_size=40),
    st.none() | st.dates().map(str),
)


@given(READINGS)
@settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
def test_any_reading_comes_back_as_it_was(reading: Reading) -> None:
    with TemporaryDirectory() as folder, in_store(Path(folder) / "o", reading) as store:
        assert store.ask(lambda at: queries.reading(at, reading.article.id)) == reading


@contextmanager
def in_store(folder: Path, reading: Reading) -> Iterator[Store]:
    store = Store.create(folder)
    with store.writer() as writer:
        assert writer.add([reading], coder="c", knowledge="k")
    yield store
    store.close()


def test_the_same_readings_make_the_same_segment(tmp_path: Path, make: Any) -> None:
    readings = [make("a"), make("b")]
    first = write_segment(readings, tmp_path / "one", coder="c", knowledge="k")
    second = write_segment(readings, tmp_path / "two", coder="c", knowledge="k")
    assert first == second
    assert [p.read_bytes() for p in sorted((tmp_path / "one").iterdir())] == [
        p.read_bytes() for p in sorted((tmp_path / "two").iterdir())
    ]
    assert first != write_segment([make("a")], tmp_path / "three", coder="c", knowledge="k")


def test_an_input_that_gave_no_article_is_kept_as_a_failure(store: Store) -> None:
    lost = Reading(article=Article(id="lost", text=""), failures=(Failure(stage="source", reason="empty"),))
    with store.writer() as writer:
        assert writer.add([lost], coder="c", knowledge="k")
        assert writer.add([lost], coder="c", knowledge="k") is None
    assert [(f.article, f.failure.reason) for f in store.ask(queries.failures)] == [("lost", "empty")]
    assert store.counts().articles == 0


def test_odd_folder_names_are_no_pattern(tmp_path: Path, make: Any) -> None:
    store = Store.create(tmp_path / "o[ab]'s *?")
    with store.writer() as writer:
        writer.add([make("a")], coder="c", knowledge="k")
    assert store.counts().events == 1
