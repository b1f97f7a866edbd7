"""Loads the lexicon and rejects what contradicts itself, naming file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from detente.errors import TableError
from detente.ontology import CONTEXTS, TYPES, agrees, cameo_entry, read_table
from detente.ontology.tables import parse_table
from detente.reading.events.lexicon.entries import FLAGS, Blocker, Governor, Lexicon, NounFrame, ObjectTest, VerbFrame

_EFFECTS = frozenset({"real", "planned", "conditional", "asked", "denied", "stopped", "refused", "topic", "none"})
_GOVERNING: Mapping[str, frozenset[str]] = {
    "pos": frozenset({"VERB", "NOUN", "ADJ"}),
    "governed": frozenset({"inf", "that", "obj", "subj"}),
    "effect": _EFFECTS,
    "side": frozenset({"", "source", "target"}),
    "control": frozenset({"", "subj", "obj"}),
}
_VERB_COLUMNS = ("verbs", "object", "source", "target", "type", "mode", "contexts", "cameo", "flags")
_NOUN_COLUMNS = ("nouns", "source", "target", "type", "mode", "contexts", "cameo", "flags")
_GOVERNOR_COLUMNS = ("pos", "governed", "words", "effect", "side", "control")
_CONDITIONS = (frozenset(FLAGS) | {"need_target"}) - {"mutual", "state", "asks", "weak", "denial"}
_ASKING_TARGET = frozenset({"need_target", "both", "igo"})
_VERB_PLACES = frozenset({"obj", "subj", "obj.mod", "obj.of", "obj.dat"})
_NOUN_PLACES = frozenset({"poss", "mod", "adj", "mod_place"})
_CLAUSAL = frozenset({"duty", "guilt"})
_SPECIFIC = {"words": 0, "phrase": 1, "none": 2, "actor": 3, "any": 4}


LEMMAS: Mapping[str, str] = {
    row["given"]: row["lemma"]
    for _, row in read_table("detente.reading.events.lexicon", "lemmas.tsv", ("given", "lemma"))
}


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    return load_lexicon(files("detente.reading.events.lexicon"))


def load_lexicon(folder: Traversable) -> Lexicon:
    """The lexicon in a folder of five tables. Raises TableError with file and line at the first row that cannot stand."""
    classes = _classes(folder / "classes.tsv")
    return Lexicon(
        verbs=_verbs(folder / "verbs.tsv", classes),
        nouns=_nouns(folder / "nouns.tsv"),
        governors=_governors(folder / "governors.tsv"),
        classes=classes,
        blockers=_blockers(folder / "blockers.tsv"),
    )


def _classes(path: Traversable) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line, row in parse_table(path, ("class", "lemmas")):
        if row["class"] in found:
            raise TableError(f"{path.name}:{line}: the class {row['class']!r} is defined twice; join the two rows")
        found[row["class"]] = frozenset(_split(row["lemmas"], ","))
    return found


def _verbs(path: Traversable, classes: Mapping[str, frozenset[str]]) -> dict[str, tuple[VerbFrame, ...]]:
    found: dict[str, list[VerbFrame]] = {}
    for line, row in parse_table(path, _VERB_COLUMNS):
        _check_deed(path.name, line, row)
        _check_places(path.name, line, row, _VERB_PLACES)
        test = _object_test(path.name, line, row["object"], classes)
        for entry in _split(row["verbs"]):
            words = entry.split()
            frame = _verb_frame(entry, test, row, path.name, line)
            held = found.setdefault(words[0], [])
            _check_shadow(path.name, frame, held)
            held.append(frame)
    return {verb: tuple(sorted(frames, key=_specific)) for verb, frames in found.items()}


def _verb_frame(entry: str, test: ObjectTest, row: Mapping[str, str], file: str, line: int) -> VerbFrame:
    words = entry.split()
    return VerbFrame(
        name=f"{entry} {row['object'].partition(';')[0].partition(',')[0]}".strip(),
        verb=words[0],
        particle=tuple(words[1:]),
        object=test,
        written=row["object"],
        source=tuple(_split(row["source"], ",")),
        target=tuple(_split(row["target"].removeprefix("!"), ",")),
        type=row["type"],
        mode=row["mode"] or None,
        contexts=tuple(_split(row["contexts"])),
        cameo=row["cameo"] or None,
        flags=frozenset(row["flags"].split()) | ({"need_target"} if row["target"].startswith("!") else set()),
        file=file,
        line=line,
    )


def _specific(frame: VerbFrame) -> tuple[bool, int, int]:
    return (not frame.flags & _CLAUSAL, -len(frame.particle), _SPECIFIC[frame.object.kind])


def _object_test(table: str, line: int, text: str, classes: Mapping[str, frozenset[str]]) -> ObjectTest:
    if text in ("", "none", "actor"):
        return ObjectTest(kind=text or "any")
    prep, colon, rest = text.partition(":")
    if colon:
        words, actor = _words(table, line, _split(rest, ","), classes)
        return ObjectTest(kind="phrase", prep=prep, words=words, actor=actor)
    words, actor = _words(table, line, _split(text), classes)
    return ObjectTest(kind="words", words=words, actor=actor)


def _words(
    table: str, line: int, items: Iterable[str], classes: Mapping[str, frozenset[str]]
) -> tuple[frozenset[str], bool]:
    words: set[str] = set()
    actor = False
    for item in items:
        if item == "actor":
            actor = True
        elif not item.startswith("@"):
            words.add(item)
        elif item[1:] not in classes:
            raise TableError(f"{table}:{line}: expected a class of classes.tsv, found {item!r}")
        else:
            words |= classes[item[1:]]
    return frozenset(words), actor


def _check_deed(table: str, line: int, row: Mapping[str, str]) -> None:
    kind = TYPES.get(row["type"])
    if kind is None:
        raise TableError(f"{table}:{line}: expected a PLOVER type, found {row['type']!r}")
    if row["mode"] and row["mode"] not in kind.modes:
        raise TableError(f"{table}:{line}: {row['type']} has no mode {row['mode']!r}; it has {', '.join(kind.modes)}")
    for context in _split(row["contexts"]):
        if context not in CONTEXTS:
            raise TableError(f"{table}:{line}: expected a PLOVER context, found {context!r}")
    _check_cameo(table, line, row)
    for flag in row["flags"].split():
        if flag not in FLAGS:
            raise TableError(f"{table}:{line}: expected one of the flags {', '.join(FLAGS)}; found {flag!r}")


def _check_cameo(table: str, line: int, row: Mapping[str, str]) -> None:
    code, mode = row["cameo"], row["mode"] or None
    if not code or agrees(code, row["type"], mode):
        return
    entry = cameo_entry(code)
    if entry is None:
        raise TableError(f"{table}:{line}: expected a CAMEO code of the crosswalk, found {code!r}")
    read, said = (f"{t}/{m}" if m else t for t, m in ((entry.type, entry.mode), (row["type"], mode)))
    raise TableError(f"{table}:{line}: the crosswalk reads CAMEO {code} as {read}, the row says {said}; leave it empty")


def _check_places(table: str, line: int, row: Mapping[str, str], known: frozenset[str]) -> None:
    for column in ("source", "target"):
        for place in _split(row[column].removeprefix("!"), ","):
            if place not in known and not place.replace(" ", "").isalpha():
                raise TableError(
                    f"{table}:{line}: expected a preposition or one of {', '.join(sorted(known))} as {column}, found {place!r}"
                )


def _check_shadow(table: str, frame: VerbFrame, held: Iterable[VerbFrame]) -> None:
    """Raises TableError when an earlier row takes all that this one would."""
    for other in held:
        if other.particle != frame.particle or not _covers(other.object, frame.object):
            continue
        demands = other.flags & _CONDITIONS
        if not demands <= frame.flags or other.source != frame.source:
            continue
        if other.target != frame.target and demands & _ASKING_TARGET:
            continue
        what = ", ".join(sorted(frame.object.words & other.object.words)) or "the same objects"
        raise TableError(f"{table}:{frame.line}: {frame.name!r} never holds: line {other.line} takes {what}")


def _covers(wide: ObjectTest, narrow: ObjectTest) -> bool:
    """Whether every object that passes the one test passes the other, of the same kind."""
    if (wide.kind, wide.prep) != (narrow.kind, narrow.prep):
        return False
    if not wide.words and not wide.actor:
        return True
    return narrow.words <= wide.words and narrow.actor <= wide.actor and bool(narrow.words or narrow.actor)


def _nouns(path: Traversable) -> dict[str, tuple[NounFrame, ...]]:
    found: dict[str, list[NounFrame]] = {}
    for line, row in parse_table(path, _NOUN_COLUMNS):
        _check_deed(path.name, line, row)
        _check_places(path.name, line, row, _NOUN_PLACES)
        for entry in _split(row["nouns"]):
            frame = _noun_frame(entry, row, path.name, line)
            held = found.setdefault(frame.noun, [])
            if twin := next((other for other in held if other.before == frame.before), None):
                raise TableError(f"{path.name}:{line}: the noun {entry!r} stands in line {twin.line} already")
            held.append(frame)
    return {noun: tuple(sorted(frames, key=lambda f: -len(f.before))) for noun, frames in found.items()}


def _noun_frame(entry: str, row: Mapping[str, str], file: str, line: int) -> NounFrame:
    *before, noun = entry.replace("-", " - ").split()  # as spaCy cuts them
    return NounFrame(
        name=entry,
        noun=noun,
        before=tuple(before),
        source=tuple(_split(row["source"], ",")),
        target=tuple(_split(row["target"], ",")),
        type=row["type"],
        mode=row["mode"] or None,
        contexts=tuple(_split(row["contexts"])),
        cameo=row["cameo"] or None,
        flags=frozenset(row["flags"].split()),
        file=file,
        line=line,
    )


def _governors(path: Traversable) -> dict[tuple[str, str, str], Governor]:
    found: dict[tuple[str, str, str], Governor] = {}
    for line, row in parse_table(path, _GOVERNOR_COLUMNS):
        for column, allowed in _GOVERNING.items():
            if row[column] not in allowed:
                shown = ", ".join(sorted(word for word in allowed if word))
                raise TableError(f"{path.name}:{line}: expected as {column} one of {shown}; found {row[column]!r}")
        governor = Governor(
            effect=row["effect"], side=row["side"], control=row["control"] or "subj", file=path.name, line=line
        )
        for words in _split(row["words"]):
            key = (row["pos"], row["governed"], words)
            if key in found and found[key].line != line:
                raise TableError(
                    f"{path.name}:{line}: {words!r} governs {row['governed']} in line {found[key].line} already"
                )
            found[key] = governor
    return found


def _blockers(path: Traversable) -> tuple[Blocker, ...]:
    found = []
    for line, row in parse_table(path, ("topic", "blocks", "words")):
        types = _split(row["blocks"])
        if unknown := [t for t in types if t not in TYPES]:
            raise TableError(f"{path.name}:{line}: expected PLOVER types, found {', '.join(unknown)}")
        words = frozenset(_split(row["words"], ","))
        found.append(Blocker(topic=row["topic"], types=frozenset(types), words=words, file=path.name, line=line))
    return tuple(found)


def _split(cell: str, mark: str = ";") -> list[str]:
    return [item for part in cell.split(mark) if (item := part.strip())]
