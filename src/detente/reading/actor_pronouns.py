"""Pronouns of the third person: whom "he" and "she" stand for, where that is plain."""

from __future__ import annotations

from spacy.tokens import Token

from detente.reading.actor_scene import Scene

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_OPENING = frozenset('“"')
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def mark_pronouns(scene: Scene) -> None:
    """Adds the pronouns that stand for people."""
    genders = {p.index: p.gender for p in scene.people.persons}
    recent: list[tuple[int, int, bool]] = []
    sentence = -1
    quoted = False
    for token in scene.tokens:
        if token.is_sent_start:
            sentence += 1
        if token.text in _OPENING:
            quoted = not quoted
        elif token.text == "”":
            quoted = False
        held = scene.register.at(token.i)
        if (
            held is not None
            and scene.register[held].kind == "person"
            and (token.ent_type_ or token.pos_ in ("NOUN", "PROPN"))
        ):
            recent.append((held, sentence, _subject(token)))
        gender = _GENDER.get(token.lower_)
        if gender and held is None and not quoted:
            index = _antecedent(recent, genders, gender, sentence)
            if index is not None:
                scene.register.mention(index, token.i, token.i + 1, pronoun=True)
                genders[index] = genders.get(index) or gender
                recent.append((index, sentence, token.dep_ in _SUBJECTS))


def _subject(token: Token) -> bool:
    for _ in range(3):
        if token.dep_ in _SUBJECTS:
            return True
        if token.dep_ not in ("compound", "amod", "nmod"):
            return False
        token = token.head
    return False


def _antecedent(recent: list[tuple[int, int, bool]], genders: dict[int, str], gender: str, sentence: int) -> int | None:
    """The nearest fitting person: subjects first, in this sentence or one of the two before."""
    near = [r for r in recent[-24:] if sentence - r[1] <= 2 and genders.get(r[0], "") in ("", gender)]
    for wanted_subject in (True, False):
        for index, _, subject in reversed(near):
            if subject or not wanted_subject:
                return index
    return None
