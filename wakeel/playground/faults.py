"""Faults on demand: what can go wrong between a client and a service, scripted request by request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

Trouble = Literal["drop-after-effect", "reset-before", "429", "500", "503", "slow", "html"]


@dataclass(frozen=True)
class Fault:
    """One kind of trouble, for the next `times` requests whose `METHOD /path` fits `match` (`*` stands for any text)."""

    kind: Trouble
    match: str = "*"
    times: int = 1
    retry_after: str | None = "1"  # header of a 429; Trello really sends none
    seconds: float = 30  # how long a slow answer takes

    def __post_init__(self) -> None:
        if self.kind not in get_args(Trouble):
            msg = f"{self.kind!r} is no fault; use one of: {', '.join(get_args(Trouble))}"
            raise ValueError(msg)


@dataclass
class Faults:
    """The faults still to come, in the order in which they were asked for."""

    waiting: list[Fault] = field(default_factory=list[Fault])

    def add(self, fault: Fault) -> None:
        """Ask for one more fault."""
        self.waiting.append(fault)

    def set_script(self, script: list[Mapping[str, Any]]) -> None:
        """Put a script, as JSON gives it, in the place of what was still to come; TypeError or ValueError if wrong."""
        self.waiting = [Fault(**entry) for entry in script]

    def script(self) -> list[dict[str, Any]]:
        """Return what is still to come, as JSON gives it."""
        return [asdict(fault) for fault in self.waiting]

    def take(self, method: str, path: str) -> Fault | None:
        """Take the fault that is meant for this request, if there is one."""
        for place, fault in enumerate(self.waiting):
            if fnmatchcase(f"{method} {path}", fault.match):
                left = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                self.waiting[place : place + 1] = left
                return fault
        return None
