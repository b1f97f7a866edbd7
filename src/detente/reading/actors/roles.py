"""What a title phrase or an apposition says: role, country, sectors, affiliation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.knowledge.agents import addresses
from detente.reading.actors.lexicon import Hit
from detente.reading.actors.scene import GEOGRAPHIC, Scene
from detente.reading.actors.words import words

_FORMER = words("former")
_PAST = _FORMER - {"late", "then", "outgoing"}
_WIDE = frozenset({"minister", "deputy minister", "secretary", "ministers"})
_STEP = frozenset({"compound", "amod", "nmod", "poss", "case", "punct", "npadvmod", "nummod", "appos", "dep", "advmod"})
_PRIVATE = frozenset({"EDU", "MED", "NGO", "BUS", "HLH", "REL"})  # to work for one of these is no nationality
_NO_ROLE = words("no_role")
_OF_BODIES = frozenset({"president", "vice president", "chancellor"})  # of states and of bodies: "of" tells which
_DEGREES = words("degrees")
_ENVOYS = frozenset({"envoy", "representative", "coordinator", "negotiator"})
_WORKED_ON = frozenset({"task", "desk", "coordination", "reconciliation", "policy", "working"})
_TITLE_WORDS = frozenset({"of", "for", "to", "and", "the", "&"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What words around a name say of the person. left: where the title begins; apposed: spans that are mentions, too.

    role: the office without nation ("prime minister"), for comparing; text: as it is given out.
    """

    left: int
    role: str | None = None
    text: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    affiliation: str | None = None
    gender: str = ""
    former: bool = False
    apposed: tuple[tuple[int, int], ...] = ()

    def joined(self, title: Role) -> Role:
        """An apposition together with what the title before the name said."""
        return replace(
            self,
            left=title.left,
            gender=title.gender or self.gender,
            country=self.country or title.country,
            sectors=self.sectors or title.sectors,
        )


def title_role(scene: Scene, start: int) -> Role:
    """The title that ends before token `start`: "Iraqi Prime Minister", "Quds Force head Gen", "Mr"."""
    left, found = start, False
    i = start - 1
    while i >= 0 and start - i < 12:
        hit = scene.hit_at.get(i)
        token = scene.tokens[i]
        if hit:
            if not found and hit.phrase.kind not in ("address", "office", "rank", "person", "group"):
                break
            if not found and hit.phrase.kind in ("person", "group") and token.tag_ in ("NNS", "NNPS"):
                break
            found = True
            left = hit.start
            i = hit.start - 1
            continue
        if found and token.lower_ == "and" and _two_offices(scene, i):
            i -= 1
            continue
        if not found or token.is_space or not (token.dep_ in _STEP or token.text in ("-", "'s", "’s")):
            break
        if (token.is_punct and token.text not in ("-", "–")) or token.pos_ in ("VERB", "AUX", "ADV", "SCONJ"):
            break
        if token.is_punct and scene.tokens[i + 1].is_sent_start:
            break  # the dash of a dateline
        if token.dep_ in ("appos", "dep") and not token.text[:1].isupper():
            break
        i -= 1
        if not (token.is_punct or token.text in ("'s", "’s")) and token.head.i <= start + 6:
            left = token.i
    if found:
        return _sent_for(scene, left, start) or _read_title(scene, left, start)
    return _long_title(scene, start) or _plain_title(scene, start)


def _sent_for(scene: Scene, left: int, start: int) -> Role | None:
    """Whose errand stands before a second title: "US Special Envoy for Chad Talks Ambassador X" is no Chadian."""
    hit = scene.hit_at.get(left - 2) if left > 1 and scene.texts[left - 1] == "for" else None
    if hit is None or hit.end != left - 1 or scene.texts[left - 2].lower() not in _ENVOYS:
        return None
    base = title_role(scene, hit.end)
    return replace(base, text=f"{base.text} {scene.doc[hit.end : start].text}") if base.text else None


def _two_offices(scene: Scene, i: int) -> bool:
    """Whether "and" joins two offices of one person: "Deputy Prime Minister and Foreign Minister X", no article before."""
    hit = scene.hit_at.get(i - 1) if i else None
    if hit is None or hit.phrase.kind not in ("office", "rank") or scene.tokens[i - 1].tag_ not in ("NN", "NNP"):
        return False
    j = hit.start - 1
    while j >= 0 and (j in scene.hit_at or scene.tokens[j].dep_ in ("compound", "amod")):
        j -= 1
    return j < 0 or scene.tokens[j].tag_ not in ("DT", "PRP$")


