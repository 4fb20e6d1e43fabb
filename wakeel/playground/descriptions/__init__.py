"""The vendors' API descriptions that the playground's services are held to."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from wakeel.playground.description import ApiDescription

BEARER = {"bearer": {"type": "http", "scheme": "bearer"}}
SLACK_TYPES = {"boolean": "boolean", "integer": "integer", "number": "number"}
OK = {"responses": {"200": {"description": ""}}}


@cache
def trello() -> ApiDescription:
    """Load Trello's description: a field may stand in the query, in a form or in JSON."""
    return ApiDescription(read("trello"), corrections("trello"), prefix="/1", flat=True)


@cache
def slack() -> ApiDescription:
    """Load Slack's description: a field may stand in the query, in a form or in JSON."""
    return ApiDescription(from_slack(read("slack")), corrections("slack"), prefix="/api", flat=True)


def read(name: str) -> dict[str, Any]:
    """Return a vendor's file as data."""
    return dict(json.loads((files(__name__) / f"{name}.json").read_bytes()))


def corrections(name: str) -> list[dict[str, Any]]:
    """Return the overlay of a vendor's file."""
    return list(yaml.load((files(__name__) / f"{name}.overlay.yaml").read_bytes(), yaml.CSafeLoader))


def from_slack(spec: dict[str, Any]) -> dict[str, Any]:
    """Turn Slack's Swagger 2.0 into OpenAPI: a method takes GET and POST, and the token is a Bearer header."""
    paths = {}
    for path, item in spec["paths"].items():
        [call] = item.values()
        fields = [slack_field(p) for p in call["parameters"] if p["name"] != "token"]
        paths[path] = {verb: {"parameters": list(fields), **OK} for verb in ("get", "post")}
    bearer = {"security": [{"bearer": []}], "components": {"securitySchemes": BEARER}}
    return {"openapi": "3.0.3", "info": spec["info"], "paths": paths, **bearer}


def slack_field(parameter: dict[str, Any]) -> dict[str, Any]:
    """Describe one field of a method of Slack's as a query parameter."""
    kind = SLACK_TYPES.get(parameter.get("type", ""), "string")
    required = parameter.get("required", False)
    return {"name": parameter["name"], "in": "query", "required": required, "schema": {"type": kind}}
