"""Writes what is generated of the API: the examples of its document, and docs/reference/http.md.

    python scripts/build_http.py [--page]

The examples are what a server of the example articles answers, cut short. --page: only the page, which takes no model.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from detente import Observatory
from detente.cli.examples import examples
from detente.web.access import Access
from detente.web.app import make_app

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "src/detente/web/examples.json"
PAGE = ROOT / "docs/reference/http.md"
API = "/api/v1"
LONGEST = 160  # characters of a text in an example

# What is asked for each example; the rest is asked as it stands.
ASKED = {
    "/articles?limit=1": "/articles",
    "/events?between=GRC&between=TUR&limit=1": "/events",
    "/quotes?limit=1": "/quotes",
    "/actors?kind=person&limit=1": "/actors",
    "/places?limit=1": "/places",
    "/network?limit=1": "/network",
    "/board?by=quarter&min_events=1": "/board",
    "/dyads/GRC/TUR/page?by=quarter&limit=1": "/dyads/{a}/{b}/page",
    "/dyads/GRC/TUR?by=quarter": "/dyads/{a}/{b}",
    "/triangles/TUR/GRC/USA?by=quarter": "/triangles/{a}/{b}/{c}",
    "/agenda/GRC/TUR": "/agenda/{a}/{b}",
    "/search?q=Aegean&limit=1": "/search",
}
VERDICT = {
    "article": "aegean-3",
    "event": "e6cb896382b9ecba",
    "verdict": "wrong",
    "who": "A. Reader",
    "why": "The sides are the wrong way round.",
    "when": "2026-11-24T09:30:00+00:00",
}
TAKEN = {"added": 1, "revised": 0, "unchanged": 0, "removed": 0, "failed": 0, "corrected": 0, "failures": []}


def examples_of(observatory: Observatory) -> dict[str, Any]:
    from starlette.testclient import TestClient

    client = TestClient(make_app(observatory, Access()), base_url="http://127.0.0.1:8765")
    event = next(observatory.events(between=("GRC", "TUR")))
    asked = {f"/articles/{event.article}": "/articles/{id}", f"/events/{event.event.id}": "/events/{id}"}
    asked |= ASKED
    known = {*asked.values(), "/export/{form}"}
    for path, methods in client.get(f"{API}/openapi.json").json()["paths"].items():
        if "get" in methods and path.removeprefix(API) not in known:
            asked[path.removeprefix(API)] = path.removeprefix(API)
    found: dict[str, Any] = {}
    for question, path in asked.items():
        answer = client.get(API + question)
        assert answer.status_code == 200, (question, answer.text)
        found[f"get {API}{path}"] = short(answer.json())
    found[f"get {API}/verdicts"]["items"] = [VERDICT]
    return found | {f"post {API}/verdicts": VERDICT, f"post {API}/articles": TAKEN}


def short(value: Any) -> Any:
    """One item of each list that is more than a pair, and the beginning of each long text."""
    if isinstance(value, dict):
        return {name: short(part) for name, part in value.items()}
    if isinstance(value, list):
        pair = len(value) == 2 and not any(isinstance(part, dict | list) for part in value)
        return [short(part) for part in (value if pair else value[:1])]
    return f"{value[:LONGEST]}..." if isinstance(value, str) and len(value) > LONGEST else value


def page(document: dict[str, Any]) -> str:
    """The reference: every resource with its parameters, under the text that stands in the page by hand."""
    head = PAGE.read_text("utf8").partition("<!-- resources -->")[0]
    told = [
        one(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return head + "<!-- resources -->\n\n" + "\n".join(told)


def one(method: str, path: str, operation: dict[str, Any]) -> str:
    lines = [f"### {method.upper()} {path.removeprefix(API)}", "", operation["description"], ""]
    parameters = [given for given in operation.get("parameters", ()) if given["name"] != "format"]
    if parameters:
        lines += ["| parameter | takes | |", "| --- | --- | --- |"]
        lines += [f"| `{given['name']}` | {taken(given['schema'])} | {given['description']} |" for given in parameters]
        lines.append("")
    return "\n".join(lines)


def taken(schema: dict[str, Any]) -> str:
    """What a parameter takes, in words."""
    kinds = [kind for kind in schema.get("anyOf", [schema]) if kind.get("type") != "null"]
    kind = kinds[0]
    if "enum" in kind:
        words = ", ".join(f"`{value}`" for value in kind["enum"])
    elif kind.get("type") == "integer":
        words = f"{kind['minimum']:,} to {kind['maximum']:,}"
    elif kind.get("type") == "boolean":
        words = "`true`, `false`"
    else:
        words = "twice, a text" if kind.get("type") == "array" else "a text"
    default = schema.get("default")
    return words if default is None else f"{words} ({json.dumps(default).strip(chr(34))})"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="detente-http-") as folder:
        observatory = Observatory.create(Path(folder) / "aegean")
        if "--page" not in sys.argv:
            with examples() as articles:
                observatory.add([articles])
            told = json.dumps(examples_of(observatory), ensure_ascii=False, indent=1, sort_keys=True)
            EXAMPLES.write_text(told + "\n", "utf8")
        PAGE.write_text(page(make_app(observatory, Access()).document()), "utf8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
