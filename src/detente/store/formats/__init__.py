"""Formats of event files coded elsewhere: one module and one statement each, and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from detente.store.formats.acled import ACLED
from detente.store.formats.form import Format
from detente.store.formats.gdelt import GDELT1, GDELT2
from detente.store.formats.icews import ICEWS
from detente.store.formats.plain import PLAIN
from detente.store.formats.polecat import POLECAT

FORMATS: Mapping[str, Format] = {form.name: form for form in (ICEWS, POLECAT, ACLED, GDELT1, GDELT2, PLAIN)}

__all__ = ["FORMATS", "Format"]
