"""Who said what, what is ahead, promises, the agenda and concerns: one section each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from detente.briefs.facts import Brief
from detente.briefs.lengths import Lengths
from detente.briefs.page import QUIET, QUOTED, STRONG, Group, Line, Run, Section
from detente.briefs.records import Ahead, Cited, Concern, Issue, Pledge, Said
from detente.briefs.sources import Sources
from detente.briefs.wording import counted, days, deed, flat, mention, name, named, sides, signed

_FRESH = timedelta(days=31)
_KINDS = ("direct", "mixed", "indirect")
_OUTCOMES = {"seen": "seen to occur", "called off": "called off", "not seen": "not seen to occur"}
_STATES = (("overdue", "Overdue"), ("due", "Due"), ("open", "Without a day"), ("kept", "Kept"))


def quotations(brief: Brief, lengths: Lengths, sources: Sources) -> Section:
    """Each side's speakers on the other: direct words first, then reported ones that the page does not hold yet."""
    groups = []
    for side, other in ((brief.a, brief.b), (brief.b, brief.a)):
        own = [said for said in brief.said if said.country == side and said.speaker]
        found = [said for said in _weighty(own, other) if said.kind == "direct" or not sources.shows(said.words)]
        lines = tuple(_said(said, sources, other) for said in found[: lengths.said])
        groups.append(_group(f"{name(side)} on {named(other)}", lines, len(found)))
    return Section(heading="Who said what", groups=_filled(groups))


def calendar(brief: Brief, lengths: Lengths, sources: Sources) -> Section:
    """What is planned, the soonest first, then the newest of what has no day; then what became of earlier plans.

    A plan without a day that was told long ago may be over: it is no news of what is ahead.
    """
    dated = sorted((one for one in brief.ahead if one.outcome == "ahead"), key=lambda one: (one.start or "", one.event))
    undated = sorted(
        (one for one in brief.ahead if one.outcome == "open" and _is_fresh(one, brief.course.as_of)),
        key=lambda one: (one.plan.published or "", one.event),
        reverse=True,
    )
    plans = dated + undated
    done = sorted(
        (one for one in brief.ahead if one.outcome in _OUTCOMES),
        key=lambda one: (one.end or "", one.event),
        reverse=True,
    )
    groups = [
        _group(heading, tuple(_plan(one, sources) for one in found[: lengths.ahead]), len(found))
        for heading, found in (("Planned", plans), ("Planned for days that are over", done))
    ]
    return Section(heading="What is ahead", groups=_filled(groups))


def promises(brief: Brief, lengths: Lengths, sources: Sources) -> Section:
    """By what became of them: overdue, due, without a day, kept."""
    groups = []
    for state, heading in _STATES:
        found = sorted(
            (one for one in brief.pledges if one.state == state),
            key=lambda one: (one.due or "", one.words.published or "", one.id),
            reverse=state != "due",
        )
        groups.append(_group(heading, tuple(_pledge(one, sources) for one in found[: lengths.pledges]), len(found)))
    return Section(heading="Promises", groups=_filled(groups))


def agenda(brief: Brief, lengths: Lengths, sources: Sources) -> Section:
    """Issue by issue: what was done in it, and the position last taken on it."""
    found = sorted(brief.issues, key=lambda one: (-one.events - one.planned - len(one.positions), one.context))
    lines = [_issue(issue, lengths, sources) for issue in found[: lengths.issues]]
    group = Group(heading="", lines=tuple(lines), left_out=max(0, len(found) - lengths.issues))
    return Section(heading="Agenda", groups=_filled([group]))


def concerns(brief: Brief, lengths: Lengths, sources: Sources) -> Section:
    """What the speakers of either side call a concern, the newest first."""
    groups = []
    for side in (brief.a, brief.b):
        found = sorted(
            (one for one in brief.concerns if one.said.country == side),
            key=lambda one: (one.said.words.published or "", one.said.id),
            reverse=True,
        )
        lines = tuple(_concern(one, sources) for one in found[: lengths.concerns])
        groups.append(_group(name(side), lines, len(found)))
    return Section(heading="Concerns", groups=_filled(groups))


def _said(said: Said, sources: Sources, other: str) -> Line:
    words = _words(said, sources, mention(other, said.text))
    return Line(runs=(Run(text=f"{_day(said.words)} "), *_speaker(said), *words), cites=(sources.cite(said.words),))


def _words(said: Said, sources: Sources, near: str = "") -> tuple[Run, ...]:
    """A direct quotation's words, those `near` in sight; of reported speech, whose clause seldom stands alone, the sentence."""
    if said.kind == "direct":
        words = sources.said(said.id, said.text, said.words, near)
        return (Run(text=":"), *words) if words else ()
    words = sources.quoted(said.words, said.text)
    return (Run(text=", as reported:"), *words) if words else (Run(text=", as reported"),)


def _speaker(said: Said) -> tuple[Run, ...]:
    who = flat(said.speaker or "nobody named")
    role = flat(said.role) if said.role and said.role.lower() not in who.lower() else ""
    return (Run(text=who, kind=STRONG), *((Run(text=f" ({role})", kind=QUIET),) if role else ()))


