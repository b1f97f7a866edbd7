"""What a user's own table adds to the actors of a Doc, and where it overrides the package's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from detente.knowledge.agents import agents
from detente.knowledge.own_actors import OwnActor, OwnActors
from detente.knowledge.own_organisations import own_organisations
from detente.knowledge.spelling import words_of
from detente.reading.actors.lexicon import Hit
from detente.reading.actors.names import Name, Person
from detente.reading.actors.scene import Scene
from detente.reading.marks import ActorMark, context_of

_COMPLEMENT = re.compile(r" (?:of|for|at|to|in) ")
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the article itself says of a person in the user's table."""

    country: str | None
    sectors: tuple[str, ...]
    role: str | None


def own_people(scene: Scene, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of names of people with the user's people among them, also those that the recogniser missed."""
    if not scene.own:
        return spans
    found = [(h.start, h.end) for h in scene.hits if h.phrase.kind == "own" and _is_person(scene, h)]
    found = [own for own in found if not any(s <= own[0] and own[1] <= e and own != (s, e) for s, e in spans)]
    taken = {i for start, end in found for i in range(start, end)}
    return [span for span in spans if taken.isdisjoint(range(*span))] + found


def join_aliases(own: OwnActors, names: list[Name]) -> None:
    """Makes names of one of the user's people equal. One word is the alias only where no other full name holds it."""
    if not own:
        return
    others = {word for name in names if len(name.words) > 1 and not own.of(name.words) for word in name.words}
    for name in names:
        rows = own.of(name.words)
        if rows and (len(name.words) > 1 or name.words[0] not in others):
            name.words = words_of(rows[0].name)


def mark_own(scene: Scene) -> None:
    """Puts those on the register whom the user's table leaves open, and who are no person in this article."""
    for hit in scene.hits if scene.own else ():
        if (
            hit.phrase.kind == "own"
            and hit.phrase.organisation
            and hit.start not in scene.used
            and not _goes_on(scene, hit)
        ):
            scene.register.mention(scene.organisation(hit.phrase.organisation), hit.start, hit.end)
            scene.used.update(range(hit.start, hit.end))


def stated_of(scene: Scene) -> dict[int, Stated]:
    """What the article says of each person in the user's table, by register index; call it before the tables speak."""
    found = {}
    for person in scene.people.persons if scene.own else ():
        if _rows(scene.own, person):
            actor = scene.register[person.index]
            found[person.index] = Stated(country=actor.country, sectors=actor.sectors, role=actor.role)
    return found


def know_own(scene: Scene, stated: dict[int, Stated]) -> None:
    """Lets the user's table overrule the package's, and what the article states overrule both."""
    if not scene.own:
        return
    day = context_of(scene.doc).published
    for person in scene.people.persons:
        if person.index in stated:
            rows = _rows(scene.own, person)
            _tell(scene.register[person.index], person, rows, stated[person.index], day)
    _lapse(scene, day)


def _tell(actor: ActorMark, person: Person, rows: tuple[OwnActor, ...], said: Stated, day: date | None) -> None:
    row = next((r for r in rows if r.holds(day)), None)
    past = max((r for r in rows if r.over(day)), key=lambda r: r.end, default=None)
    actor.name = rows[0].name
    country = next((r.country for r in (row, *rows) if r and r.country is not None), None)
    if said.country is None and country is not None:
        actor.country = country or None
    if said.role is None and any(r.role is not None for r in rows):
        _tell_role(actor, person, row, past)
    if (said.role is None or not said.sectors) and any(r.role is not None or r.sectors is not None for r in rows):
        actor.sectors = _sectors(row, actor.sectors) if row else said.sectors or _afterwards(past)


def _tell_role(actor: ActorMark, person: Person, row: OwnActor | None, past: OwnActor | None) -> None:
    """The role that holds; else the one whose end is proved, as a former one; else none."""
    if actor.role:
        person.roles.discard(actor.role)
    actor.role = actor.role_basis = None
    if row and row.role:
        actor.role, actor.role_basis = row.role, "known"
        person.roles.add(row.role.lower())
    elif not row and past and past.role:
        actor.role, actor.role_basis = f"former {past.role}", "known"


def _sectors(row: OwnActor, known: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the row, else of its role; a row without a role leaves those that are known."""
    if row.sectors is not None:
        return row.sectors
    return known if row.role is None else _of_role(row.role)


def _of_role(role: str) -> tuple[str, ...]:
    """The sectors of a role by its head: an envoy's for "special envoy for fish"."""
    words = _COMPLEMENT.split(role.lower())[0].split()
    known = agents()
    found = (known.get(" ".join(words[i:])) for i in range(len(words)))
    return next((agent.sectors for agent in found if agent), ())


def _afterwards(past: OwnActor | None) -> tuple[str, ...]:
    """Former officials are of the elite; what others are afterwards nobody says."""
    if past is None:
        return ()
    return ("ELI",) if _OFFICIAL.intersection(_sectors(past, ())) else ()


def _lapse(scene: Scene, day: date | None) -> None:
    """An organisation outside its days has no sectors."""
    for organisation in own_organisations(scene.own):
        index = scene.find(organisation.key)
        if index is not None:
            rows = scene.own.of(words_of(organisation.names[0]))
            if rows and not any(row.holds(day) for row in rows):
                scene.register[index].sectors = ()


def _rows(own: OwnActors, person: Person) -> tuple[OwnActor, ...]:
    return next((rows for form in person.forms if (rows := own.of(form))), ())


def _is_person(scene: Scene, hit: Hit) -> bool:
    if _goes_on(scene, hit):
        return False
    if hit.phrase.organisation is None:
        return True
    ent = scene.ent_at.get(hit.start)
    return ent is not None and ent[2] == "PERSON"


def _goes_on(scene: Scene, hit: Hit) -> bool:
    """Whether the name is but a part of a longer one: "Torvald Brekke" in "Torvald Brekke Haugen"."""
    ent = scene.ent_at.get(hit.start)
    if ent is None:
        return False
    beside = [i for i in (hit.start - 1, hit.end) if ent[0] <= i < ent[1] and i not in scene.hit_at]
    return any(scene.tokens[i].tag_ in ("NNP", "NNPS") for i in beside)
