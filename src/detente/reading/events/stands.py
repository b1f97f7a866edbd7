"""Which deeds stand: what is no event because nobody did it, because it is an accident, a game, or private business."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from detente.ontology import is_conflict, quad
from detente.reading.events.deeds import ASKED_MODES, COOPERATIVE, VIOLENT, Deed
from detente.reading.events.frames import child, deep_subject, is_passive, lemma_of, members
from detente.reading.events.lexicon import Blocker, Lexicon
from detente.reading.events.parties import (
    are_armed,
    domestic_holds,
    is_at_home,
    is_at_one_firm,
    is_interview,
    is_power,
    is_private_business,
    is_public,
    is_unknown,
)
from detente.reading.events.settle import settle
from detente.reading.events.sides import Sides

_CLOSING = frozenset({'"', "”", "’", "'", "''", ")", "]"})
_DASHES = frozenset({"—", "–", "-", "--", "…", "..."})
_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b(?![-–])")
_ADDRESSED = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
_PUBLIC = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_STAGED_ONLY = frozenset({"AID", "COOPERATE", "SUPPORT"})  # "US assistance" alone is a topic, not a deed
_ALSO_MILD = frozenset({"hit", "strike", "pound", "target", "damage", "destroy", "engage", "down", "beat", "batter"})
_UNREST = frozenset(
    {"protest", "protester", "demonstration", "demonstrator", "riot", "rioter", "unrest", "coup", "clash", "revolt"}
)
_ABOUT = frozenset({"on", "about", "over", "regarding", "concerning"})
_BY_FORCE = frozenset({"ASSAULT", "PROTEST"})
_TALKERS = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP", "MED", "JRN", "JUD", "NGO", "BUS"})
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
_RAIDERS = frozenset(
    ["gunman", "attacker", "assailant", "militant", "bandit", "raider", "rebel", "insurgent", "jihadist"]
)
_AHEAD = frozenset({"planned", "conditional"})
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


def _is_question(sentence: Span) -> bool:
    """Whether a sentence asks: by its mark, else, where the question was cut short, by its verb before its subject."""
    words = [token for token in sentence if not token.is_space]
    while words and words[-1].text in _CLOSING:
        words.pop()
    if not words or words[-1].text == "?":
        return bool(words)
    if words[-1].text not in _DASHES:
        return False
    subject = next((t for t in sentence.root.children if t.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    helper = next((t for t in sentence.root.children if t.dep_ in ("aux", "auxpass") and t.tag_ != "TO"), None)
    return subject is not None and helper is not None and helper.i < subject.i


def flaw_of(deed: Deed, nouns: dict[int, Deed], words: Lexicon, sides: Sides) -> str:
    """Why the deed is no event, by name; "" when it stands."""
    if deed.refused and deed.type in COOPERATIVE and deed.sources and deed.status == "denied":
        return "" if _becomes_refusal(deed) else "refused"
    if _is_question(deed.token.sent):
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
    if deed.mode == "martial-law" and _is_of_nature(deed, words):
        return "topic"
    if deed.is_verb and deed.flags & {"harm", "violent"} and not _is_violent(deed, nouns, words, sides):
        return "accident"
    if deed.flags & {"both", "weak"} and deed.sides() < 2 and deed.asked is None:
        return "both"
    if deed.type == "ACCUSE" and deed.asked is not None and _claims(deed, deed.asked, sides):
        return "own claim"  # who claims a deed of his own accuses nobody
    if deed.type in _ADDRESSED and deed.is_verb and deed.sides() < 2 and deed.asked is None:
        return "addressee"
    settle(deed, sides, words)
    if "both" in deed.flags and deed.sides() < 2 and deed.asked is None:
        return "both"
    if deed.mode == "strike" and deed.type == "PROTEST" and is_at_one_firm(deed, words, sides):
        return "private business"
    if deed.type in _STATE_DEEDS and is_private_business(deed, sides):
        return "private business"
    if deed.mode == "beat" and deed.targets and all(sides.register[t].kind == "country" for t in deed.targets):
        return "game"  # one country beats another at something
    if _is_figure(deed, sides, words):
        return "figure"
    if deed.type == "REJECT" and deed.mode == "yield" and all(is_unknown(sides.register[s]) for s in deed.sources):
        return "private business"  # a firm that breaks a law
    if deed.type in _PUBLIC and not is_public(deed, sides):
        return "private"
    if deed.type == "CONSULT" and (is_interview(deed, sides) or is_at_home(deed, sides)):
        return "interview" if is_interview(deed, sides) else "at home"
    if not deed.sides() and "crowd" not in deed.flags:
        return "sides"
    return "" if domestic_holds(deed) else "same sides"


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
            nobody = lemma_of(deed.token) in _ALSO_MILD and not any(is_power(sides.register[s]) for s in deed.sources)
            return not nobody and not _is_mishap(deed, sides, words)
        return any(
            lemma_of(m) in words.classes["violence"] or (m.i in nouns and nouns[m.i].type in VIOLENT)
            for m in members(agent)
        )
    if "violent" in deed.flags and deed.targets and is_passive(deed.token) and lemma_of(deed.token) not in _ALSO_MILD:
        return True
    lemmas = {lemma_of(t) for t in deed.token.sent}
    raided = "harm" in deed.flags and bool(deed.targets) and bool(lemmas & _RAIDERS)
    raided = raided and not any(n.type in VIOLENT and n.token.sent == deed.token.sent for n in nouns.values())
    return (are_armed(deed.targets, sides) or raided) and not lemmas & words.classes["mishap"]


def _is_of_nature(deed: Deed, words: Lexicon) -> bool:
    """Whether an emergency is over a storm, a quake, an illness: it takes no freedom from anybody's hand."""
    if {lemma_of(t) for t in deed.token.sent} & (words.classes["violence"] | _UNREST):
        return False
    nature = frozenset[str]().union(*(b.words for b in words.blockers if b.topic in ("weather", "illness")))
    nouns = {lemma_of(t) for t in deed.token.sent if t.pos_ in ("NOUN", "PROPN")}
    return bool(nouns & (nature | words.classes["mishap"]))


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


def _is_mishap(deed: Deed, sides: Sides, words: Lexicon) -> bool:
    """Whether a country only stands beside what killed: "the flood in Angola, which drowned nine"."""
    if not any(lemma_of(t) in words.classes["mishap"] for t in deed.token.sent):
        return False
    country = all(sides.register[s].kind == "country" for s in deed.sources)
    return (country and deed.token.dep_ == "relcl") or not any(is_power(sides.register[s]) for s in deed.sources)