def _plan(one: Ahead, sources: Sources) -> Line:
    cites = [sources.cite(one.plan)]
    runs = [
        Run(text=f"{days(one.start, one.end) or _undated(one)} "),
        Run(text=f"{sides(one.sources)} → {sides(one.targets)}", kind=STRONG),
        Run(text=f" {deed(one.type, one.mode)}"),
        *((Run(text=f" (told by {one.origins} independent origins)", kind=QUIET),) if one.origins > 1 else ()),
        *(sources.quoted(one.plan) or sources.again(one.plan)),
    ]
    if one.outcome in _OUTCOMES:
        runs.append(Run(text=f" {_OUTCOMES[one.outcome]}", kind=STRONG))
        runs += _proof(one.proof, cites, sources)
    return Line(runs=tuple(runs), cites=tuple(dict.fromkeys(cites)))


def _undated(one: Ahead) -> str:
    return f"no day set, told {one.plan.published}" if one.plan.published else "no day set"


def _is_fresh(one: Ahead, now: str | None) -> bool:
    """Whether a plan without a day was told lately."""
    told = one.plan.published
    return not told or not now or date.fromisoformat(now) - date.fromisoformat(told) <= _FRESH


def _pledge(one: Pledge, sources: Sources) -> Line:
    cites = [sources.cite(one.words)]
    to = f" to {', '.join(flat(who) for who in one.to)}" if one.to else ""
    home = name(one.by_country) if one.by_country and name(one.by_country) != one.by else ""
    due = f", due by {one.due}" if one.due else ""
    runs = [
        Run(text=f"{_day(one.words)} "),
        Run(text=f"{flat(one.by)}{to}", kind=STRONG),
        *((Run(text=f" ({home})", kind=QUIET),) if home else ()),
        Run(text=f"{due}:"),
        Run(text=" "),
        sources.words(one.text),
    ]
    if one.proof:
        runs.append(Run(text=" kept", kind=STRONG))
        runs += _proof(one.proof, cites, sources)
    return Line(runs=tuple(runs), cites=tuple(dict.fromkeys(cites)))


def _proof(proof: Cited | None, cites: list[int], sources: Sources) -> Iterator[Run]:
    if proof is None:
        return
    cites.append(sources.cite(proof))
    if words := sources.quoted(proof):
        yield Run(text=":")
        yield from words


def _issue(issue: Issue, lengths: Lengths, sources: Sources) -> Line:
    about = [counted(issue.events, "deed")] if issue.events else []
    if issue.intensity is not None:
        about.append(f"mean intensity {signed(issue.intensity)}")
    if issue.planned:
        about.append(f"{issue.planned:,} planned or asked for")
    if issue.positions:
        about.append(counted(len(issue.positions), "position"))
    if issue.latest:
        about.append(f"latest {issue.latest}")
    cites = [sources.cite(proof) for proof in issue.proofs[: lengths.proofs]]
    runs = [Run(text=issue.context.replace("_", " "), kind=STRONG), Run(text=f": {', '.join(about)}")]
    for said in _once(issue.positions)[: lengths.positions]:
        if words := sources.said(said.id, said.text, said.words, part=2):
            manner = ":" if said.kind == "direct" else ", as reported:"
            runs += [Run(text="; "), *_speaker(said), Run(text=manner), *words]
        cites.append(sources.cite(said.words))
    return Line(runs=tuple(runs), cites=tuple(dict.fromkeys(cites)))


def _concern(one: Concern, sources: Sources) -> Line:
    about = (Run(text=" about "), Run(text=flat(one.about), kind=QUOTED)) if one.about else ()
    return Line(
        runs=(
            Run(text=f"{_day(one.said.words)} "),
            *_speaker(one.said),
            Run(text=", "),
            Run(text=one.word, kind=QUOTED),
            *about,
            *_words(one.said, sources),
        ),
        cites=(sources.cite(one.said.words),),
    )


def _weighty(found: Iterable[Said], other: str) -> list[Said]:
    """What names the other country first; of it direct words, of these such as name no third country, the newest first, and
    one of each article before a second."""
    ranked = sorted(_once(found), key=lambda said: len(said.about) > 1)
    seen: Counter[tuple[str, str]] = Counter()
    places = []
    for said in ranked:
        key = (said.kind, said.words.article)
        words = said.text if said.kind == "direct" else said.words.sentence
        places.append((not mention(other, words), _KINDS.index(said.kind), seen[key]))
        seen[key] += 1
    order = sorted(range(len(ranked)), key=lambda n: places[n])
    return [ranked[n] for n in order]


def _once(found: Iterable[Said]) -> list[Said]:
    """Direct words first, of these the newest first; the same words of one speaker, or of one sentence, once: the earliest."""
    ranked = sorted(found, key=lambda said: (said.words.published or "9", said.id))
    once: dict[tuple[str | None, str], Said] = {}
    for said in ranked:
        words = said.text if said.kind == "direct" else said.words.sentence
        once.setdefault((said.speaker, flat(words).casefold()), said)
    newest = sorted(once.values(), key=lambda said: (said.words.published or "", said.id), reverse=True)
    return sorted(newest, key=lambda said: _KINDS.index(said.kind))


def _day(words: Cited) -> str:
    return words.published[:10] if words.published else "undated"


def _group(heading: str, lines: tuple[Line, ...], number: int) -> Group:
    return Group(heading=heading, lines=lines, left_out=number - len(lines))


def _filled(groups: Sequence[Group]) -> tuple[Group, ...]:
    return tuple(group for group in groups if group.lines)
