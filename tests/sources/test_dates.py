"""Days of publication: read exactly, on the outlet's calendar, never invented."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from detente.ontology.tables import read_table
from detente.sources.dates import iso, outlet_day
from detente.sources.outlets import zone_of


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020-08-18", "2020-08-18"),
        (" 2020-08-18 ", "2020-08-18"),
        ("2020-08-18T22:14:56Z", "2020-08-18T22:14:56Z"),
        ("2020-08-18 22:14", "2020-08-18T22:14:00"),
        ("2021-05-20T22:14:56+00:00", "2021-05-20T22:14:56+00:00"),
        ("20200818", "2020-08-18"),
        ("20200818221456", "2020-08-18T22:14:56"),
        ("20200818T221456Z", "2020-08-18T22:14:56+00:00"),
        ("2020-W34-2", "2020-08-18"),
        ("Tue, 18 Aug 2020 22:14:56 GMT", "2020-08-18T22:14:56+00:00"),
        ("Tue, 18 Aug 2020 22:14:56 +0300", "2020-08-18T22:14:56+03:00"),
        ("18 August 2020", "2020-08-18"),
        ("18th Aug. 2020", "2020-08-18"),
        ("Tuesday, August 18, 2020", "2020-08-18"),
        ("Sept 1, 2020", "2020-09-01"),
    ],
)
def test_days_that_are_written_out(written: str, expected: str) -> None:
    assert iso(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *("", "yesterday", "2020", "2020-08", "08/09/2020", "18.08.2020", "20201340", "1597708800", "31 February 2020"),
        *("Mon 5 Aug 10:30", "x" * 10**6, "2020-08-18T25:00"),
        *("2020-02-30", "Aug 2020", "18 Ju 2020", "18 Foo 2020", "0000-00-00", "99999-01-01", "12:30", "२०२०-०८-१८"),
    ],
)
def test_what_names_no_single_day(written: str) -> None:
    assert iso(written) is None


@pytest.mark.parametrize(
    ("published", "source", "url", "expected"),
    [
        ("2020-08-18T23:00:00Z", "Yonhap", None, "2020-08-19T08:00:00+09:00"),
        ("2021-05-21T02:14:56+00:00", "U.S. Department of State", None, "2021-05-20T22:14:56-04:00"),
        ("2020-08-18T23:00:00Z", None, "https://english.news.cn/x", "2020-08-19T07:00:00+08:00"),
        ("2020-08-18T23:00:00Z", "www.aljazeera.com", None, "2020-08-19T02:00:00+03:00"),
        ("2020-08-18T10:00:00Z", "Yonhap", None, "2020-08-18T10:00:00Z"),
        ("2020-08-18T23:00:00", "Yonhap", None, "2020-08-18T23:00:00"),
        ("2020-08-18", "Yonhap", None, "2020-08-18"),
        ("2020-08-18T23:00:00Z", "The Unheard-of Courier", "https://[bad", "2020-08-18T23:00:00Z"),
        ("9999-12-31T23:00:00Z", "Yonhap", None, "9999-12-31T23:00:00Z"),
    ],
)
def test_the_day_is_the_outlets(published: str, source: str | None, url: str | None, expected: str) -> None:
    assert outlet_day(published, source, url) == expected


def test_the_table_of_outlets_holds_zones_that_exist_and_no_name_twice() -> None:
    rows = [row for _, row in read_table("detente.sources", "outlets.tsv", ("zone", "names", "domains"))]
    assert {row["zone"] for row in rows} <= available_timezones()
    names = [name.strip().casefold() for row in rows for name in row["names"].split("|")]
    domains = [domain for row in rows for domain in row["domains"].split()]
    assert len(names) == len(set(names))
    assert len(domains) == len(set(domains))
    assert zone_of("the guardian", None) == "Europe/London"
    assert zone_of(None, None) is None
