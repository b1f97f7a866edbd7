"""Who does what in a parse: deep subjects and objects, prepositional phrases, relative pronouns, control.

Works on spaCy's English dependency labels (CLEAR style). All functions take and give tokens; None is "not there".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.reading.events.lexicon import LEMMAS, Governor, Lexicon

_RELATIVE = frozenset({"who", "whom", "which", "that"})
_IDIOMS = frozenset({"behalf", "name", "basis", "eve", "sideline", "anniversary", "condition", "ground", "pretext"})
_PURPOSES = frozenset(  # "in support of X" is no place and no target
    [
        "support",
        "response",
        "retaliation",
        "exchange",
        "protest",
        "solidarity",
        "return",
        "connection",
        "light",
        "defiance",
        "view",
        "lieu",
        "honour",
        "honor",
    ]
)
_JOINING = frozenset({"after", "before", "since", "until", "as"})
_DEPTH = 5  # how many governors a missing subject is looked for
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp", "conj", "dep"})
_PORTIONS = frozenset(
    [
        "some",
        "all",
        "most",
        "many",
        "several",
        "hundred",
        "thousand",
        "dozen",
        "number",
        "part",
        "half",
        "majority",
        "percent",
        "quarter",
        "bulk",
        "remainder",
        "handful",
        "score",
        "ten",
        "one",
        "two",
        "three",
        "more",
        "rest",
        "any",
    ]
)


def lemma_of(token: Token) -> str:
    """The token's lemma in lower case, mended where spaCy's rules go wrong ("staged" is of "stage", not "stag")."""
    lemma = token.lemma_.lower()
    return LEMMAS.get(lemma, lemma) if token.pos_ == "VERB" else lemma


def child(token: Token, *labels: str) -> Token | None:
    """The first dependant with one of the labels."""
    for item in token.children:
        if item.dep_ in labels:
            return item
    return None


def is_verbal(token: Token) -> bool:
    """Whether the token heads a clause."""
    return token.pos_ in ("VERB", "AUX")


def words_of(verb: Token) -> str:
    """A verb's lemma with its particle: "pull out"."""
    particle = child(verb, "prt")
    lemma = lemma_of(verb)
    return f"{lemma} {particle.lower_}" if particle is not None else lemma


def verb_governor(verb: Token, governed: str, lexicon: Lexicon) -> Governor | None:
    """The table's row on a governing verb: "call on" before "call"."""
    lemma, words = lemma_of(verb), words_of(verb)
    if words == lemma and verb.i + 1 < len(verb.doc):
        beside = verb.nbor(1)
        if beside.dep_ == "prep" and beside.head.i == verb.i:
            words = f"{lemma} {beside.lower_}"
    return lexicon.governor("VERB", governed, words) or lexicon.governor("VERB", governed, lemma)


