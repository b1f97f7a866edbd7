"""What the table of office-holders adds to people whom the article names without saying who they are."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Token

from detente.knowledge.agents import agents
from detente.knowledge.offices import HEADS, Holder, Post, bearers, holders, leaders
from detente.knowledge.spelling import words_of
from detente.reading.actors.names import Name, Person
from detente.reading.actors.scene import Scene
from detente.reading.marks import ActorMark, context_of

_REGIONAL = frozenset({"governor", "mayor", "lieutenant governor", "deputy governor", "premier", "chief minister"})
_WITH_PREMIERS = frozenset({"AUS", "CAN"})
_RARE, _FEW = 2, 3  # people of the table with a surname: so rare that it names one; that a leader may be meant
_TELLING = 5  # a surname that more people of the table bear does not name a leader by itself


def know_people(scene: Scene) -> None:
    """Fills in country, role and sectors where the article leaves them open; roles and sectors only at its date."""
    day = context_of(scene.doc).published
    told = _Told(scene)
    for person in scene.people.persons:
        actor = scene.register[person.index]
        _regional_premier(told.text, actor, person)
        settled = actor.country and actor.sectors and actor.role and actor.role not in HEADS
        if settled or _private(actor) or "IGO" in actor.sectors:  # who speaks for an alliance stands for no country
            continue
        holder = _holder(scene, person, actor, day)
        if holder and (holder.head or _telling(holder, person) or told.points_to(holder, actor)):
            _fill(actor, person, holder, day)
        _regional_premier(told.text, actor, person)
    _find_leaders(scene, day)


def _regional_premier(text: str, actor: ActorMark, person: Person) -> None:
    """A premier of Australia or Canada heads a state or a province: their head of government is never called so."""
    if actor.role != "prime minister" or actor.country not in _WITH_PREMIERS:
        return
    if any("premier" in text[m.start : m.end].lower().split() for m in actor.mentions):
        actor.role = "premier"
        person.roles.discard("prime minister")
        person.roles.add("premier")


class _Told:
    """What the article tells besides names: countries, offices, words. A name alone is no proof that it is the official."""

    def __init__(self, scene: Scene) -> None:
        self.text = scene.doc.text
        self._countries = {h.phrase.code for h in scene.hits}
        self._countries |= {a.country for a in scene.register} | {p.country for p in scene.doc._.detente_places}
        self._offices = {h.phrase.agent.role for h in scene.hits if h.phrase.agent and h.phrase.kind == "office"}

    def points_to(self, holder: Holder, actor: ActorMark) -> bool:
        """Whether the article names the country of a post, or the region of a regional one, or the office itself."""
        return any(self._names(post, actor) for post in holder.posts)

    def _names(self, post: Post, actor: ActorMark) -> bool:
        office, _, region = post.role.partition(" of ")
        if office.lower() in _REGIONAL:
            return region in self.text if region else office.lower() in self._offices
        country = post.country is not None and post.country in self._countries
        return country or post.role in self._offices or (actor.country is not None and actor.country == post.country)


def _telling(holder: Holder, person: Person) -> bool:
    """Whether the name alone is proof enough: three words of it, or a surname that hardly anybody else bears.

    Of a regional office the second is none: its holders are many, and their names are everybody's.
    """
    words = max(person.forms, key=len)
    if len(words) > 2 and words == holder.words:
        return True
    regional = all(p.role.partition(" of ")[0].lower() in _REGIONAL for p in holder.posts)
    return not regional and bearers(words[-1]) <= _RARE


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
        return found[0] if len(found) == 1 and bearers(word) <= _FEW else None
    country, titled = (actor.country, actor.role is not None) if actor else (None, False)
    found = [h for h in leaders(word, given=titled) if country is None or _seat(h) == country]
    if not titled and bearers(word) > _TELLING:
        return None
    ruling = [h for h in found if any(p.role in HEADS for p in _held(h, day))]
    if ruling and len({_seat(h) for h in ruling}) == 1:
        return ruling[0]
    return found[0] if len(found) == 1 and bearers(word) <= _FEW and _over(found[0], day) else None


def _seat(holder: Holder) -> str | None:
    """The country of a head of state or government."""
    return holder.head.country if holder.head else holder.country


def _held(holder: Holder, day: date) -> list[Post]:
    """The posts held on the day, as head of state or government first."""
    return sorted((p for p in holder.posts if p.held(day)), key=lambda p: p.role not in HEADS)


def _over(holder: Holder, day: date) -> bool:
    """Whether every post is known to have ended, at least one of them before the day."""
    begun = any(p.start and p.start.rstrip("~") <= day.isoformat() for p in holder.posts)
    return begun and all(p.held(day) is False for p in holder.posts)


def _fill(actor: ActorMark, person: Person, holder: Holder, day: date | None) -> None:
    now = _held(holder, day) if day else []
    country = now[0].country if now else _seat(holder)
    if actor.country and country != actor.country:
        return
    actor.country = country
    if now:
        if not actor.role:
            actor.role, actor.role_basis = now[0].role, "known"
            person.roles.add(now[0].role)
        if not (actor.role and actor.role_basis == "stated" and (actor.affiliation or " of " in actor.role)):
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
        if token.i in scene.used or token.i in scene.hit_at or not (token.tag_ == "NNP" or _like_name(scene, token)):
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


def _like_name(scene: Scene, token: Token) -> bool:
    """Whether a word that the tagger calls a common noun has a capital amid small letters, as only names have."""
    if token.tag_ != "NN" or not token.text.istitle() or token.is_sent_start or not 0 < token.i < len(scene.texts) - 1:
        return False
    after = scene.texts[token.i + 1]
    return scene.texts[token.i - 1].islower() and not after[:1].isupper() and scene.tokens[token.i - 1].tag_ != "DT"


def _of_government(scene: Scene, i: int) -> bool:
    """Whether token i is "administration" or another word for a government, which a leader's name may precede."""
    phrase = scene.phrase(i)
    return phrase is not None and phrase.kind == "country" and phrase.agent is not None
