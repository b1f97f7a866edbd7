"""Which deeds stand: what is no event because nobody did it, because it is an accident, a game, or private business."""

from __future__ import annotations

import re

from spacy.tokens import Token

from detente.ontology import is_conflict, quad
from detente.reading.events.deeds import ASKED_MODES, COOPERATIVE, VIOLENT, Deed
from detente.reading.events.frames import child, deep_subject, is_passive, lemma_of, members, phrases
from detente.reading.events.lexicon import Blocker, Lexicon
from detente.reading.events.sides import Sides
from detente.reading.marks import ActorMark

_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b(?![-–])")
_ADDRESSED = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
_PUBLIC = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_POWERS = frozenset({"GOV", "MIL", "REB", "UAF", "OPP", "PTY", "LEG", "JUD", "COP", "SPY", "IGO", "ELI"})
_STAGED_ONLY = frozenset({"AID", "COOPERATE", "SUPPORT"})  # "US assistance" alone is a topic, not a deed
_ALSO_MILD = frozenset({"hit", "strike", "pound", "target", "damage", "destroy", "engage", "down", "beat", "batter"})
_PRIVATE = frozenset({"BUS", "MED", "JRN", "EDU", "HLH"})
_ABOUT = frozenset({"on", "about", "over", "regarding", "concerning"})
_BEARING = frozenset({"carry", "bring", "deliver", "transport", "bear"})
_WORKING = frozenset({"LAB", "EDU", "HLH", "AGR", "CVL", "JRN", "JUD"})
_BY_FORCE = frozenset({"ASSAULT", "PROTEST"})
_VERBALLY = frozenset({"attack", "assail", "savage", "hit", "target", "slam", "blast", "pummel", "batter"})
_HURT = frozenset(
    {"kill", "wound", "injure", "die", "knife", "shoot", "stab", "weapon", "hammer", "hospital", "arrest"}
)
_TALKERS = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP", "MED", "JRN", "JUD", "NGO", "BUS"})
_ABROAD = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "SANCTION", "CONCEDE"}
)  # not with one's own country
_OF_LAW = frozenset({"arrest", "convict", "seize", "deport"})  # whoever does these holds public power, known or not
_CRAFT = frozenset({"aircraft", "ship", "vessel", "boat", "plane", "jet", "helicopter", "alert", "alarm"})
_STATE_DEEDS = frozenset({"SANCTION", "COERCE", "MOBILIZE", "CONCEDE"})
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "SPY"})
_OUGHT = frozenset({"must", "should"})
_PUNISHING = frozenset(
    {
        "jail",
        "imprison",
        "sentence",
        "convict",
        "arrest",
        "detain",
        "charge",
        "indict",
        "fine",
        "execute",
        "accuse",
        "try",
    }
)
_PLIGHTS = frozenset({"COERCE", "SANCTION", "ACCUSE", "RETREAT"})
_CHATTING = frozenset({"speak", "talk", "discuss"})
_AHEAD = frozenset({"planned", "conditional"})
_PRESS = frozenset({"MED", "JRN"})
_ARMED = frozenset({"MIL", "REB", "UAF", "COP"})


def blocked(deeds: list[Deed], words: Lexicon) -> dict[int, Blocker]:
    """The deeds of sentences that are about a game, and what says so."""
    seen: dict[int, tuple[frozenset[str], bool]] = {}
    found: dict[int, Blocker] = {}
    for deed in deeds:
        sentence = deed.token.sent
        if sentence.start not in seen:
            lemmas = frozenset(lemma_of(t) for t in sentence)
            seen[sentence.start] = lemmas, _SCORE.search(sentence.text) is not None
        lemmas, score = seen[sentence.start]
        for blocker in words.blockers:
            hits = len(lemmas & blocker.words)
            if blocker.topic == "sport" and deed.type in _BY_FORCE and lemmas & words.classes["casualty"]:
                continue  # nobody is killed by a goal
            if deed.type in blocker.types and (hits > 1 or (score and (hits or deed.mode == "beat"))):
                found.setdefault(deed.token.i, blocker)
    return found