def is_passive(verb: Token) -> bool:
    """Whether the verb's surface subject is its deep object; bare participles included."""
    passive = False
    for item in verb.children:
        if item.dep_ in ("auxpass", "nsubjpass", "agent", "csubjpass"):
            return True
        if item.dep_ == "dobj" or (item.dep_ == "aux" and item.lemma_ == "have"):
            return False
    if verb.tag_ != "VBN":
        return passive
    if verb.dep_ in ("acl", "amod", "advcl"):
        return True
    return verb.dep_ == "conj" and child(verb, "nsubj", "aux") is None and is_passive(verb.head)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; other tokens stand for themselves."""
    if token.lower_ not in _RELATIVE or token.tag_ not in ("WDT", "WP", "IN", "DT"):
        return token
    node = token.head
    for _ in range(_DEPTH):
        if node.dep_ == "relcl":
            return node.head
        node = node.head
    return token


def core(token: Token) -> Token:
    """What is counted or divided: the troops of "some of its troops"."""
    if token.pos_ == "NUM" or lemma_of(token) in _PORTIONS:
        for item in token.rights:
            if item.dep_ == "prep" and item.lower_ == "of":
                return child(item, "pobj") or token
    return token


def surface_subject(verb: Token, lexicon: Lexicon, depth: int = 0) -> Token | None:
    """The subject of the clause as written, or the one that it shares with what governs it."""
    own = child(verb, "nsubj", "nsubjpass")
    if own is not None:
        return antecedent(own)
    if (torn := _torn_subject(verb)) is not None:
        return torn
    if depth >= _DEPTH or verb.dep_ not in _CLAUSAL:
        return None
    return _inherited(verb, lexicon, depth + 1)


def _torn_subject(verb: Token) -> Token | None:
    """The subject that the parser hung on a conjunction: who stepped down in "took office after Anna Berg stepped down"."""
    if verb.dep_ not in ("conj", "advcl", "dep") or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == verb.sent.start:
        return None
    before = verb.nbor(-1)
    return before if before.dep_ == "pobj" and before.head.lower_ in _JOINING else None


def _inherited(verb: Token, lexicon: Lexicon, depth: int) -> Token | None:
    head, dep = verb.head, verb.dep_
    if dep == "acl":
        return head if verb.tag_ in ("VBG", "VBN") else _noun_owner(head, lexicon, depth)
    if dep == "relcl" and verb.tag_ == "VB" and head.dep_ == "attr":
        return child(head.head, "nsubj")
    if dep == "relcl":
        return head if child(verb, "dobj") is not None or verb.tag_ == "VBN" else None
    if dep == "advcl" and heads_headline(head, verb):
        return head
    if dep == "pcomp":
        return _of_gerund(head, lexicon, depth)
    if not is_verbal(head) and dep == "xcomp":
        return surface_subject(head.head, lexicon, depth) if head.dep_ in ("acomp", "attr", "oprd") else None
    if not is_verbal(head):
        return None
    if dep in ("xcomp", "ccomp"):
        return _controlled(head, lexicon, depth)
    if dep == "dep":
        return None
    return surface_subject(head, lexicon, depth)


def heads_headline(noun: Token, verb: Token) -> bool:
    """Whether an infinitive is all that a headline says of a noun: "Peru to recall its envoy"."""
    if noun.dep_ != "ROOT" or noun.pos_ not in ("NOUN", "PROPN") or verb.tag_ != "VB":
        return False
    return any(t.dep_ == "aux" and t.tag_ == "TO" and t.i == noun.i + 1 for t in verb.children)


def _controlled(governor: Token, lexicon: Lexicon, depth: int) -> Token | None:
    """Whose deed the infinitive under the governor is."""
    entry = verb_governor(governor, "inf", lexicon)
    if entry is not None and entry.control == "obj":
        if is_passive(governor):
            return surface_subject(governor, lexicon, depth)
        patient = child(governor, "dobj", "dative")
        if patient is not None and patient.dep_ == "dobj":
            return antecedent(patient)
        for prep in governor.children:
            if prep.dep_ == "prep" and prep.lower_ in ("on", "upon", "to", "for", "with"):
                return child(prep, "pobj")
        return None
    return surface_subject(governor, lexicon, depth)


def _of_gerund(prep: Token, lexicon: Lexicon, depth: int) -> Token | None:
    """The doer of "of attacking", "after meeting": whoever is accused, else the subject of the clause."""
    head = prep.head
    if is_verbal(head):
        if prep.lower_ == "for" and (punished := _punished(head)) is not None:
            return punished
        entry = lexicon.governor("VERB", "inf", lemma_of(head))
        if (
            entry is not None
            and entry.control == "obj"
            and prep.lower_ in ("of", "for", "from", "with", "in", "into", "to")
        ):
            return deep_object(head, lexicon, depth)
        return surface_subject(head, lexicon, depth)
    if head.pos_ == "ADJ":
        return child(head, "nsubj") or _called_so(head, lexicon, depth)
    if head.dep_ == "dobj" and is_verbal(head.head):
        return surface_subject(head.head, lexicon, depth)
    return _noun_owner(head, lexicon, depth)


def _called_so(adjective: Token, lexicon: Lexicon, depth: int) -> Token | None:
    """Whom an adjective is said of: the soldier of "found the soldier guilty", "the soldier was found guilty"."""
    verb = adjective.head
    if not is_verbal(verb):
        return verb if adjective.dep_ == "amod" else None
    return deep_object(verb, lexicon, depth) or surface_subject(verb, lexicon, depth)


def _punished(verb: Token) -> Token | None:
    """Who did what something is done for: the Iran of "imposed sanctions on Iran for backing the rebels"."""
    found = phrases(verb, child(verb, "dobj"))
    return next((t for key in ("on", "against", "with") for t in found.get(key, []) if t.i < verb.i + 12), None)


def _noun_owner(noun: Token, lexicon: Lexicon, depth: int) -> Token | None:
    """Whose plan, right, promise it is: the possessor, else the subject of the verb that the noun is the object of."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    if noun.dep_ == "dobj" and is_verbal(noun.head):
        return surface_subject(noun.head, lexicon, depth)
    return None


def agent_of(verb: Token) -> Token | None:
    """The doer named with "by" in the passive."""
    by = child(verb, "agent")
    if by is None:
        for item in verb.children:
            if item.dep_ == "prep" and item.lower_ == "by":
                by = item
    return child(by, "pobj") if by is not None else None


