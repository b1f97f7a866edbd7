"""Whether a deed that was told is the one that had been planned. In doubt it is not.

Sides are compared as their countries and, where both name people, as these: a foreign minister's visit is not the
president's. Deeds are compared by type, mode and CAMEO code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from detente.briefs.printed import Around, Told
from detente.knowledge.spelling import skeleton, words_of
from detente.records import Actor, Event

_LOCAL = re.compile("a[0-9a-f]{16}")  # an actor's id that holds within one article only
_OFFICIAL = frozenset({"GOV", "MIL"})
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})  # A with B is B with A
_SIGNING = "057"  # so is the signing of an accord
_HOSTING = "043"  # who hosts a visit is its source
_APART = frozenset({"phone", "third-party"})  # modes that no other telling leaves unsaid
_IN_PERSON = frozenset({"meet", "meeting", "host", "receive", "welcome", "greet", "arrive", "fly", "travel", "visit"})
_OFFICES = frozenset(
    {
        "ambassador",
        "chair",
        "chairman",
        "chairwoman",
        "chancellor",
        "chief",
        "commander",
        "commissioner",
        "director",
        "emperor",
        "emir",
        "envoy",
        "general",
        "governor",
        "judge",
        "king",
        "leader",
        "mayor",
        "minister",
        "ombudsman",
        "pope",
        "premier",
        "president",
        "prince",
        "queen",
        "representative",
        "secretary",
        "secretary-general",
        "senator",
        "speaker",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "sultan",
    }
)  # fmt: skip; written with a capital they stand for a name, and name nobody
_ACTING_FOR = ("country", "organization", "group")


class Fit(NamedTuple):
    """How well a deed's sides fit a plan's. people: somebody is named in both. blank: a side is unnamed in both."""

    people: bool
    blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of an event.

    ids: countries, and organisations that are known in every article. people: their surnames, as spellings are compared;
    offices: of those without a name. state: the country itself, or an office or force of it; whole: the country itself.
    """

    ids: frozenset[str]
    people: frozenset[str]
    offices: frozenset[str]
    state: bool
    whole: bool


def sides_of(told: Told, around: Around) -> tuple[Side, Side]:
    """The doers and the others."""
    event = told.event
    return (
        _side(told.article, event.sources, event.source_countries, around),
        _side(told.article, event.targets, event.target_countries, around),
    )


def same_deed(plan: Event, deed: Event) -> bool:
    """Whether one is what the other says, whoever did it."""
    if plan.type != deed.type:
        return False
    if plan.mode != deed.mode and (plan.mode in _APART or deed.mode in _APART or (plan.mode and deed.mode)):
        return False
    if plan.type == "CONSULT":
        return True
    one, two = _code(plan), _code(deed)
    if not (one.startswith(two) or two.startswith(one)):
        return False
    return _row(plan) == _row(deed) or min(len(one), len(two)) > 2


def same_place(plan: Told, deed: Told, around: Around) -> bool:
    """False where the deed was done elsewhere: in another town, or, of a visit, outside the country that is visited.

    Who visits a country is met there: "spoke with" alone may have been on the telephone.
    """
    one, two = _town(plan, around), _town(deed, around)
    if plan.event.mode == "visit":
        event = plan.event
        there = {*(event.source_countries if event.cameo == _HOSTING else event.target_countries), one and one[1]}
        return two[1] in there if two else deed.event.mode == "visit" or _verb(deed.event) in _IN_PERSON
    return not elsewhere(plan, deed, around)


def elsewhere(plan: Told, deed: Told, around: Around) -> bool:
    """Whether both texts name a town of the gazetteer, and not the same one."""
    one, two = _town(plan, around), _town(deed, around)
    return one is not None and two is not None and one[0].isdigit() and two[0].isdigit() and one != two


def in_one_town(plan: Told, deed: Told, around: Around) -> bool:
    """Whether both texts name one town."""
    one = _town(plan, around)
    return one is not None and one == _town(deed, around)


def is_mutual(event: Event) -> bool:
    """Whether A's deed with B is B's with A."""
    return event.type in _MUTUAL or (event.type == "SUPPORT" and event.cameo == _SIGNING)


def parties_of(countries: tuple[str, ...], ids: tuple[str, ...]) -> tuple[str, ...]:
    """A side as it is known in every article: its countries, then its organisations."""
    return tuple(dict.fromkeys([*countries, *(id_ for id_ in ids if is_known_everywhere(id_))]))


