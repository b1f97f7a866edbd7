"""Event nouns matched against their frames: "talks between A and B", "A's strike on B", "came under rocket attacks"."""

from __future__ import annotations

from spacy.tokens import Token

from detente.ontology import is_conflict
from detente.reading.events.deeds import Deed
from detente.reading.events.frames import (
    agent_of,
    child,
    deep_object,
    deep_subject,
    is_passive,
    is_verbal,
    lemma_of,
    phrases,
    surface_subject,
    words_of,
)
from detente.reading.events.lexicon import Governor, Lexicon, NounFrame
from detente.reading.events.sides import Sides
from detente.reading.events.standing import Standing, of_verb, weaker
from detente.reading.events.trace import Trace

_BEGUN = frozenset({"launch", "begin", "start", "hold", "open", "conduct", "stage", "wage", "carry", "sign", "agree"})
_AHEAD = frozenset({"planned", "upcoming", "scheduled", "forthcoming", "future", "imminent", "next"})
_UNREAL = frozenset(
    {"possible", "potential", "hypothetical", "feared", "proposed", "suspected", "eventual", "any", "no"}
)
_JUDGED = frozenset(
    [
        "sentence",
        "convict",
        "jail",
        "imprison",
        "arrest",
        "charge",
        "indict",
        "execute",
        "try",
        "prosecute",
        "accuse",
        "suspect",
        "extradite",
        "detain",
        "hang",
    ]
)
_LISTS = frozenset(
    [
        "condition",
        "precondition",
        "term",
        "requirement",
        "goal",
        "aim",
        "objective",
        "priority",
        "issue",
        "topic",
        "option",
    ]
)
_WHERE = frozenset({"in", "at", "near", "outside", "around"})
_BESIDE = frozenset({"with", "between", "to", "against"})
_INNER = ("to", "against", "on", "from", "of", "with", "in")
_STATUS = {"real": "occurred", "topic": "occurred"}