def flaw_of(deed: Deed, nouns: dict[int, Deed], words: Lexicon, sides: Sides) -> str:
    """Why the deed is no event, by name; "" when it stands."""
    if deed.refused and deed.type in COOPERATIVE and deed.sources and deed.status == "denied":
        return "" if _becomes_refusal(deed) else "refused"
    if deed.token.sent[-1].text == "?":
        return "question"
    if deed.status in ("asked", "refused", "stopped", "none", "denied") and not _told_denial(deed):
        return "status"
    if _is_background(deed):
        return "background"
    if _is_crime(deed):
        return "crime"
    if (
        "need_deed" in deed.flags
        and deed.asked is None
        and (deed.sides() < 2 or not asks_something(deed.token, mandative="clause" in deed.flags))
    ):
        return "need_deed"
    if "need_conflict" in deed.flags and (deed.asked is None or not is_conflict(deed.asked.type)):
        return "need_conflict"
    if "need_kindness" in deed.flags and (deed.asked is None or deed.asked.type not in COOPERATIVE):
        return "need_kindness"
    if "blame" in deed.flags and not blames(deed, sides):
        return "blame"
    if "denial" in deed.flags:
        return "denial"
    if deed.status in _AHEAD and deed.is_verb and not deed.sources and quad(deed.type) == "material conflict":
        return "doer"  # "employees could be barred": nobody says that he will
    if not deed.is_verb and not _noun_stands(deed, sides):
        return "unstaged"
    if deed.is_verb and deed.flags & {"harm", "violent"} and not _is_violent(deed, nouns, words, sides):
        return "accident"
    if deed.flags & {"both", "weak"} and deed.sides() < 2 and deed.asked is None:
        return "both"
    if deed.type == "ACCUSE" and deed.asked is not None and _claims(deed, deed.asked, sides):
        return "own claim"  # who claims a deed of his own accuses nobody
    if deed.type in _ADDRESSED and deed.is_verb and deed.sides() < 2 and deed.asked is None:
        return "addressee"
    _settle(deed, sides, words)
    if "both" in deed.flags and deed.sides() < 2 and deed.asked is None:
        return "both"
    if deed.mode == "strike" and deed.type == "PROTEST" and _is_at_one_firm(deed, words, sides):
        return "private business"
    if deed.type in _STATE_DEEDS and _is_private_business(deed, sides):
        return "private business"
    if deed.mode == "beat" and deed.targets and all(sides.register[t].kind == "country" for t in deed.targets):
        return "game"  # one country beats another at something
    if _is_figure(deed, sides, words):
        return "figure"
    if deed.type == "REJECT" and deed.mode == "yield" and all(_is_unknown(sides.register[s]) for s in deed.sources):
        return "private business"  # a firm that breaks a law
    if deed.type in _PUBLIC and not _is_public(deed, sides):
        return "private"
    if deed.type == "CONSULT" and (_is_interview(deed, sides) or _is_at_home(deed, sides)):
        return "interview" if _is_interview(deed, sides) else "at home"
    if not deed.sides() and "crowd" not in deed.flags:
        return "sides"
    return "" if _domestic_holds(deed) else "same sides"


def _is_crime(deed: Deed) -> bool:
    """Whether somebody is punished for it: who was "jailed for helping the rebels" gave no aid that counts between states."""
    prep = deed.token.head
    if deed.type not in COOPERATIVE or deed.token.dep_ != "pcomp" or prep.lower_ not in ("for", "of"):
        return False
    return lemma_of(prep.head) in _PUNISHING


def _is_background(deed: Deed) -> bool:
    """Whether it only says who somebody is: "freed a mayor jailed a year ago", by nobody named."""
    token = deed.token
    if not deed.is_verb or token.tag_ != "VBN" or deed.sources or deed.parties or deed.type not in _PLIGHTS:
        return False
    before = token.dep_ == "relcl" and any(t.dep_ == "aux" and t.lower_ == "had" for t in token.children)
    return before or token.dep_ == "acl"


