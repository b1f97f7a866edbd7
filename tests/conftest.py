"""Shared by all tests: the trained pipeline is loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from detente.reading.reader import Reader


@pytest.fixture(scope="session")
def nlp() -> Language:
    from detente.reading.pipeline import load

    return load()


@pytest.fixture(scope="session")
def reader(nlp: Language) -> Reader:
    from detente.reading.reader import Reader

    return Reader(nlp=nlp)


@pytest.fixture(scope="session")
def frames() -> Reader:
    """A reader without a judge: what the frames alone give."""
    from detente.reading.reader import Reader

    return Reader(judge="rules")
