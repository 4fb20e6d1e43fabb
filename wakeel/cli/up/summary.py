"""What a person reads when everything is up: where it is, and what to do next."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wakeel.cli.sentences import say
from wakeel.cli.up.demo import expected_slot
from wakeel.settings import Settings

SUBJECTS = ("Urgent: the oven contract", "عاجل: عقد الصيانة")


def ready(settings: Settings, urls: Mapping[str, str], playground: Mapping[str, Any], seconds: float) -> str:
    """Return the summary."""
    language = settings.language
    told = {"page": urls["page"], "temporal": urls.get("temporal_ui", urls["temporal"])}
    told |= {"workspace": str(settings.workspace), "logs": str(settings.data / "logs")}
    lines = [say("up.ready", language, seconds=f"{seconds:.1f}")]
    lines += [f"  {say(f'up.{name}', language)}: {value}" for name, value in told.items()]
    if playground:
        lines += demo(settings, playground)
    return "\n".join([*lines, say("up.end", language)])


def demo(settings: Settings, playground: Mapping[str, Any]) -> list[str]:
    """Return how to see the flagship at work."""
    language = settings.language
    mail = f"{program()} playground mail --data {shlex.quote(str(settings.data))}"
    return [
        f"  {say('up.playground', language)}: {playground['page']}",
        "",
        say("up.demo.send", language),
        *(f"  {mail} {shlex.quote(subject)}" for subject in SUBJECTS),
        say("up.demo.expect", language, slot=expected_slot(settings.workspace, language)),
        "",
    ]


def program() -> str:
    """Return what to type to run this program from anywhere."""
    script = Path(sys.argv[0])
    if script.name == "wakeel" and script.is_file():
        return shlex.quote(str(script.resolve()))
    return f"{shlex.quote(sys.executable)} -m wakeel"
