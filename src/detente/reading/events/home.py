"""Where unnamed people are at home: "12 people", "police", "protesters" belong to the country that the deed happens in."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Token

from detente.reading.events.deeds import Deed
from detente.reading.events.frames import child
from detente.reading.events.sides import Sides
from detente.reading.events.when import Setting
from detente.reading.marks import ActorMark, context_of

_AT_HOME = frozenset(
    {"CVL", "COP", "GOV", "JUD", "LEG", "OPP", "LAB", "AGR", "EDU", "HLH", "REL", "MED", "JRN", "ELI", "PTY", "CRM"}
)
_UNARMED = frozenset({"BUS", "NGO", "REF"})
_OFF = frozenset({"off", "around", "near", "along", "toward", "towards", "outside"})
_LOCAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "RETREAT", "ACCUSE"})
_MARCHING = frozenset({"protesters", "demonstrators", "protestors", "marchers", "rioters"})
_CROWD = "protesters"
_SHARE = 0.4  # of all mentions of countries that the article's own country must have


class Homes:
    """Gives unnamed groups the country of the deed. Armed groups get none: where they fight is not what they are."""

    def __init__(self, doc: Doc, sides: Sides, setting: Setting) -> None:
        self.doc, self.sides, self.setting = doc, sides, setting
        self._article: str | None = None
        self._known = False

    def settle(self, deed: Deed, heads: list[Token]) -> None:
        """Completes the deed's sides."""
        if deed.type == "MOBILIZE" and deed.sources and not deed.targets:
            self._victim(deed, heads)  # manoeuvres off a foreign coast
        if deed.type not in _LOCAL:
            return
        here = self._here(deed, heads)
        if deed.type == "PROTEST":
            here = here or self._of_article()
            lands = {self.sides.country_of(t) for t in deed.targets if self._is_land(t)}
            if here in lands and not self._stated(deed, heads):
                here = None  # "fishermen protest against Norwegian quotas" need not be Norwegians
            self._crowd(deed, here)
            foreign = None not in {self.sides.country_of(i) for i in deed.sources}
            if foreign and not deed.targets and self._stated(deed, heads):
                self._victim(deed, heads)  # Canadians who march in Lima march against what Peru does
        elif (
            deed.targets
            and here is None
            and any(self.sides.register[t].name.lower() in _MARCHING for t in deed.targets)
        ):
            here = self._of_article()
        for index in (*deed.sources, *deed.targets, *deed.parties):
            actor = self.sides.register[index]
            nobody = deed.type == "ASSAULT" and actor.kind == "person" and actor.name[:1].islower()
            nobody = nobody and index in deed.targets  # "a woman"
            if not here or not (actor.kind == "group" or nobody) or actor.country or actor.key:
                continue
            victim = deed.type == "ASSAULT" and index in deed.targets and set(actor.sectors) <= _UNARMED
            if victim or set(actor.sectors) & _AT_HOME or (deed.type == "PROTEST" and not actor.sectors):
                actor.country = here
        if deed.type == "ASSAULT" and not deed.targets and not deed.parties:
            self._victim(deed, heads)

    def _is_land(self, index: int) -> bool:
        actor = self.sides.register[index]
        return actor.kind == "country" and not actor.sectors

    def _stated(self, deed: Deed, heads: list[Token]) -> bool:
        return self._here(deed, heads) is not None

    def _here(self, deed: Deed, heads: list[Token]) -> str | None:
        """The country of the deed's own place, else the only one that its sentence names as a place."""
        place = self.setting.place_of(heads, deed.type)
        if place is not None and (country := self.sides.land_of(place)):
            return country
        sentence = deed.token.sent
        found = {
            self.setting.places[p].country
            for i in range(sentence.start, sentence.end)
            if (p := self.sides.place_at.get(i)) in self.setting.located and p is not None
        } - {None}
        return found.pop() if len(found) == 1 else None

    def _of_article(self) -> str | None:
        """The country that the article is about, when one stands out."""
        if not self._known:
            self._known = True
            counts: Counter[str] = Counter()
            for actor in self.sides.register:
                if actor.country:
                    counts[actor.country] += len(actor.mentions)
            best = counts.most_common(2)
            clear = best and best[0][1] >= _SHARE * counts.total() and (len(best) < 2 or best[0][1] > best[1][1])
            self._article = best[0][0] if clear else None
        return self._article

    def _crowd(self, deed: Deed, here: str | None) -> None:
        """Protests have protesters, and anti-government ones a government."""
        if here is None:
            return
        if not deed.sources:
            subject = child(deed.token, "nsubj") if deed.is_verb else None
            deed.sources = [self._group(_CROWD, ("CVL",), here, deed.token.i if subject is None else subject.i)]
        if not deed.targets:
            against = next(
                (t for t in deed.token.lefts if t.lower_ in ("government", "antigovernment", "anti-government")), None
            )
            if against is not None:
                deed.targets = [self._group("government", ("GOV",), self._nation(against) or here, against.i)]

    def _nation(self, government: Token) -> str | None:
        """Whose government it is: "an anti-Greek government rally" abroad."""
        marks = (self.sides.place_at.get(t.i) for t in government.subtree)
        homes = {self.sides.places[p].country for p in marks if p is not None} - {None}
        return homes.pop() if len(homes) == 1 else None

    def _group(self, name: str, sectors: tuple[str, ...], country: str, token: int) -> int:
        register = self.sides.register
        known = next((i for i, a in enumerate(register) if a.name == name and a.country == country), None)
        if known is None:
            known = register.add(ActorMark(name=name, kind="group", country=country, sectors=sectors))
        if register.at(token) is None:
            register.mention(known, token, token + 1)
        return known

    def _victim(self, deed: Deed, heads: list[Token]) -> None:
        """An attack in a country by others is an attack on it."""
        place = self.setting.place_of(heads[:2], deed.type)
        if place is None:
            return
        mark, country = self.setting.places[place], self.sides.land_of(place)
        if country is None or mark.start < context_of(self.doc).dateline_end:
            return
        span = self.doc.char_span(mark.start, mark.end, alignment_mode="expand")
        if span is None or any(self.sides.country_of(s) == country for s in deed.sources):
            return
        if deed.type == "MOBILIZE" and span.root.head.lower_ not in _OFF:
            return  # troops stand in a country at its wish more often than not
        index = self.sides.country(country, span.root)
        if index not in deed.sources:
            deed.targets = [index]
