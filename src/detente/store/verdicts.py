"""The journal of verdicts: lines are only ever added, under a lock of its own, so that whoever judges waits for no writer."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path

from detente.errors import StoreError
from detente.records import EventVerdict, from_json, to_json
from detente.store.lock import held
from detente.store.segment import sync_folder

NAME = "verdicts.jsonl"
LOCK = ".verdicts.lock"
_WAIT = 10.0  # seconds that a verdict waits for another one

type Key = tuple[str, str]  # article, event


def note(folder: Path, verdict: EventVerdict) -> None:
    """Adds a verdict: it is on disk when this returns. Raises BusyError when others judge for too long, StoreError."""
    line = json.dumps(to_json(verdict), ensure_ascii=True).encode("ascii") + b"\n"
    with held(folder, LOCK, _WAIT), (folder / NAME).open("ab") as stream:
        if stream.tell() and not _ends(folder / NAME):
            line = b"\n" + line  # whoever wrote before was killed in the middle of a line
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


def journal(folder: Path) -> tuple[EventVerdict, ...]:
    """Every verdict, the oldest first. A line that was cut short, when its writer was killed, is none."""
    found = []
    for line in _lines(folder):
        try:
            found.append(from_json(EventVerdict, json.loads(line)))
        except (ValueError, TypeError, AttributeError):
            continue
    return tuple(found)


def standing(verdicts: Collection[EventVerdict]) -> Mapping[Key, EventVerdict]:
    """The events that are held to be wrong: by the last verdict on each."""
    last = {(verdict.article, verdict.event): verdict for verdict in verdicts}
    return {key: verdict for key, verdict in last.items() if verdict.verdict == "wrong"}


def stamp(folder: Path) -> int:
    """Another number whenever a verdict was added: the length of the journal, in bytes."""
    try:
        return (folder / NAME).stat().st_size
    except FileNotFoundError:
        return 0


def forget(folder: Path, articles: Collection[str]) -> None:
    """Erases the verdicts on articles that are removed for good."""
    kept = [verdict for verdict in journal(folder) if verdict.article not in articles]
    if len(kept) == len(_lines(folder)):
        return
    draft = folder / f"{NAME}.tmp"
    with held(folder, LOCK, _WAIT):
        kept = [verdict for verdict in journal(folder) if verdict.article not in articles]
        with draft.open("wb") as stream:
            stream.writelines(json.dumps(to_json(one), ensure_ascii=True).encode("ascii") + b"\n" for one in kept)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(folder / NAME)
        sync_folder(folder)


def _lines(folder: Path) -> list[bytes]:
    try:
        return (folder / NAME).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"{folder / NAME} cannot be read ({error.strerror}); check its permissions") from error


def _ends(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"
