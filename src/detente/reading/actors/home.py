"""Whose "the government", "police" and "protesters" are: the country's that the article is plainly about."""

from __future__ import annotations

from collections import Counter

from detente.reading.actors.scene import Scene
from detente.reading.actors.words import words
from detente.reading.marks import ActorMark

_SHARE, _TIMES = 0.6, 4  # of all mentions of countries and their officials; at least so many
_NATIVE = frozenset({"CVL", "COP", "LEG", "OPP", "PTY", "LAB", "AGR", "UAF", "REB", "JUD", "GOV"})
_STRANGERS = words("strangers")
_ARMED = frozenset({"UAF", "REB"})  # fighters may be of any nation: the sentence itself must speak of the country
_SPOKESMEN = frozenset({"spokesperson", "spokesman", "spokeswoman"})
_JUST_BEFORE = 300  # characters: two or three sentences
_RULING = words("ruling")
_ANYBODY = words("anybody")


def mark_home(scene: Scene) -> None:
    """Gives unnamed natives their country where the article leaves no doubt; call it last."""
    home = _home(scene)
    clean = _sentences(scene, home) if home else []
    for start, end in scene.stateless:
        _govern(scene, start, end, home if home and clean[start] else None)
    if home is None:
        return
    for actor, start in scene.homeless:
        mark = scene.register[actor]
        if mark.country is None and _native(mark) and len(mark.mentions) <= 8 and clean[start]:
            if _ARMED.intersection(mark.sectors) and not _told_here(scene, start, home):
                continue
            mark.country = home


def mark_spokesmen(scene: Scene) -> None:
    """Gives a named spokesman the country of the one quoted just before: "a Chadian army spokesman said. Spokesman Ali Berg ..."."""
    people = {p.index for p in scene.people.persons}
    unnamed = [a for i, a in enumerate(scene.register) if i not in people and a.country and _speaks(a) and a.mentions]
    for index in people:
        actor = scene.register[index]
        if actor.country is not None or not _speaks(actor) or not actor.mentions:
            continue
        first = min(m.start for m in actor.mentions)
        before = [a for a in unnamed if 0 <= first - max(m.end for m in a.mentions) < _JUST_BEFORE]
        if len({a.country for a in before}) == 1:
            actor.country, actor.sectors = before[-1].country, actor.sectors or before[-1].sectors


def _speaks(actor: ActorMark) -> bool:
    """Whether somebody's role is to speak for others."""
    return actor.role is not None and actor.role.split()[-1] in _SPOKESMEN


def _told_here(scene: Scene, i: int, home: str) -> bool:
    """Whether the sentence of token i names the home country, its government or its people."""
    sentence = scene.tokens[i].sent
    held = (scene.register.at(j) for j in range(sentence.start, sentence.end))
    return any(a is not None and scene.register[a].country == home for a in held)


def _govern(scene: Scene, start: int, end: int, home: str | None) -> None:
    """Makes "his government" its master's country's, "the government" the home country's, another a group of its own."""
    owner = scene.register.at(start) if scene.tokens[start].tag_ == "PRP$" else None
    country = scene.register[owner].country if owner is not None else None
    if (
        country is None
        and scene.texts[start].lower() == "the"
        and all(w in _RULING for w in scene.texts[start + 1 : end - 1])
    ):
        country = home
    if country is None:
        name = " ".join(scene.texts[start + (scene.tokens[start].tag_ in ("DT", "PRP$")) : end])
        mark = ActorMark(name=name, kind="group", sectors=("GOV",))
        index = scene.keyed(f"government:{name.lower()}", mark)
    else:
        index = scene.country(country)
        scene.register[index].sectors = ("GOV",)
    scene.register.mention(index, start, end, keep=True)


def _home(scene: Scene) -> str | None:
    """The country that most mentions of countries and their people are of; None when no one country leads."""
    told: Counter[str] = Counter()
    for actor in scene.register:
        if actor.country and actor.kind in ("country", "person"):
            told[actor.country] += len(actor.mentions) + len(actor.pronouns)
    if not told:
        return None
    (home, times), total = told.most_common(1)[0], sum(told.values())
    return home if times >= _TIMES and times >= _SHARE * total else None


def _sentences(scene: Scene, home: str) -> list[bool]:
    """For each token, whether its sentence speaks of no other country."""
    clean: list[bool] = []
    start, good = 0, True
    for token in scene.tokens:
        if token.is_sent_start and token.i > start:
            clean += [good] * (token.i - start)
            start, good = token.i, True
        held = scene.register.at(token.i)
        country = scene.register[held].country if held is not None else None
        if country not in (None, home):
            good = False
    return clean + [good] * (len(scene.tokens) - start)


def _native(mark: ActorMark) -> bool:
    words = mark.name.lower().split()
    return bool(_NATIVE.intersection(mark.sectors)) and not _STRANGERS.intersection(words) and words[-1] not in _ANYBODY
