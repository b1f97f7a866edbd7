"""The documentation tells the truth: its examples run and print what they say, and it names everything there is."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from detente import records
from detente.ontology import STATUSES, TYPES

ROOT = Path(__file__).resolve().parents[2]


def build_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts/build_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_docs"] = module
    spec.loader.exec_module(module)
    return module


BUILD = build_docs()


@pytest.mark.model
@pytest.mark.parametrize("page", BUILD.pages(), ids=lambda page: page.name)
def test_every_example_runs_and_prints_what_the_page_shows(page: Path) -> None:
    text = page.read_text("utf8")
    assert BUILD.rebuilt(text) == text, "run `make docs` and read what changed"


def test_the_published_schema_is_the_records() -> None:
    assert BUILD.SCHEMA.read_text("utf8") == BUILD.schema_text(), "run `make docs`"


def test_every_field_and_type_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/reading.md").read_text("utf8")
    kinds = (records.Article, records.Actor, records.Event, records.Quote, records.Place, records.Timex)
    names = {f.name for kind in (*kinds, records.Commitment, records.Failure, records.Reading) for f in fields(kind)}
    assert [name for name in sorted(names) if f"`{name}`" not in page] == []
    assert [name for name in TYPES if f"| {name} |" not in page] == []
    assert [status for status in STATUSES if f"`{status}`" not in page] == []


def test_every_link_between_pages_leads_somewhere() -> None:
    import re

    for page in BUILD.pages():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"