def _within(noun: Token) -> Token | None:
    """What only lists the deed: the conditions of "conditions including the withdrawal of X"."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in ("including", "like") or lemma_of(prep.head) not in _LISTS:
        return None
    return prep.head


def _is_idea(noun: Token, verb: Token) -> bool:
    """Whether the deed is one that somebody might do, no known one: "to create a conflict between X and Y"."""
    some = any(t.dep_ == "det" and t.lower_ in ("a", "an") for t in noun.lefts)
    return some and verb.tag_ == "VB" and any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.lefts)


class NounMatcher:
    """Finds the deeds that nouns tell in one Doc."""

    def __init__(self, lexicon: Lexicon, sides: Sides, trace: Trace | None = None) -> None:
        self.lexicon, self.sides, self.trace = lexicon, sides, trace
        self.figures = lexicon.classes["figurative"]
        self.series = lexicon.classes["series"]

    def match(self, noun: Token) -> Deed | None:
        """The deed that the noun names, staged or not; None when it is no event noun or names nobody."""
        frames = self.lexicon.nouns.get(noun.lower_ if noun.tag_ == "VBG" else lemma_of(noun))
        if frames is None:
            return None
        frame = next((f for f in frames if _words_before(noun, f)), None)
        fault = "wording" if frame is None else self._fault(noun)
        deed = None if frame is None or fault else self._deed(noun, frame)
        if deed is not None and "light" in deed.flags and deed.staged_by is None:
            deed, fault = None, "light"
        if self.trace is not None:
            self.trace.tried(noun, frame or frames[0], fault)
        return deed

    def _fault(self, noun: Token) -> str:
        """Why the noun tells nothing here, by name; "" when it may."""
        if noun.dep_ in ("compound", "amod"):
            return "modifier"
        if self.sides.is_name(noun):
            return "name"
        if noun.lower_ == "protest" and noun.dep_ == "pobj" and noun.head.lower_ == "in" and not any(noun.lefts):
            return "manner"  # "resigned in protest" tells why
        if lemma_of(noun) in self.series and any(
            lemma_of(t) in self.lexicon.nouns for t in phrases(noun).get("of", [])
        ):
            return "whole"
        if lemma_of(noun) == "exchange" and not self._is_of_people(noun):
            return "wording"
        if noun.ent_type_ == "WORK_OF_ART":
            return "title"
        if lemma_of(noun) in ("explosion", "blast") and self._is_accident(noun):
            return "accident"
        return "figure" if any(lemma_of(t) in self.figures for t in noun.lefts) else ""

    def _is_of_people(self, noun: Token) -> bool:
        return any(lemma_of(t) in self.lexicon.classes["prisoner"] for t in phrases(noun).get("of", []))

    def _is_accident(self, noun: Token) -> bool:
        """Whether gas, works or stores went up, and nobody had a hand in it."""
        lemmas = {lemma_of(t) for t in noun.sent}
        return bool(lemmas & self.lexicon.classes["works"]) and not lemmas & (
            self.lexicon.classes["violence"] - {"mine"}
        )

    def _deed(self, noun: Token, frame: NounFrame) -> Deed:
        deed = Deed(
            token=noun,
            type=frame.type,
            mode=frame.mode,
            contexts=frame.contexts,
            cameo=frame.cameo,
            flags=frame.flags,
            rule=f"noun:{frame.name}",
            trigger=(noun.i - len(frame.before), noun.i + 1),
        )
        verb, how, entry = self._governor(noun)
        standing = self._standing(noun, verb, how, entry)
        deed.status, deed.governor, deed.standing = standing.status, standing.governor, standing
        deed.presumed = (entry is None or entry.effect == "topic") and deed.status == "occurred"
        staged = entry is not None and entry.effect in ("real", "planned", "denied") and verb is not None
        deed.staged_by = verb if staged else None
        self._fill(noun, frame, deed, verb if staged and verb is not None and is_verbal(verb) else None, entry)
        return deed

    def _governor(self, noun: Token) -> tuple[Token | None, str, Governor | None]:
        node = self._whole(noun)
        for _ in range(3):
            if node.dep_ == "conj" and node.head.pos_ in ("NOUN", "PROPN"):
                node = self._whole(node.head)
                if node.dep_ == "pobj" and lemma_of(node.head.head) == lemma_of(noun):
                    node = node.head.head  # "reduces Greek tariffs on cars and Turkish tariffs on fruit"
        head, dep = node.head, node.dep_
        if head.i == node.i:
            return None, "", None
        if dep in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
            return head, "obj", self._row(head, "obj")
        if dep == "nsubj":
            return head, "subj", self._row(head, "subj")
        if dep == "pobj" and head.head.i != head.i:
            return self._under_preposition(head)
        return None, "", None

    def _whole(self, noun: Token) -> Token:
        """What counts or spreads the deed and stands for it: the wave of "a wave of air strikes"."""
        node = noun
        for _ in range(2):
            if node.dep_ != "pobj" or node.head.lower_ != "of" or lemma_of(node.head.head) not in self.series:
                break
            node = node.head.head
        return node

    def _under_preposition(self, prep: Token) -> tuple[Token | None, str, Governor | None]:
        head = prep.head
        if is_verbal(head):
            row = self.lexicon.governor("VERB", "obj", f"{lemma_of(head)} {prep.lower_}")
            if row is None and words_of(head) != lemma_of(head):
                row = self.lexicon.governor("VERB", "obj", f"{words_of(head)} {prep.lower_}")
            return head, "prep", row
        if head.pos_ == "NOUN":
            row = self.lexicon.governor("NOUN", "obj", lemma_of(head))
            return (
                (head.head, "obj", row)
                if row is not None and row.side and is_verbal(head.head)
                else (head, "noun", row)
            )
        return head, "prep", None

    def _row(self, verb: Token, governed: str) -> Governor | None:
        if not is_verbal(verb):
            return None
        words = words_of(verb)
        lemma = lemma_of(verb)
        return self.lexicon.governor("VERB", governed, words) or self.lexicon.governor("VERB", governed, lemma)

    def _standing(self, noun: Token, verb: Token | None, how: str, entry: Governor | None) -> Standing:
        own = Standing("occurred")
        if any(t.dep_ == "acl" and t.tag_ == "VBN" and t.lemma_ in _BEGUN for t in noun.rights):
            return own
        if (held := _within(noun)) is not None:
            own = Standing("none", rule="unreal", word=held)
        if how == "obj" and entry is None and verb is not None and _is_idea(noun, verb):
            own = Standing("none", rule="unreal", word=verb)
        words = {t.lower_ for t in noun.lefts if t.dep_ in ("amod", "det", "advmod")}
        if words & _AHEAD:
            own = Standing("planned", rule="ahead", word=noun)
        elif words & _UNREAL:
            own = Standing("none", rule="unreal", word=noun)
        if verb is None or entry is None:
            if verb is not None and verb.lemma_ == "be" and how == "obj":
                return weaker(own, of_verb(verb, self.lexicon))
            return own
        if not is_verbal(verb):
            return weaker(
                own, Standing(_STATUS.get(entry.effect, entry.effect), verb, rule="governor", word=verb, entry=entry)
            )
        if entry.effect == "topic":
            return own
        above = of_verb(verb, self.lexicon)
        if entry.effect == "real":
            return weaker(own, above)
        if above.status in ("denied", "none"):
            return above._replace(status="none", governor=verb, refused_modal=False)
        return weaker(weaker(own, Standing(entry.effect, verb, rule="governor", word=verb, entry=entry)), above)

    def _fill(self, noun: Token, frame: NounFrame, deed: Deed, verb: Token | None, entry: Governor | None) -> None:
        shared = noun.head if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" else None
        whole = self._whole(noun)
        more = whole if whole.i != noun.i else None
        own = phrases(noun, shared, more)
        beside = phrases(verb) if verb is not None and "mutual" in frame.flags else own
        inner = phrases(*own.get("of", []))  # "an exchange of prisoners between A and B"
        pairs = (
            own.get("between", []) + own.get("among", [])
            or beside.get("between", [])
            or (inner.get("between", []) if "mutual" in frame.flags else [])
        )
        between = self.sides.of_all(pairs)
        if len(between) > 1 and frame.mode == "third-party":
            deed.targets = between
        elif len(between) > 1:
            deed.parties = between
            return
        given = self.sides.of(deep_subject(verb, self.lexicon)) if verb is not None and entry and entry.side else []
        if verb is not None and entry and entry.side == "target":
            given = self._doers(surface_subject(verb, self.lexicon))
            deed.targets = given
        elif given:
            deed.sources = given
        around = phrases(noun, shared, more, verb)
        for part in (*around.get("of", ()), *own.get("by", ())):  # "the reopening of the border with X"
            for prep, found in phrases(part).items():
                if prep in _BESIDE:
                    around.setdefault(prep, found)
        if not deed.targets:
            deed.targets = self._looked_up(noun, frame.target, around, deed.sources) or self._aimed_at(noun)
        if not deed.sources:
            deed.sources = self._looked_up(noun, frame.source, own | _by(around), deed.targets) or self._staged_by(noun)
        if not deed.sources and frame.type == "ASSAULT" and "mod" in frame.source and not (frame.flags & {"mutual"}):
            deed.sources = self.sides.modifiers(noun, places=False, adjectives=True)  # "a Greek strike" in Greece
            deed.targets = [t for t in deed.targets if t not in deed.sources]
        if not deed.sources and is_conflict(frame.type):
            deed.sources = [s for s in self._punished(noun) if s not in deed.targets]
        if deed.type == "PROTEST" and not deed.sources and (states := self._states(around.get("from", []))):
            deed.sources, deed.type, deed.mode, deed.cameo = states, "ACCUSE", "disapprove", "114"
        if "mutual" in frame.flags and not deed.targets and len(deed.sources) > 1:
            deed.parties, deed.sources = deed.sources, []
        deed.targets = [t for t in deed.targets if t not in deed.sources]

    def _doers(self, subject: Token | None) -> list[int]:
        """Whom the subject names; of a deed, who did it: "the arrest of X by Y drew protests" is about Y."""
        if subject is None or lemma_of(subject) not in self.lexicon.nouns:
            return self.sides.of(subject)
        by = self.sides.doers(phrases(subject).get("by", []))
        return by or self.sides.of(child(subject, "poss")) or self.sides.modifiers(subject) or self.sides.of(subject)

    def _looked_up(
        self, noun: Token, where: tuple[str, ...], around: dict[str, list[Token]], but: list[int]
    ) -> list[int]:
        for place in where:
            found = [i for i in self._in(noun, place, around) if i not in but]
            if found:
                return found
        for place in where:
            if place in _WHERE or place == "by":
                continue
            found = [i for t in around.get(place, []) for i in self._nested(t) if i not in but]
            if found:
                return found
        return []

    def _states(self, tokens: list[Token]) -> list[int]:
        """The governments among the actors: protests from a capital are notes, not marches."""
        found = self.sides.of_all(tokens)
        return [i for i in found if self.sides.register[i].kind == "country" or "GOV" in self.sides.register[i].sectors]

    def _nested(self, noun: Token) -> list[int]:
        """Whom a phrase within the phrase names: "curbs on the sale of chips to Greece", "aid for clinics in Greece"."""
        inner = phrases(noun, *phrases(noun).get("of", []))
        return next((found for prep in _INNER if (found := self.sides.of_all(inner.get(prep, [])))), [])

    def _in(self, noun: Token, place: str, around: dict[str, list[Token]]) -> list[int]:
        whole = self._whole(noun)
        if place == "poss":
            return self._owner(noun) or self._owner(whole)
        if place == "mod":
            if whole.i != noun.i and (found := self.sides.modifiers(whole, places=False)):
                return found
            torn = noun.tag_ == "VBG" and noun.dep_ in ("advcl", "acl")  # "Serbian mortar shelling" torn apart
            head = noun.nbor(-1) if torn else noun
            shared = head.head if head.dep_ == "conj" and head.head.pos_ == "NOUN" else head
            return self.sides.modifiers(head, places=False) or self.sides.modifiers(shared, places=False)
        if place == "adj":
            return self.sides.modifiers(noun, places=False, adjectives=True)
        if place == "mod_place":
            return self.sides.modifiers(noun, places=True)
        named = around.get(place, [])
        return self.sides.doers(named) if place == "by" else self.sides.of_all(named)

    def _aimed_at(self, noun: Token) -> list[int]:
        """Whom it hits when a participle says so: "sanctions targeting Iran"."""
        for item in noun.rights:
            if item.dep_ == "acl" and lemma_of(item) in ("target", "hit", "aim", "direct"):
                at = phrases(item)
                return self.sides.of_all(
                    [*(t for t in item.children if t.dep_ == "dobj"), *at.get("at", []), *at.get("against", [])]
                )
        return []

    def _staged_by(self, noun: Token) -> list[int]:
        """Whose deed it is when a participle says so: "an attack conducted by the militia", "raids blamed on it"."""
        for item in noun.rights:
            if item.dep_ not in ("acl", "relcl") or item.tag_ not in ("VBN", "VBD") or not is_passive(item):
                continue
            entry = self._row(item, "obj")
            if lemma_of(item) == "cause" or (entry is not None and (entry.effect, entry.side) == ("real", "source")):
                return self.sides.of(agent_of(item))
            if lemma_of(item) in ("blame", "pin"):
                return self.sides.of_all(phrases(item).get("on", []))
        return []

    def _punished(self, noun: Token) -> list[int]:
        """Who did it when the law says so: "sentenced the officer for the murder of", "convicted of the attack"."""
        prep = self._whole(noun).head
        if prep.dep_ != "prep" or prep.lower_ not in ("for", "of", "over") or not is_verbal(prep.head):
            return []
        return self.sides.of(deep_object(prep.head, self.lexicon)) if lemma_of(prep.head) in _JUDGED else []

    def _owner(self, noun: Token) -> list[int]:
        """Whose visit it is; an unresolved "its", "their" is the subject's of the verb that tells of it."""
        owner = child(noun, "poss")
        found = self.sides.of(owner)
        if found or owner is None or owner.lower_ not in ("its", "their", "his", "her"):
            return found
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head if noun.dep_ == "pobj" else None
        if verb is None or not is_verbal(verb):
            return []
        subject = surface_subject(verb, self.lexicon)
        return self.sides.of(subject) if subject is not None and subject.pos_ != "PRON" else []


def _by(around: dict[str, list[Token]]) -> dict[str, list[Token]]:
    return {"by": around["by"]} if "by" in around else {}


def _words_before(noun: Token, frame: NounFrame) -> bool:
    size = len(frame.before)
    if noun.i < size:
        return False
    return all(lemma_of(noun.nbor(k - size)) == word for k, word in enumerate(frame.before))
