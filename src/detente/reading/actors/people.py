"""People: their names repaired and joined over the article, their roles and countries read from titles and appositions."""

from __future__ import annotations

from spacy.tokens import Span

from detente.knowledge.offices import SURNAME_FIRST, holders
from detente.knowledge.spelling import words_of
from detente.reading.actors.names import Name, Person, inner_mark, is_particle
from detente.reading.actors.own import join_aliases, own_people
from detente.reading.actors.roles import Role, apposed_role, title_role, trailing
from detente.reading.actors.scene import GEOGRAPHIC, Scene
from detente.reading.actors.words import words
from detente.reading.marks import ActorMark

_NOT_NAMES = frozenset(
    {"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "LAW", "EVENT", "LANGUAGE"}
)

_LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "off", "throughout", "across"})
_SUFFIXED = words("suffixed")
_SYLLABLE = 5  # letters of one: "kyung", "hsiao"
_WIVES, _HUSBANDS = words("wives"), words("husbands")
_TOWNS = frozenset(
    {"town", "city", "village", "port", "district", "province", "suburb", "neighborhood", "neighbourhood"}
)
_GONE = words("gone")
_MEN, _WOMEN = words("men"), words("women")
_MASTERS, _MISTRESSES = words("masters"), words("mistresses")
_GROUNDS = frozenset({"City", "County", "Province", "District", "Island", "Islands", "Airport", "Street", "Avenue"})
_MISTAKEN = frozenset({"ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LOC"})


def mark_people(scene: Scene) -> None:
    """Puts the people who are named in the Doc on its register."""
    names = _names(scene)
    roles = {name.start: _role(scene, name) for name in names}
    full = [n for n in names if len(n.words) > 1]
    owners: dict[int, Person] = {}
    for name in full:
        owners[name.start] = _join_full(scene, name, roles[name.start])
    for name in full:
        owners[name.start].last_full = -1
    for name in names:
        owner = owners.get(name.start)
        if owner is None:
            found = _join_word(scene, name, roles[name.start])
            if found is None:
                continue
            owner = found
        else:
            owner.last_full = name.start
        _enter(scene, name, owner, roles[name.start])
    _find_missed(scene)
    for person in scene.people.persons:
        person.gender = person.gender or _given_gender(person)


def _names(scene: Scene) -> list[Name]:
    spans: list[tuple[int, int]] = []
    for ent in scene.doc.ents:
        label = scene.label_of.get(ent.text, ent.label_)
        mistaken = label in _MISTAKEN and (_known_person(scene, ent.start, ent.end) or _holds_office(scene, ent))
        if label == "PERSON" or mistaken:
            spans += _repaired(scene, ent.start, ent.end)
    spans = own_people(scene, spans)
    taken = {i for start, end in spans for i in range(start, end)}
    for hit in scene.hits:
        titled = hit.phrase.kind in ("address", "office", "rank") and hit.end not in taken
        if titled and not scene.placed(hit.start, hit.end):
            spans += [s for s in _after_title(scene, hit.end) if s[0] not in taken and not _ground(scene, *s)]
    names = [_name(scene, start, end) for start, end in sorted(set(spans))]
    join_aliases(scene.own, names)
    return names


def _known_person(scene: Scene, start: int, end: int) -> bool:
    """Whether what the recogniser took for an organisation or a place is the full name of a known office-holder."""
    while end > start and _trails(scene, end - 1):
        end -= 1
    if not 2 <= end - start <= 3 or any(i in scene.hit_at for i in range(start, end)):
        return False
    words = words_of(scene.doc[start:end].text)
    return any(holder.words == words for holder in holders(words))


def _holds_office(scene: Scene, ent: Span) -> bool:
    """Whether a name stands in apposition to one office, whatever the recogniser calls it: "a spokeswoman, Abla Mensah,"."""
    root = ent.root
    office = scene.phrase(root.head.i) if root.dep_ == "appos" else None
    if office is None or office.kind not in ("office", "rank") or root.head.tag_ != "NN" or not 2 <= len(ent) <= 3:
        return False
    return all(t.text[:1].isupper() and t.pos_ == "PROPN" and t.i not in scene.hit_at for t in ent)


