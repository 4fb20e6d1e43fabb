"""Check a request against the vendor's own description of its API, so that a fake cannot be kinder than the service."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from jsonschema_path import SchemaPath
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from openapi_core.templating.paths.finders import APICallPathFinder
from werkzeug.datastructures import Headers, ImmutableMultiDict

from wakeel.playground.overlay import at_pointer, corrected

SERVER = "http://description.test"
Json = Mapping[str, Any]


@dataclass
class Sent:
    """A request as it came over the wire."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    body: bytes = b""

    @property
    def content_type(self) -> str:
        """Return the body's media type with its parameters, in small letters."""
        return next((value.lower() for name, value in self.headers if name.lower() == "content-type"), "")

    def fields(self) -> dict[str, Any]:
        """Return the body as data: JSON or a form. A multipart body is left to the fake server."""
        if not self.body or "multipart" in self.content_type:
            return {}
        if "json" in self.content_type:
            return dict(json.loads(self.body))
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


class Wire:
    """A request in the shape that openapi-core reads, which writes what it finds into `parameters`."""

    def __init__(self, sent: Sent, path: str, query: list[tuple[str, str]]) -> None:
        self.host_url, self.path, self.method = SERVER, path, sent.method.lower()
        self.body, self.content_type = sent.body or None, sent.content_type
        self.parameters = RequestParameters(query=ImmutableMultiDict(query), header=Headers(sent.headers))


class ApiDescription:
    """A vendor's OpenAPI file with its overlay; flat=True where fields may stand in query, form or JSON alike."""

    def __init__(self, spec: Json, overlay: Iterable[Json] = (), *, prefix: str = "", flat: bool = False) -> None:
        self.spec = {**corrected(spec, overlay), "servers": [{"url": SERVER}]}
        self.api = OpenAPI.from_dict(self.spec, config=Config(spec_validator_cls=None))
        self.paths = APICallPathFinder(SchemaPath.from_dict(self.spec))
        self.prefix, self.flat = prefix, flat

    def problem(self, sent: Sent) -> str | None:
        """Say what is wrong with a request, or return None."""
        path = sent.path.removeprefix(self.prefix)
        try:
            found = self.paths.find(sent.method.lower(), SERVER + path)
            call = found.operation.read_value()
            query = self._query(sent, call)
            self.api.validate_request(Wire(sent, path, query))
        except (OpenAPIError, ValueError) as error:
            return f"{type(error).__name__}: {error} {error.__cause__ or ''}".strip()
        declared = [*call.get("parameters", ()), *found.path.read_value().get("parameters", ())]
        strange = [*self._strange_query(query, declared), *self._strange_body(sent, call.get("requestBody", {}))]
        return f"not in the description: {sorted(strange)}" if strange else None

    def _query(self, sent: Sent, call: Json) -> list[tuple[str, str]]:
        """Return the query with the body's fields where they count as such, without what may be empty and is."""
        flat = sent.fields().items() if self.flat and "requestBody" not in call else ()
        may_be_empty = {p["name"] for p in call.get("parameters", ()) if p.get("x-may-be-empty")}
        query = [*sent.query, *((name, v if isinstance(v, str) else json.dumps(v)) for name, v in flat)]
        return [(name, value) for name, value in query if value or name not in may_be_empty]

    def _strange_query(self, query: list[tuple[str, str]], declared: list[Json]) -> Iterator[str]:
        types = {p["name"]: self._deref(p.get("schema", {})).get("type") for p in declared if p["in"] == "query"}
        schemes = self.spec.get("components", {}).get("securitySchemes", {}).values()
        types |= {s["name"]: "string" for s in schemes if s.get("in") == "query"}
        for name, value in query:
            # openapi-core also takes Python's True, and yes, on, y, t
            misspelt = types.get(name) == "boolean" and value not in ("true", "false", "1", "0")
            if name not in types or misspelt:
                yield f"{name}={value}"

    def _strange_body(self, sent: Sent, body: Json) -> Iterator[str]:
        for kind, media in body.get("content", {}).items():
            if kind in sent.content_type:
                yield from self._undeclared(sent.fields(), media.get("schema", {}), "body")

    def _undeclared(self, value: Any, schema: Json, at: str) -> Iterator[str]:
        if isinstance(value, list):
            for item in value:
                yield from self._undeclared(item, self._deref(schema).get("items", {}), f"{at}[]")
        known = self._properties(schema)
        for name, inner in value.items() if isinstance(value, dict) and known else ():
            if name in known:
                yield from self._undeclared(inner, known[name], f"{at}.{name}")
            else:
                yield f"{at}.{name}"

    def _properties(self, schema: Json) -> dict[str, Any]:
        """Return every property of a schema and of what it is composed of; empty where any name may stand."""
        schema = self._deref(schema)
        known = dict(schema.get("properties", {}))
        for part in (p for word in ("allOf", "anyOf", "oneOf") for p in schema.get(word, ())):
            known |= self._properties(part)
        return {} if schema.get("additionalProperties") else known

    def _deref(self, schema: Json) -> Json:
        while "$ref" in schema:
            schema = at_pointer(self.spec, schema["$ref"][1:])
        return schema
