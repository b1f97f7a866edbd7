"""Loads the lexicon and rejects what contradicts itself, naming file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from detente.errors import TableError
from detente.ontology import CONTEXTS, TYPES, cameo_entry, read_table
from detente.ontology.tables import parse_table
from detente.reading.events.lexicon.entries import FLAGS, Blocker, Governor, Lexicon, NounFrame, ObjectTest, VerbFrame

_EFFECTS = frozenset({"real", "planned", "conditional", "asked", "denied", "stopped", "refused", "topic", "none"})
_VERB_COLUMNS = ("verbs", "object", "source", "target", "type", "mode", "contexts", "cameo", "flags")
_NOUN_COLUMNS = ("nouns", "source", "target", "type", "mode", "contexts", "cameo", "flags")
_GOVERNOR_COLUMNS = ("pos", "governed", "words", "effect", "side", "control")
_CONDITIONS = frozenset(FLAGS) - {"mutual", "state", "asks", "weak", "denial", "need_target"}
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
    if row["cameo"] and cameo_entry(row["cameo"]) is None:
        raise TableError(f"{table}:{line}: expected a CAMEO code of the crosswalk, found {row['cameo']!r}")
    for flag in row["flags"].split():
        if flag not in FLAGS:
            raise TableError(f"{table}:{line}: expected one of the flags {', '.join(FLAGS)}; found {flag!r}")


def _check_shadow(table: str, frame: VerbFrame, held: Iterable[VerbFrame]) -> None:
    for other in held:
        if other.particle != frame.particle or other.object.kind != frame.object.kind:
            continue
        if not other.flags & _CONDITIONS <= frame.flags:
            continue
        mine, theirs = frame.object, other.object
        if mine.kind in ("words", "phrase"):
            both = mine.words & theirs.words if mine.prep == theirs.prep else frozenset()
            if both and mine.words <= theirs.words and frame.target == other.target:
                raise TableError(
                    f"{table}:{frame.line}: {frame.name!r} never holds: line {other.line} takes {', '.join(sorted(both))}"
                )
        elif frame.target == other.target:
            raise TableError(f"{table}:{frame.line}: {frame.name!r} never holds: line {other.line} has the same frame")


def _nouns(path: Traversable) -> dict[str, tuple[NounFrame, ...]]:
    found: dict[str, list[NounFrame]] = {}
    seen: dict[str, int] = {}
    for line, row in parse_table(path, _NOUN_COLUMNS):
        _check_deed(path.name, line, row)
        for entry in _split(row["nouns"]):
            if entry in seen:
                raise TableError(f"{path.name}:{line}: the noun {entry!r} stands in line {seen[entry]} already")
            seen[entry] = line
            frame = _noun_frame(entry, row, path.name, line)
            found.setdefault(frame.noun, []).append(frame)
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
    lines: dict[tuple[str, str, str], int] = {}
    for line, row in parse_table(path, _GOVERNOR_COLUMNS):
        if row["effect"] not in _EFFECTS:
            raise TableError(
                f"{path.name}:{line}: expected an effect ({', '.join(sorted(_EFFECTS))}), found {row['effect']!r}"
            )
        for words in _split(row["words"]):
            key = (row["pos"], row["governed"], words)
            if key in found and lines[key] != line:
                raise TableError(
                    f"{path.name}:{line}: {words!r} governs {row['governed']} in line {lines[key]} already"
                )
            found[key] = Governor(
                effect=row["effect"],
                side=row["side"],
                control=row["control"] or "subj",
                file=path.name,
                line=line,
            )
            lines[key] = line
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