def _name(scene: Scene, start: int, end: int) -> Name:
    text = scene.doc[start:end].text
    return Name(start=start, end=end, left=start, words=words_of(text), text=text)


def _repaired(scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
    parts, begin = [], start
    for i in range(start, end + 1):
        if i == end or scene.tokens[i].is_space:
            parts.append((begin, i))
            begin = i + 1
    return [span for a, b in parts if (span := _trimmed(scene, a, b))]


def _trimmed(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    while start < end and _leads(scene, start, end):
        hit = scene.hit_at.get(start)
        start = hit.end if hit else start + 1
    while end > start and _trails(scene, end - 1):
        end -= 1
    if end <= start or not any(t[:1].isupper() for t in scene.texts[start:end]):
        return None
    if _ground(scene, start, end) or scene.placed(start - 1, start):
        return None
    hit = scene.hit_at.get(start)
    if hit and hit.end >= end and hit.phrase.kind not in GEOGRAPHIC:
        return None
    if hit and hit.end >= end and hit.phrase.kind in GEOGRAPHIC and not _titled(scene, start):
        return None
    return _widened(scene, start, end)


def _ground(scene: Scene, start: int, end: int) -> bool:
    """Whether the last word makes the name a place's: "Santos City"."""
    return end - start > 1 and scene.texts[end - 1] in _GROUNDS


def _leads(scene: Scene, i: int, end: int) -> bool:
    """Whether token i at the head of a recognised name is no part of it: a title, an adjective of nation, a small word."""
    hit = scene.hit_at.get(i)
    if hit and hit.phrase.kind in ("address", "office", "rank", "org", "country"):
        if hit.phrase.kind == "country" and not scene.hit_at.get(hit.end):
            return i > 0 and scene.texts[i - 1] in ("to", "of", "for") and hit.end < end
        return hit.end < end or hit.phrase.kind not in ("org", "country")
    if hit and hit.phrase.kind == "demonym":
        return hit.end < end
    if hit and hit.phrase.kind == "capital" and i > 1 and scene.texts[i - 1] == "of":
        return end - hit.end > 1 and _titled(scene, i - 1)  # "Mayor of London Ada Berg"
    text = scene.texts[i]
    return not text[:1].isupper() and not (is_particle(text) and i + 1 < end)


def _trails(scene: Scene, i: int) -> bool:
    text = scene.texts[i]
    return text in ("'s", "’s", "'", "’") or not (text[:1].isupper() or text[-1:].isalnum()) or text[:1].islower()


def _titled(scene: Scene, i: int) -> bool:
    before = scene.phrase(i - 1) if i else None
    return before is not None and before.kind in ("address", "office", "rank")


def _widened(scene: Scene, start: int, end: int) -> tuple[int, int]:
    while start > 0:
        text = scene.texts[start - 1]
        if is_particle(text) and start - 1 not in scene.hit_at and _particles_begin(scene, start - 1):
            start -= 1
        elif text == "-" and start > 1 and is_particle(scene.texts[start - 2]):
            start -= 2
        else:
            break
    while end < len(scene.tokens) and _goes_on(scene, start, end):
        end += 1
    if _syllable_follows(scene, start, end):
        end += 2
    if _article_follows(scene, end):
        end += 3
    return start, end


def _article_follows(scene: Scene, end: int) -> bool:
    """Whether a name that the recogniser cut goes on with an Arabic article: "Abdel Fattah" with "el-Sisi"."""
    texts = scene.texts[end : end + 3]
    return (
        len(texts) == 3
        and texts[0].islower()
        and is_particle(texts[0])
        and texts[1] in ("-", "–")
        and texts[2][:1].isupper()
    )


def _syllable_follows(scene: Scene, start: int, end: int) -> bool:
    """Whether a name that the recogniser cut at its hyphen goes on: "Sang" with "-min"."""
    if end - start < 2 or end + 1 >= len(scene.tokens) or scene.texts[end] != "-":
        return False
    joined = not scene.tokens[end - 1].whitespace_ and not scene.tokens[end].whitespace_
    text = scene.texts[end + 1]
    return joined and text.islower() and len(text) <= _SYLLABLE and text not in _SUFFIXED


def _particles_begin(scene: Scene, i: int) -> bool:
    """Whether the particles that end at token i begin with a capital: "Van den" Berg, but not "in de" Berg."""
    while i > 0 and not scene.texts[i][:1].isupper() and is_particle(scene.texts[i - 1]):
        i -= 1
    return scene.texts[i][:1].isupper()


def _goes_on(scene: Scene, start: int, end: int) -> bool:
    last, token = scene.tokens[end - 1], scene.tokens[end]
    if not token.text[:1].isupper() or end in scene.hit_at or token.is_space:
        return False
    if is_particle(last.text) or last.text == "-":
        return True
    return last.dep_ == "compound" and last.head.i == end and token.tag_ in ("NNP", "NNPS")


def _after_title(scene: Scene, start: int) -> list[tuple[int, int]]:
    """The capitalised words after a title that no recogniser called a person."""
    end = start
    tokens = scene.tokens
    while end < len(tokens) and end - start < 6:
        token, hit = tokens[end], scene.hit_at.get(end)
        inside = end > start
        if hit and (inside or hit.phrase.kind not in GEOGRAPHIC or hit.phrase.kind == "demonym"):
            break
        if inside and (is_particle(token.text) or inner_mark(token.text)) and token.text not in ("'", "’", "–", "."):
            end += 1
            continue
        ent = scene.ent_at.get(end)
        if not token.text[:1].isupper() or token.tag_ not in ("NNP", "NNPS") or (ent and ent[2] in _NOT_NAMES):
            break
        end += 1
    while end > start and not scene.texts[end - 1][:1].isupper():
        end -= 1
    hit = scene.hit_at.get(start)
    if end == start or (hit and (hit.end >= end or hit.phrase.kind in GEOGRAPHIC) and _acts_as_place(scene, start)):
        return []
    return [(start, end)]


def _acts_as_place(scene: Scene, i: int) -> bool:
    hit = scene.hit_at[i]
    before = scene.phrase(i - 1)
    return hit.phrase.kind in GEOGRAPHIC and not (before and before.kind == "address")


def _role(scene: Scene, name: Name) -> Role:
    titled = title_role(scene, name.start)
    name.left = titled.left
    name.gender = titled.gender
    role = titled if titled.role else apposed_role(scene, name.start, name.end).joined(titled)
    role = trailing(scene, role, name.start, name.end)
    name.gender = name.gender or _kin_gender(scene, name.start) or _role_gender(role.role or "")
    name.roles = (role.role,) if role.role else ()
    return role


def _kin_gender(scene: Scene, start: int) -> str:
    """The gender that a word of kinship right before a name tells: "his wife, X"."""
    i = start - 1
    if i > 0 and scene.texts[i] == ",":
        i -= 1
    word = scene.tokens[i].lower_ if i >= 0 else ""
    return "f" if word in _WIVES else "m" if word in _HUSBANDS else ""


def _role_gender(role: str) -> str:
    """The gender that a role tells: a queen's, a spokeswoman's, a king's."""
    ends = {role.split()[-1], role.replace(" ", "-")} if role else set()
    return "f" if ends & _MISTRESSES else "m" if ends & _MASTERS else ""


def _given_gender(person: Person) -> str:
    """The gender that a given name tells, where it leads a full name and is the only one that tells."""
    told = {"m" if form[0] in _MEN else "f" for form in person.forms if len(form) > 1 and form[0] in _MEN | _WOMEN}
    return told.pop() if len(told) == 1 else ""


def _join_full(scene: Scene, name: Name, role: Role) -> Person:
    person = scene.people.of_full(name.words)
    if person is None or (person.gender and name.gender and person.gender != name.gender):
        person = _new(scene, name)
    elif name.words not in person.forms:
        person.forms.append(name.words)
    _learn(scene, person, name, role)
    person.last_full = name.start
    actor = scene.register[person.index]
    if len(name.words) > len(words_of(actor.name)):
        actor.name = _clean(name.text)
    return person


def _join_word(scene: Scene, name: Name, role: Role) -> Person | None:
    """The person of a single word; None for a word that stands where a place does and is nobody's name elsewhere."""
    person = scene.people.of_word(name.words[-1], name.start, name) if name.words else None
    person = _settled(scene, name, person) if person is not None else None
    if person is None and name.left == name.start and _where(scene, name.end - 1):
        return None
    if person is None:
        person = _new(scene, name)
        person.last_full = name.start
    _learn(scene, person, name, role)
    return person


def _settled(scene: Scene, name: Name, person: Person) -> Person:
    """Whom the article calls by the bare surname, where the namesake last named in full stands in another paragraph.

    After three sentences about "Khan", the mayor Sadiq Khan, named once, does not become "Khan".
    """
    word = name.words[-1]
    if not person.bare and person.last_full >= 0 and scene.paragraph_between(person.last_full, name.start):
        rank = person.rank_of(word)
        others = [p for p in scene.people.persons if p.bare > 1 and p.rank_of(word) == rank]
        if others and not set(name.roles) & person.roles and not name.gender:
            person = max(others, key=lambda p: p.bare)
    person.bare += 1
    return person


def _where(scene: Scene, i: int) -> bool:
    token = scene.tokens[i]
    if token.dep_ == "dobj":
        return token.head.lemma_ in _GONE
    if token.dep_ != "pobj":
        return False
    return token.head.lower_ in _LOCATIVE or (token.head.lower_ == "of" and token.head.head.lower_ in _TOWNS)


def _new(scene: Scene, name: Name) -> Person:
    index = scene.register.add(ActorMark(name=_clean(name.text), kind="person"))
    person = Person(index=index, forms=[name.words] if name.words else [("?",)], gender=name.gender)
    scene.people.persons.append(person)
    return person


def _clean(text: str) -> str:
    return " ".join(text.split())


def _learn(scene: Scene, person: Person, name: Name, role: Role) -> None:
    """What a title or an apposition says of the person; the first role told stands."""
    actor = scene.register[person.index]
    person.gender = person.gender or name.gender
    person.roles.update(name.roles)
    if role.role and not actor.role:
        actor.role, actor.role_basis = role.text, "stated"
    if role.affiliation and not actor.affiliation:
        actor.affiliation = role.affiliation
    if role.sectors and not actor.sectors:
        actor.sectors = role.sectors
    if role.country and not actor.country:
        actor.country = role.country


def _enter(scene: Scene, name: Name, person: Person, role: Role) -> None:
    scene.register.mention(person.index, name.left, name.end)
    scene.used.update(range(name.left, name.end))
    for start, end in role.apposed:
        scene.register.mention(person.index, start, end)
        scene.used.update(range(start, end))


def _find_missed(scene: Scene) -> None:
    """Surnames that the recogniser took for something else, or for nothing."""
    known: dict[str, list[Person]] = {}
    for person in scene.people.persons:
        first = scene.register[person.index].country in SURNAME_FIRST
        for form in person.forms:
            if len(form) > 1:
                known.setdefault(form[0 if first else -1], []).append(person)
    for token in scene.tokens:
        word = token.lower_
        if word not in known or token.i in scene.used or not token.text[:1].isupper() or _else(scene, token.i):
            continue
        ent = scene.ent_at.get(token.i)
        if ent and ent[2] != "PERSON" and not _alone(scene, ent[0], token.i, ent[1]):
            continue
        start, end = _widened(scene, token.i, token.i + 1)
        name = _name(scene, start, end)
        owner = scene.people.of_word(word, token.i, name)
        if owner is not None:
            owner = _settled(scene, name, owner)
            scene.register.mention(owner.index, start, end)
            scene.used.update(range(start, end))


def _alone(scene: Scene, start: int, word: int, end: int) -> bool:
    """Whether a surname is no part of a longer name, whatever the recogniser says: "De Vries", the Berg of "Berg on Twitter"."""
    said_where = start == word and end > word + 1 and scene.tokens[word + 1].pos_ == "ADP"
    return said_where or _only_particles(scene, start, word, end)


def _else(scene: Scene, i: int) -> bool:
    """Whether a surname is a phrase of its own here; the name of a firm alone is not one: "Bloomberg" beside Ada Bloomberg."""
    hit = scene.hit_at.get(i)
    return hit is not None and not (hit.phrase.kind == "org" and hit.end - hit.start == 1)


def _only_particles(scene: Scene, start: int, word: int, end: int) -> bool:
    """Whether nothing but particles stands beside a surname: "De Vries", whatever the recogniser calls it."""
    return end == word + 1 and all(is_particle(scene.texts[i]) for i in range(start, word))
