"""The lexicon ships whole, and a wrong row is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente.reading.events.lexicon as tables
from detente.errors import TableError
from detente.ontology import TYPES, agrees
from detente.reading.events.lexicon import LEMMAS, lexicon, load_lexicon

VERBS = "verbs\tobject\tsource\ttarget\ttype\tmode\tcontexts\tcameo\tflags\n"
NOUNS = "nouns\tsource\ttarget\ttype\tmode\tcontexts\tcameo\tflags\n"
GOVERNORS = "pos\tgoverned\twords\teffect\tside\tcontrol\n"
CLASSES = "class\tlemmas\ntown\ttown, city\n"
TABLES = Path(tables.__path__[0])
BLOCKERS = "topic\tblocks\twords\n"


def folder(path: Path, **tables: str) -> Path:
    given = {"verbs": VERBS, "nouns": NOUNS, "governors": GOVERNORS, "classes": CLASSES, "blockers": BLOCKERS} | tables
    for name, text in given.items():
        (path / f"{name}.tsv").write_text(text, "utf8")
    return path


def test_ships_a_thousand_frames_of_every_type() -> None:
    words = lexicon()
    frames = [f for fs in (*words.verbs.values(), *words.nouns.values()) for f in fs]
    assert len(frames) > 1000
    assert {f.type for f in frames} == set(TYPES)


def test_every_repaired_lemma_is_one_the_lexicon_uses() -> None:
    words = lexicon()
    known = set(words.verbs) | {w.split()[0] for _, _, w in words.governors}
    assert set(LEMMAS.values()) <= known


def test_an_entry_with_particle_and_object_class(tmp_path: Path) -> None:
    row = "pull out;leave\t@town\t\t!from,obj\tRETREAT\twithdraw\tmilitary\t0872\thuman\n"
    (frame,) = load_lexicon(folder(tmp_path, verbs=VERBS + row)).verbs["pull"]
    assert frame.particle == ("out",)
    assert frame.object.words == {"town", "city"}
    assert frame.target == ("from", "obj")
    assert frame.flags == {"human", "need_target"}


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"verbs": VERBS + "visit\t\t\tobj\tTOURISM\n"}, r"verbs.tsv:2: expected a PLOVER type, found 'TOURISM'"),
        ({"verbs": VERBS + "visit\t\t\tobj\tCONSULT\tby-sea\n"}, r"verbs.tsv:2: CONSULT has no mode 'by-sea'"),
        ({"verbs": VERBS + "visit\t\t\tobj\tCONSULT\t\tleisure\n"}, r"verbs.tsv:2: expected a PLOVER context"),
        ({"verbs": VERBS + "visit\t\t\tobj\tCONSULT\t\t\t99\n"}, r"verbs.tsv:2: expected a CAMEO code"),
        ({"verbs": VERBS + "visit\t\t\tobj\tCONSULT\t\t\t\tloud\n"}, r"verbs.tsv:2: expected one of the flags"),
        ({"verbs": VERBS + "visit\t@resort\t\tobj\tCONSULT\n"}, r"verbs.tsv:2: expected a class of classes.tsv"),
        (
            {"verbs": VERBS + "visit\t\t\tobj\tCONSULT\n# a comment\nvisit\t\t\tobj\tAID\n"},
            r"verbs.tsv:4: 'visit' never holds: line 2",
        ),
        (
            {"verbs": VERBS + "take\t@town\t\tobj\tCOERCE\ntake\tcity\t\tobj\tAID\n"},
            r"verbs.tsv:3: 'take city' never holds: line 2 takes city",
        ),
        (
            {"nouns": NOUNS + "raid\tby\ton\tASSAULT\nraid\tby\ton\tCOERCE\n"},
            r"nouns.tsv:3: the noun 'raid' stands in line 2 already",
        ),
        (
            {"governors": GOVERNORS + "VERB\tinf\tplan\tplanned\nVERB\tinf\tplan\tnone\n"},
            r"governors.tsv:3: 'plan' governs inf in line 2 already",
        ),
        ({"governors": GOVERNORS + "VERB\tinf\tplan\tdreamt\n"}, r"governors.tsv:2: expected as effect one of"),
        ({"governors": GOVERNORS + "ADV\tinf\tplan\tplanned\n"}, r"governors.tsv:2: expected as pos one of"),
        ({"governors": GOVERNORS + "VERB\tto\tplan\tplanned\n"}, r"governors.tsv:2: expected as governed one of"),
        ({"governors": GOVERNORS + "VERB\tinf\tplan\tplanned\tdoer\n"}, r"governors.tsv:2: expected as side one of"),
        (
            {"verbs": VERBS + "visit\t\t\tobj\tCONSULT\tvisit\t\t051\n"},
            r"verbs.tsv:2: the crosswalk reads CAMEO 051 as SUPPORT, the row says CONSULT/visit; leave it empty",
        ),
        (
            {"nouns": NOUNS + "raid\tby\ton\tASSAULT\tfirearms\t\t194\n"},
            r"nouns.tsv:2: the crosswalk reads CAMEO 194 as ASSAULT/heavy-weapons, the row says ASSAULT/firearms",
        ),
        (
            {"verbs": VERBS + "visit\t\t\tobj.whole\tCONSULT\n"},
            r"verbs.tsv:2: expected a preposition or one of .* 'obj.whole'",
        ),
        (
            {"nouns": NOUNS + "raid\tposs-2\ton\tASSAULT\n"},
            r"nouns.tsv:2: expected a preposition or one of .* 'poss-2'",
        ),
        (
            {"verbs": VERBS + "take\ttown\t\tobj\tCOERCE\ntake\ttown\t\tfrom,of\tAID\n"},
            r"verbs.tsv:3: 'take town' never holds: line 2 takes town",
        ),
        (
            {"verbs": VERBS + "call\tfor:\t\tobj\tREQUEST\ncall\tfor:vote\t\tobj\tAGREE\n"},
            r"verbs.tsv:3: 'call for:vote' never holds: line 2 takes the same objects",
        ),
        ({"verbs": VERBS + "take;seize;take\t\t\tobj\tCOERCE\n"}, r"verbs.tsv:2: 'take' never holds: line 2"),
        (
            {"nouns": NOUNS + "cease-fire\tby\tin\tRETREAT\ncease - fire\tby\tin\tAGREE\n"},
            r"nouns.tsv:3: the noun 'cease - fire' stands in line 2 already",
        ),
        ({"classes": CLASSES + "town\thamlet\n"}, r"classes.tsv:3: the class 'town' is defined twice"),
        ({"blockers": BLOCKERS + "sport\tGAME\tgoal\n"}, r"blockers.tsv:2: expected PLOVER types, found GAME"),
        ({"verbs": "verb\tobject\n"}, r"verbs.tsv:1: expected the columns verbs"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, tables: dict[str, str], message: str) -> None:
    with pytest.raises(TableError, match=message):
        load_lexicon(folder(tmp_path, **tables))


@pytest.mark.parametrize(
    "rows",
    [
        "take\ttown\t\t!from\tCOERCE\ntake\ttown\t\tobj\tAID\n",  # without a target the first fails
        "take\ttown\tby\tobj\tCOERCE\ntake\ttown\t\tobj\tAID\n",  # another source
        "take\ttown\t\tobj\tCOERCE\t\t\t\tforces\ntake\ttown\t\tobj\tAID\n",  # nobody armed
        "take\ttown\t\tobj\tCOERCE\ntake\ttown;actor\t\tobj\tAID\n",  # an actor, too
    ],
)
def test_a_row_that_may_hold_where_another_fails_is_let_in(tmp_path: Path, rows: str) -> None:
    assert len(load_lexicon(folder(tmp_path, verbs=VERBS + rows)).verbs["take"]) == 2


def test_every_row_says_what_its_cameo_code_says() -> None:
    words = lexicon()
    frames = [frame for found in (*words.verbs.values(), *words.nouns.values()) for frame in found]
    wrong = [f"{f.file}:{f.line} {f.cameo}" for f in frames if f.cameo and not agrees(f.cameo, f.type, f.mode)]
    assert wrong == []
    assert {f.type for f in frames if f.cameo and f.cameo.startswith("163")} == {"SANCTION"}


def test_every_row_knows_its_file_and_line() -> None:
    words = lexicon()
    for frame in (*words.verbs["expel"], *words.nouns["visit"]):
        cells = (TABLES / frame.file).read_text("utf8").splitlines()[frame.line - 1].split("\t")
        assert frame.type in cells
        assert frame.name.split()[0] in cells[0]
    assert all((TABLES / g.file).exists() for g in words.governors.values())
    plan = words.governor("VERB", "inf", "plan")
    assert plan is not None
    assert "plan" in (TABLES / plan.file).read_text("utf8").splitlines()[plan.line - 1].split("\t")[2].split(";")
