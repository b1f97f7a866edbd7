"""Datelines told from ordinary openings."""

from __future__ import annotations

import pytest

from detente.reading.dateline import split_dateline

DATELINES = [
    ("BAGHDAD (Reuters) — ", "Talks resumed on Monday."),
    ("BAGHDAD (Reuters) - ", "Talks resumed on Monday."),
    ("KYIV, Ukraine, March 3 (AP) - ", "Shelling stopped overnight."),
    ("GENEVA, 12 May (Lakeside News) – ", "Delegates met again."),
    ("GENEVA, 12 May 2021 – ", "Delegates met again."),
    ("Geneva – 12 May 2021 – ", "Delegates met again."),
    ("WASHINGTON — ", "The secretary left for Ankara."),
    ("WASHINGTON, D.C. -- ", "The secretary left for Ankara."),
    ("WASHINGTON—", "The secretary left for Ankara."),
    ("WASHINGTON, Aug 17 (Reuters) - ", "“We will return,” he said."),
    ("BEIJING, Aug. 20 (Xinhua) -- ", "China and Mongolia signed a pact."),
    ("MOSCOW, March 3. /TASS/. ", "Russia recalled its envoy."),
    ("LONDON/PARIS (Reuters) - ", "The two allies agreed."),
    ("RIYADH: ", "The kingdom will send a delegation."),
    ("UNITED NATIONS (AP) — ", "The Security Council met."),
    ("Baghdad, Iraq (CNN) -- ", "Two rockets landed near the airport."),
    ("SEOUL, South Korea — ", "Officials met at the border."),
    ("(Reuters) - ", "Talks resumed on Monday."),
    ("March 3 (Reuters) - ", "Talks resumed on Monday."),
    ("ST. PETERSBURG, Russia (AP) — ", "The summit opened."),
    ("INDEPENDENCE, MO. (AP) -- ", "The treaty was signed."),
    ("Ottawa - ", "Canada’s prime minister left for Kyiv."),
    ("ABUJA, Wednesday, March 3, 2021 (Kano Wire) – ", "The envoy arrived."),
]
OPENINGS = [
    "IMF - what it is and what it does. The fund was founded in 1944.",
    "NATO — The alliance met on Monday.",
    "BREAKING - The minister has resigned.",
    "OPINION: Why the talks failed.",
    "BAGHDAD-based analysts say the talks failed.",
    "Paris - the city that hosted the talks - was quiet.",
    "Iraq-US relations are on the mend - or so they say.",
    "Talks in Geneva – The third round – ended on Friday.",
    "The minister, Paul Adeyemi (Lagos) - A man of few words - left.",
    "US — Iran talks resumed.",
    "Iran: The talks go on.",
    "Moscow said on Monday that the talks would go on.",
    "COVID-19 - The virus spreads.",
    "",
    "—",
    "   ",
]


@pytest.mark.parametrize(("words", "lead"), DATELINES)
def test_a_dateline_is_split_off(words: str, lead: str) -> None:
    found, end = split_dateline(words + lead)
    assert (words + lead)[end:] == lead
    assert found is not None
    assert words.startswith(found)


@pytest.mark.parametrize("text", OPENINGS)
def test_an_ordinary_opening_is_no_dateline(text: str) -> None:
    assert split_dateline(text) == (None, 0)


def test_a_byline_is_passed_over() -> None:
    text = "By Ada Nwosu\nStaff\n\nBAGHDAD (AP) — Talks resumed."
    assert split_dateline("By Ada Nwosu\n\nBAGHDAD (AP) — Talks resumed.") == ("BAGHDAD (AP)", 29)
    assert split_dateline("By Ada Nwosu\n\nTalks resumed.") == (None, 14)
    assert split_dateline(text)[0] is None


def test_by_is_a_preposition_too() -> None:
    assert split_dateline("By Monday the troops had left the city and the talks resumed.") == (None, 0)


def test_the_dateline_may_stand_on_a_line_of_its_own() -> None:
    assert split_dateline("BAGHDAD, Aug. 17, 2020\n\nTalks resumed.") == ("BAGHDAD, Aug. 17, 2020", 24)
