"""One judgement as people see it: the sentence with its sides, the likeliest types."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from detente.cli.words import quad_style
from detente.records import Judgement, PairText

_SHOWN = 3  # types
_LEAST = 0.01  # probability of a type that is shown


def judgement_view(given: PairText, judgement: Judgement) -> RenderableType:
    """Id and deed, the likeliest types, the sentence."""
    head = Text(judgement.id or "", style="dim")
    head.append("  ")
    if judgement.plover_type is None or judgement.type is None:
        head.append("no deed found", style="dim")
    else:
        head.append(judgement.type, style=quad_style(judgement.type))
        if judgement.type != judgement.plover_type:
            head.append(f", told as {judgement.plover_type}", style=quad_style(judgement.plover_type))
        best = sorted(judgement.scores.items(), key=lambda item: -item[1])[:_SHOWN]
        likely = ", ".join(f"{name} {p:.2f}" for name, p in best if p >= _LEAST)
        head.append(f"  {likely}", style="dim")
    return Group(head, Padding(_sentence(given), (0, 0, 0, 2)))


def _sentence(given: PairText) -> Text:
    words = Text(given.text.replace("\n", " "))
    for start, end in given.sources:
        words.stylize("bold", start, end)
    for start, end in given.targets:
        words.stylize("underline", start, end)
    return words
