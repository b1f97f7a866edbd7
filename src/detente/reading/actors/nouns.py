"""Actors named by a noun: "the prime minister", "Iraqi troops", "the government", "experts"."""

from __future__ import annotations

from spacy.tokens import Token

from detente.knowledge.agents import Agent
from detente.reading.actors.acronyms import long_forms, mark_acronyms
from detente.reading.actors.bodies import mark_organisation, modifiers, phrase_begin
from detente.reading.actors.lexicon import Hit
from detente.reading.actors.names import Person
from detente.reading.actors.scene import GEOGRAPHIC, Scene
from detente.reading.actors.words import words
from detente.reading.marks import ActorMark

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_LEADERS = frozenset(
    {"prime minister", "president", "chancellor", "king", "queen", "emir", "sultan", "supreme leader", "crown prince"}
)
_HEADS = frozenset({"leader", "ruler", "head of state", "head of government"})
_VAGUE = _HEADS | {"official", "minister", "senior official"}
_NEW = frozenset({"a", "an", "any", "another", "every", "no", "some", "each", "whichever", "which", "what"})
_FORMER = frozenset({"former", "ex", "disgraced", "retired", "ousted"})
_PAST = _FORMER | frozenset({"late", "future", "next", "previous", "first", "second", "third"})
_ABSTRACT = words("abstract")
_WEAK = words("weak")
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_LIGHT = words("light")
_BODIES = words("bodies")
_MOVING = words("moving")
_NATIONS = frozenset({"country", "demonym", "capital"})
_AT_HOME = frozenset({"CVL", "AGR", "LAB", "BUS", "PTY", "OPP", "LEG", "JUD", "COP", "EDU", "HLH", "REL", "CRM"})
_OWNED = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})


def mark_nouns(scene: Scene) -> None:
    """Puts groups, unnamed office-holders and organisations known only by their name on the register."""
    forms = long_forms(scene)
    for start, end in forms.values():
        mark_organisation(scene, start, end)
    mark_acronyms(scene, forms)
    for ent in scene.doc.ents:
        if scene.label_of.get(ent.text, ent.label_) == "ORG":
            mark_organisation(scene, ent.start, ent.end)
    _call_bodies(scene)
    for hit in scene.hits:
        if (
            hit.phrase.agent
            and hit.end - 1 not in scene.used
            and _names_actor(scene, scene.tokens[hit.end - 1], hit.phrase.agent)
        ):
            _noun(scene, hit, hit.phrase.agent)


def _call_bodies(scene: Scene) -> None:
    """Lets "the ministry" and "the agency" name the one organisation of the article that was called so by its full name."""
    called: dict[str, set[int]] = {}
    text = scene.doc.text  # put together anew at every call
    for index, actor in enumerate(scene.register):
        if actor.kind == "organization":
            for start, end in actor.mentions:
                words_ = text[start:end].lower().split()
                if len(words_) > 1 and words_[-1] in _BODIES:
                    called.setdefault(words_[-1], set()).add(index)
    for word, owners in called.items():
        if len(owners) == 1:
            scene.name(f"noun:{word}:", owners.pop())


def mark_possessed(scene: Scene) -> None:
    """Gives "its envoy" and "his army" the country of the one whom the pronoun stands for; call it after the pronouns."""
    for index, pronoun in scene.possessed:
        actor, owner = scene.register[index], scene.register.at(pronoun)
        if actor.country is None and owner is not None and owner != index and len(actor.mentions) == 1:
            actor.country = scene.register[owner].country


def _names_actor(scene: Scene, token: Token, agent: Agent) -> bool:
    """Whether the noun is one here: "justice" is a judge only with a capital, "exile" in "exile group" is nobody."""
    if token.tag_ not in _NOUNS:
        return False
    if agent.noun in _ABSTRACT and not agent.plural:
        return token.text[:1].isupper() and token.is_sent_start is not True
    if token.dep_ in _MODIFIERS and (agent.kind == "thing" or _leads_actor(scene, token)):
        return False
    if agent.noun in _WEAK and token.dep_ not in ("nsubj", "nsubjpass", "agent", "poss") and token.text.islower():
        return token.dep_ == "pobj" and token.head.lower_ in ("to", "by", "with")
    return agent.kind in ("group", "country", "thing") or token.dep_ not in _MODIFIERS