def _long_title(scene: Scene, start: int) -> Role | None:
    """A title with a complement before the name: "U.S. Ambassador to Lebanon Ana Reyes", "Minister of Mines Kwesi Osei"."""
    i = start - 1
    if i < 2 or not scene.texts[i][:1].isupper():
        return None
    while i >= 0 and start - i < 14:
        token, hit = scene.tokens[i], scene.hit_at.get(i)
        if hit and hit.phrase.kind == "office" and hit.end < start and scene.texts[hit.end] in ("of", "for", "to"):
            base = title_role(scene, hit.end)
            text = f"{base.text} {scene.doc[hit.end : start].text}" if base.text else None
            return replace(base, text=text)
        if not (token.text[:1].isupper() or token.text in _TITLE_WORDS) or token.is_space or i in scene.used:
            return None
        i = hit.start - 1 if hit else i - 1
    return None


def _plain_title(scene: Scene, start: int) -> Role:
    """A calling that no table knows: the small nouns right before a name, "bridge engineer Ana Reyes"."""
    left = start
    while left > 0:
        token = scene.tokens[left - 1]
        if token.tag_ != "NN" or token.dep_ != "compound" or not token.text.islower() or token.head.i < start:
            break
        left -= 1
    if left == start:
        return Role(left=start)
    text = scene.doc[left:start].text
    return Role(left=left, role=text, text=text)


def _read_title(scene: Scene, left: int, start: int) -> Role:
    hits = _hits_between(scene, left, start)
    gender = next((g for h in hits if h.phrase.kind == "address" and (g := addresses()[h.phrase.folded])), "")
    agents = [h for h in hits if h.phrase.agent]
    former = any(scene.tokens[i].lower_ in _PAST for i in range(left, start)) or any(
        h.phrase.folded.startswith(("former ", "ex-", "ousted ", "deposed ")) for h in agents
    )
    office = next((h for h in reversed(agents) if h.phrase.agent and h.phrase.agent.kind != "rank"), None)
    office = office if office and office.phrase.agent and office.phrase.agent.kind != "group" else None
    country, affiliation, lent = _belonging(scene, left, start)
    sectors = _sectors(agents, lent, former=former, of_nation=country is not None)
    role = text = None
    if office and office.phrase.agent and office.phrase.agent.noun not in _NO_ROLE:
        role = office.phrase.agent.role
        role = _fuller(scene, office, left) if role in _WIDE else role
        text = f"former {role}" if former and not role.startswith(("former", "ex-")) else role
    return Role(
        left=left,
        role=role,
        text=text,
        country=country,
        sectors=sectors,
        affiliation=affiliation,
        gender=gender,
        former=former,
    )


def _fuller(scene: Scene, office: Hit, left: int) -> str:
    """A wide office with the words that narrow it: "armed forces minister", "economic development minister"."""
    begin = office.start
    while begin > left and scene.tokens[begin - 1].dep_ in ("compound", "amod"):
        phrase = scene.phrase(begin - 1)
        if scene.tokens[begin - 1].lower_ in _FORMER or (phrase and (phrase.code or phrase.organisation)):
            break
        begin -= 1
    return scene.doc[begin : office.end].text.lower()


def _hits_between(scene: Scene, start: int, end: int) -> list[Hit]:
    seen, out = set(), []
    for i in range(start, end):
        hit = scene.hit_at.get(i)
        if hit and hit.start >= start and hit.start not in seen:
            seen.add(hit.start)
            out.append(hit)
    return out


def _sectors(agents: list[Hit], lent: tuple[str, ...], *, former: bool, of_nation: bool) -> tuple[str, ...]:
    if former:
        return ("ELI",)
    if "IGO" in lent:
        return lent[:2]
    own = [h.phrase.agent for h in agents if h.phrase.agent]
    for agent in reversed(own):
        if (
            agent.kind != "rank"
            and agent.sectors
            and agent.noun not in ("leader", "official", "minister", "senior official")
        ):
            return tuple(agent.sectors)
    if lent:
        return lent[:2]
    for agent in reversed(own):
        if agent.sectors and (agent.noun != "leader" or of_nation):
            return tuple(agent.sectors)
    return ()


