"""The dateline: the words before the lead that say where, when and by whom a dispatch was filed."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"\s*(?P<words>[A-ZÀ-Þ][A-ZÀ-Þ'’.\- ]{2,40}(?:, [^()—–\n]{2,40}?)?(?: ?\([A-Za-z/ ]{2,30}\))?)\s*(?:—|–|--| - )\s*"
)


def split_dateline(text: str) -> tuple[str | None, int]:
    """The dateline's words and where the lead begins: (None, 0) when there is none."""
    match = _DATELINE.match(text)
    return (match["words"].strip(), match.end()) if match else (None, 0)
