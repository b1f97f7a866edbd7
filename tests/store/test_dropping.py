"""An import goes for good: from every segment, with what had been kept aside of its files, and nothing else goes with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.errors import UnknownNameError, UsageError
from detente.observatory import Observatory
from detente.store import Store, take_in
from detente.store.writer import Writer

_HEAD = "date,source,target,type,origin,text"


def rows(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join([_HEAD, *lines]) + "\n", "utf8")
    return path


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def origins(observatory: Observatory) -> dict[str, int]:
    return {one.name: one.events for one in observatory.origins()}


@pytest.fixture
def mixed(store: Store, make: Any, tmp_path: Path) -> Observatory:
    """Own readings; two files of their own origin, one with a row kept aside; one file of two origins."""
    with store.writer() as writer:
        writer.add([make("a")], coder="c", knowledge="k")
    take_in(
        store, rows(tmp_path, "abacus.csv", "2020-01-02,NOR,FIN,AID,abacus,", "2020-13-02,NOR,FIN,AID,abacus,Skadi")
    )
    take_in(store, rows(tmp_path, "ledger.csv", "2020-01-02,NOR,FIN,AID,ledger,", "2020-14-02,NOR,FIN,AID,ledger,"))
    take_in(store, rows(tmp_path, "both.csv", "2020-02-02,NOR,SWE,AID,abacus,", "2020-02-02,NOR,SWE,AID,ledger,"))
    return Observatory.open(store.folder)


@pytest.mark.parametrize("compacted", [False, True])
def test_an_origin_goes_from_every_file(mixed: Observatory, store: Store, compacted: bool) -> None:
    if compacted:
        with store.writer() as writer:
            writer.compact()
    assert b"abacus" in everything(store.segments)
    report = mixed.remove_origin("abacus")
    assert (report.origin, report.events, report.refused, report.held) == ("abacus", 2, 1, ())
    assert origins(mixed) == {"ledger": 2}
    assert [one.failure.where for one in mixed.failures()] == ["ledger.csv:3"]
    assert (mixed.counts().articles, mixed.counts().events, mixed.counts().imported) == (1, 1, 2)
    assert b"abacus" not in everything(store.folder)
    mixed.check()
    assert mixed.counts().imported == sum(one.events for one in mixed.origins())


def test_the_last_import_leaves_no_segment_behind(store: Store, tmp_path: Path) -> None:
    take_in(store, rows(tmp_path, "ledger.csv", "2020-01-02,NOR,FIN,AID,ledger,"))
    observatory = Observatory.open(store.folder)
    observatory.remove_origin("ledger")
    assert (observatory.counts().segments, list(store.segments.glob("*"))) == (0, [])
    assert take_in(store, tmp_path / "ledger.csv").added == 1


def test_a_file_of_which_every_row_was_kept_aside_goes_with_its_origin(store: Store, tmp_path: Path) -> None:
    take_in(store, rows(tmp_path, "ledger.csv", "2020-01-02,NOR,FIN,AID,csv,"))
    take_in(store, rows(tmp_path, "worse.csv", "2020-13-02,NOR,FIN,AID,,"))
    observatory = Observatory.open(store.folder)
    assert (observatory.remove_origin("csv").refused, list(observatory.failures())) == (1, [])


def test_what_is_no_import(mixed: Observatory) -> None:
    before = mixed.counts()
    with pytest.raises(UnknownNameError, match="abacus, ledger"):
        mixed.remove_origin("icews")
    with pytest.raises(UsageError, match="article by article"):
        mixed.remove_origin("own")
    assert mixed.counts() == before


def test_a_crash_in_the_middle_leaves_all_or_nothing(
    mixed: Observatory, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Writer, "_commit", dies)
    with pytest.raises(KeyboardInterrupt):
        mixed.remove_origin("abacus")
    monkeypatch.undo()
    assert origins(mixed) == {"abacus": 2, "ledger": 2}
    assert mixed.remove_origin("abacus").events == 2


def test_an_import_may_say_whose_events_it_holds(store: Store, tmp_path: Path) -> None:
    lines = ["date,source,target,type", "2020-01-02,NOR,FIN,AID"]
    (tmp_path / "plain.csv").write_text("\n".join(lines), "utf8")
    assert take_in(store, tmp_path / "plain.csv", None, "ledger").origins == ("ledger",)
    for wrong in ("own", "", " ledger"):
        with pytest.raises(UsageError, match="name of an origin"):
            take_in(store, tmp_path / "plain.csv", None, wrong)
