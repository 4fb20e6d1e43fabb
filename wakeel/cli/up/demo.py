"""The demo's workspace: the shipped definitions, with accounts in the playground."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wakeel._path import app_root

CLIENT = "example"  # of the shipped definitions
CONNECTIONS = """\
# Written by `wakeel up --demo`: every account is in the playground on this machine.
connections:
  example-mailbox:
    connector: imap
    host: {imap[host]}
    port: {imap[port]}
    security: {imap[security]}
    username: {mailbox[username]}
    password: secret://DEMO_MAIL
    from_address: {mailbox[address]}
    client: example
  example-smtp:
    connector: smtp
    host: {smtp[host]}
    port: {smtp[port]}
    security: {smtp[security]}
    username: {mailbox[username]}
    password: secret://DEMO_MAIL
    from_address: {mailbox[address]}
    client: example
  example-trello:
    connector: trello
    base_url: {trello[base_url]}
    key: secret://DEMO_TRELLO_KEY
    token: secret://DEMO_TRELLO_TOKEN
    client: example
  example-slack:
    connector: slack
    base_url: {slack[base_url]}
    token: secret://DEMO_SLACK
    client: example
  example-calendar:
    connector: caldav
    url: {caldav[url]}
    username: {caldav[username]}
    password: secret://DEMO_CALENDAR
    calendar: {caldav[calendar]}
    client: example
"""


def furnish(workspace: Path, playground: Mapping[str, Any]) -> None:
    """Make the demo's workspace; edited recipes stay edited."""
    if not workspace.exists():
        shutil.copytree(app_root() / "definitions", workspace)
    (workspace / "connections.yaml").write_text(CONNECTIONS.format_map(playground), "utf-8")


def secrets(playground: Mapping[str, Any]) -> dict[str, str]:
    """Return the playground's passwords under the names that the connections use."""
    return {
        "DEMO_MAIL": playground["mailbox"]["password"],
        "DEMO_TRELLO_KEY": playground["trello"]["key"],
        "DEMO_TRELLO_TOKEN": playground["trello"]["token"],
        "DEMO_SLACK": playground["slack"]["token"],
        "DEMO_CALENDAR": playground["caldav"]["password"],
    }


def expected_slot(workspace: Path, language: str) -> str:
    """Return where the next hold would go in an empty calendar, as of now."""
    from babel.dates import format_datetime

    from wakeel.applying import check_folder
    from wakeel.sdk.ports.calendar import free_slots

    checked, _files = check_folder(workspace)
    calendar = checked.workspace.clients[CLIENT].facts.calendar
    now = datetime.now(UTC)
    slot = next(free_slots(calendar, now, now + timedelta(days=14), timedelta(minutes=30), []))
    day = format_datetime(slot.start, "EEEE y-MM-dd", locale=language)
    return f"{day} {slot.start:%H:%M}–{slot.end:%H:%M} ({calendar.time_zone})"


def read_status(file: Path) -> dict[str, Any]:
    """Read the playground's status."""
    status: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return status
