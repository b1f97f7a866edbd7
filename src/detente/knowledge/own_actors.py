"""A user's own actors: a table that adds to those that ship with the package, and overrides them.

Tab-separated, with a header; `#` begins a comment, columns may come in any order, all but `name` may be left out:

    name      as the text writes it             start, end  first and last day of the role: 2021-05-04, 2021-05 or 2021
    aliases   other names, separated by ";"     kind        person or organization; without it, who has a role is a person
    country   name, demonym or ISO code         sectors     PLOVER, at most two, separated by ";"
    role      an office or a calling

An empty cell says nothing: the package's tables stand. A "-" says that there is none. One person may have several rows,
one for each role, when their days do not overlap.
"""

from __future__ import annotations

import difflib
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from detente.errors import TableError, UnknownNameError
from detente.knowledge.agents import agents
from detente.knowledge.countries import countries, fold
from detente.knowledge.spelling import skeleton, words_of
from detente.ontology import SECTORS
from detente.records import digest

COLUMNS = ("name", "aliases", "country", "sectors", "role", "start", "end", "kind")
KINDS = ("person", "organization")
NONE = "-"
_INITIAL = re.compile(r"\b[^\W\d_]\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnActor:
    """One row. None: the row says nothing of it. country "", role "" and sectors (): it says that there is none.

    start, end: both included, as written. line: of the file.
    """

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sectors: tuple[str, ...] | None = None
    role: str | None = None
    start: str = ""
    end: str = ""
    kind: str = ""
    line: int = field(default=0, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def dated(self) -> bool:
        """Whether it holds on some days only."""
        return bool(self.start or self.end)

    def holds(self, day: date | None) -> bool:
        """Whether role and sectors hold on that day; without a day, only those do that hold always."""
        if not self.dated:
            return True
        return day is not None and _first(self.start) <= day <= _last(self.end)

    def over(self, day: date | None) -> bool:
        """Whether the row's end proves that it no longer holds on that day."""
        return bool(self.end) and day is not None and day > _last(self.end)

    def cells(self) -> tuple[str, ...]:
        """The row as it would be written, in the order of COLUMNS."""
        country = NONE if self.country == "" else self.country or ""
        sectors = NONE if self.sectors == () else ";".join(self.sectors or ())
        role = NONE if self.role == "" else self.role or ""
        return (self.name, ";".join(self.aliases), country, sectors, role, self.start, self.end, self.kind)


class OwnActors:
    """A user's table, checked. Two with the same rows are equal, whatever their comments and the order of their columns."""

    def __init__(self, rows: Iterable[OwnActor] = ()) -> None:
        self.rows = tuple(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[OwnActor]:
        return iter(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnActors) and self._canonical == other._canonical

    def __hash__(self) -> int:
        return hash(self.digest)

    @classmethod
    def load(cls, path: str | Path) -> OwnActors:
        """The table in a file. Raises TableError, naming the line, when it is wrong; OSError when there is no file."""
        path = Path(path)
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise TableError(
                f"{path}: expected UTF-8, found another encoding at byte {error.start}; save the table as UTF-8"
            ) from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, name: str = "actors.tsv") -> OwnActors:
        """The table in a text; `name` is what errors call it."""
        rows = [_row(line, cells, name) for line, cells in _cells(text, name)]
        _check_names(rows, name)
        return cls(rows)

    @cached_property
    def digest(self) -> str:
        """16 hex digits over the rows; "" when there are none."""
        return digest("own actors", *self._canonical) if self.rows else ""

    @property
    def text(self) -> str:
        """The rows as a table, without comments; "" when there are none."""
        lines = (COLUMNS, *(row.cells() for row in self.rows))
        return "".join("\t".join(map(_quoted, cells)) + "\n" for cells in lines) if self.rows else ""

    def of(self, words: tuple[str, ...]) -> tuple[OwnActor, ...]:
        """The rows of the actor with this name. words: from `words_of`; transliterations of longer names are the same."""
        return self._by_spelling.get(spelling(words), ())

    def actors(self) -> tuple[tuple[OwnActor, ...], ...]:
        """The rows, those of one actor together."""
        return self._together

    @cached_property
    def _together(self) -> tuple[tuple[OwnActor, ...], ...]:
        found: dict[str, list[OwnActor]] = {}
        for row in self.rows:
            found.setdefault(fold(row.name), []).append(row)
        return tuple(map(tuple, found.values()))

    def changed(self, other: OwnActors) -> frozenset[str]:
        """The names, with all aliases, of actors of whom the two tables do not say the same."""
        mine, theirs = ({frozenset(rows) for rows in table.actors()} for table in (self, other))
        return frozenset(name for rows in mine ^ theirs for row in rows for name in row.names)

    @cached_property
    def _canonical(self) -> tuple[tuple[str, ...], ...]:
        return tuple(sorted(row.cells() for row in self.rows))

    @cached_property
    def _by_spelling(self) -> dict[tuple[str, ...], tuple[OwnActor, ...]]:
        return {spelling(words_of(name)): rows for rows in self.actors() for row in rows for name in row.names}


NOBODY = OwnActors()  # the empty table


def own_actors(given: str | Path | OwnActors | None) -> OwnActors:
    """The table that a caller means: itself, the one in a file, or an empty one."""
    if isinstance(given, OwnActors):
        return given
    return OwnActors.load(given) if given is not None else NOBODY


def kind_of(rows: Iterable[OwnActor]) -> str:
    """What the rows of one actor make of it: person, organization, or "" where they leave that to the text."""
    rows = tuple(rows)
    told = next((row.kind for row in rows if row.kind), "")
    return told or ("person" if any(row.role for row in rows) else "")


def spelling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The form in which names are compared: of names of several words, transliterations are equal."""
    return tuple(skeleton(w) if len(w) > 3 else w for w in words) if len(words) > 1 else words


def _cells(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] = []
    for line, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        cells = [_plain(cell) for cell in row.split("\t")]
        if not header:
            header = [cell.lower() for cell in cells]
            _check_header(header, f"{name}:{line}")
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise TableError(f"{name}:{line}: expected {len(header)} cells, as the header has, found {len(cells)}")
        yield line, dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
    if not header:
        raise TableError(f"{name}: expected a header ({', '.join(COLUMNS[:-1])}), found an empty table")


def _plain(cell: str) -> str:
    """A cell without the quotation marks that spreadsheets put around some."""
    cell = cell.strip()
    return cell[1:-1].replace('""', '"').strip() if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _quoted(cell: str) -> str:
    """A cell that reads as it is: one within quotation marks gets them twice."""
    return '"' + cell.replace('"', '""') + '"' if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _check_header(header: list[str], where: str) -> None:
    if len(header) == 1 and ("," in header[0] or ";" in header[0]):
        raise TableError(f"{where}: expected tabs between the columns, found {header[0]!r}; save it as tab-separated")
    for cell in header:
        if cell not in COLUMNS:
            near = difflib.get_close_matches(cell, COLUMNS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the columns are {', '.join(COLUMNS)}"
            raise TableError(f"{where}: there is no column {cell!r}; {hint}")
    if "name" not in header or len(set(header)) < len(header):
        raise TableError(f"{where}: expected a column `name` and no column twice, found {', '.join(header)}")


def _row(line: int, cells: dict[str, str], name: str) -> OwnActor:
    where = f"{name}:{line}"
    row = OwnActor(
        name=cells["name"],
        aliases=tuple(dict.fromkeys(_values(cells["aliases"]))),
        country=_country(cells["country"], where),
        sectors=_sectors(cells["sectors"], where),
        role="" if cells["role"] == NONE else cells["role"] or None,
        start=_day(cells["start"], where),
        end=_day(cells["end"], where),
        kind=cells["kind"].lower(),
        line=line,
    )
    if row.kind not in ("", *KINDS):
        raise TableError(f"{where}: expected the kind {' or '.join(KINDS)}, found {row.kind!r}")
    if row.kind == "organization" and row.role:
        raise TableError(f"{where}: a role is a person's, found {row.role!r} for an organisation; leave the cell empty")
    if row.dated and _first(row.start) > _last(row.end):
        raise TableError(f"{where}: {row.name} starts on {row.start}, after the end on {row.end}; turn them round")
    for given in row.names:
        _check_name(given, where)
        if row.kind != "organization" and _INITIAL.search(given) and len(words_of(given)) == 1:
            raise TableError(f"{where}: {given!r} has but an initial beside the surname; write the full name")
    return row


def _check_name(given: str, where: str) -> None:
    if not any(letter.isalnum() for letter in given) or given.startswith("#"):
        raise TableError(f"{where}: expected a name, found {given or 'none'}")
    if given == given.lower() and given != given.upper():
        raise TableError(f"{where}: {given!r} has no capital letter; write names as the articles do")
    if given.lower() in agents():
        raise TableError(f"{where}: {given!r} is a word for many; write a name that is one actor's own")
    if countries().named(given) or countries().demonym(given):
        raise TableError(f"{where}: {given!r} is a country; the table is for people and organisations")


def _check_names(rows: list[OwnActor], name: str) -> None:
    """One name is one actor's; an actor with several rows has one role at a time."""
    held: dict[tuple[str, ...], OwnActor] = {}
    for row in rows:
        for given in row.names:
            first = held.setdefault(spelling(words_of(given)), row)
            if fold(first.name) != fold(row.name):
                raise TableError(
                    f"{name}:{row.line}: {given!r} is a name of {first.name} (line {first.line}), too, or a spelling of one"
                )
    for i, row in enumerate(rows):
        for earlier in rows[:i]:
            if fold(earlier.name) == fold(row.name):
                _check_second(earlier, row, f"{name}:{row.line}")


def _check_second(first: OwnActor, second: OwnActor, where: str) -> None:
    if not (first.role and second.role):
        raise TableError(
            f"{where}: {second.name!r} is given twice (line {first.line}); several rows need roles and days"
        )
    if _first(first.start) <= _last(second.end) and _first(second.start) <= _last(first.end):
        raise TableError(
            f"{where}: {second.name} has two roles on the same days (line {first.line}); give start and end so that "
            "they do not overlap"
        )


def _values(cell: str) -> Iterator[str]:
    return (value.strip() for value in cell.split(";") if value.strip())


def _country(cell: str, where: str) -> str | None:
    if cell in ("", NONE):
        return "" if cell else None
    try:
        return countries().resolve(cell).code
    except UnknownNameError as error:
        raise TableError(f"{where}: {error}") from error


def _sectors(cell: str, where: str) -> tuple[str, ...] | None:
    if cell in ("", NONE):
        return () if cell else None
    found = tuple(dict.fromkeys(value.upper() for value in _values(cell)))
    for sector in found:
        if sector not in SECTORS:
            near = difflib.get_close_matches(sector, SECTORS, n=2)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(SECTORS)}"
            raise TableError(f"{where}: there is no sector {sector!r}; {hint}")
    if len(found) > 2:
        raise TableError(f"{where}: expected at most two sectors, found {len(found)}")
    return found


def _day(cell: str, where: str) -> str:
    try:
        if cell and len(cell) not in (4, 7, 10):
            raise ValueError
        _first(cell)
    except ValueError:
        raise TableError(f"{where}: expected a day (2021-05-04), month or year, found {cell!r}") from None
    return cell


def _first(text: str) -> date:
    """The first day of a day, month or year; of nothing, the first there is."""
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10]) if text else date.min


def _last(text: str) -> date:
    """The last day of the same; of nothing, the last there is."""
    if not text:
        return date.max
    first = _first(text)
    if len(text) == 10:
        return first
    month = 12 if len(text) == 4 else first.month
    return date(first.year, month, monthrange(first.year, month)[1])
