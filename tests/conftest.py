"""Shared by all tests: the trained pipeline is loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from detente.observatory import Observatory
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


@pytest.fixture(scope="session")
def demo(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """An observatory of the example articles: to be asked, never to be changed."""
    from detente.cli.examples import examples
    from detente.observatory import Observatory

    observatory = Observatory.create(tmp_path_factory.mktemp("demo") / "observatory")
    with examples() as articles:
        observatory.add([articles], reader=reader)
    return observatory
