"""Who stands behind a noun phrase: the actors of its head, of its modifiers, or of what it is part of."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from detente.knowledge.countries import countries
from detente.reading.events.frames import antecedent, child, clause_of, lemma_of, members
from detente.reading.marks import ActorMark, PlaceMark, register_of

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
_TIED = frozenset({"back", "link", "ally", "draft", "broker", "mediate", "occupy", "sponsor", "base", "affiliate"})
_FLAGGED = frozenset({"flagged", "registered", "born", "made", "built", "owned", "operated"})
_AT = frozenset({"in", "across", "at", "outside", "near", "throughout"})
_HAMLETS = frozenset({"village", "villages", "hamlet", "hamlets", "settlement", "commune"})
_GUESSED = frozenset({"only", "votes"})
_TOWNS = frozenset({"city", "facility", "region", "area", "water"})
_INNER = _MODIFIERS | {"npadvmod", "advmod"}
_OWNERS = ("of", "from", "in", "for")
_AGAINST = frozenset({"opponent", "critic", "enemy", "foe", "rival", "victim"})  # of X: not X's own people
_NEAR_HIM = frozenset(  # of a person, but not that person: who arrests X's wife has not arrested X
    [
        "wife",
        "husband",
        "widow",
        "fiancee",
        "girlfriend",
        "boyfriend",
        "son",
        "daughter",
        "child",
        "brother",
        "sister",
        "sibling",
        "nephew",
        "niece",
        "cousin",
        "uncle",
        "aunt",
        "mother",
        "father",
        "parent",
        "grandson",
        "granddaughter",
        "grandfather",
        "grandmother",
        "relative",
        "family",
        "friend",
        "lawyer",
        "attorney",
        "bodyguard",
        "driver",
        "supporter",
        "follower",
        "loyalist",
        "ally",
        "associate",
        "aide",
        "adviser",
        "advisor",
        "colleague",
        "rival",
        "opponent",
        "critic",
        "enemy",
        "foe",
        "challenger",
        "predecessor",
        "successor",
        "killer",
        "attacker",
        "assassin",
        "murderer",
        "victim",
    ]
)
_THIRD = frozenset({"it", "they", "he", "she", "them", "him"})
_BODIES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_SEATED = _BODIES - {"MIL", "SPY"}
_WHERE = frozenset({"country", "region", "city", "demonym", "facility", "area"})


class Sides:
    """Looks up actors by token; a place that no actor covers stands for its country.

    people: lemmas of nouns that name people, who are of the country that marks them ("a Syrian general").
    """

    def __init__(self, doc: Doc, people: frozenset[str] = frozenset()) -> None:
        self.doc = doc
        self.people = people
        self.register = register_of(doc)
        self.place_at: dict[int, int] = {}
        self.unnamed: set[str] = set()  # single names that repeat nobody's, or those of several countries
        self.places: tuple[PlaceMark, ...] = doc._.detente_places
        self._land: dict[int, str | None] = {}
        self.text = doc.text  # joined anew at each call: once is enough
        self._lands = {p.country for p in self.places if p.kind in ("country", "demonym")}
        for index, place in enumerate(self.places):
            span = doc.char_span(place.start, place.end, alignment_mode="expand")
            for i in range(span.start, span.end) if span is not None else ():
                self.place_at.setdefault(i, index)

    def at(self, token: Token) -> int | None:
        """The actor whom the token mentions, else the country of the place that it names."""
        found = self.register.at(token.i)
        if found is not None:
            return found
        index = self.place_at.get(token.i)
        if index is None:
            return None
        place = self.places[index]
        if place.kind not in _WHERE or token.dep_ in ("npadvmod",):
            return None
        land = self.land_of(index)
        return self.country(land, token) if land is not None else None

    def land_of(self, index: int) -> str | None:
        """The country of a place: what the words around it say ("the Lebanese city of Sefan", "Sefan, Mali") before a guess."""
        if index not in self._land:
            self._land[index] = self._find_land(self.places[index])
        return self._land[index]

    def _find_land(self, place: PlaceMark) -> str | None:
        guess = place.country if self.is_sure(place) else None
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is None or place.kind in ("country", "demonym"):
            return guess
        for token in self.doc[span.end : span.end + 8]:
            if token.text not in (",", "and") and token.pos_ != "PROPN":
                break
            if (named := self._named_land(token.i)) is not None:
                return named
        root = span.root
        city = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else root
        return next((named for t in city.lefts if (named := self._named_land(t.i)) is not None), guess)

    def _named_land(self, token: int) -> str | None:
        """The country that a token names outright, as a name or as an adjective."""
        index = self.place_at.get(token)
        mark = self.places[index] if index is not None else None
        return mark.country if mark is not None and mark.kind in ("country", "demonym") else None

    def is_sure(self, place: PlaceMark) -> bool:
        """Whether the country of a place can be relied on: a village by that name may lie where no gazetteer has it."""
        if place.country is None:
            return False
        if place.rule not in _GUESSED or not self._lands or place.country in self._lands:
            return True
        before = self.text[max(0, place.start - 14) : place.start].split()
        return place.rule == "only" and not (len(before) > 1 and before[-1] == "of" and before[-2] in _HAMLETS)

    def country(self, code: str, token: Token) -> int:
        """The actor of a country, put on the register when nobody has; the token becomes a mention of it."""
        index = next((i for i, actor in enumerate(self.register) if actor.key == code), None)
        if index is None:
            index = self.register.add(ActorMark(name=_country_name(code), kind="country", key=code, country=code))
        if self.register.at(token.i) is None:
            self.register.mention(index, token.i, token.i + 1)
        return index

    def country_of(self, index: int) -> str | None:
        """The country of an actor."""
        return self.register[index].country

    def of(self, token: Token | None) -> list[int]:
        """The actors of a noun phrase, each once, coordination included."""
        if token is None:
            return []
        found: list[int] = []
        for member in members(antecedent(token)):
            for index in self._of_one(member):
                if index not in found:
                    found.append(index)
        return found

    def direct(self, token: Token | None) -> list[int]:
        """As `of`, but only those whom the heads themselves name: not Chile for "Chile's new museum"."""
        if token is None:
            return []
        heads = [
            m
            for m in members(antecedent(token))
            if m.pos_ == "PRON" or self.at(m) is not None or lemma_of(m) in self.people | _NEAR_HIM
        ]
        return list(dict.fromkeys(i for m in heads for i in self._of_one(m)))

    def of_all(self, tokens: Iterable[Token]) -> list[int]:
        """The actors of several phrases."""
        return list(dict.fromkeys(i for token in tokens for i in self.of(token)))

    def victims(self, noun: Token) -> list[int]:
        """People whom no actor covers, as an actor of their own: the guards of "killed twelve forest guards"."""
        if noun.pos_ != "NOUN" or lemma_of(noun) not in self.people - {"other"} or self.of(noun):
            return []
        words = [*(t for t in noun.lefts if t.dep_ in ("amod", "compound")), noun]
        name = " ".join(t.text for t in words)
        index = self.register.add(ActorMark(name=name, kind="group", sectors=("CVL",)))
        self.register.mention(index, words[0].i, noun.i + 1)
        return [index]

    def doers(self, tokens: Iterable[Token]) -> list[int]:
        """As `of_all`, but nobody is of a country because he is in it: not Mali for "herders in Mali"."""
        found = []
        for token in (m for t in tokens for m in members(antecedent(t))):
            named = self.at(token) is not None or token.pos_ == "PRON"
            found += self._of_one(token) if named else self.modifiers(token) or self._owners(token, ("of", "from"))
        return list(dict.fromkeys(found))

    def _of_one(self, token: Token) -> list[int]:
        own = self.at(token)
        if own is not None:
            self._place(own, token)
            if self._is_placed(own):
                return [own, *self._beside(own, token)]
            close = self._near_him(token, own)
            return [close] if close is not None else self._of_home(token, own) or [own]
        if token.pos_ == "PRON":
            return self._of_speaker(token)
        if (close := self._near_him(token)) is not None:
            return [close]
        return self._named(token) or self.modifiers(token) or self._owners(token) or self._of_land(token)

    def _near_him(self, noun: Token, own: int | None = None) -> int | None:
        """Who is only close to a named person, as an actor of that person's country: the brother of "X's brother".

        own: the actor whom the noun has already, of no told country.
        """
        person = self._close_to(noun)
        if person is None:
            return None
        if own is None:
            words = [*(t for t in noun.lefts if t.dep_ in ("amod", "compound")), noun]
            kind = "person" if noun.tag_ == "NN" and lemma_of(noun) != "family" else "group"
            own = self.register.add(ActorMark(name=" ".join(t.text for t in words), kind=kind, sectors=("CVL",)))
            self.register.mention(own, words[0].i, noun.i + 1)
        self.register[own].country = person.country
        return own

    def _close_to(self, noun: Token) -> ActorMark | None:
        """The named person beside whom a kinsman, aide or follower stands."""
        if lemma_of(noun) not in _NEAR_HIM or noun.pos_ != "NOUN" or self._named(noun):
            return None
        owners = [t for t in noun.lefts if t.dep_ == "poss"]
        owners += [t for prep in noun.rights if prep.lower_ == "of" for t in prep.children if t.dep_ == "pobj"]
        near = (self.at(t) if self.at(t) is not None else self._near_him(t) for t in owners)
        return next((a for i in near if i is not None and (a := self.register[i]).kind == "person"), None)

    def _beside(self, own: int, token: Token) -> list[int]:
        """The other country of "Greek and Turkish forces", whose own actor has only one of the two."""
        mark = next((t for t in token.lefts if t.dep_ in _MODIFIERS and any(c.dep_ == "conj" for c in t.rights)), None)
        if mark is None or self.register[own].kind not in ("group", "country"):
            return []
        homes = {self.places[p].country: m for m in members(mark) if (p := self.place_at.get(m.i)) is not None}
        known = self.register[own].country
        return [self.country(home, m) for home, m in homes.items() if home is not None and home != known]

    def _named(self, token: Token) -> list[int]:
        """Who is named after what he is: the Delmara of "the Greek carrier Delmara", which is of Greece then."""
        name = next((t for t in token.rights if t.dep_ == "appos" and t.left_edge.i <= token.i + 2), None)
        index = self.at(name) if name is not None and name.pos_ == "PROPN" else None
        if name is not None and index is not None and name.left_edge.i > token.i + 1:
            index = index if self.register[index].kind == "person" and token.pos_ == "NOUN" else None
        if index is None or self.register[index].kind == "country":
            return []
        actor = self.register[index]
        if actor.country is None and actor.key is None:
            homes = {self.register[i].country for i in self.modifiers(token, adjectives=True)} - {None}
            actor.country = homes.pop() if len(homes) == 1 else None
        return [index]

    def _place(self, index: int, token: Token) -> None:
        """Gives a public body without a country the one named after it: "the Ministry of Foreign Affairs of Greece"."""
        actor = self.register[index]
        if actor.country is not None or actor.key is not None:
            return
        actor.country = self._of_namesake(actor) or self._of_adjective(actor, token)
        if actor.country is not None or not _BODIES & set(actor.sectors):
            return
        node: Token | None = token
        for _ in range(3):
            of = next((t for t in node.rights if t.dep_ == "prep" and t.lower_ == "of"), None) if node else None
            node = child(of, "pobj") if of is not None else None
            home = self.at(node) if node is not None else None
            if home is not None and home != index and self.register[home].kind == "country":
                if node is not None and len(self.of(node)) > 1:
                    return  # "the ministers of Oman and Iran" are of two countries
                actor.country = self.register[home].country
                return

    def _of_adjective(self, actor: ActorMark, token: Token) -> str | None:
        """The country of the adjective before an organisation or its ship: "the Greek Delmara"."""
        if actor.kind not in ("organization", "person"):
            return None
        marks = [t for t in token.lefts if t.dep_ in ("amod", "compound", "nmod")]
        marks += [t for mark in marks for t in mark.lefts if t.dep_ in _INNER and mark.lower_ in _FLAGGED]
        homes = {
            self.places[p].country
            for t in marks
            if (p := self.place_at.get(t.i)) is not None and self.places[p].kind == "demonym"
        }
        return homes.pop() if len(homes) == 1 else None

    def _of_namesake(self, actor: ActorMark) -> str | None:
        """The country of the one whom a single name repeats: "Okoro" of Chidi Okoro, "Ministry" of the Ministry of Trade."""
        name = actor.name
        if not name[:1].isupper() or " " in name or name in self.unnamed:
            return None
        homes = {a.country for a in self.register if a.country and name in a.name and name in _ends(a.name)}
        if len(homes) == 1:
            return homes.pop()
        self.unnamed.add(name)
        return None

    def _is_placed(self, index: int) -> bool:
        """Whether the actor is known well enough to stand alone: a country of its own, a name, or an id."""
        actor = self.register[index]
        return (
            actor.country is not None or actor.key is not None or (actor.kind != "group" and actor.name[:1].isupper())
        )

    def _of_home(self, token: Token, own: int) -> list[int]:
        """Whose "troops", "personnel" they are, when the text says so beside them."""
        seated = bool(_SEATED & set(self.register[own].sectors))  # "officials in Kyiv"; troops in Mali may be anybody's
        found = [i for i in self.modifiers(token) if i != own]  # "foreign" is part of the ministers' own name
        found = found or self._owners(token, _OWNERS if seated else ("of", "from"))
        return [i for i in found if self.register[i].country is not None]

    def _of_speaker(self, token: Token) -> list[int]:
        """A pronoun that nobody has resolved, subject of what somebody says: that somebody."""
        verb = token.head.head if token.dep_ == "pobj" else token.head
        if verb.dep_ != "ccomp" or token.lower_ not in _THIRD:
            return []
        speaker = child(verb.head, "nsubj")
        if speaker is None or speaker.pos_ == "PRON":
            return []
        found = self.of(speaker)
        people = speaker.tag_ in ("NNS", "NNPS") or any(self.register[i].kind == "person" for i in found)
        if token.lower_ == "it" and people:
            return []  # "officials confirmed that it has killed": a thing, not the officials
        return found if token.lower_ in ("they", "them") or len(found) == 1 else []

    def _of_reporter(self, pronoun: Token) -> list[int]:
        """Whose "its" it is in a report: "the army said that four of its soldiers"."""
        verb = clause_of(pronoun)
        if verb.dep_ != "ccomp" or child(verb.head, "nsubj") is None:
            return []
        return self.of(child(verb.head, "nsubj"))

    def is_name(self, token: Token) -> bool:
        """Whether the token belongs to a name: the "Rally" of a party is no rally."""
        return token.pos_ == "PROPN" and self.register.at(token.i) is not None

    def is_placed(self, noun: Token) -> bool:
        """Whether the noun's own phrase says where it is: "protests in Lagos"."""
        objects = (t for prep in noun.rights if prep.lower_ in _AT for t in prep.children if t.dep_ == "pobj")
        return any(t.i in self.place_at for t in objects)

    def modifiers(self, token: Token, *, places: bool | None = None, adjectives: bool = False) -> list[int]:
        """The actors that modify a noun: "Ukrainian base", "Iraq's army"; coordinated ones too.

        adjectives: only "Israeli", not the "Yemen" of "Yemen bomb", which may be where it lay.
        places: False leaves towns out (the "Kabul" of "Kabul bombing" did nothing), True takes them alone, None takes all.
        """
        found: list[int] = []
        for item in token.lefts:
            if item.dep_ not in _MODIFIERS or (places is not None and self._is_town(item) is not places):
                continue
            if adjectives and item.dep_ != "amod":
                continue
            for member in members(item):
                if _is_prefixed(member) or lemma_of(member) in _TIED:
                    continue
                index = self.at(member)
                if index is not None and lemma_of(token) in _NEAR_HIM and self.register[index].kind == "person":
                    continue
                if index is None and member.dep_ == "poss" and member.lower_ in ("its", "their"):
                    index = next(iter(self._of_reporter(member)), None)
                if index is None and member.dep_ in ("compound", "amod", "nmod"):
                    inner = _INNER if member.lower_ in _FLAGGED else _MODIFIERS
                    index = next((i for t in member.lefts if t.dep_ in inner and (i := self.at(t)) is not None), None)
                if index is not None and index not in found:
                    self._place(index, member)
                    found.append(index)
        homes: dict[str, int] = {}
        for index in found:
            if (home := self.register[index].country) is not None:
                homes.setdefault(home, index)
        return list(homes.values()) or found

    def _is_town(self, token: Token) -> bool:
        index = self.place_at.get(token.i)
        return index is not None and self.places[index].kind in _TOWNS

    def _owners(self, token: Token, prepositions: tuple[str, ...] = _OWNERS) -> list[int]:
        if lemma_of(token) in _AGAINST:
            return []
        for item in token.rights:
            if item.dep_ == "prep" and item.lower_ in prepositions:
                owner = child(item, "pobj")
                if owner is not None and (found := self._of_owner(owner)):
                    return found
            if item.dep_ == "appos":
                index = self.at(item)
                if index is not None:
                    return [index]
        return []

    def _of_owner(self, owner: Token) -> list[int]:
        found = []
        for member in members(owner):
            index = self.at(member)
            found += [index] if index is not None else self.modifiers(member) or self._of_land(member)
        return found

    def _of_land(self, town: Token) -> list[int]:
        """The country behind a town that the gazetteer does not know: the Mali of "Sefan, Mali"."""
        beside = (t for t in town.rights if t.dep_ in ("appos", "conj", "npadvmod") and t.pos_ == "PROPN")
        return [index for t in beside if (index := self.at(t)) is not None][:1] if town.pos_ == "PROPN" else []


def _ends(name: str) -> tuple[str, str]:
    """The first and the last word of a name."""
    words = name.split()
    return words[0], words[-1]


def _is_prefixed(token: Token) -> bool:
    """Whether it is the "Israeli" of "pro-Israeli" or "anti-Israeli"."""
    if token.lower_.startswith(("pro-", "anti-")):
        return True
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in ("pro", "anti")


def _country_name(code: str) -> str:
    found = countries().by_code(code)
    return found.name if found is not None else code
