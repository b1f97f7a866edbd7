"""What a brief says of the whole: its title, the finding in one sentence, what was read, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.briefs.facts import OWN, Brief, Course, Coverage, Share
from detente.briefs.lengths import Lengths
from detente.briefs.page import Line, Run, Section
from detente.briefs.wording import counted, days, flat, name, named, percent, rate, signed

_SWINGS = {"upswing": ("on the upswing", "rose"), "downswing": ("on the downswing", "fell")}
_SCALE = "−10 is conflict, +10 cooperation"


def title(brief: Brief) -> str:
    """Greece and Turkey: on the upswing."""
    return f"{name(brief.a)} and {name(brief.b)}: {_verdict(brief.course)}"


def _verdict(course: Course) -> str:
    if course.now is None:
        return "nothing to tell"
    if course.probability is None:
        return "too little evidence of a direction"
    return _SWINGS[course.direction][0] if course.direction in _SWINGS else course.direction


def subtitle(brief: Brief) -> str:
    """As of which day, from which day on, by whose events."""
    if brief.course.as_of is None:
        return "A brief on articles without a day" if brief.coverage.articles else "Nothing was read yet"
    parts = [f"as of {brief.course.as_of}"]
    if brief.since:
        parts.append(f"from {brief.since} on")
    if brief.origin != OWN:
        parts.append(f"events of {brief.origin}")
    return f"A brief {', '.join(parts)}"


def finding(brief: Brief) -> str:
    """One sentence: the direction with its probability and window, or what is lacking; and where the level stands."""
    course = brief.course
    pair = f"relations between {named(brief.a)} and {named(brief.b)}"
    end = f"the {course.window} to {course.as_of}"
    if course.now is None:
        why = f"no deed between them that occurred and has a day stands in {read}" if (read := _read(brief)) else ""
        return f"Nothing can be said of {pair}: {why or 'no article was read'}."
    if course.probability is None:
        return f"There is too little evidence to say where {pair} went in {end} ({course.why}); {_level(course)}."
    sure = f"with a probability of {percent(course.probability)}"
    if course.direction in _SWINGS:
        going, did = _SWINGS[course.direction]
        said = f"are {going}: over {end} the level {did} by more than {course.delta:g} {sure}"
    elif course.direction == "volatile":
        said = f"are volatile: over {end} the level both rose and fell by more than {course.delta:g} {sure}"
    else:
        said = f"are {course.direction}: over {end} the level moved by no more than {course.delta:g} {sure}"
    return f"{pair[0].upper()}{pair[1:]} {said} ({course.why}); {_level(course)}."


def caption(brief: Brief) -> str:
    """What the picture shows, and the rates last measured."""
    course, of = brief.course, "stories read" if brief.origin == OWN else f"events of {brief.origin}"
    text = (
        f"The level by {course.by} with its 50% and 90% bands ({_SCALE}), turns, and material conflict and material "
        f"cooperation per 1,000 {of}. Gaps: nothing reported."
    )
    last = next((p for p in reversed(course.points) if p.friction is not None and p.exchange is not None), None)
    if last is None or last.friction is None or last.exchange is None:
        return text
    conflict = (
        f"{rate(last.friction)} (90% band {rate(last.friction_low90 or 0.0)} to {rate(last.friction_high90 or 0.0)})"
    )
    exchange = f"{rate(last.exchange)} ({rate(last.exchange_low90 or 0.0)} to {rate(last.exchange_high90 or 0.0)})"
    return f"{text} In {last.period}: conflict {conflict}, cooperation {exchange}."


def coverage(brief: Brief, lengths: Lengths) -> Section:
    """How much was read, of whom, in which languages, and what failed."""
    told = _imported(brief) if brief.origin != OWN else _coverage(brief.coverage, lengths)
    return Section(heading="What was read", lead=tuple(Line(runs=(Run(text=text),)) for text in told))


def method(brief: Brief) -> tuple[str, ...]:
    """Three lines, with versions."""
    course = brief.course
    by = f" by {', '.join(brief.coders)}" if brief.coders else ""
    tables = f" with the tables {', '.join(brief.knowledge)}" if brief.knowledge else ""
    read = (
        f"Events, quotations and promises were read{by}{tables}, each from the words cited."
        if brief.origin == OWN
        else f"The events are those of {brief.origin}, as imported; no sentence was read."
    )
    return (
        f"{read} Capitals name the kind of deed (PLOVER); its intensity goes from −10 to 10.",
        f"Each deed counts once, however many articles tell it; the level is a local-level state-space estimate of the mean "
        f"intensity by {course.by}, and a turn stands when at least {course.again:.0%} of samples of the stories find it again.",
        f"A direction is named only where a change by {course.delta:g} over {course.window} has a probability of at least "
        f"{course.sure:.0%}, at least {course.bearers} independent origins, of 2 outlets where these are known, bear it, and it "
        f"survives dropping its biggest story.",
    )


def _level(course: Course) -> str:
    now = course.now
    if now is None:
        return ""
    last = next((p.period for p in reversed(course.points) if p.events), now.period)
    carried = f", carried on from {last}, the last {course.by} with a deed" if last != now.period else ""
    return (
        f"the level stands at {signed(now.balance)} in {now.period}{carried} (90% interval {signed(now.low90)} to "
        f"{signed(now.high90)}, 50% interval {signed(now.low50)} to {signed(now.high50)}; {_SCALE})"
    )


def _read(brief: Brief) -> str:
    """What was read; empty for nothing."""
    found = brief.coverage
    if brief.origin != OWN:
        return f"the {counted(found.imported, 'event')} of {brief.origin}"
    span = f" ({days(found.first, found.last)})" if found.first else ""
    return f"the {counted(found.articles, 'article')} read{span}" if found.articles else ""


def _imported(brief: Brief) -> Iterator[str]:
    found = brief.coverage
    span = f" of {days(found.first, found.last)}" if found.first else ""
    yield (
        f"{counted(found.imported, 'event')} of {brief.origin}{span}. No sentences came with them, and so no quotations, "
        f"plans, promises or concerns: the citations name the publisher, the day and the origin's own number."
    )


def _coverage(found: Coverage, lengths: Lengths) -> Iterator[str]:
    if not found.articles:
        yield "No article was read."
        return
    span = f", published {days(found.first, found.last)}" if found.first else ""
    undated = f" ({found.undated:,} without a day)" if found.undated else ""
    told = (
        f"The deeds that count here are told by {found.telling:,} of them, of {counted(found.origins, 'independent origin')}."
        if found.telling
        else "None of them tells a deed that counts here."
    )
    stories = counted(found.stories, "story", "stories")
    yield f"{counted(found.articles, 'article')}{undated}{span}: {stories}, copies counted once. {told}"
    if found.outlets:
        unknown = found.articles - sum(share.articles for share in found.outlets)
        rest = f"; of {counted(unknown, 'article')} it is unknown" if unknown else ""
        yield f"{counted(len(found.outlets), 'outlet')}: {_shares(found.outlets, lengths.outlets)}{rest}."
    languages = f"Languages: {_shares(found.languages, lengths.outlets)}. " if found.languages else ""
    failed = counted(found.failures, "input was", "inputs were")
    yield languages + (f"{failed} not read whole." if found.failures else "Every input was read.")


def _shares(shares: Sequence[Share], most: int) -> str:
    text = ", ".join(f"{flat(share.name)} ({share.articles:,})" for share in shares[:most])
    rest = sum(share.articles for share in shares[most:])
    return f"{text}, and {len(shares) - most:,} more with {counted(rest, 'article')}" if rest else text
