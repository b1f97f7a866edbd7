"""The API keeps to its own document, whatever it is asked: schemathesis makes the questions."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from detente.observatory import Observatory
from detente.web.access import Access
from detente.web.app import make_app
from detente.web.resources import ROUTERS

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

pytestmark = pytest.mark.model

# Long words become a long address, which is refused as that before anything is made of it.
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 406, 414, 422]}}}
)
ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "/api/v1/openapi.json"
OPERATIONS = sorted(
    (method, f"/api/v1{route.path}".replace(":path}", "}"))  # type: ignore[attr-defined]  # all of them are FastAPI's own routes
    for router in ROUTERS
    for route in router.routes
    for method in route.methods  # type: ignore[attr-defined]
)


@pytest.fixture(scope="module")
def api(demo: Observatory, tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    """A copy, since verdicts are among what is asked for."""
    folder = tmp_path_factory.mktemp("api") / "observatory"
    shutil.copytree(demo.path, folder)
    app = make_app(Observatory.open(folder), Access(hosts=frozenset({"localhost", "testserver"})))
    found: BaseSchema = schemathesis.openapi.from_asgi(ADDRESS, app, config=CONFIG)
    return found


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_one_that_the_document_promises(
    api: BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    @seed(7)
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=api[path][method].as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        # a day that is none, a country twice, a cursor of nobody's: a schema cannot tell, and 400 is right
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    try:
        ask()
    except Unsatisfiable:
        given_ = api[path][method].definition.raw.get("parameters", ())
        assert all(one["in"] == "path" for one in given_), "it can be asked wrongly"


def test_the_reference_is_that_of_the_document(api: BaseSchema) -> None:
    page = (ROOT / "docs/reference/http.md").read_text("utf8")
    assert page == _script().page(api.raw_schema), "run `python scripts/build_http.py`"
    assert all(f"### {method} {path.removeprefix('/api/v1')}\n" in page for method, path in OPERATIONS)


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_http", ROOT / "scripts/build_http.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_resource_is_told_of_with_an_example(api: BaseSchema) -> None:
    told = api.raw_schema["paths"]
    for method, path in OPERATIONS:
        operation = told[path][method.lower()]
        assert operation["description"], path
        assert all(one.get("description") for one in operation.get("parameters", ())), path
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert list(answer["content"]) == ["application/problem+json"], path
        if path == "/api/v1/export/{form}":
            continue
        (done,) = (answer for status, answer in operation["responses"].items() if "200" <= status < "300")
        body = done["content"]["application/json"]
        assert body["example"], path
        jsonschema.validate(body["example"], {**body["schema"], "components": api.raw_schema["components"]})