def _settle(deed: Deed, sides: Sides, words: Lexicon) -> None:
    """What the parties say of the deed: leaving an organisation is no withdrawal of troops."""
    members_only = deed.targets and all("IGO" in sides.register[t].sectors for t in deed.targets)
    if _is_war_of_words(deed, sides, words):
        deed.type, deed.mode, deed.cameo, deed.contexts = "ACCUSE", "disapprove", "111", ()
    if deed.type == "MOBILIZE" and (cargo := _relief(deed, words)) is not None:
        deed.type, deed.mode, deed.cameo, deed.contexts = "AID", None, "073", ("human_security",)
        deed.targets = sides.of_all(phrases(cargo.head, cargo).get("to", [])) or deed.targets
    if deed.type in _ABROAD and all(_is_state(sides.register[s]) for s in deed.sources):
        homes = {sides.country_of(s) for s in deed.sources}
        deed.targets = [
            t for t in deed.targets if sides.register[t].kind != "country" or sides.country_of(t) not in homes
        ]
    if deed.type == "MOBILIZE" and deed.is_verb and _keeps_peace(deed):
        deed.type, deed.mode, deed.cameo, deed.contexts = "AID", None, "074", ("peacekeeping",)
    if deed.type == "RETREAT" and deed.mode == "withdraw" and members_only:
        deed.type, deed.cameo, deed.contexts = "SANCTION", "164", ("diplomatic",)
    elif deed.rule.startswith("noun:") and deed.type == "RETREAT" and deed.mode == "withdraw":
        left = {lemma_of(t) for t in phrases(deed.token).get("from", ())}
        if left & words.classes["accord"]:
            deed.type, deed.cameo, deed.contexts = "SANCTION", "165", ("diplomatic",)


def _is_war_of_words(deed: Deed, sides: Sides, words: Lexicon) -> bool:
    """Whether politicians attack one another, a party or the press: with words, unless the sentence names violence."""
    if deed.type != "ASSAULT" or not deed.is_verb or deed.mode is not None or not (deed.sources and deed.targets):
        return False
    if lemma_of(deed.token) not in _VERBALLY or not all(_is_speaker(sides.register[s]) for s in deed.sources):
        return False
    if any(sides.register[t].kind == "country" or _ARMED & set(sides.register[t].sectors) for t in deed.targets):
        return False
    return not any(lemma_of(t) in words.classes["violence"] or lemma_of(t) in _HURT for t in deed.token.sent)


def _relief(deed: Deed, words: Lexicon) -> Token | None:
    """What ships that are sent carry, when it is aid: "deployed two vessels carrying food to"."""
    for head in (deed.token, deed.object):
        for item in head.rights if head is not None else ():
            cargo = child(item, "dobj") if item.tag_ == "VBG" and lemma_of(item) in _BEARING else None
            held = [cargo, *phrases(cargo).get("of", [])] if cargo is not None else []
            if any(lemma_of(t) in words.classes["aid"] for t in held if t is not None):
                return cargo
    return None


def _is_state(actor: ActorMark) -> bool:
    return actor.kind == "country" or "GOV" in actor.sectors


def _is_speaker(actor: ActorMark) -> bool:
    return bool(_TALKERS & set(actor.sectors)) and not _ARMED & set(actor.sectors) and actor.kind != "country"


def _keeps_peace(deed: Deed) -> bool:
    """Whether the troops sent are to keep a peace: "sent 200 soldiers to the peacekeeping mission"."""
    where = [t for prep in deed.token.children if prep.dep_ == "prep" for t in prep.children if t.dep_ == "pobj"]
    heads = [*where, *([deed.object] if deed.object is not None else [])]
    return any(t.lower_.startswith("peacekeep") for head in heads for t in (head, *head.children))


def settle_strike(deed: Deed, sides: Sides) -> None:
    """Who strikes and bears no arms stops working."""
    if deed.rule != "noun:strike" or not deed.sources or _are_armed(deed.sources, sides):
        return
    if not deed.targets or all(_WORKING & set(sides.register[s].sectors) for s in deed.sources):
        deed.type, deed.mode, deed.cameo, deed.contexts = "PROTEST", "strike", "143", ()


def asks_something(verb: Token, *, mandative: bool = False) -> bool:
    """Whether an infinitive or clause says what is asked, though the lexicon does not know the deed.

    mandative: whether a clause without "should" asks: "demanded that Chile withdraw", not "told them that".
    """
    inner = child(verb, "xcomp", "ccomp")
    if inner is None:
        return False
    if any(t.dep_ == "aux" and (t.tag_ == "TO" or t.lower_ in _OUGHT) for t in inner.children):
        return True
    return mandative and inner.tag_ in ("VB", "VBP") and inner.dep_ == "ccomp"  # "demanded that Chile withdraw"


