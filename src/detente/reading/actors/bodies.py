"""Organisations that only their name tells of, and the phrases around actors: where they begin, whose they are."""

from __future__ import annotations

from detente.knowledge.agents import Agent
from detente.reading.actors.roles import joined_on
from detente.reading.actors.scene import Scene
from detente.reading.marks import ActorMark

_BREAKS = frozenset({",", ";", ":", "“", "”", '"', "(", ")", "—"})
_OTHER_WORDS = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON"})


def mark_organisation(scene: Scene, start: int, end: int) -> None:
    """An organisation that only the recogniser knows: country and sectors from the words of its name."""
    while start < end and scene.tokens[start].lower_ in ("the", "a", "an"):
        start += 1
    first = scene.hit_at.get(start)
    if first and first.phrase.agent and first.phrase.agent.plural and scene.texts[first.end : first.end + 1] == ["of"]:
        start = min(first.end + 1, end)  # "Leaders of" a body are not the body
    end = next((i for i in range(start, end) if scene.tokens[i].is_space), end)
    while end > start and scene.texts[end - 1] in ("'s", "’s", "'", "’"):
        end -= 1
    if start >= end or any(i in scene.used for i in range(start, end)) or not scene.texts[start][:1].isupper():
        return
    known = _known_within(scene, start, end)
    if known is not None:
        scene.register.mention(known, start, end)
        scene.used.update(range(start, end))
        return
    country, sectors, agent = modifiers(scene, start, end, named=True)
    if not _is_name(scene, start, end, agent):
        return
    if country is None:
        country = _owner(scene, start)
    name = " ".join(scene.doc[start:end].text.split())
    mark = ActorMark(name=name, kind="organization", country=country, sectors=sectors)
    index = scene.keyed(f"name:{name.lower()}:{country}", mark)
    scene.register.mention(index, phrase_begin(scene, start, end), end)
    scene.used.update(range(start, end))


def _is_name(scene: Scene, start: int, end: int, agent: Agent | None) -> bool:
    """Whether tokens [start, end) can be an organisation's name: not an office, not a lone word that is no noun."""
    hit, last = scene.hit_at.get(start), scene.phrase(end - 1)
    if hit and hit.end >= end and hit.phrase.kind in ("org", "country", "demonym", "capital", "seat"):
        return False
    if agent is None and last is None and end - start == 1 and scene.tokens[start].pos_ not in ("PROPN", "NOUN"):
        return False
    return not (last and last.agent and last.agent.kind != "group")


def _known_within(scene: Scene, start: int, end: int) -> int | None:
    """The organisation of the tables whose name this is but for a nation before it: "the U.S. State Department"."""
    hit = scene.hit_at.get(end - 1)
    if hit is None or hit.phrase.organisation is None or hit.start <= start:
        return None
    before = scene.phrase(start)
    if before and before.code and scene.hit_at[start].end >= hit.start:
        return scene.organisation(hit.phrase.organisation)
    return None


def _owner(scene: Scene, start: int) -> str | None:
    """The nation before a name: "Chile's Ministry of Mines", "the Iraqi Parliament"."""
    i = start - 1
    if i > 0 and scene.texts[i] in ("'s", "’s", "'", "’"):
        i -= 1
    hit = scene.hit_at.get(i)
    return hit.phrase.code if hit and hit.phrase.kind in ("country", "demonym", "capital") else None


def modifiers(
    scene: Scene, start: int, end: int, *, named: bool = False
) -> tuple[str | None, tuple[str, ...], Agent | None]:
    """The nation, the sectors and the last noun that tokens [start, end) hold. named: they are a name, not a description."""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    agent: Agent | None = None
    i = start
    while i < end:
        hit = scene.hit_at.get(i)
        if hit is None:
            place = scene.place_country(i) if scene.texts[i][:1].isupper() else None
            country = country or place
            i += 1
            continue
        phrase = hit.phrase
        if phrase.code and phrase.kind != "org" and not joined_on(scene, hit.end):
            country = country or phrase.code
            if phrase.kind == "seat":
                sectors = sectors or ("GOV",)
        if phrase.organisation:
            country = country or phrase.organisation.country
            sectors = phrase.organisation.sectors
        if phrase.agent and not (named and phrase.agent.kind in ("person", "thing", "rank")):
            agent = phrase.agent
            sectors = phrase.agent.sectors or sectors
        i = max(hit.end, i + 1)
    return country, sectors, agent


def phrase_begin(scene: Scene, start: int, end: int) -> int:
    """Where the noun phrase whose last token is end-1 begins: at most eight tokens to the left, no punctuation between."""
    edge = scene.doc[start:end].root.left_edge.i
    i = start
    while i > edge and start - i < 8:
        token = scene.tokens[i - 1]
        if (
            token.text in _BREAKS
            or token.is_space
            or (token.pos_ in _OTHER_WORDS and token.dep_ not in ("amod", "poss"))
        ):
            break
        i -= 1
    return i
