"""Mend the known errors of a vendor's API description, each with its reason, before it judges requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

Json = Mapping[str, Any]


def corrected(spec: Json, overlay: Iterable[Json]) -> dict[str, Any]:
    """Apply an overlay: {call, query, is} mends or adds a parameter, {at, is} merges into what a JSON pointer names."""
    mended: dict[str, Any] = deepcopy(dict(spec))
    for fix in overlay:
        if "at" in fix:
            target = at_pointer(mended, fix["at"])
            target.extend(fix["is"]) if isinstance(target, list) else target.update(fix["is"])
        else:
            method, path = fix["call"].split()
            parameter(mended["paths"][path][method.lower()], fix["query"]).update(fix["is"])
    for item in mended["paths"].values():
        item.pop("servers", None)  # what was sent counts, not where to
    kept: dict[str, Any] = without_defaults(mended)
    return kept


def parameter(operation: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an operation's parameter by name, made new where the file lacks it."""
    known: list[dict[str, Any]] = operation.setdefault("parameters", [])
    for found in known:
        if found.get("name") == name:
            return found
    known.append({"name": name, "in": "query"})
    return known[-1]


def at_pointer(node: Any, pointer: str) -> Any:
    """Follow a JSON pointer (RFC 6901)."""
    for part in pointer.split("/")[1:]:
        word = part.replace("~1", "/").replace("~0", "~")
        node = node[int(word)] if isinstance(node, list) else node[word]
    return node


def without_defaults(node: Any) -> Any:
    """Drop every default: it says nothing about a request, and wrong ones make openapi-core refuse right requests."""
    if isinstance(node, dict):
        return {k: without_defaults(v) for k, v in node.items() if k != "default" or isinstance(v, dict)}
    return [without_defaults(v) for v in node] if isinstance(node, list) else node
