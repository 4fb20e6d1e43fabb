"""A whole workspace from its files: clients, connections, recipes and replies, and that they fit together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from wakeel.language.catalog import Catalog
from wakeel.language.nodes import Mapping as Keys
from wakeel.language.nodes import Place, scalars
from wakeel.language.problems import ENOUGH, Enough, Problems, near_names
from wakeel.language.source import A_LIST, A_TEXT, EMPTY, load
from wakeel.language.workspace.clients import read_client
from wakeel.language.workspace.connections import read_connections
from wakeel.language.workspace.model import Client, Workspace
from wakeel.language.workspace.resolve import FAULTY, account
from wakeel.language.workspace.secret import refuse_literal
from wakeel.language.workspace.verbs import Refused

CONNECTIONS = "connections.yaml"
OTHER_FORM = frozenset({EMPTY, A_LIST, A_TEXT})
NOT_A_CLIENT, NOT_CONNECTIONS, NO_EXPRESSION = "W4001", "W4030", "W4019"
TWO_CLIENTS, TWO_RECIPES, NO_RECIPE, NOT_TEXT = "W4046", "W4047", "W4050", "W4048"
Files = Mapping[str, bytes]


def read(files: Files, catalog: Catalog, problems: Problems) -> Workspace:
    """Read a workspace from its files by relative path; what does not fit becomes a problem."""
    clients, stems = _clients(files, problems)
    workspace = Workspace(clients, recipes=_recipes(files, problems), replies=_replies(files, problems))
    _read_connections(files, workspace, (*clients, *stems), catalog, problems)
    for client in clients.values():
        _check_accounts(client, workspace, problems)
        _check_recipes(client, workspace, problems)
    return workspace


def _clients(files: Files, problems: Problems) -> tuple[dict[str, Client], list[str]]:
    """Return the clients by id, and the stems of the files that tell of none."""
    clients: dict[str, Client] = {}
    silent: list[str] = []
    for path in _under(files, "clients", ".yaml"):
        client = _client(files, path, problems)
        if client is None:
            silent.append(PurePosixPath(path).stem)
        elif first := clients.get(client.id):
            problems.add(TWO_CLIENTS, client.file_place, client=client.id, file=first.file)
        else:
            clients[client.id] = client
    return clients, silent


def _client(files: Files, path: str, problems: Problems) -> Client | None:
    """Read one client's file; too many problems end the reading."""
    found = Problems(most=ENOUGH)
    try:
        node = _document(files, path, NOT_A_CLIENT, found)
        return read_client(node, path, found) if node else None
    except Enough:
        return None
    finally:
        problems.extend(found)


def _read_connections(
    files: Files, workspace: Workspace, owners: tuple[str, ...], catalog: Catalog, problems: Problems
) -> None:
    if not files.get(CONNECTIONS, b"").strip():
        return
    found = Problems(most=ENOUGH)
    try:
        node = _document(files, CONNECTIONS, NOT_CONNECTIONS, found)
        workspace.written = None if found else _written(node)
        if node:
            workspace.connections = read_connections(node, CONNECTIONS, tuple(sorted(owners)), catalog, found)
    except Enough:
        workspace.written = None
    finally:
        problems.extend(found)


def _document(files: Files, path: str, code: str, problems: Problems) -> Keys | None:
    """Return a file's keys and values; one of another form is told what belongs into this one."""
    found = Problems()
    node = load(files[path], path, found)
    for problem in found:
        problems.append(replace(problem, code=code) if problem.code in OTHER_FORM else problem)
    if not isinstance(node, Keys):
        return None
    for name, value in node:
        for key, scalar in scalars(value, name):
            if name != "recipes":  # a setting may be an id that looks random
                refuse_literal(scalar, key, problems)
            if "${" in scalar.value:
                problems.add(NO_EXPRESSION, scalar.place, key=key)
    return node


def _recipes(files: Files, problems: Problems) -> dict[str, str]:
    recipes: dict[str, str] = {}
    for path in _under(files, "recipes", ".yaml"):
        id_ = PurePosixPath(path).stem
        if path.endswith(".test.yaml"):
            continue
        if id_ in recipes:
            problems.add(TWO_RECIPES, Place(path, 1, 1, 2), recipe=id_, file=recipes[id_])
        else:
            recipes[id_] = path
    return recipes


def _replies(files: Files, problems: Problems) -> dict[str, str]:
    replies: dict[str, str] = {}
    for path in _under(files, "replies", ".md"):
        try:
            replies[path.removesuffix(".md")] = files[path].decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.add(NOT_TEXT, Place(path, 1, 1, 2), file=path)
    return replies


def _under(files: Files, folder: str, suffix: str) -> list[str]:
    return sorted(path for path in files if path.startswith(f"{folder}/") and path.endswith(suffix))


def _written(node: Keys | None) -> frozenset[str]:
    """Return the ids that stand in the file, so that a faulty connection is not called a missing one."""
    found = node.get("connections") if node else None
    return frozenset(name for name, _entry in found) if isinstance(found, Keys) else frozenset()


def _check_accounts(client: Client, workspace: Workspace, problems: Problems) -> None:
    for uses in client.accounts.values():
        for use in uses:
            found = account(use, client, workspace)
            if isinstance(found, Refused) and found.code != FAULTY:
                found.report(problems, use.place)


def _check_recipes(client: Client, workspace: Workspace, problems: Problems) -> None:
    for id_, activation in list(client.activations.items()):
        if id_ not in workspace.recipes:
            near = near_names(id_, workspace.recipes)
            problems.add(NO_RECIPE, activation.place, near, recipe=id_, client=client.id)
            del client.activations[id_]