def blames(deed: Deed, sides: Sides) -> bool:
    """Whether a state or its body tells of another country's hostile deed: "Kenya said Somali gunmen had attacked"."""
    told = deed.asked
    if told is None or quad(told.type) != "material conflict" or told.status not in ("occurred", "ongoing"):
        return False
    speakers = [sides.register[s] for s in deed.sources]
    homes = {a.country for a in speakers} - {None}
    doers = {sides.country_of(t) for t in told.sources} - {None}
    official = any(a.kind == "country" or _OFFICIAL & set(a.sectors) for a in speakers)
    return official and bool(homes and doers) and not homes & doers


def _claims(telling: Deed, told: Deed, sides: Sides) -> bool:
    """Whether a report blames nobody: the deed is of the teller's own side, or only its victims are named."""
    if not telling.targets:
        return True
    if telling.flags & {"need_target"} or telling.object is not None:
        return False  # "accused X of"
    homes = {sides.country_of(s) for s in telling.sources} - {None}
    own = any(d in telling.sources or sides.country_of(d) in homes for d in told.sources)
    return own or set(telling.targets) <= set(told.targets) or told.mode == "arrest"


def _told_denial(deed: Deed) -> bool:
    return deed.status == "denied" and deed.governor is not None


def _becomes_refusal(deed: Deed) -> bool:
    deed.mode = ASKED_MODES["REJECT"].get(deed.type, "change")
    deed.rule += "+refused"
    deed.type, deed.cameo, deed.status, deed.asked = "REJECT", "120", "occurred", None
    return bool(deed.targets)


def _noun_stands(deed: Deed, sides: Sides) -> bool:
    if deed.staged_by is None and deed.type in _STAGED_ONLY and deed.status == "occurred":
        return False
    shown = deed.staged_by is not None or (
        lemma_of(deed.token) != "rally"  # which candidates hold, too
        and deed.token.head.lower_ not in _ABOUT
        and sides.is_placed(deed.token)
    )
    needed = 0 if "crowd" in deed.flags and shown else 1 if "any" in deed.flags else 2
    if "blast" in deed.flags and not deed.sources and deed.sides() < 2 and "explosion" in deed.rule:
        return False
    return deed.sides() >= needed


def _is_violent(deed: Deed, nouns: dict[int, Deed], words: Lexicon, sides: Sides) -> bool:
    """Whether somebody, or a violent deed, did the harm: an accident is no event."""
    if "told" in deed.flags:
        return True
    agent = deep_subject(deed.token, words)
    if agent is None and deed.mode is not None and deed.targets and "harm" in deed.flags:
        return True  # nobody is shot, stabbed or murdered by accident
    if agent is not None:
        if deed.sources:
            nobody = lemma_of(deed.token) in _ALSO_MILD and not any(_is_power(sides.register[s]) for s in deed.sources)
            return not nobody and not _is_mishap(deed, sides, words)
        return any(
            lemma_of(m) in words.classes["violence"] or (m.i in nouns and nouns[m.i].type in VIOLENT)
            for m in members(agent)
        )
    if "violent" in deed.flags and deed.targets and is_passive(deed.token) and lemma_of(deed.token) not in _ALSO_MILD:
        return True
    armed = _are_armed(deed.targets, sides)
    return armed and not any(lemma_of(t) in words.classes["mishap"] for t in deed.token.sent)


def _is_public(deed: Deed, sides: Sides) -> bool:
    """Whether one of the parties is of a country or holds public power: what friends agree on is not news."""
    actors = (sides.register[i] for i in (*deed.sources, *deed.targets, *deed.parties))
    return any(_is_power(a) for a in actors)


def _is_figure(deed: Deed, sides: Sides, words: Lexicon) -> bool:
    """Whether force is only a figure: a firm's fight for users, a politician's rally, a video that captures somebody."""
    actors = [sides.register[s] for s in deed.sources]
    if deed.type == "ASSAULT" and "mutual" in deed.flags and actors and not deed.targets:
        return not any(a.kind in ("country", "group") or (_ARMED | {"OPP"}) & set(a.sectors) for a in actors)
    if deed.type == "PROTEST" and deed.mode == "demo" and lemma_of(deed.token) == "rally" and actors:
        return all(a.kind == "person" and _TALKERS & set(a.sectors) and "OPP" not in a.sectors for a in actors)
    if deed.mode != "arrest" or not deed.is_verb or actors or is_passive(deed.token):
        return False
    subject = deep_subject(deed.token, words)
    return subject is not None and subject.pos_ == "NOUN"


