"""The factory, the model's hashes, and the components in somebody else's pipeline."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from detente.errors import ModelError
from detente.reading import pipeline


def test_importing_detente_loads_nothing_heavy() -> None:
    code = (
        "import sys, detente; from detente import Observatory; "
        "heavy = {'spacy', 'duckdb', 'pyarrow', 'matplotlib', 'trafilatura', 'numpy'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_altered_model_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "model"
    shutil.copytree(pipeline.bundled_path(), copy)
    monkeypatch.setattr(pipeline, "bundled_path", lambda: copy)
    pipeline.check_hashes()
    with (copy / "tagger" / "model").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match=r"tagger/model is not the verified one .* reinstall"):
        pipeline.check_hashes()
    (copy / "tokenizer").unlink()
    (copy / "tagger" / "model").unlink()
    with pytest.raises(ModelError, match="found no file"):
        pipeline.check_hashes()


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="en_core_web_nowhere"):
        pipeline.bare("en_core_web_nowhere")


def test_the_digest_of_knowledge_does_not_change_by_itself() -> None:
    assert pipeline.knowledge_digest() == pipeline.knowledge_digest()


@pytest.mark.model
@pytest.mark.parametrize("name", ["detente_layout", *pipeline.COMPONENTS])
def test_each_component_works_alone_in_anybodys_pipeline(name: str) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe(name)
    doc = nlp("Norway lent Jordan a field hospital on 3 May 2021, “for as long as it is needed”, Oslo said.")
    assert len(doc) > 10


@pytest.mark.model
def test_the_components_serve_an_official_pipeline_too() -> None:
    import spacy

    nlp = spacy.load(pipeline.bundled_path())
    for name in pipeline.COMPONENTS:
        nlp.add_pipe(name)
    doc = nlp("Norway condemned Belarus on 3 May 2021.")
    assert [e.type for e in doc._.detente_events] == ["ACCUSE"]
    assert [doc._.detente_actors[i].country for i in doc._.detente_events[0].sources] == ["NOR"]