def _leads_actor(scene: Scene, token: Token) -> bool:
    """Whether the noun it modifies is an actor itself: "hospital sources" are one group, not two."""
    phrase = scene.phrase(token.head.i)
    return phrase is not None and phrase.agent is not None and phrase.kind != "thing"


_THINGS = frozenset(
    ["tomb", "monument", "memorial", "day", "office", "palace", "house", "church", "feast", "statue", "order"]
)


def _noun(scene: Scene, hit: Hit, agent: Agent) -> None:
    """Enters the actor that a noun names, with the nation and the sectors that the words around it tell."""
    head = scene.tokens[hit.end - 1]
    run = _proper_run(scene, hit, agent)
    if run < hit.start:
        if agent.kind == "group":
            mark_organisation(scene, run, hit.end)
        return
    if agent.kind in ("person", "office") and _is_within_name(head):
        return
    begin = phrase_begin(scene, hit.start, hit.end)
    near, lent, _ = modifiers(scene, begin, hit.start)
    country = near or _from_afar(scene, head, agent)
    if agent.kind == "thing" and country is None and head.dep_ not in ("nsubj", "agent"):
        return
    sectors = lent if lent and (agent.noun in _VAGUE or not agent.sectors) else agent.sectors
    if any(scene.tokens[i].lower_ in _FORMER for i in range(begin, hit.start)):
        sectors = ("ELI",)
    index: int | None
    if agent.kind == "country" and near and not _national(scene, begin, hit.start):
        mark = ActorMark(name=_called(scene, begin, hit.end), kind="group", country=near, sectors=("GOV",))
        index = scene.keyed(f"government:{mark.name.lower()}", mark)
    else:
        index = _same_as_subject(scene, head, agent)
        index = _resolve(scene, agent, head, begin, country, sectors) if index is None else index
    if index is not None:
        _enter(scene, index, begin, hit)
    elif head.dep_ not in _MODIFIERS:
        scene.stateless.append((begin, hit.end))


def _is_within_name(head: Token) -> bool:
    """Whether a role only ends the name of a thing: "the Tomb of the Unknown Soldier", "the Office of the Ombudsman"."""
    if not head.text[:1].isupper() or head.dep_ != "pobj" or head.head.lower_ != "of":
        return False
    named, article = head.head.head, next(iter(head.lefts), None)
    return named.tag_ == "NNP" and named.lower_ in _THINGS and article is not None and article.lower_ == "the"


def _same_as_subject(scene: Scene, head: Token, agent: Agent) -> int | None:
    """The named person who "is the director": a noun behind "be" names nobody new."""
    verb = head.head
    if agent.kind not in ("office", "person") or agent.plural or head.dep_ != "attr" or verb.lemma_ != "be":
        return None
    if head.tag_ in ("NNS", "NNPS") or any(c.dep_ == "neg" for c in verb.children):
        return None
    held = next((scene.register.at(c.i) for c in verb.children if c.dep_ == "nsubj"), None)
    return held if held in {p.index for p in scene.people.persons} else None


def _enter(scene: Scene, index: int, begin: int, hit: Hit) -> None:
    """Notes the mention, and what later steps need to find the country of an actor that has none yet."""
    actor = scene.register[index]
    owned = scene.tokens[begin].tag_ == "PRP$"
    if actor.country is None and not any(scene.phrase_kind(i) == "org" for i in range(begin, hit.start)):
        scene.homeless.append((index, hit.end - 1))
    if actor.country is None and owned and _OWNED.intersection(actor.sectors):
        scene.possessed.append((index, begin))
    scene.register.mention(index, begin + owned, hit.end, keep=True)
    scene.used.update(range(hit.start, hit.end))


