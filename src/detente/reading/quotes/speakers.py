"""Who speaks: the subject of a cue, the words that name it, and the actor behind them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.reading.marks import ActorMark, Extent, Register

_SUBJECTS = ("nsubj", "csubj")
_CLIMB = ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp")
_HIGHEST = 5  # verbs to climb from a cue to its subject
_QUOTED = frozenset(("quote", "cite", "report", "hear", "overhear"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_APART = frozenset(("relcl", "appos", "acl", "case"))
_PERSONAL = frozenset(("i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "this", "that"))
_DUMMY = frozenset(("there", "this", "that", "what", "which"))
_LIGHT = frozenset(
    ("make", "issue", "repeat", "voice", "express", "reiterate", "give", "release", "have", "publish", "send")
)
_ADDRESSING = frozenset(["tell", "email", "e-mail", "inform", "urge", "warn", "ask", "remind"])
# A place that speaks and that the register does not know is an authority: a country would have its code.
_BESIDE = frozenset({"on", "via", "in", "at"})  # "Berg on television" is called Berg
_KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "organization", "NORP": "group"}
_PERSONS = (
    "man",
    "woman",
    "person",
    "er",
    "or",
    "ist",
    "ian",
    "chief",
    "minister",
    "president",
    "aide",
    "head",
    "diplomat",
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """head: the token that stands for the speaker. start, end: tokens of the mention. actor: a better token for who it is."""

    head: Token
    start: int
    end: int
    actor: Token


class Subjects:
    """The subjects of cues; what hangs on a verb is looked at once, however many cues climb to it."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Token | None, Token | None]] = {}

    def of(self, cue: Token) -> Speaker | None:
        """The one whom the grammar makes the subject of a cue; None when it names nobody."""
        found = self._climb(cue)
        if found is None:
            return None
        if found.lower_ in _RELATIVE and found.head.dep_ == "relcl":
            return Speaker(found, found.i, found.i + 1, named(found.head.head))
        empty = found.lower_ in _DUMMY or (found.dep_ == "nsubjpass" and found.lower_ == "it")
        return None if empty else mention_of(found)

    def _climb(self, cue: Token) -> Token | None:
        verb = cue
        for _ in range(_HIGHEST):
            active, passive = self._own(verb)
            if active is not None or passive is not None:
                return active if active is not None or verb == cue else passive
            if verb.dep_ == "acl":
                return self._apart(verb) or _issuer(verb.head) or (None if verb.tag_ == "VBN" else verb.head)
            if verb == cue and verb.tag_ == "VBN" and not _perfect(verb):
                return None
            if verb.dep_ not in _CLIMB or verb.head == verb:
                return None
            verb = verb.head
        return None

    def _apart(self, verb: Token) -> Token | None:
        """Of "she voiced her doubts, saying": she, though the parser hangs the participle on the doubts."""
        noun = verb.head
        if verb.tag_ != "VBG" or noun.dep_ != "dobj" or verb.i < noun.i or verb.nbor(-1).text != ",":
            return None
        return self._own(noun.head)[0]

    def _own(self, verb: Token) -> tuple[Token | None, Token | None]:
        """The one who does it (the subject, or the "by" of a passive), and the one to whom it is done."""
        if verb.i not in self._seen:
            self._seen[verb.i] = _own(verb)
        return self._seen[verb.i]


def _own(verb: Token) -> tuple[Token | None, Token | None]:
    active = passive = None
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return child, None
        if child.dep_ == "agent":
            active = next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ == "nsubjpass":
            passive = child
    return (passive if active is None and verb.lemma_ in _QUOTED else active), passive


def _perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children) or verb.dep_ in ("conj", "ROOT")


def _issuer(noun: Token) -> Token | None:
    """Of "the ministry issued a statement saying": the ministry; of "she told voters saying", as parsers have it: she."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in _LIGHT | _ADDRESSING:
        return None
    return next((c for c in verb.children if c.dep_ in _SUBJECTS), None)


def owner_of(noun: Token) -> Speaker | None:
    """Whose claim it is: the possessor, the one after "by" or "of", or the one who makes it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return mention_of(child)
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "among") and child.i < noun.i + 3:
            holder = next((c for c in child.children if c.dep_ == "pobj"), None)
            return mention_of(holder) if holder is not None else None
    if noun.i > 1 and noun.nbor(-1).text in ("'s", "’s") and noun.nbor(-2).pos_ in ("NOUN", "PROPN"):
        return mention_of(noun.nbor(-2))
    issuer = _issuer(noun)
    return mention_of(issuer) if issuer is not None else None


