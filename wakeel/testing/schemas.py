"""What a connector's steps take, as a file: a changed input is a diff that somebody reviews."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

from wakeel.sdk import Connector


def schema_of(connector: Connector[Any]) -> str:
    """Return the JSON schemas of everything that recipes and connections write, as text."""
    known = {
        "connection": connector.connection.model_json_schema(),
        "actions": {name: action.input.model_json_schema() for name, action in connector.actions.items()},
        "triggers": {name: trigger.args.model_json_schema() for name, trigger in connector.triggers.items()},
    }
    return json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def changed(connector: Connector[Any], file: Path) -> str:
    """Return how the schemas differ from the file, which is written where there is none."""
    now = schema_of(connector)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(now, "utf-8")
        return f"{file.name} was written: review it and commit it"
    then = file.read_text("utf-8")
    if now == then:
        return ""
    lines = difflib.unified_diff(then.splitlines(), now.splitlines(), "committed", "now", n=2, lineterm="")
    advice = f"What recipes may write has changed. If that is meant, delete {file.name} and run this again."
    return "\n".join([advice, *lines])
