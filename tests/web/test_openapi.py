"""The API keeps to its own document, whatever it is asked: schemathesis makes the questions."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode

from detente.observatory import Observatory
from detente.web.access import Access
from detente.web.app import make_app
from detente.web.resources import ROUTERS

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

pytestmark = pytest.mark.model

ADDRESS = "/api/v1/openapi.json"
OPERATIONS = sorted(
    (method, f"/api/v1{route.path}")  # type: ignore[attr-defined]  # all of them are FastAPI's own routes
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
    found: BaseSchema = schemathesis.openapi.from_asgi(ADDRESS, app)
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
        case.call_and_validate()

    ask()
