"""Countries and organisations as actors: names, adjectives of nation, seats of power that act, bodies known by name."""

from __future__ import annotations

from spacy.tokens import Token

from detente.reading.actors.lexicon import Hit
from detente.reading.actors.scene import Scene
from detente.reading.actors.words import words
from detente.reading.marks import ActorMark

_PARTS = words("parts")
_NAMED_AFTER = words("named_after")
_STATIVE = words("stative")
_DEALT = words("dealt")
_LOCAL = words("local")
_HIT = words("hit")
_CARRIED = words("carried")
_SAID = words("said")
_PEOPLE = words("people")


def mark_countries(scene: Scene) -> None:
    """Puts countries and known organisations on the register, with those mentions that no person's title holds."""
    for hit in scene.hits:
        if hit.start in scene.used:
            continue
        kind = hit.phrase.kind
        if kind == "org" and hit.phrase.organisation:
            scene.register.mention(scene.organisation(hit.phrase.organisation), hit.start, hit.end)
        elif kind in ("country", "demonym") and hit.phrase.code and _is_country(scene, hit):
            scene.register.mention(scene.country(hit.phrase.code), hit.start, hit.end)
        elif kind == "region" and hit.phrase.code and scene.tokens[hit.end - 1].pos_ == "PROPN":
            if stands_for_state(scene, hit):
                name = scene.doc[hit.start : hit.end].text
                mark = ActorMark(name=name, kind="organization", country=hit.phrase.code, sectors=("GOV",))
                scene.register.mention(scene.keyed(f"region:{hit.phrase.folded}", mark), hit.start, hit.end)
        elif kind in ("capital", "seat") and hit.phrase.code and stands_for_state(scene, hit):
            index = scene.country(hit.phrase.code)
            scene.register.mention(index, hit.start, hit.end)
            scene.register[index].sectors = ("GOV",)


def _is_country(scene: Scene, hit: Hit) -> bool:
    """Whether the name is the country's, not part of a person's, a company's or a university's name."""
    if _within_name(scene, hit) or _elsewhere(scene, hit):
        return False
    ent = scene.ent_at.get(hit.start)
    if (
        ent is None
        or (ent[0] >= hit.start and ent[1] <= hit.end)
        or ent[2] in ("GPE", "NORP", "LOC", "EVENT", "DATE", "FAC")
    ):
        return True
    if ent[2] == "PERSON":
        return False
    return ent[2] == "ORG" and any((p := scene.phrase(i)) is not None and p.agent for i in range(hit.end, ent[1]))


def _within_name(scene: Scene, hit: Hit) -> bool:
    """Whether the phrase is a piece of another proper name: "New Mexico", "Gulf of Mexico", "South China Sea", "Korean War"."""
    tokens = scene.tokens
    if hit.end < len(tokens) and scene.texts[hit.end] in _NAMED_AFTER:
        return True
    if (
        hit.phrase.kind == "demonym"
        and hit.end < len(tokens)
        and scene.texts[hit.end] in ("language", "speaking", "speakers")
    ):
        return True
    ent = scene.ent_at.get(hit.start)
    if ent is None or ent[0] == hit.start or ent[2] not in ("GPE", "LOC", "FAC"):
        return False
    before = scene.texts[hit.start - 1]
    if before == "of":
        return True
    return before[:1].isupper() and before.lower() not in _PARTS and hit.start - 1 not in scene.hit_at


def _elsewhere(scene: Scene, hit: Hit) -> bool:
    """Whether the places component found a place of another country here: Georgia in "Atlanta, Georgia"."""
    if hit.phrase.kind != "country":
        return False
    country = scene.place_country(hit.start)
    return country is not None and country != hit.phrase.code


def _addressed(scene: Scene, hit: Hit) -> bool:
    """Whether the country follows, as in an address: "Beirut, Lebanon"."""
    after = scene.phrase(hit.end + 1) if hit.end < len(scene.tokens) and scene.texts[hit.end] == "," else None
    return after is not None and after.kind == "country" and after.code == hit.phrase.code


def stands_for_state(scene: Scene, hit: Hit) -> bool:
    """Whether a capital or a seat of power acts or is dealt with here, rather than being where something happens."""
    ent = scene.ent_at.get(hit.start)
    if ent and (ent[0] < hit.start - 1 or ent[1] > hit.end) and ent[2] in ("ORG", "PERSON", "FAC", "WORK_OF_ART"):
        return False
    if hit.phrase.kind == "capital" and ent and ent[2] == "PERSON":
        return False
    if _addressed(scene, hit):
        return False
    token = scene.doc[hit.start : hit.end].root
    for _ in range(4):
        if token.dep_ != "conj":
            break
        token = token.head
    return _acts(token)


def _acts(token: Token) -> bool:
    dep, head = token.dep_, token.head
    if dep in ("nsubj", "agent"):
        return head.lemma_ not in _STATIVE
    if dep == "nsubjpass":
        return head.lemma_ in _SAID
    if dep in ("dobj", "dative", "iobj"):
        return head.lemma_ not in _HIT and head.lemma_ not in _CARRIED
    if dep == "poss":
        return head.lemma_.lower() not in _LOCAL
    if dep == "compound":
        return head.lemma_.lower() not in _LOCAL and not head.ent_type_
    if dep == "pobj":
        return _dealt_with(head) and not (head.lower_ == "from" and head.head.lemma_.lower() in _PEOPLE)
    return dep in ("npadvmod", "amod", "nmod")


def _dealt_with(prep: Token) -> bool:
    word = prep.lower_
    governor = prep.head
    if word in ("to", "from", "for"):
        return governor.lemma_ not in _CARRIED and governor.pos_ in ("NOUN", "PROPN", "VERB")
    if word == "in":
        return governor.lemma_ in ("tie", "ally", "friend", "policymaker", "lawmaker", "administration", "government")
    return word in _DEALT