def _from_afar(scene: Scene, head: Token, agent: Agent) -> str | None:
    """The nation in a complement ("soldiers from Chad") or of the possessor ("Merkel's spokesman")."""
    at_home = agent.kind == "country" or (bool(agent.sectors) and _AT_HOME.issuperset(agent.sectors))
    country = _complement(scene, head, at_home)
    if country is None and (not agent.sectors or _OWNED.intersection(agent.sectors)):
        owner = next((scene.register.at(c.i) for c in head.children if c.dep_ == "poss"), None)
        country = scene.register[owner].country if owner is not None else None
    return country


def _national(scene: Scene, begin: int, end: int) -> bool:
    """Whether a nation is named in tokens [begin, end), and not only a region or a town of it: "the Catalan government"."""
    return any(
        (p := scene.phrase(i)) is not None and (p.kind in GEOGRAPHIC or p.kind == "org") for i in range(begin, end)
    )


def _proper_run(scene: Scene, hit: Hit, agent: Agent) -> int:
    """Where a proper name that ends in the noun begins: "Progressive Party", "Business Insider"; the noun's start if none."""
    start = hit.start
    if agent.kind not in ("group", "person") or scene.tokens[hit.end - 1].tag_ not in ("NNP", "NNPS"):
        return start
    if not scene.texts[start][:1].isupper():
        return start
    while start > 0 and start - 1 not in scene.hit_at and start - 1 not in scene.used:
        token = scene.tokens[start - 1]
        if token.tag_ not in ("NNP", "NNPS") or not token.text[:1].isupper() or token.dep_ not in _MODIFIERS:
            break
        start -= 1
    return start


def _complement(scene: Scene, head: Token, at_home: bool) -> str | None:
    """The nation in "soldiers from Chad", "the president of Russia", and, for those `at_home` there, "farmers in Chad"."""
    for prep in (*head.children, *_behind(scene, head)):
        if prep.dep_ == "prep" and (prep.lower_ in ("of", "from") or (at_home and prep.lower_ == "in")):
            for noun in prep.children:
                phrase = scene.phrase(noun.i)
                if noun.dep_ == "pobj" and phrase and phrase.kind in _NATIONS:
                    return None if _several(scene, noun) else phrase.code
    return None


def _behind(scene: Scene, head: Token) -> list[Token]:
    """The "from" right behind people that the parser gave to the verb: "helped dissidents from Chad", not "expelled them from"."""
    verb = head.head
    if head.dep_ != "dobj" or head.i + 1 >= len(scene.tokens) or verb.lemma_.lower() in _MOVING:
        return []
    after = scene.tokens[head.i + 1]
    return [after] if after.lower_ == "from" and after.dep_ == "prep" and after.head.i == verb.i else []


def _seat_of(scene: Scene, head: Token) -> str:
    """The place or body whose officer it is: two towns have two mayors."""
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "to"):
            for noun in prep.children:
                if noun.dep_ == "pobj" and noun.text[:1].isupper():
                    return noun.text
    return ""


def _several(scene: Scene, noun: Token) -> bool:
    """Whether more nations follow: the ministers of one and another country have no one country."""
    return any(c.dep_ == "conj" and (p := scene.phrase(c.i)) is not None and p.code for c in noun.children)