def _is_private_business(deed: Deed, sides: Sides) -> bool:
    """Whether firms, media or schools mind their own: an airline that drops a route sanctions nobody.

    A firm that is fined is ordinary law, whoever enforces it; sanctions, bans and seizures are none of it.
    """
    if "penalty" in deed.flags and deed.targets and all(_is_unknown(sides.register[t]) for t in deed.targets):
        return True
    if deed.mode in _OF_LAW or not deed.sources:
        return False
    if deed.mode == "expel" and any(_POWERS & set(sides.register[t].sectors) for t in deed.targets):
        return False  # an unknown body that ousts a minister is no firm
    actors = [sides.register[s] for s in deed.sources]
    if deed.type == "MOBILIZE":
        craft = deed.object is not None and lemma_of(deed.object) in _CRAFT
        return craft and not any(a.kind == "country" or _POWERS & set(a.sectors) for a in actors)
    return all(_is_firm(a) or (a.sectors and set(a.sectors) <= _PRIVATE) for a in actors)


def _is_at_one_firm(deed: Deed, words: Lexicon, sides: Sides) -> bool:
    """Whether the staff of one firm strike, and no government is their target: a quarrel within a business."""
    if any(_is_power(sides.register[t]) for t in deed.targets):
        return False
    staff = deep_subject(deed.staged_by or deed.token, words)
    if staff is None:
        return False
    around = phrases(staff)
    near = [t for t in staff.lefts if t.dep_ in ("compound", "poss")] + around.get("of", []) + around.get("at", [])
    employers = [sides.register[i] for t in near if (i := sides.at(t)) is not None]
    return any(_is_firm(a) or "BUS" in a.sectors for a in employers if a.kind == "organization")


def _is_unknown(actor: ActorMark) -> bool:
    """Whether it is a firm, or a name that the text gives no office and no country."""
    return _is_firm(actor) or (actor.key is None and actor.country is None and not actor.sectors)


def _is_firm(actor: ActorMark) -> bool:
    """Whether it is a business, or an organisation of which nothing is known that would make it more."""
    if actor.key is not None:
        return False
    if set(actor.sectors) == {"BUS"}:
        return True
    return not actor.sectors and (actor.kind == "organization" or (actor.kind == "group" and actor.country is None))


def _is_power(actor: ActorMark) -> bool:
    return actor.country is not None or bool(_POWERS & set(actor.sectors))


def _is_interview(deed: Deed, sides: Sides) -> bool:
    """Whether one side only reports: talking to a newspaper, or to nobody in particular, is no consultation."""
    groups = [[sides.register[i] for i in side] for side in (deed.sources, deed.targets) if side]
    if any(all(_PRESS & set(a.sectors) for a in group) for group in groups):
        return True
    chat = deed.is_verb and lemma_of(deed.token) in _CHATTING and not deed.parties
    return chat and any(all(not (a.country or a.key or a.sectors) for a in group) for group in groups)


def _is_mishap(deed: Deed, sides: Sides, words: Lexicon) -> bool:
    """Whether a country only stands beside what killed: "the flood in Angola, which drowned nine"."""
    if not any(lemma_of(t) in words.classes["mishap"] for t in deed.token.sent):
        return False
    country = all(sides.register[s].kind == "country" for s in deed.sources)
    return (country and deed.token.dep_ == "relcl") or not any(_is_power(sides.register[s]) for s in deed.sources)


def _is_at_home(deed: Deed, sides: Sides) -> bool:
    """Whether whoever is received is nobody's guest: "welcomed refugees", "received the other delegate"."""
    if deed.mode != "visit" or not deed.is_verb or not deed.targets:
        return False
    return all(a.country is None and a.name[:1].islower() for a in (sides.register[t] for t in deed.targets))


def _are_armed(actors: list[int], sides: Sides) -> bool:
    """Whether one of them is a state or bears arms."""
    return any(sides.register[a].kind == "country" or _ARMED & set(sides.register[a].sectors) for a in actors)


def _domestic_holds(deed: Deed) -> bool:
    """The same actor on both sides is no event."""
    return not (deed.sources and deed.targets and set(deed.sources) == set(deed.targets))
