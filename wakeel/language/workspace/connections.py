"""`connections.yaml`: one account each, with every field read by its type and every secret by its name."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from wakeel.language.annotations import names_secret
from wakeel.language.catalog import Catalog
from wakeel.language.nodes import Mapping, Scalar
from wakeel.language.problems import Problems, near_names
from wakeel.language.workspace.form import Form
from wakeel.language.workspace.literals import Json, Literals, kind_of
from wakeel.language.workspace.model import SHARED, ConnectionEntry
from wakeel.language.workspace.secret import PREFIX
from wakeel.sdk import Connector

ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
BAD_ID, NO_OWNER, NO_ADDRESS = "W4031", "W4032", "W4039"
NO_CONNECTOR, NEEDS_NONE, NO_FIELD, MISSING_FIELD, REFUSED_VALUE = "W4033", "W4034", "W4035", "W4036", "W4037"


def read_connections(
    node: Mapping, file: str, owners: tuple[str, ...], catalog: Catalog, problems: Problems
) -> dict[str, ConnectionEntry]:
    """Read every connection that can be understood; `owners` are the ids of the clients."""
    form = Form(node, file, node.place, problems)
    form.only(("connections",))
    found = (_connection(key, entry, owners, catalog) for key, entry in form.forms("connections"))
    return {connection.id: connection for connection in found if connection}


def _connection(key: Scalar, form: Form, owners: tuple[str, ...], catalog: Catalog) -> ConnectionEntry | None:
    if not ID.fullmatch(key.value):
        form.problems.add(BAD_ID, key.place, name=key.value)
    client = _owner(key, form, owners)
    connector = _connector(form, catalog)
    if connector is None:
        return None
    fields = _fields(connector, form)
    return ConnectionEntry(key.value, connector, client, fields, key.place) if fields is not None and client else None


def _owner(key: Scalar, form: Form, owners: tuple[str, ...]) -> str:
    """Return whose the connection is; a client that is not known is a problem, and still not another's."""
    scalar = form.scalar("client")
    if scalar is None:
        if form.node.get("client") is None:
            form.problems.add(NO_OWNER, key.place, connection=key.value)
        return ""
    if scalar.value not in {SHARED, *owners}:
        near = near_names(scalar.value, owners)
        form.problems.add("W4038", scalar.place, near, client=scalar.value)
    return scalar.value


def _connector(form: Form, catalog: Catalog) -> Connector[Any] | None:
    if not form.need("connector"):
        return None
    scalar = form.scalar("connector")
    if scalar is None:
        return None
    found = catalog.connector(scalar.value)
    if found is None:
        near = near_names(scalar.value, catalog.names())
        form.problems.add(NO_CONNECTOR, scalar.place, near, connector=scalar.value)
    elif not found.connection.model_fields:
        form.problems.add(NEEDS_NONE, scalar.place, connector=found.name)
    return found


def _fields(connector: Connector[Any], form: Form) -> dict[str, Json] | None:
    """Read the fields by their types, fill in the defaults, and check what the connector demands of them."""
    before = len(form.problems)
    specs, given = connector.connection.model_fields, dict[str, Json]()
    for key, node in form.node.entries:
        if key.value in {"connector", "client"}:
            continue
        if key.value not in specs:
            near = near_names(key.value, specs)
            form.problems.add(NO_FIELD, key.place, near, connector=connector.name, field=key.value)
        else:
            kind = kind_of(specs[key.value].annotation)
            given[key.value] = Literals(form.problems).read(kind, node, key.value)
    for name, spec in specs.items():
        if spec.is_required() and form.node.get(name) is None:
            form.problems.add(MISSING_FIELD, form.place, connection=form.where, field=name)
    sound = len(form.problems) == before and None not in given.values()
    return _complete(connector, given, form) if sound else None


def _complete(connector: Connector[Any], given: dict[str, Json], form: Form) -> dict[str, Json] | None:
    try:
        made = connector.connection.model_validate(given)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            _refuse_value(connector, str(fault["loc"][0]) if fault["loc"] else "", form)
        return None
    secret = {name for name, spec in connector.connection.model_fields.items() if names_secret(spec.annotation)}
    plain: dict[str, Json] = made.model_dump(mode="json", exclude=secret)
    return plain | {name: value for name, value in given.items() if name in secret or holds_secret(value)}


def _refuse_value(connector: Connector[Any], name: str, form: Form) -> None:
    spec, node = connector.connection.model_fields.get(name), form.node.get(name)
    about = (spec and spec.description) or name
    if name.endswith("url") and node:
        form.problems.add(NO_ADDRESS, node.place, field=name)
        return
    form.problems.add(REFUSED_VALUE, node.place if node else form.place, field=name or form.where, about=about)


def holds_secret(value: Json) -> bool:
    """Say whether a field, or a part of it, names a secret."""
    if isinstance(value, dict | list):
        return any(map(holds_secret, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and value.startswith(PREFIX)