def _resolve(
    scene: Scene, agent: Agent, head: Token, begin: int, country: str | None, sectors: tuple[str, ...]
) -> int | None:
    if agent.kind == "country":
        return _state(scene, head, begin, country)
    plural = agent.plural or head.tag_ in ("NNS", "NNPS")
    if agent.kind == "office" and not plural:
        person = _holder(scene, agent, country) if _points_back(scene, begin, head.i) else None
        if person is not None:
            return person.index
    epithets = _epithets(scene, begin, head.i)
    seat = _seat_of(scene, head) if agent.kind == "office" else ""
    number = "s" if plural else ""
    definite = scene.tokens[begin].lower_ in ("the", "his", "her", "its", "their")
    if (
        country is None
        and definite
        and not epithets
        and not seat
        and (known := scene.find(f"noun:{agent.noun}:{number}")) is not None
    ):
        return known
    office = agent.kind == "office" and not plural
    mark = ActorMark(
        name=_called(scene, begin, head.i + 1),
        kind="group" if plural or agent.kind in ("group", "thing") else "person",
        country=country,
        sectors=sectors,
        role=agent.role if office else None,
        role_basis="stated" if office else None,
    )
    last = agent.noun.rpartition(" ")[2]
    index = scene.keyed(f"noun:{agent.noun}:{number}:{country}:{sectors}:{epithets}:{seat}", mark)
    scene.name(f"noun:{agent.noun}:{number}", index)
    if last in _BODIES and last != agent.noun:
        scene.name(f"noun:{last}:{number}", index)
    return index


def _called(scene: Scene, begin: int, end: int) -> str:
    """The noun phrase without article, number or quantity: what an unnamed actor is called."""
    while begin < end - 1 and (
        scene.tokens[begin].is_punct or scene.tokens[begin].lower_ in _LIGHT or scene.tokens[begin].tag_ == "CD"
    ):
        begin += 1
    return " ".join(scene.doc[begin:end].text.split())


def _state(scene: Scene, head: Token, begin: int, country: str | None) -> int | None:
    """A government: its country's actor; the country of the person in "Mr Al Kadhimi's administration"."""
    if country is None:
        for i in range(begin, head.i):
            held = scene.register.at(i)
            if held is not None and scene.register[held].country:
                country = scene.register[held].country
    if country is None:
        return None
    index = scene.country(country)
    scene.register[index].sectors = ("GOV",)
    return index


def _holder(scene: Scene, agent: Agent, country: str | None) -> Person | None:
    """The one person of the article who holds this office."""
    if agent.noun in _HEADS and country is None:
        return None
    fitting = []
    for person in scene.people.persons:
        actor = scene.register[person.index]
        if _holds(person, agent) and (country is None or actor.country in (None, country)):
            fitting.append(person)
    fitting = [p for p in fitting if agent.noun in p.roles] or fitting
    if len(fitting) != 1:
        return None
    if country and scene.register[fitting[0].index].country is None:
        scene.register[fitting[0].index].country = country
    return fitting[0]


def _holds(person: Person, agent: Agent) -> bool:
    """Whether one of the person's roles is the noun's: "the leader" any head of state, "the minister" any minister."""
    if agent.noun in _HEADS:
        return bool(person.roles & _LEADERS)
    if agent.noun in ("minister", "secretary"):
        return any(role.endswith(agent.noun) and role != "prime minister" for role in person.roles)
    return agent.role in person.roles or agent.noun in person.roles


def _points_back(scene: Scene, begin: int, end: int) -> bool:
    """Whether a noun phrase may name somebody told before: no "a" or "his", no former, no proper name of another kind in it."""
    first = scene.tokens[begin]
    if first.lower_ in _NEW or first.tag_ == "PRP$" or first.tag_ == "CD":
        return False
    return not _epithets(scene, begin, end) and not any(scene.tokens[i].lower_ in _PAST for i in range(begin, end))


def _epithets(scene: Scene, begin: int, end: int) -> tuple[str, ...]:
    """The capitalised modifiers that are of no nation: "Republican" in "the Republican nominee"."""
    return tuple(
        scene.texts[i]
        for i in range(begin, end)
        if scene.texts[i][:1].isupper()
        and i not in scene.hit_at
        and scene.tokens[i].tag_ not in ("DT", "PRP$", "CD", "JJS")
        and not (i == begin and scene.tokens[i].is_sent_start)
    )
