"""What the table of office-holders adds to people whom the article names without saying who they are."""

from __future__ import annotations

from datetime import date

from detente.knowledge.agents import agents
from detente.knowledge.offices import HEADS, Holder, Post, bearers, holders, leaders
from detente.knowledge.spelling import words_of
from detente.reading.actor_names import Name, Person
from detente.reading.actor_scene import Scene
from detente.reading.marks import ActorMark, context_of

_TELLING = 5  # a word that more people of the table bear does not name a leader by itself


def know_people(scene: Scene) -> None:
    """Fills in country, role and sectors where the article leaves them open; roles and sectors only at its date."""
    day = context_of(scene.doc).published
    for person in scene.people.persons:
        actor = scene.register[person.index]
        settled = actor.country and actor.sectors and actor.role and actor.role not in HEADS
        if settled or _private(actor):
            continue
        holder = _holder(scene, person, actor, day)
        if holder:
            _fill(actor, person, holder, day)
    _find_leaders(scene, day)


def _private(actor: ActorMark) -> bool:
    """Whether the article tells of a calling that is no office: a professor is not the minister of the same name."""
    agent = agents().get(actor.role) if actor.role else None
    return agent is not None and agent.kind == "person" and bool(agent.sectors) and "ELI" not in agent.sectors


def _holder(scene: Scene, person: Person, actor: ActorMark, day: date | None) -> Holder | None:
    words = max(person.forms, key=len)
    if len(words) < 2:
        if actor.role and actor.role not in HEADS:
            return None
        return _leader(words[-1], day, actor)
    found = holders(words, actor.country)
    if len(found) > 1:
        found = tuple(h for h in found if any(p.country and scene.find(p.country) is not None for p in h.posts))
    return found[0] if len({h.posts[0].country for h in found}) == 1 else None


def _leader(word: str, day: date | None, actor: ActorMark | None) -> Holder | None:
    """The one head of state or government of that name in office on the day, or once in office and now the only one."""
    if day is None:
        found = list(leaders(word))
        return found[0] if len(found) == 1 and bearers(word) <= 2 else None
    country, titled = (actor.country, actor.role is not None) if actor else (None, False)
    found = [h for h in leaders(word, given=titled) if country is None or h.posts[0].country == country]
    if not titled and bearers(word) > _TELLING:
        return None
    ruling = [h for h in found if any(p.role in HEADS for p in _held(h, day))]
    if ruling and len({(h.posts[0].country, h.posts[0].role) for h in ruling}) == 1:
        return ruling[0]
    return found[0] if len(found) == 1 and bearers(word) <= 2 and _over(found[0], day) else None


def _held(holder: Holder, day: date) -> list[Post]:
    return [p for p in holder.posts if p.held(day)]


def _over(holder: Holder, day: date) -> bool:
    """Whether every post is known to have ended, at least one of them before the day."""
    begun = any(p.start and p.start.rstrip("~") <= day.isoformat() for p in holder.posts)
    return begun and all(p.held(day) is False for p in holder.posts)


def _fill(actor: ActorMark, person: Person, holder: Holder, day: date | None) -> None:
    now = _held(holder, day) if day else []
    country = now[0].country if now else holder.country
    if actor.country and country != actor.country:
        return
    actor.country = country
    if now:
        if not actor.role:
            actor.role, actor.role_basis = now[0].role, "known"
            person.roles.add(now[0].role)
        actor.sectors = actor.sectors or now[0].sectors
    elif day and (not actor.role or actor.role in HEADS) and _over(holder, day):
        actor.sectors = ("ELI",)  # "President Bill Clinton" in an article of today
        if not actor.role:
            actor.role, actor.role_basis = f"former {_last(holder).role}", "known"


def _last(holder: Holder) -> Post:
    """The post that somebody is known for when all are over: as head of state or government, else the last to end."""
    heads = [p for p in holder.posts if p.role in HEADS]
    return max(heads or holder.posts, key=lambda p: p.end)


def _find_leaders(scene: Scene, day: date | None) -> None:
    """Leaders whom the article calls by one word, and whom nobody recognised as people."""
    for token in scene.tokens:
        if token.tag_ != "NNP" or token.i in scene.used or token.i in scene.hit_at:
            continue
        if token.dep_ == "compound" and not _of_government(scene, token.head.i):
            continue
        ent = scene.ent_at.get(token.i)
        if (ent and (ent[1] - ent[0] > 1 or ent[2] == "PERSON")) or not token.text[0].isupper():
            continue
        words = words_of(token.text)
        if not words or len(words[-1]) < 4:
            continue
        holder = _leader(words[-1], day, None)
        if holder is None:
            continue
        name = Name(start=token.i, end=token.i + 1, left=token.i, words=words, text=token.text)
        person = scene.people.of_word(words[-1], token.i, name)
        if person is None:
            index = scene.register.add(ActorMark(name=token.text, kind="person"))
            person = Person(index=index, forms=[words])
            scene.people.persons.append(person)
            _fill(scene.register[index], person, holder, day)
        scene.register.mention(person.index, token.i, token.i + 1)
        scene.used.add(token.i)


def _of_government(scene: Scene, i: int) -> bool:
    """Whether token i is "administration" or another word for a government, which a leader's name may precede."""
    phrase = scene.phrase(i)
    return phrase is not None and phrase.kind == "country" and phrase.agent is not None
