"""Makes a workspace folder live: good plans go into the store in one transaction, broken files change nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wakeel.catalog import catalog
from wakeel.language.check import Checked, check
from wakeel.language.plan import Plan
from wakeel.language.problems import Language, Problems
from wakeel.language.workspace.model import ConnectionEntry
from wakeel.store import Applied, ConnectionRow, Store

PATTERNS = ("recipes/**/*.yaml", "clients/*.yaml", "replies/**/*.md", "connections.yaml", "wakeel.toml")
TESTS = ".test.yaml"
LANGUAGES: tuple[Language, ...] = ("en", "ar")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an apply did, and what it left as it was because a file is broken."""

    applied: Applied
    checked: Checked
    kept: tuple[str, ...] = ()  # activations whose last good version stays live

    @property
    def problems(self) -> Problems:
        """What is wrong in the workspace."""
        return self.checked.problems


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read the files of a workspace; a file that vanishes meanwhile counts as not there."""
    found: dict[str, bytes] = {}
    for pattern in PATTERNS:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and not path.name.endswith(TESTS) and not path.name.startswith((".", "~")):
                with contextlib.suppress(FileNotFoundError):
                    found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def check_folder(folder: Path) -> tuple[Checked, dict[str, bytes]]:
    """Check a workspace against this installation's catalogue."""
    files = read_folder(folder)
    return check(files, catalog()), files


async def apply(store: Store, folder: Path) -> Outcome:
    """Check the folder and make what is right live; a broken activation keeps its last good version."""
    checked, _files = check_folder(folder)
    before = {plan.activation: plan for plan in (await store.plans.live_plans()).values()}
    kept = {name: before[name] for name in sorted(still_wanted(checked, before))}
    plans = [*checked.plans.values(), *kept.values()]
    connections = await joined(store, checked, kept.values())
    applied = await store.plans.apply(plans, connections, checked.workspace.replies)
    await store.plans.trouble(by_file(checked.problems))
    await store.wake.nudge()
    return Outcome(applied, checked, tuple(kept))


def still_wanted(checked: Checked, before: Mapping[str, Plan]) -> set[str]:
    """Return the live activations that a broken file must not end."""
    lost = set(before) - set(checked.plans)
    return {name for name in lost if name in checked.broken or unread(checked, name)}


def unread(checked: Checked, activation: str) -> bool:
    """Say whether the client's file is wrong, so that what it does not name means nothing."""
    client = checked.workspace.clients.get(activation.partition("/")[0])
    files = {problem.place.file for problem in checked.problems}
    return client.file in files if client else any(file.startswith("clients/") for file in files)


async def joined(store: Store, checked: Checked, kept: Iterable[Plan]) -> list[ConnectionRow]:
    """Return the connections of now, and the last good ones that a kept activation still needs."""
    rows = {entry.id: row(entry) for entry in checked.workspace.connections.values()}
    needed = {name for plan in kept for name in named(json.loads(plan.text()))}
    old = {one.id: one for one in await store.plans.connections() if one.id in needed}
    return list((old | rows).values())


def named(part: Any) -> Iterator[str]:
    """Yield the connections that a plan's steps and starts name, at any depth."""
    if isinstance(part, dict):
        if isinstance(found := part.get("connection"), str):
            yield found
        part = list(part.values())
    for inner in part if isinstance(part, list) else ():
        yield from named(inner)


def row(entry: ConnectionEntry) -> ConnectionRow:
    """Return a connection as the store keeps it; its version follows what it says."""
    told = json.dumps([entry.connector.name, entry.client, entry.fields], sort_keys=True)
    version = hashlib.sha256(told.encode()).hexdigest()[:16]
    return ConnectionRow(
        id=entry.id, connector=entry.connector.name, client=entry.client, fields=entry.fields, version=version
    )


def by_file(problems: Problems) -> dict[str, list[Any]]:
    """Return the problems as JSON under their files, in every language."""
    found: dict[str, list[Any]] = {}
    for problem in problems:
        told = {language: problem.as_json(language) for language in LANGUAGES}
        found.setdefault(problem.place.file, []).append(told)
    return found
