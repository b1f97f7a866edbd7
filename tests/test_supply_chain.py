"""What détente is installed with is named, hashed, and can be compared with what is known to be vulnerable, offline."""

from __future__ import annotations

import importlib.util
import json
import re
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SBOM, AUDIT = script("sbom"), script("vulnerabilities")


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(SBOM.bill())
    return made


def test_every_line_of_the_lock_has_hashes_and_stands_in_the_bill(bill: dict[str, Any]) -> None:
    text = (ROOT / "requirements.lock").read_text("utf8").replace("\\\n", "")
    names = {re.split(r"==", line)[0] for line in text.splitlines() if line and not line.startswith("#")}
    listed = {one["name"]: one for one in bill["components"] if one.get("purl", "").startswith("pkg:pypi")}
    assert names == set(listed)
    assert all(one["hashes"] for one in listed.values())
    assert "--require-hashes" in (ROOT / "scripts/setup.sh").read_text()


def test_the_page_is_locked_by_hashes_and_stands_in_the_bill(bill: dict[str, Any]) -> None:
    locked = json.loads((ROOT / "page/package-lock.json").read_text("utf8"))["packages"]
    listed = [one for one in bill["components"] if one.get("purl", "").startswith("pkg:npm")]
    assert len(listed) == len(locked) - 1
    assert all(one["hashes"][0]["alg"] == "SHA-512" for one in listed)
    assert {"preact", "@observablehq/plot"} <= {one["name"] for one in listed if one["scope"] == "required"}


def test_every_model_stands_in_the_bill_with_its_hash(bill: dict[str, Any]) -> None:
    names = {one["name"] for one in bill["components"] if one["type"] == "machine-learning-model"}
    assert {"parser/model", "vocab/vectors", "linear.npz", "encoder.onnx", "lid.176.ftz"} <= names
    models = [file for file in (ROOT / "src").rglob("*") if file.suffix in (".onnx", ".npz", ".ftz", ".pkl", ".pt")]
    assert models
    assert {file.name for file in models} <= names


def test_what_runs_is_told_from_what_only_tests(bill: dict[str, Any]) -> None:
    scopes = {one["name"]: one["scope"] for one in bill["components"] if one.get("purl", "").startswith("pkg:pypi")}
    assert {scopes[name] for name in ("spacy", "duckdb", "lxml", "onnxruntime", "pyspark")} == {"required"}
    assert {scopes[name] for name in ("pytest", "mypy", "ruff")} == {"excluded"}


def dump(path: Path, *advisories: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number, advisory in enumerate(advisories):
            archive.writestr(f"X-{number}.json", json.dumps({"id": f"X-{number}"} | advisory))
    return path


def affected(name: str, ecosystem: str = "PyPI", versions: tuple[str, ...] = (), **events: str) -> dict[str, Any]:
    told = [{kind: at} for kind, at in events.items()]
    package = {"ecosystem": ecosystem, "name": name}
    return {"affected": [{"package": package, "versions": versions, "ranges": [{"type": "ECOSYSTEM", "events": told}]}]}


@pytest.mark.parametrize(
    ("advisory", "found"),
    [
        (affected("some.Package", introduced="0", fixed="1.10"), True),
        (affected("some-package", introduced="0", fixed="1.9"), False),
        (affected("some-package", introduced="0", last_affected="1.9.0"), True),
        (affected("some-package", introduced="1.10"), False),
        (affected("some-package", versions=("1.9.0",)), True),
        (affected("some-package", "npm", introduced="0"), False),
        (affected("@a/b", "npm", introduced="0", fixed="2.0.1"), True),
        (affected("@a/b", "npm", introduced="0", fixed="2.0.0-next.5"), False),
        (affected("@a/b", "npm", introduced="2.0.1-rc.1.a"), False),
        (affected("@a/b", "npm", introduced="0", limit="2.0"), False),
        (affected("@a-b", "npm", introduced="0"), False),
        (affected("another", introduced="0"), False),
        (affected("some-package", introduced="0") | {"withdrawn": "2026-01-01T00:00:00Z"}, False),
    ],
)
def test_versions_are_compared_offline(tmp_path: Path, advisory: dict[str, Any], found: bool, capsys: Any) -> None:
    listed = [
        {"name": "some_package", "version": "1.9.0", "purl": "pkg:pypi/some_package@1.9.0"},
        {"name": "@a/b", "version": "2.0.0", "purl": "pkg:npm/%40a/b@2.0.0"},
    ]
    (tmp_path / "bill.json").write_text(json.dumps({"components": listed}))
    dumped = dump(tmp_path / "all.zip", advisory, affected("unrelated", introduced="0"))
    assert AUDIT.main([str(tmp_path / "bill.json"), str(dumped)]) == found
    assert ("X-0" in capsys.readouterr().out) == found


def test_versions_of_npm_stand_in_their_own_order() -> None:
    order = ["1.0.0-1", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0", "1.0.1", "1.10.0"]
    assert sorted(order[3:] + order[:3], key=AUDIT.semantic) == order


def test_nothing_to_compare_with_is_not_called_safe(tmp_path: Path) -> None:
    (tmp_path / "bill.json").write_text('{"components": []}')
    assert AUDIT.main([str(tmp_path / "bill.json"), str(dump(tmp_path / "all.zip"))]) == 2
    assert AUDIT.main([str(tmp_path / "bill.json"), str(tmp_path / "missing.zip")]) == 2
    assert AUDIT.main([]) == 2