def countries_of(event: Event) -> frozenset[str]:
    """All its countries."""
    return frozenset({*event.source_countries, *event.target_countries})


def fit_of(plan: Told, deed: Told, around: Around) -> Fit | None:
    """How the sides fit, in either direction where that makes no difference; None when they do not."""
    doers, others = sides_of(plan, around)
    found = [
        Fit(one.people or two.people, one.blank or two.blank)
        for first, second in _ways(plan.event, deed.event, sides_of(deed, around))
        if (one := _side_fit(doers, first)) is not None and (two := _side_fit(others, second)) is not None
    ]
    found = [fit for fit in found if fit.people or not fit.blank]
    return max(found, default=None)


def is_known_everywhere(id_: str) -> bool:
    """Whether an actor's id means the same in every article: a country's, a known organisation's."""
    return _LOCAL.fullmatch(id_) is None


def is_named_person(actor: Actor) -> bool:
    """Whether it is a person with a name, not one known by an office alone."""
    if actor.kind != "person" or not actor.name[:1].isupper():
        return False
    last = actor.name.split()[-1]
    return last[:1].isupper() and last.lower() not in _OFFICES


def family_name(actor: Actor) -> str:
    """A person's last name, as spellings are compared."""
    return skeleton((words_of(actor.name) or (actor.name,))[-1])


def acts_for_state(actor: Actor) -> bool:
    """Whether it is a country, or an office or force of its state."""
    return actor.kind == "country" or (actor.kind in _ACTING_FOR and bool(_OFFICIAL & set(actor.sectors)))


def _ways(plan: Event, deed: Event, sides: tuple[Side, Side]) -> Iterator[tuple[Side, Side]]:
    """The deed's sides in the order in which they may be laid beside the plan's."""
    doers, others = sides
    visits = plan.mode == deed.mode == "visit" and bool(plan.cameo and deed.cameo)
    mutual = is_mutual(plan) and (plan.type in _MUTUAL or plan.cameo == deed.cameo)
    if not visits or plan.cameo == deed.cameo:
        yield doers, others
    if mutual and (not visits or plan.cameo != deed.cameo):
        yield others, doers  # whom one visits is one's host


def _side_fit(plan: Side, deed: Side) -> Fit | None:
    if plan.people & deed.people and (not plan.ids or not deed.ids or plan.ids & deed.ids):
        return Fit(people=True, blank=False)
    if not plan.ids and not deed.ids:
        named = plan.people or plan.offices or deed.people or deed.offices
        return None if named else Fit(people=False, blank=True)
    if not plan.ids & deed.ids or (plan.people and deed.people and not plan.state):
        return None
    if plan.offices and deed.offices:
        return Fit(people=False, blank=False) if plan.offices & deed.offices or plan.state else None
    if plan.people and not plan.state and not deed.people and not deed.offices:
        return Fit(people=False, blank=False) if deed.whole else None  # "French officials" are not the president
    of_plan, of_deed = plan.people or plan.offices or plan.state, deed.people or deed.offices or deed.state
    return Fit(people=False, blank=False) if of_plan and of_deed and (plan.state or deed.state) else None


def _side(article: str, ids: tuple[str, ...], countries: tuple[str, ...], around: Around) -> Side:
    actors = [around.actors.get((article, id_)) or _known(id_) for id_ in ids]
    people = [actor for actor in actors if actor.kind == "person"]
    named = [actor for actor in people if is_named_person(actor)]
    return Side(
        ids=frozenset(parties_of(countries, ids)),
        people=frozenset(family_name(actor) for actor in named),
        offices=frozenset((actor.role or actor.name).lower() for actor in people if actor not in named),
        state=any(acts_for_state(actor) for actor in actors) or (bool(countries) and not actors),
        whole=any(actor.kind == "country" for actor in actors),
    )


def _known(id_: str) -> Actor:
    return Actor(id=id_, name=id_, kind="group" if _LOCAL.fullmatch(id_) else "country")


def _code(event: Event) -> str:
    return (event.cameo or "").rstrip("0")


def _row(event: Event) -> str:
    """The lexicon's row that gave the event: the same words in the same construction."""
    return event.rule.partition("+")[0]


def _verb(event: Event) -> str:
    """The first word of that row: "meet" of "verb:meet actor"."""
    return event.rule.partition(":")[2].partition(" ")[0]


def _town(told: Told, around: Around) -> tuple[str, str | None] | None:
    return around.towns.get((told.article, told.event.id))
