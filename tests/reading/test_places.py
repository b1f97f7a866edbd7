"""Places: the cases with the trained pipeline, and the component on Docs built by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc

from detente.ontology.tables import parse_table
from detente.reading.marks import Context, PlaceMark, declare
from detente.reading.places.component import Places
from detente.reading.places.home import home_of

if TYPE_CHECKING:
    from spacy.language import Language

VOCAB = spacy.blank("en").vocab
CASES = Path(__file__).parents[1] / "cases" / "places.tsv"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "wanted"), [(row["text"], row["places"]) for _, row in parse_table(CASES, ("text", "places"))]
)
def test_case(nlp: Language, text: str, wanted: str) -> None:
    found = [f"{text[p.start : p.end]}|{p.kind}|{p.country or '-'}|{p.precision}" for p in nlp(text)._.detente_places]
    assert ";".join(found) == wanted


def places(tagged: str, context: Context | None = None) -> list[PlaceMark]:
    """Places of a sentence written as words with "/B-GPE" and the like; capitals are proper nouns."""
    declare()
    pairs = [([*word.rsplit("/", 1), "O"])[:2] if "/" in word else [word, "O"] for word in tagged.split(" ")]
    words = [word for word, _ in pairs]
    tags = [tag for _, tag in pairs]
    pos = ["PROPN" if word[0].isupper() else "PUNCT" if not word[0].isalnum() else "X" for word in words]
    doc = Doc(VOCAB, words=words, ents=tags, pos=pos)
    if context:
        doc._.detente_context = context
    found = Places()(doc)._.detente_places
    assert all(doc.text[p.start : p.end].strip() == doc.text[p.start : p.end] for p in found)
    return list(found)


def one(tagged: str) -> PlaceMark:
    (found,) = places(tagged)
    return found


def test_a_span_is_trimmed() -> None:
    found = one("in the/B-GPE Netherlands/I-GPE 's/I-GPE ports")
    assert (found.name, found.country, found.start, found.end) == ("Netherlands", "NLD", 7, 18)


def test_a_span_over_a_comma_is_two_places() -> None:
    city, country = places("in Basra/B-GPE ,/I-GPE Iraq/I-GPE today")
    assert (city.kind, city.country, country.kind) == ("city", "IRQ", "country")


def test_the_region_after_the_comma_decides() -> None:
    assert [p.country for p in places("in London/B-GPE , Ontario/B-GPE")] == ["CAN", "CAN"]
    assert [p.country for p in places("in London/B-GPE , England/B-GPE")] == ["GBR", "GBR"]


def test_the_container_is_no_town() -> None:
    city, state = places("in Albany/B-GPE , New/B-GPE York/I-GPE")
    assert (city.kind, state.kind, state.name) == ("city", "region", "New York")


def test_one_sense_for_the_whole_article() -> None:
    found = places("in Tripoli/B-GPE , Lebanon/B-GPE . Tripoli/B-GPE was quiet")
    assert [p.country for p in found] == ["LBN", "LBN", "LBN"]


def test_two_towns_of_one_name_in_one_article() -> None:
    found = places("Cambridge/B-GPE , Massachusetts/B-GPE and Cambridge/B-GPE , England/B-GPE")
    assert [p.country for p in found] == ["USA", "USA", "GBR", "GBR"]


def test_a_town_taken_for_a_person_after_a_siege() -> None:
    assert [p.country for p in places("Russia/B-GPE shelled Bakhmut/B-PERSON again")] == ["RUS"]
    assert [p.country for p in places("Ukraine/B-GPE saw troops retook Bakhmut/B-PERSON")] == ["UKR", "UKR"]


def test_neighbours_tell_which_town_is_meant() -> None:
    alone = one("in Birmingham/B-GPE")
    among = places("from Montgomery/B-GPE and Mobile/B-GPE to Birmingham/B-GPE in Alabama/B-GPE")
    assert alone.country == "GBR"
    assert among[2].country == "USA"


def test_what_nobody_knows_stays_unknown() -> None:
    found = one("in Qarzavand/B-GPE today")
    assert (found.name, found.kind, found.precision) == ("Qarzavand", "city", "none")
    assert (found.country, found.latitude, found.longitude, found.geonames_id) == (None, None, None, None)


def test_an_unknown_river_is_no_town() -> None:
    assert one("the Vistula/B-LOC river/I-LOC flooded").kind == "area"


@pytest.mark.parametrize(
    "tagged",
    [
        "Ada/B-PERSON Baghdad/I-PERSON spoke . Baghdad/B-GPE left",
        "Minister Kishi/B-GPE spoke",
        "Paul/B-PERSON London/I-PERSON left",
        "Hage/B-GPE Geingob/B-PERSON won",
        "Jackson/B-PERSON said so",
        "Amina/B-PERSON Jordan/I-PERSON resigned",
    ],
)
def test_a_person_is_no_place(tagged: str) -> None:
    assert places(tagged.replace("Baghdad/B-GPE", "Nwosu/B-GPE").replace("Baghdad/I", "Nwosu/I")) == []


def test_a_place_taken_for_a_person_after_in() -> None:
    assert one("riots in Malakal/B-PERSON spread").country == "SSD"


def test_demonyms_are_no_locations() -> None:
    found = places("Iraqi/B-NORP and Egyptian/B-NORP officials and an Omani envoy")
    assert [(p.kind, p.country, p.precision, p.latitude) for p in found] == [
        ("demonym", "IRQ", "none", None),
        ("demonym", "EGY", "none", None),
        ("demonym", "OMN", "none", None),
    ]


def test_a_demonym_taken_for_a_person_and_one_after_the() -> None:
    declare()
    words = ["The", "Omani", "and", "Iranian", "ministers", "met", "Omani", "Saleh"]
    ents = ["O", "B-PERSON", "O", "B-NORP", "O", "O", "B-PERSON", "I-PERSON"]
    pos = ["DET", "ADJ", "CCONJ", "ADJ", "NOUN", "VERB", "PROPN", "PROPN"]
    found = Places()(Doc(VOCAB, words=words, ents=ents, pos=pos))._.detente_places
    assert [(p.name, p.kind, p.country) for p in found] == [("Omani", "demonym", "OMN"), ("Iranian", "demonym", "IRN")]


def test_a_place_nested_in_an_organisation() -> None:
    found = one("the Paris/B-ORG Police/I-ORG Department/I-ORG said")
    assert (found.name, found.start, found.end) == ("Paris", 4, 9)


def test_a_university_at_a_place() -> None:
    assert one("the University/B-ORG of/I-ORG Oslo/I-ORG said").country == "NOR"


def test_well_known_names_that_the_recogniser_missed() -> None:
    assert [p.name for p in places("Moscow , Karachi and Lagos agree")] == ["Moscow", "Karachi", "Lagos"]


def test_a_name_is_remembered() -> None:
    found = places("in Uvira/B-GPE today . Troops took Uvira/B-PERSON again , Uvira fell")
    assert [p.country for p in found] == ["COD"] * 3


@pytest.mark.parametrize(
    "tagged",
    [
        "Columbia/B-ORG University/I-ORG said",
        "the Washington/B-ORG Post/I-ORG said",
        "the Atlantic/B-ORG Council/I-ORG said",
        "Amazon/B-GPE raised prices",
        "a probe to Mars/B-GPE left",
        "the county/B-GPE plan",
    ],
)
def test_names_that_are_no_places(tagged: str) -> None:
    assert places(tagged) == []


def test_odd_text_gives_nothing_and_raises_nothing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("detente_places")
    for text in ("", " ", "\n\n", "—", "\x00 \ufeff", "’’ “”", "-", "A" * 3000, "x\u0085y\u2028z"):
        assert nlp(text)._.detente_places == ()


def test_the_work_grows_with_the_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("detente_places")
    found = nlp("Iraq, Iran and Xorlind. " * 2000)._.detente_places
    assert len(found) == 0 or len(found) == 4000


def test_compounds() -> None:
    found = places("the U.S.-Japan talks and the Iran-backed militia")
    assert [(p.name, p.start, p.end) for p in found] == [
        ("United States", 4, 8),
        ("Japan", 9, 14),
        ("Iran", 29, 33),
    ]


def test_the_outlets_home_counts_a_little() -> None:
    assert home_of("thenational.ae").country == "ARE"
    assert home_of("https://www.example.co.uk/world").country == "GBR"
    assert home_of("The Jordan Times").country == "JOR"
    assert home_of("Lakeside News").country is None
    assert home_of("example.io").country is None
    assert home_of(None).country is None
    (hyderabad,) = places("in Hyderabad/B-GPE today", Context(source="The Pakistan Daily"))
    assert hyderabad.country == "PAK"


def test_the_outlets_town_counts_when_only_one_can_be_meant() -> None:
    for source in ("The Seattle Times", "seattletimes.com", "https://www.seattletimes.com/world"):
        home = home_of(source)
        assert (home.country, home.town and home.town.name) == ("USA", "Seattle"), source
    for source in ("The Paris News", "theparisnews.com", "Richmond Register", "Reading Chronicle", "Daily Star"):
        assert home_of(source).town is None, source
    assert [round(one_of(source).latitude or 0) for source in (None, "The Seattle Times", "Chicago Tribune")] == [
        40,
        40,
        42,
    ]


def one_of(source: str | None) -> PlaceMark:
    (found,) = places("in Aurora/B-GPE today", Context(source=source))
    return found


def test_every_place_has_a_precision_and_a_point_or_neither() -> None:
    found = places("Oslo/B-GPE , Norway/B-GPE , the Red/B-LOC Sea/I-LOC , the Kremlin/B-FAC and Xorlind/B-GPE")
    assert [p.precision for p in found] == ["city", "country", "region", "point", "none"]
    assert all((p.latitude is None) == (p.precision == "none") for p in found)


@pytest.mark.parametrize(
    ("tagged", "rules"),
    [
        ("in London/B-GPE , Ontario/B-GPE", ["within", "holds"]),
        ("in Qarzavand/B-GPE today", ["unknown"]),
        ("the Iraqi/B-NORP envoy", ["demonym"]),
        ("the Strait/B-LOC of/I-LOC Hormuz/I-LOC is shut", ["listed"]),
        ("in Mobile/B-GPE today", ["only"]),
        ("in Birmingham/B-GPE today", ["size"]),
        (
            "from Montgomery/B-GPE and Mobile/B-GPE to Birmingham/B-GPE in Alabama/B-GPE",
            ["size", "only", "votes", "size"],
        ),
        ("the Hyderabad/B-FAC Airport/I-FAC was shut", ["town"]),
    ],
)
def test_the_choice_is_explained(tagged: str, rules: list[str]) -> None:
    assert [p.rule for p in places(tagged)] == rules