def _belonging(scene: Scene, left: int, end: int) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The nation, the organisation, and the sectors lent by modifiers in tokens [left, end)."""
    country = affiliation = None
    lent: tuple[str, ...] = ()
    for hit in _hits_between(scene, left, end):
        phrase = hit.phrase
        if joined_on(scene, hit.end) or _is_matter(scene, hit):
            continue
        if phrase.kind in ("country", "demonym", "capital", "seat", "region"):
            country = country or phrase.code
            if phrase.kind == "seat":
                lent = lent or ("GOV",)
        elif phrase.kind == "org" and phrase.organisation:
            affiliation = phrase.organisation.names[0]
            country = country or phrase.organisation.country
            lent = phrase.organisation.sectors
        elif phrase.agent and phrase.agent.kind in ("group", "country") and phrase.agent.sectors:
            lent = phrase.agent.sectors
            if affiliation is None and scene.texts[hit.start][:1].isupper():
                affiliation = scene.doc[hit.start : hit.end].text
    return country, affiliation, lent


def _is_matter(scene: Scene, hit: Hit) -> bool:
    """Whether a country is what somebody works on: "Chad Task Force director"."""
    after = scene.texts[hit.end].lower() if hit.end < len(scene.texts) else ""
    return hit.phrase.kind == "country" and after in _WORKED_ON


def joined_on(scene: Scene, end: int) -> bool:
    """Whether the phrase before token `end` only says by whom something is backed, led or held: "Iran-backed"."""
    tokens = scene.tokens
    if end + 1 < len(tokens) and scene.texts[end] in ("-", "–", "‑"):
        return tokens[end + 1].tag_ in ("VBN", "VBD", "JJ", "VBG", "NN") and (end + 1) not in scene.hit_at
    return "-" in scene.texts[end - 1] and scene.texts[end - 1][-2:].lower() in ("ed", "un", "ld", "ly")


def apposed_role(scene: Scene, start: int, end: int) -> Role:
    """The role from an apposition on either side: "X, the director of the Y at the Z", "The Iraqi premier, X,"."""
    head = scene.doc[start:end].root
    for child in head.children:
        if child.dep_ == "appos" and child.i >= end and (role := noun_role(scene, child.i, start)):
            return role
    if head.dep_ == "appos" and head.head.i < start:
        for noun in _held_in(head.head):
            if role := noun_role(scene, noun.i, start):
                return role
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        for child in head.head.children:
            if child.dep_ == "attr" and (role := noun_role(scene, child.i, start)):
                return replace(role, apposed=())
    return Role(left=start)


def _held_in(noun: Token) -> Iterator[Token]:
    """The noun, and those that it complements: parsers hang the name in "the head of the board, X," on the board."""
    yield noun
    for _ in range(3):
        if noun.dep_ != "pobj" or noun.head.dep_ != "prep":
            return
        noun = noun.head.head
        yield noun


def trailing(scene: Scene, role: Role, start: int, end: int) -> Role:
    """The role with what "of", "at" or "from" adds behind the name: "King X of Jordan", "Dr X of the Y Institute"."""
    head = scene.doc[start:end].root
    for prep in head.children:
        if prep.dep_ != "prep" or prep.i != end or prep.lower_ not in ("of", "at", "from", "with"):
            continue
        for noun in prep.children:
            if noun.dep_ != "pobj":
                continue
            phrase = scene.phrase(noun.i)
            if phrase and phrase.kind == "country" and prep.lower_ == "of" and role.role:
                return replace(role, country=role.country or phrase.code)
            if not role.affiliation and _is_employer(scene, noun.i):
                lent = _belonging(scene, noun.left_edge.i, noun.i + 1)[2]
                named = _bare(scene, noun.left_edge.i, noun.i + 1)
                return replace(role, affiliation=named, sectors=role.sectors or (() if role.role else lent[:2]))
    return role


def _is_employer(scene: Scene, i: int) -> bool:
    """Whether somebody may be of it as a member or an employee: an organisation, not a place or a family."""
    ent, phrase = scene.ent_at.get(i), scene.phrase(i)
    known = phrase is not None and phrase.organisation is not None
    return known or (_is_body(scene, i) and ent is not None and ent[2] == "ORG")


def noun_role(scene: Scene, head: int, left: int) -> Role | None:
    """The role that a noun phrase names; None when its head is no noun for a person."""
    hit = scene.hit_at.get(head)
    if not hit or hit.end != head + 1 or not hit.phrase.agent or head in scene.used:
        return None
    agent = hit.phrase.agent
    token = scene.tokens[head]
    if agent.kind in ("group", "country") or agent.plural or token.tag_ in ("NNS", "NNPS"):
        return None
    begin = token.left_edge.i
    country, affiliation, lent = _belonging(scene, begin, hit.start)
    former = any(scene.tokens[i].lower_ in _PAST for i in range(begin, hit.start))
    complement, far_country, far_affiliation, far_lent = _complements(scene, head)
    text = agent.role + complement
    named = agent.noun not in _NO_ROLE
    if named:
        text = f"{_degree(scene, begin, hit.start)}{text}"
    return Role(
        left=left,
        role=agent.role if named else None,
        text=(f"former {text}" if former else text) if named else None,
        country=country or far_country,
        sectors=far_lent[:2]
        if far_lent and agent.noun in _OF_BODIES and not former
        else _sectors([hit], lent or far_lent, former=former, of_nation=bool(country or far_country)),
        affiliation=far_affiliation or affiliation,
        former=former,
        apposed=((begin, head + 1),),
    )


def _degree(scene: Scene, begin: int, start: int) -> str:
    """The "chief " or "deputy " right before a role."""
    left = start
    while left > begin and scene.tokens[left - 1].lower_ in _DEGREES:
        left -= 1
    return f"{scene.doc[left:start].text.lower()} " if left < start else ""


def _complements(scene: Scene, head: int) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    """What "of", "at", "for" and "with" after a role add: words of the role, nation, affiliation, sectors."""
    text, country, affiliation = "", None, None
    lent: tuple[str, ...] = ()
    stack = [scene.tokens[head]]
    while stack:
        token = stack.pop()
        for prep in token.children:
            if prep.dep_ != "prep" or prep.lower_ not in ("of", "at", "for", "with", "to") or prep.i < head:
                continue
            for noun in prep.children:
                if noun.dep_ != "pobj":
                    continue
                begin, end = noun.left_edge.i, noun.i + 1
                near = _belonging(scene, begin, end)
                speaks = prep.lower_ == "for" and token.lower_.startswith("spokes")
                if near[1] or ((speaks or prep.lower_ not in ("for", "to")) and noun.i in scene.hit_at):
                    lent = lent or near[2]
                    country = country or (near[0] if not _PRIVATE.intersection(near[2]) else None)
                if prep.lower_ in ("at", "with", "for") and _is_body(scene, noun.i):
                    affiliation = affiliation or _bare(scene, begin, end)
                elif prep.lower_ == "of" and not (near[0] and near[1] is None and _only_nation(scene, begin, end)):
                    text += f" of {scene.doc[begin:end].text}"
                stack.append(noun)
    return text, country, affiliation, lent


def _is_body(scene: Scene, i: int) -> bool:
    """Whether a capitalised noun may be an employer: a name, and not a country's."""
    phrase = scene.phrase(i)
    return scene.texts[i][:1].isupper() and not (phrase and phrase.kind in GEOGRAPHIC)


def _only_nation(scene: Scene, begin: int, end: int) -> bool:
    hit = scene.hit_at.get(end - 1)
    return hit is not None and hit.phrase.kind == "country" and hit.start <= begin + 1


def _bare(scene: Scene, begin: int, end: int) -> str:
    """The employer's name without its article, to the end of what the recogniser or the tables call one organisation."""
    if scene.tokens[begin].lower_ in ("the", "a", "an"):
        begin += 1
    ent, hit = scene.ent_at.get(end - 1), scene.hit_at.get(end - 1)
    if ent and ent[2] == "ORG":
        end = max(end, ent[1])
    if hit and hit.phrase.organisation:
        end = max(end, hit.end)
    return scene.doc[begin:end].text
