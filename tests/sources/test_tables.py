"""Tables: named columns under many names, one article a row, and every row that is none told by its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.errors import UsageError
from detente.sources import Sourced, Unreadable, articles_from, tables

LONG = "Peru and Ecuador reopened the border crossing at Huaquillas on Friday; the two interior ministries said."


def _parquet(columns: Mapping[str, Sequence[object]], **options: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), out, **options)
    return out.getvalue()


def _csv(rows: Sequence[Sequence[str]], **options: object) -> str:
    out = io.StringIO()
    csv.writer(out, **options).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def _texts(items: list[Sourced | Unreadable]) -> list[str | None]:
    return [item.article.text if isinstance(item, Sourced) else None for item in items]


def _reasons(items: list[Sourced | Unreadable]) -> list[str]:
    return [f"{item.failure.where}: {item.failure.reason}" for item in items if isinstance(item, Unreadable)]


ROW = {
    "Article-ID": "e7",
    "Headline": "Crossing reopened",
    "article_body": LONG,
    "Publication Date": "2021-05-14",
    "outlet": "El Norte",
    "link": "https://example.org/e7",
    "lang": "en",
}


def _check(item: Sourced | Unreadable) -> None:
    assert isinstance(item, Sourced), item
    article = item.article
    assert (article.id, article.title, article.text) == ("e7", "Crossing reopened", LONG)
    assert (article.published, article.source, article.url) == ("2021-05-14", "El Norte", "https://example.org/e7")
    assert article.language == "en"
    assert not item.failures


def test_names_of_columns_are_recognised(read) -> None:
    (item,) = read("a.parquet", _parquet({name: [value] for name, value in ROW.items()}))
    _check(item)
    for delimiter in ",;|\t":
        (item,) = read("a.csv", _csv([list(ROW), list(ROW.values())], delimiter=delimiter))
        _check(item)


def test_a_parquet_file_is_known_by_its_first_bytes() -> None:
    (item,) = articles_from([], stdin=io.BytesIO(_parquet({"text": [LONG]})))
    assert _texts([item]) == [LONG]


def test_ones_own_names_and_no_name(read) -> None:
    data = _csv([["id", "lead", "story"], ["1", "Border", LONG], ["1", "Again", LONG + " Again."]])
    items = read("a.csv", data, columns={"text": "lead", "title": "story", "id": ""})
    assert _texts(items) == ["Border", "Again"]
    with pytest.raises(UsageError, match=r"expected one of id, title, text, .* found 'words'"):
        read("a.csv", data, columns={"words": "lead"})
    (reason,) = _reasons(read("a.csv", data, columns={"text": "body"}))
    assert "expected a column 'body' for `text`, found the columns id, lead, story" in reason


def test_a_table_without_words_says_what_it_has(read) -> None:
    data = {"name": ["x"], "amount": [3]}
    for item in (read("a.csv", "name,amount\nx,3\n"), read("a.parquet", _parquet(data))):
        (reason,) = _reasons(item)
        assert "expected a column with the articles' words" in reason
        assert "found the columns name, amount: name it with --column text=NAME" in reason
    (reason,) = _reasons(read("b.parquet", _parquet({"text": [[1, 2]]})))
    assert "expected words in the column 'text' (`text`), found list<" in reason


def test_rows_are_named_and_the_next_is_read(read) -> None:
    data = f'id,text\n1,"{LONG}"\n2,\n3\n4,b,c\n\n5,"{LONG} ""Yes"",\nthey said."\n'
    items = read("a.csv", data)
    assert _texts(items) == [LONG, None, None, None, f'{LONG} "Yes",\nthey said.']
    rows = [reason.partition(": ")[0].rpartition(":")[2] for reason in _reasons(items)]
    assert rows == ["row 2", "row 3", "row 4"]
    assert "expected 2 cells, as in the line of names, found 1" in _reasons(items)[1]


@pytest.mark.parametrize("nth", range(4))
def test_a_quotation_mark_left_open_costs_its_own_row(read, nth: int) -> None:
    rows = [f'{i},"Envoy {i} left for Quito on Monday."\n' for i in range(4)]
    rows[nth] = rows[nth].replace('day."', "day.")
    items = read("a.csv", "id,text\n" + "".join(rows))
    assert _texts(items) == [None if i == nth else f"Envoy {i} left for Quito on Monday." for i in range(4)]
    assert "quotation mark" in _reasons(items)[0]


def test_many_open_quotation_marks_end_the_file_in_time(read) -> None:
    data = "id,text\n" + '1,"open\n' * 20_001
    items = read("a.csv", data)
    assert len(items) <= tables._OPEN + 1
    assert "the rest is not read" in _reasons(items)[-1]


def test_quotation_marks_in_tabbed_tables_are_words(read) -> None:
    data = 'id\ttext\n1\t"Peace now," he said.\n2\t"Whole cell with ""marks"" in it"\n3\tHe said "no" in Quito.\n'
    assert _texts(read("a.tsv", data)) == [
        '"Peace now," he said.',
        'Whole cell with "marks" in it',
        'He said "no" in Quito.',
    ]


def test_encodings_of_tables(read) -> None:
    text = "Mr Íñigo Peña spoke in Málaga on Monday about the fishing accord, and left."
    data = f"id;text\r\n1;{text}\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        (item,) = read("a.csv", data.encode(encoding))
        assert isinstance(item, Sourced)
        assert item.article.text == text
        assert bool(item.failures) == (encoding == "cp1252")
    filler = "".join(f"{i},{LONG}\n" for i in range(2, 200))
    items = read("b.csv", f"id,text\n{filler}".encode() + b"1,Pe\xf1a spoke.\n" + f"200,{LONG}\n".encode())
    assert len(_reasons(items)) == 1
    assert "row 199: expected UTF-8, found byte 0xf1" in _reasons(items)[0]


def test_a_long_row_is_named_and_passed_over(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LONGEST_ROW", 10_000)
    data = f'id,text\n1,{"x " * 20_000}\n2,{LONG}\n3,"{("y" * 90 + chr(10)) * 200}"\n4,{LONG}\n'
    items = read("a.csv", data)
    texts = _texts(items)
    assert texts[0] is None
    assert texts[1] == texts[-1] == LONG
    assert len([text for text in texts if text]) == 2


def test_an_article_longer_than_the_limit_of_python_is_read(read) -> None:
    text = LONG * 3000
    assert _texts(read("a.csv", f'id,text\n1,"{text}"\n')) == [text]


def test_kinds_of_cells(read) -> None:
    days = [datetime(2021, 5, 14), datetime(2021, 5, 14, 9, 30, tzinfo=UTC), date(2021, 5, 14)]
    for day, wanted in zip(days, ["2021-05-14", "2021-05-14T09:30:00+00:00", "2021-05-14"], strict=True):
        (item,) = read("a.parquet", _parquet({"text": [LONG], "date": [day], "id": [7]}))
        assert isinstance(item, Sourced)
        assert (item.article.published, item.article.id) == (wanted, "7")
    nanoseconds = pa.array([1_620_984_600_000_000_001], pa.timestamp("ns"))
    (item,) = read("b.parquet", _parquet({"text": [LONG], "date": nanoseconds}))  # type: ignore[dict-item]
    assert isinstance(item, Sourced)
    assert item.article.published == "2021-05-14T09:30:00"
    kinds = [
        pa.array([LONG, None], kind) for kind in (pa.large_string(), pa.binary(), pa.dictionary(pa.int8(), pa.string()))
    ]
    for kind in kinds:
        first, second = read("c.parquet", _parquet({"text": kind}))  # type: ignore[dict-item]
        assert _texts([first]) == [LONG]
        assert "row 2: expected the article's words, found an empty cell" in _reasons([second])[0]


def test_parquet_is_read_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = {"id": [str(i) for i in range(1000)], "text": [f"{LONG} No. {i}." for i in range(1000)]}
    pq.write_table(pa.table(rows), path, row_group_size=300)
    items = list(articles_from([path]))
    assert _texts(items) == rows["text"]


@pytest.mark.parametrize("cut", [3, 8, 100, -1, -4, -9])
def test_a_damaged_parquet_file_is_said(read, cut: int) -> None:
    (reason,) = _reasons(read("a.parquet", _parquet({"text": [LONG] * 5})[:cut]))
    assert "expected a whole Parquet file, found a damaged one" in reason


def test_a_parquet_bomb_is_refused(read) -> None:
    bomb = _parquet({"text": ["x" * 2**27, LONG]}, compression="zstd", use_dictionary=False)
    assert len(bomb) < 100_000
    (reason,) = _reasons(read("a.parquet", bomb))
    assert "grows more than 1000-fold" in reason
