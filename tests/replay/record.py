"""Writes the histories of this engine: `python -m tests.replay.record [NAME …]`.

A released engine's histories are never written again: a change that breaks their replay would
break runs in flight. Give the change a new engine number, or guard it with `workflow.patched`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowFailureError

from tests.replay.corpus import CORPUS
from tests.servers.programs import program
from tests.servers.temporal import development_server
from tests.workflows.conftest import Runs, serving
from wakeel.language.plan import ENGINE

FOLDER = Path(__file__).parent / str(ENGINE)


async def record(runs: Runs, name: str) -> None:
    """Run one trial and keep its history."""
    steps, event, plan = CORPUS[name]
    handle = await runs.start(steps, event, **plan)
    if name == "account-waits":
        await asyncio.sleep(1)
        await handle.signal("reconnected", "nour-slack")
    with contextlib.suppress(WorkflowFailureError):  # some trials are about failing
        await handle.result()
    FOLDER.mkdir(exist_ok=True)
    history = untraced(json.loads((await handle.fetch_history()).to_json()))
    (FOLDER / f"{name}.json").write_text(json.dumps(history, indent=2) + "\n", "utf-8")


def untraced(node: Any) -> Any:
    """Leave out stack traces: they name the machine, and replay does not read them."""
    if isinstance(node, dict):
        return {key: untraced(value) for key, value in node.items() if key != "stackTrace"}
    return [untraced(part) for part in node] if isinstance(node, list) else node


async def main(names: list[str]) -> None:
    """Record the named trials, or those that have no history yet."""
    wanted = names or [name for name in CORPUS if not (FOLDER / f"{name}.json").exists()]
    async with development_server(program("temporal") or "temporal") as environment:
        async for runs in serving(environment, attributes=True):
            for name in wanted:
                await record(runs, name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
