"""Plans, promises, issues and concerns as lists: what, in which words, where it was printed, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.briefs.records import Ahead, Cited, Concern, Issue, Pledge, Said
from detente.cli.relations_view import country_name, signed
from detente.cli.words import SHORT, counted, days, deed, flat, quad_style
from detente.records import When

_OUTCOMES = {"seen": "green", "called off": "red", "not seen": "yellow", "ahead": "bold", "open": "dim"}
_STATES = {"kept": "green", "overdue": "red", "due": "bold", "open": "dim"}


def calendar_list(found: Iterable[Ahead]) -> RenderableType:
    """One entry for each plan: its days, sides, deed, outcome; its words; what settles it."""
    grid = _grid()
    for plan in found:
        head = Text(f"{_side(plan.sources)} → {_side(plan.targets)}", style="bold")
        head.append(f"  {deed(plan.type, plan.mode)}", style=f"not bold {quad_style(plan.type)}".strip())
        head.append(f"  {plan.outcome}", style=f"not bold {_OUTCOMES[plan.outcome]}")
        head.append(f"  {plan.event[:SHORT]}", style="not bold dim")
        more = f" · {plan.origins} origins" if plan.origins > 1 else ""
        lines = [head, Text(flat(plan.plan.sentence)), _origin(plan.plan, more)]
        grid.add_row(_days(plan.start, plan.end), Group(*lines, *_proof(plan.outcome, plan.proof)))
    return grid


def pledge_list(found: Iterable[Pledge]) -> RenderableType:
    """One entry for each promise: its last day, who, to whom, what became of it; its words; the deed that kept it."""
    grid = _grid()
    for pledge in found:
        head = Text(flat(pledge.by), style="bold")
        home = pledge.by_country if pledge.by_country and not _is_country(pledge.by, pledge.by_country) else None
        head.append(f" ({home})" if home else "", style="not bold dim")
        head.append(f" to {', '.join(map(flat, pledge.to))}" if pledge.to else "")
        head.append(f"  {pledge.state}", style=f"not bold {_STATES[pledge.state]}")
        lines = [head, Text(flat(pledge.text)), _origin(pledge.words)]
        due = Text(f"by {pledge.due}" if pledge.due else "no day", style="" if pledge.due else "dim")
        grid.add_row(due, Group(*lines, *_proof(pledge.state, pledge.proof)))
    return grid


def issue_list(found: Sequence[Issue], *, shown: int) -> RenderableType:
    """One part for each issue: how many deeds, how they stand, and at most so many sentences and further positions."""
    parts: list[RenderableType] = []
    for issue in found:
        head = Text(issue.context.replace("_", " "), style="bold cyan")
        mean = f", mean intensity {signed(issue.intensity)}" if issue.intensity is not None else ""
        latest = f", the latest {issue.latest}" if issue.latest else ""
        ahead = f", {issue.planned} planned, asked for or conditional" if issue.planned else ""
        head.append(f"  {counted(issue.events, 'deed')}{mean}{ahead}{latest}", style="not bold dim")
        grid = _grid()
        told = issue.proofs[:shown]
        for words in told:
            grid.add_row(_printed(words), Group(Text(flat(words.sentence)), _origin(words)))
        printed = {(words.article, words.sentence) for words in told}
        others = [one for one in issue.positions if (one.words.article, one.words.sentence) not in printed]
        for said in others[:shown]:
            grid.add_row(_printed(said.words), _said(said))
        rest = max(0, len(issue.proofs) - shown) + max(0, len(others) - shown)
        parts += [head, *([grid] if shown else []), *([Text(f"and {rest} more", style="dim")] if rest else []), ""]
    return Group(*parts[:-1])


def concern_list(found: Iterable[Concern]) -> RenderableType:
    """One entry for each concern: the word, what it is about, and the quotation."""
    grid = _grid()
    for concern in found:
        head = Text(concern.word, style="bold").append(f": {flat(concern.about)}", style="not bold")
        grid.add_row(_printed(concern.said.words), Group(head, _said(concern.said)))
    return grid


def _said(said: Said) -> RenderableType:
    head = Text(flat(said.speaker or "nobody named"), style="bold")
    role = said.role if said.role and said.role.lower() not in (said.speaker or "").lower() else None
    country = said.country if said.country and not _is_country(said.speaker or "", said.country) else None
    about = ", ".join(part for part in (role, country) if part)
    head.append(f" ({about})" if about else "", style="not bold dim")
    words = (
        f"“{flat(said.text)}”" if said.kind == "direct" else flat(said.words.sentence)
    )  # a reported clause hangs on its verb
    return Group(head, Text(words, style="italic"), _origin(said.words))


def _proof(outcome: str, proof: Cited | None) -> list[Text]:
    if proof is None:
        return []
    return [Text(f"{outcome}: ", style="dim").append(flat(proof.sentence), style="not dim"), _origin(proof)]


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 1, 0))
    grid.add_column(width=13, no_wrap=True)
    grid.add_column(ratio=1)
    return grid


def _days(start: str | None, end: str | None) -> Text:
    return Text(days(When(start=start, end=end, text="")) if start and end else "no day", style="" if start else "dim")


def _printed(words: Cited) -> Text:
    return Text(words.published or "no date", style="dim")


def _origin(words: Cited, more: str = "") -> Text:
    parts = (words.article, words.source, words.published, flat(words.title) if words.title else None)
    shown = " · ".join(part for part in parts if part) + more
    return Text(shown, style="dim", no_wrap=True, overflow="ellipsis")


def _side(codes: Sequence[str]) -> str:
    return ", ".join(codes) or "somebody"


def _is_country(name: str, code: str) -> bool:
    return name == code or country_name(code).startswith(f"{name} (")
