"""What a file of events says of itself in its first row: its format and its columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from detente.errors import InputError, UsageError
from detente.store.formats import FORMATS, Format
from detente.store.formats.rows import first_rows

_NAMED = 6  # columns that a message names
OWN = "own"  # stands for one's own readings: no file can have it


def format_of(path: Path, name: str | None) -> Format:
    """The format of that name; without one, the only one whose heading the file has.

    Raises UsageError for an unknown name, InputError when the first row does not tell.
    """
    if name is not None:
        if name not in FORMATS:
            raise UsageError(f"there is no format {name!r} to import; there are {', '.join(FORMATS)}")
        return FORMATS[name]
    found = [form for form in FORMATS.values() if _is_of(_heading(path, form), form)]
    if len(found) != 1:
        raise InputError(f"{path} does not tell its format by its first row; name it: --format {'|'.join(FORMATS)}")
    return found[0]


def origin_of(form: Format, origin: str | None) -> str:
    """Whose events the file holds. Raises UsageError for `own`, or for a name with blanks around it, or of nothing else."""
    if origin is None:
        return form.name
    if origin == OWN or not origin or origin != origin.strip():
        raise UsageError(f"expected the name of an origin, found {origin!r}; 'own' stands for your own readings")
    return origin


def columns_of(path: Path, form: Format) -> list[str]:
    """The file's columns, by the names the format knows. Raises InputError when some are lacking, or one is there twice."""
    cells = _heading(path, form)
    if not cells:
        raise InputError(f"{path} is empty; expected the columns {', '.join(form.columns)}")
    if not form.header:
        if len(cells) != len(form.columns):
            raise InputError(
                f"{path}:1: expected {len(form.columns)} columns of {form.name}, found {len(cells)}{_hint(path)}"
            )
        return list(form.columns)
    lacking = [column for column in form.columns if column not in form.optional and column not in cells]
    if lacking:
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        raise InputError(
            f"{path}:1: expected the columns of {form.name}; lacking: {', '.join(lacking[:_NAMED])}{more}{_hint(path)}"
        )
    if len(set(cells)) < len(cells):
        raise InputError(f"{path}:1: expected each column once, found {', '.join(cells)}")
    return cells


def _hint(path: Path) -> str:
    """Which other format the first row is of, where it tells."""
    found = [form.name for form in FORMATS.values() if _is_of(_heading(path, form), form)]
    return f"; its first row is that of {found[0]}" if len(found) == 1 else ""


def _is_of(cells: Sequence[str], form: Format) -> bool:
    if not form.header:
        return len(cells) == len(form.columns) and cells[0].isdigit()
    return bool(cells) and set(form.columns) - form.optional <= set(cells)


def _heading(path: Path, form: Format) -> list[str]:
    """The cells of the first row. A heading's names are put as the format has them; those without a name get a number."""
    first, second = first_rows(path, form)
    if not form.header:
        return first
    if len(second) < len(first):
        first = [name for name in first if name not in form.surplus]
    return [form.aliases.get(name, name) or f"column {place}" for place, name in enumerate(first, 1)]
