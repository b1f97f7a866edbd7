"""Foreign formats, written: one `Layout` each. What a format has no room for is counted, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.ontology import cameo_entry
from detente.store.formats.codes import cameo_of, says_mode
from detente.store.formats.form import Format
from detente.store.formats.line import Line

type Rows = Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How lines become rows of a format. folded: see `line_of`. rows: of one line, none where the format cannot carry it.

    refusal: why it cannot, None where it can. lacks: what of the line its rows do not say, in words.
    """

    form: Format
    folded: bool
    rows: Callable[[Line], Rows]
    refusal: Callable[[Line], str | None]
    lacks: Callable[[Line], Iterator[str]]


def cameo(line: Line) -> str | None:
    """The CAMEO code of a line: its own, else the one that its type and mode leave."""
    if line.cameo or line.type is None:
        return line.cameo
    return cameo_of(line.type, line.mode, line.contexts)


def no_cameo(line: Line) -> str | None:
    """Why a format of CAMEO codes cannot carry a line."""
    if not line.sources and not line.targets:
        return "without a side"
    return None if cameo(line) else "without a CAMEO code that says it"


def unsaid_by_cameo(line: Line) -> Iterator[str]:
    """What the code of a line does not say of the deed."""
    code = cameo(line) or ""
    entry = cameo_entry(code)
    if line.mode and not says_mode(code, line.mode):
        yield "the mode"
    if set(line.contexts) - set(entry.contexts if entry else ()):
        yield "contexts"


def number(value: float | None, nothing: str) -> str:
    """A number as short as it can be read back: 4.0, -2.35."""
    return nothing if value is None else repr(float(value))
