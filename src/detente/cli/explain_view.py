"""An explanation as people see it: the event, its parse as a tree, the rows tried, and what decided each of its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from detente.cli.reading_view import event_head
from detente.cli.words import SHORT, around, counted, days, deed, flat, marked, quad_style
from detente.records import Actor, Article, Attempt, Entry, Event, Explanation, Reading, Ruling, Silence, Step, Trial

_RIVALS = 5  # shown of the rows that were tried or come after
_LINES = 12  # of rows that were not tried
_SCORES = 3
_LABELS = {
    "acl": "clause of the noun",
    "acomp": "complement",
    "advcl": "clause beside it",
    "agent": "doer, with by",
    "amod": "adjective of it",
    "appos": "beside it",
    "attr": "attribute",
    "ccomp": "clause as object",
    "compound": "part of the noun",
    "conj": "joined with it",
    "dative": "indirect object",
    "dobj": "object",
    "nmod": "modifier of it",
    "npadvmod": "noun as adverb",
    "nsubj": "subject",
    "nsubjpass": "subject of the passive",
    "nummod": "number",
    "oprd": "complement",
    "pcomp": "clause of the preposition",
    "pobj": "object of the preposition",
    "poss": "owner",
    "prep": "preposition",
    "relcl": "relative clause",
    "xcomp": "verb that it governs",
}
_REVERSED = {"title": "0", "text": "1"}  # the title comes first
_FACTS = (("contexts", "contexts"), ("cameo", "CAMEO"), ("flags", "flags"))


def reading_explained(reading: Reading) -> RenderableType:
    """A reading with all its explanations, in the order of the text: events, and what gave none."""
    names = {actor.id: actor for actor in reading.actors}
    found: list[tuple[tuple[str, int, int], RenderableType]] = []
    first: dict[tuple[str, int, int], str] = {}
    quiet = 0
    for event in reading.events:
        row = event.explanation.entry.line if event.explanation else 0
        twin = first.setdefault((event.trigger.field, event.trigger.start, row), event.id)
        at = (_REVERSED[event.trigger.field], event.trigger.start, 0)
        found.append((at, event_view(event, names, reading.article, "" if twin == event.id else twin)))
    for silence in reading.silent:
        if silence.events and all(trial.fault == "told" for trial in silence.trials):
            continue
        if silence.trials or len(reading.silent) == 1:
            found.append(((_REVERSED[silence.sentence.field], silence.sentence.end, 1), silence_view(silence)))
        else:
            quiet += 1
    parts = [view for _, view in sorted(found, key=lambda item: item[0])]
    if quiet:
        more = "more sentence holds" if quiet == 1 else "more sentences hold"
        parts.append(Text(f"{quiet} {more} no word of the lexicon.", style="dim"))
    return Group(*(part for each in parts for part in (each, "")))


def event_view(event: Event, names: Mapping[str, Actor], article: Article, twin: str = "") -> RenderableType:
    """One event: what, its sentence, and why. twin: the event that the same row read off the same words before."""
    whole = (article.title or "") if event.trigger.field == "title" else article.text
    parts: list[RenderableType] = [event_head(event, names), around(whole, event.span, event.trigger)]
    if twin and event.explanation is not None:
        parts.append(Text(f"  read off the same words by the same row as {twin[:SHORT]}", style="dim"))
        parts.append(Padding(_judge(event, event.explanation), (0, 0, 0, 2)))
    elif event.explanation is not None:
        parts.append(Padding(_why(event, event.explanation), (1, 0, 0, 2)))
    return Group(*parts)


def silence_view(silence: Silence) -> RenderableType:
    """A sentence without event, or the words of one that gave none beside its events."""
    head = Text()
    head.append("No event" if not silence.events else "No event beside the above", style="bold yellow")
    head.append(f": {silence.reason}" if silence.reason else "")
    parts: list[RenderableType] = [head, _sentence(silence)]
    if silence.trials:
        grid = _grid()
        for trial in silence.trials:
            grid.add_row(Text(trial.trigger.text, style="bold"), Group(*_trial(trial)))
        parts.append(Padding(grid, (1, 0, 0, 2)))
    return Group(*parts)


def _sentence(silence: Silence) -> Text:
    whole, text = silence.sentence, Text()
    at = whole.start
    for trial in silence.trials:
        start = trial.trigger.start
        text.append_text(marked(whole.text[at - whole.start : start - whole.start], trial.trigger.text, ""))
        at = trial.trigger.end
        if whole.text[at - whole.start : at - whole.start + 1].isspace():
            text.append(" ")
    text.append(flat(whole.text[at - whole.start :]))
    return text


def _trial(trial: Trial) -> Iterator[RenderableType]:
    if trial.fault:
        text = Text()
        text.append(f"{trial.reason}")
        if trial.status is not None and trial.fault == "status":
            text.append_text(_row_of(trial.status))
        yield text
    held = [attempt for attempt in trial.attempts if attempt.held]
    for attempt in held:
        yield _line(attempt.entry, (attempt.reason and f"held: {attempt.reason}") or "held")
    yield from _attempts([attempt for attempt in trial.attempts if not attempt.held])


def _why(event: Event, why: Explanation) -> RenderableType:
    grid = _grid()
    grid.add_row(_name("parse"), _tree(event, why))
    grid.add_row(_name("row"), Group(_line(why.entry, ""), *_cells(why)))
    if why.turned:
        grid.add_row(_name("turned"), Text(f"into {deed(event.type, event.mode)} {why.turned}"))
    rivals = [*_attempts(why.rivals), *_untried(why.rivals)]
    if rivals:
        grid.add_row(_name("rivals"), Group(*rivals))
    grid.add_row(_name("judge"), _judge(event, why))
    grid.add_row(_name("status"), _ruling(why.status))
    date = days(event.date).replace("\n", " ").replace("–", "– ")
    grid.add_row(_name("date"), Text(f"{date}: {why.date.reason}" if date else f"none: {why.date.reason}"))
    for party in why.parties:
        country = f" ({party.country})" if party.country and party.country != party.actor else ""
        grid.add_row(_name(party.role), Text(f"{flat(party.name)}{country}: {flat(party.reason)}"))
    for gap in why.gaps:
        grid.add_row(_name(gap.role), Text(f"unnamed: {gap.reason}"))
    if why.retold:
        grid.add_row(_name("also told"), Text(", ".join(f"“{flat(piece.text)}”" for piece in why.retold)))
    return grid


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(min_width=9, no_wrap=True)
    grid.add_column(ratio=1)
    return grid


def _name(word: str) -> Text:
    return Text(word, style="cyan")


def _tree(event: Event, why: Explanation) -> RenderableType:
    """The parse from the trigger to the actors and the date: each word once, with its arc and its part in the event."""
    root = Tree(Text(flat(event.trigger.text), style="bold underline"), guide_style="dim")
    nodes: dict[tuple[int, str], Tree] = {}
    for part, path in [*((party.role, party.path) for party in why.parties), ("date", why.date.path)]:
        node = root
        for step in path:
            key = (step.word.start, step.word.field)
            if key not in nodes:
                nodes[key] = node.add(_arc(step))
            node = nodes[key]
        if path and isinstance(node.label, Text):
            node.label.append(f"  {part}", style="bold green" if part != "date" else "bold blue")
    return root


def _arc(step: Step) -> Text:
    text = Text(flat(step.word.text))
    what = _LABELS.get(step.label, "")
    arrow = "↑ " if step.up else ""
    text.append(f"  {arrow}{step.label}{f', {what}' if what and not step.up else ''}", style="dim")
    return text


def _cells(why: Explanation) -> Iterator[Text]:
    entry = why.entry
    places = [f"source: {_places(entry.source) or 'the subject'}", f"target: {_places(entry.target) or 'none'}"]
    if entry.object is None and not entry.source:
        places[0] = "source: none"
    yield Text(", ".join(places), style="dim")
    facts = []
    for field, name in _FACTS:
        value = getattr(entry, field)
        if value:
            facts.append(f"{name}: {value if isinstance(value, str) else ' '.join(value)}")
    if facts:
        yield Text(", ".join(facts), style="dim")
    if why.test:
        yield Text(f"met by: {why.test}", style="dim")


def _places(cell: str) -> str:
    return cell.removeprefix("!").replace(",", ", ") + (" (needed)" if cell.startswith("!") else "")


def _line(entry: Entry, reason: str) -> Text:
    """A row of the lexicon on one line, with what became of it."""
    text = Text(f"{entry.file}:{entry.line}", style="magenta")
    text.append(f"  {entry.words}", style="bold")
    if entry.object:
        text.append(f" {_short(entry.object)}")
    text.append(" → ", style="dim")
    text.append(deed(entry.type, entry.mode), style=quad_style(entry.type))
    if reason:
        text.append(f"  {reason}", style="dim")
    return text


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:40].rpartition(";")[0] + ";…"


def _attempts(attempts: Iterable[Attempt]) -> Iterator[Text]:
    """The rows that failed, the nearest misses first; many are summed up, and so are those not tried."""
    late = ("wording", "object")
    tried = [attempt for attempt in attempts if attempt.fault != "untried"]
    tried.sort(key=lambda attempt: -late.index(attempt.fault) if attempt.fault in late else -len(late))
    yield from (_line(attempt.entry, attempt.reason) for attempt in tried[:_RIVALS])
    rest = Counter(attempt.fault for attempt in tried[_RIVALS:])
    if rest:
        shown = ", ".join(f"{number} by {fault}" for fault, number in rest.items())
        yield Text(f"{counted(rest.total(), 'more row')} failed: {shown}", style="dim")


def _untried(attempts: Iterable[Attempt]) -> Iterator[Text]:
    lines = [str(attempt.entry.line) for attempt in attempts if attempt.fault == "untried"]
    if lines:
        more = ", …" if len(lines) > _LINES else ""
        yield Text(f"{counted(len(lines), 'row')} after it not tried: {', '.join(lines[:_LINES])}{more}", style="dim")


def _judge(event: Event, why: Explanation) -> Text:
    if why.judge is None:
        return Text("no judge spoke", style="dim")
    text = Text(f"{why.judge.judge}: ")
    text.append(", ".join(f"{score.type} {score.probability:.2f}" for score in why.judge.scores[:_SCORES]))
    changed = event.type != why.judge.before
    text.append(
        f"; {'in place of' if changed else 'leaves'} the row's {why.judge.before}", style="" if changed else "dim"
    )
    return text


def _ruling(ruling: Ruling) -> Text:
    text = Text(f"{ruling.value}: {ruling.reason}")
    text.append_text(_row_of(ruling))
    return text


def _row_of(ruling: Ruling) -> Text:
    return Text(f" ({ruling.file}:{ruling.line})" if ruling.file else "", style="magenta")
