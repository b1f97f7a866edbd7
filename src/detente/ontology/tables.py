"""Reads the tab-separated tables that ship beside the modules: `#` comments, then a header row, then rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from detente.errors import TableError

Rows = Iterator[tuple[int, dict[str, str]]]


def read_table(package: str, name: str, columns: Sequence[str]) -> Rows:
    """Yields (line number, row) of the table `name` in `package`.

    Raises TableError, naming file and line, when the header is not `columns` or a row has another number of cells.
    """
    return parse_table(files(package) / name, columns)


def parse_table(path: Traversable, columns: Sequence[str]) -> Rows:
    """As `read_table`, for a table anywhere: a user's own file, too."""
    header: list[str] | None = None
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != list(columns):
                raise TableError(
                    f"{path.name}:{number}: expected the columns {', '.join(columns)}; found {', '.join(cells)}"
                )
            continue
        if len(cells) > len(header):
            raise TableError(f"{path.name}:{number}: expected {len(header)} cells, found {len(cells)}")
        cells += [""] * (len(header) - len(cells))
        yield number, dict(zip(header, cells, strict=True))
