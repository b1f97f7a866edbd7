"""The OpenAPI document: FastAPI's own, with the forms of lists, problems in their content type, tags of answers, and examples."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from detente.web.answers import FORMS
from detente.web.problems import TYPE

type Json = dict[str, Any]

_TAG: Json = {"ETag": {"description": "Of this answer; send it back in If-None-Match.", "schema": {"type": "string"}}}
_HELD: Json = {"description": "You have it already: nothing has changed since the answer of that ETag."}
_TOKEN: Json = {"token": {"type": "http", "scheme": "bearer", "description": "Where the server has a --token-file."}}


def document(app: FastAPI) -> Json:
    """The document of an application, made once."""
    if app.openapi_schema is None:
        found = get_openapi(
            title=app.title,
            version=app.version,
            openapi_version=app.openapi_version,
            summary=app.summary,
            license_info=app.license_info,
            routes=app.routes,
        )
        found["components"]["securitySchemes"] = _TOKEN
        found["security"] = [{}, {"token": []}]
        for path, methods in found["paths"].items():
            for method, operation in methods.items():
                _complete(operation, examples().get(f"{method} {path}"))
        app.openapi_schema = found
    return app.openapi_schema


@cache
def examples() -> Json:
    """An answer of each resource, by method and path: what the example articles gave (scripts/build_http.py)."""
    path = files("detente.web") / "examples.json"
    return dict(json.loads(path.read_text("utf8"))) if path.is_file() else {}


def _complete(operation: Json, example: object) -> None:
    is_list = any(one["name"] == "format" for one in operation.get("parameters", ()))
    for status, told in list(operation["responses"].items()):
        content: Json = told.get("content", {})
        if status >= "400" and "application/json" in content:
            told["content"] = {TYPE: content["application/json"]}
        elif status == "200":
            told.setdefault("headers", {}).update(_TAG)
            operation["responses"]["304"] = _HELD
        if status < "300" and example is not None and "application/json" in content:
            content["application/json"]["example"] = example
        if status == "200" and is_list:
            told["content"] |= {media: {} for form, media in FORMS.items() if form != "json"}