def deep_subject(verb: Token, lexicon: Lexicon) -> Token | None:
    """The doer: subject in the active, agent in the passive."""
    if is_passive(verb):
        agent = agent_of(verb)
        if agent is None and verb.dep_ == "conj" and is_passive(verb.head) and child(verb, "auxpass") is None:
            agent = agent_of(verb.head)
        return agent
    return surface_subject(verb, lexicon)


def deep_object(verb: Token, lexicon: Lexicon, depth: int = 0) -> Token | None:
    """What the deed is done to: direct object in the active, subject in the passive."""
    if is_passive(verb):
        return surface_subject(verb, lexicon, depth)
    own = child(verb, "dobj")
    if own is not None:
        return antecedent(own)
    if verb.dep_ == "relcl" and child(verb, "nsubj") is not None and verb.head.pos_ in ("NOUN", "PROPN"):
        subject = child(verb, "nsubj")
        if subject is not None and subject.lower_ not in _RELATIVE:
            return verb.head if child(verb, "prep", "ccomp", "xcomp", "prt") is None else None
    return _raised_object(verb) or _shared_object(verb)


def _raised_object(verb: Token) -> Token | None:
    """Who is urged, when the parser took it for the subject of what is urged: "warned Iran to leave"."""
    inner = child(verb, "ccomp")
    if inner is None or not any(t.dep_ == "aux" and t.tag_ == "TO" for t in inner.children):
        return None
    return child(inner, "nsubj", "nsubjpass")


def _shared_object(verb: Token) -> Token | None:
    """The object that a verb shares with its last conjunct: "attacked and destroyed the base"."""
    for item in verb.rights:
        if item.dep_ == "conj" and is_verbal(item) and child(item, "nsubj", "nsubjpass", "auxpass") is None:
            between = [t for t in verb.rights if t.i < item.i and t.dep_ not in ("cc", "punct", "advmod")]
            return child(item, "dobj") if not between else None
        if item.dep_ not in ("cc", "punct", "advmod"):
            return None
    return None


def phrases(*heads: Token | None) -> dict[str, list[Token]]:
    """Prepositions with their objects, of all the heads, nearest first; "out of" stands under "of", "out of" both."""
    found: dict[str, list[Token]] = {}
    for head in heads:
        if head is None:
            continue
        for item in head.children:
            if item.lower_ == "according":
                continue  # "according to aides" is nobody's "to"
            if item.dep_ in ("prep", "dative", "agent") and item.pos_ in ("ADP", "SCONJ", "PART", "ADV", "VERB"):
                _collect(item, item.lower_, found)
    return found


def _collect(prep: Token, name: str, found: dict[str, list[Token]]) -> None:
    for item in prep.children:
        if item.dep_ == "conj" and item.pos_ == "ADP":
            _collect(item, item.lower_, found)  # "on the port and on the town"
        elif (
            item.dep_ == "pobj" and lemma_of(item) not in _IDIOMS and not (name == "in" and lemma_of(item) in _PURPOSES)
        ):
            for key in dict.fromkeys((name, prep.lower_)):
                found.setdefault(key, []).append(item)
        elif item.dep_ == "prep" and item.i - prep.i <= 2:
            _collect(item, f"{name} {item.lower_}", found)


def members(token: Token) -> Iterator[Token]:
    """A noun and what is coordinated with it: "A, B and C"."""
    yield token
    joined = any(item.dep_ == "cc" for item in token.children)
    for item in token.children:
        joined = joined or item.dep_ == "cc"
        if item.dep_ == "conj" and item.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            yield from members(item)
            joined = False
        elif item.dep_ == "appos" and item.pos_ == token.pos_ == "PROPN" and (joined or child(item, "cc", "conj")):
            yield from members(item)  # "A, B and C", whose B was taken for another name of A
    if joined and token.dep_ == "nsubj":
        beside = (t for t in token.head.lefts if t.dep_ == "nsubj" and t.i > token.i)
        yield from beside  # "A and B met", torn into two subjects
    yield from (item for item in token.lefts if _is_beside_a_people(item))


def _is_beside_a_people(name: Token) -> bool:
    """Whether a person was taken for a part of what comes behind "and": Ana Berg in "Ana Berg and Dutch envoys met"."""
    if name.ent_type_ != "PERSON" or name.dep_ not in ("nmod", "compound", "amod"):
        return False
    return any(t.dep_ == "conj" and t.ent_type_ == "NORP" and t.i == name.i + 2 for t in name.rights)


def clause_of(token: Token) -> Token:
    """The verb whose clause the token stands in, or the root of its sentence."""
    node = token
    while node.head.i != node.i and not is_verbal(node):
        node = node.head
    return node