def mention_of(head: Token) -> Speaker:
    """The noun phrase around a head, without its appositions and relative clauses."""
    doc, start = head.doc, head.left_edge.i
    end = head.i + 1
    last = head.right_edge.i
    while end <= last and _belongs(doc[end], head):
        end += 1
    while start < head.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > head.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ == "CCONJ"):
        end -= 1
    return Speaker(head, start, end, named(head))


def _belongs(token: Token, head: Token) -> bool:
    if token.is_punct or token.is_space:
        return token.text in ("-", "–", ".")
    if token.dep_ == "case" and token.head != head:
        return True
    if token.dep_ in _APART or token.lower_ in ("who", "which", "that"):
        return False
    return not (token.pos_ in ("VERB", "AUX") and token.head == head)


def named(head: Token) -> Token:
    """The token that best says who it is: of "a spokeswoman, Anna Berg," Berg."""
    if head.ent_type_ == "PERSON" or head.pos_ == "PRON":
        return head
    for child in head.children:
        if child.dep_ == "appos" and child.ent_type_ == "PERSON":
            return child
        if child.dep_ == "conj" and child.ent_type_ == "PERSON" and _one(head):
            return child
    return head


def _one(head: Token) -> bool:
    """Two offices of one person: "party leader and prime minister Ada Berg", not "the envoy and Ada Berg"."""
    return head.pos_ == "NOUN" and not any(c.dep_ in ("det", "poss") or c.text == "," for c in head.children)


class Cast:
    """The register with those who speak in this article but whom nobody had put on it."""

    def __init__(self, doc: Doc, register: Register) -> None:
        self.doc = doc
        self.register = register
        self._local: dict[str, int] = {}

    def actor(self, speaker: Speaker) -> int | None:
        """The index of the actor who speaks, added to the register when new; None for a pronoun that stands for nobody known."""
        for token in (speaker.actor, speaker.head):
            index = self.register.at(token.i)
            if index is not None:
                return index
        if speaker.actor.pos_ == "PRON" or speaker.actor.lower_ in _PERSONAL:
            return None
        return self._add(speaker)

    def _add(self, speaker: Speaker) -> int:
        head = speaker.actor
        around = mention_of(head) if head.i != speaker.head.i else speaker
        name = self._name(around.start, around.end, head)
        index = self._local.get(name.lower())
        if index is None:
            index = self.register.add(ActorMark(name=name, kind=_kind(head)))
            self._local[name.lower()] = index
        self.register.mention(index, around.start, around.end)
        return index

    def _name(self, start: int, end: int, head: Token) -> str:
        if head.ent_type_ == "PERSON":
            start = min(
                (t.i for t in head.subtree if t.ent_type_ == "PERSON" and start <= t.i <= head.i), default=start
            )
            end = head.i + 1
        if head.pos_ == "PROPN":
            end = next((i for i in range(head.i + 1, end) if self.doc[i].lower_ in _BESIDE), end)
        while start < head.i and self.doc[start].pos_ in ("DET", "ADV", "CCONJ"):
            start += 1
        return " ".join(self.doc[start:end].text.split())


def _kind(head: Token) -> str:
    kind = _KINDS.get(head.ent_type_)
    if kind is not None:
        return kind
    if head.tag_ in ("NN", "NNP") and head.lower_.endswith(_PERSONS):
        return "person"
    return "group"


def is_person_noun(token: Token) -> bool:
    """Whether the form of a common noun is that of people: "listeners", "historian", "aide"."""
    return token.lemma_.lower().endswith(_PERSONS) or token.lemma_ in ("people", "public", "crowd", "audience")


def extent_of(doc: Doc, start: int, end: int) -> Extent:
    """Tokens [start, end) in characters."""
    span = doc[start:end]
    return Extent(span.start_char, span.end_char)
