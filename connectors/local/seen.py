"""What is remembered of a watched folder between two looks, in few bytes for each file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel

MOST_GONE = 1_000  # files that went; a disk that comes back brings them as they were
Kind = Literal["added", "changed"]


@dataclass(frozen=True, slots=True)
class Record:
    """How a file stood, what it held (empty: nobody looked), and how often that changed."""

    stands: str
    holds: str = ""
    turn: int = 0

    @classmethod
    def read(cls, text: str) -> Record:
        """Read what a cursor remembers."""
        stands, holds, turn = text.split(":")
        return cls(stands, holds, int(turn))

    def __str__(self) -> str:
        return f"{self.stands}:{self.holds}:{self.turn}"

    def after(self, stands: str, sha256: str) -> Record:
        """Return the record of a file that was read."""
        holds = sha256[:12]
        return Record(stands, holds, self.turn + (holds != self.holds))


class FolderSeen(BaseModel):
    """The files of one folder, by the hash of their path."""

    known: dict[str, str]
    waiting: dict[str, str] = {}  # files that may still be written to, and how they stand
    gone: dict[str, str] = {}

    @classmethod
    def first(cls, there: Mapping[str, str]) -> FolderSeen:
        """Return what a first look remembers: everything, and it tells of nothing."""
        return cls(known={short(path): str(Record(stands)) for path, stands in there.items()})

    def now(self, there: Mapping[str, str]) -> FolderSeen:
        """Return what is remembered once the folder was looked at: who went, and who is back unchanged."""
        present = {short(path): stands for path, stands in there.items()}
        back = {name: old for name, old in self.gone.items() if present.get(name) == Record.read(old).stands}
        known = {name: old for name, old in (self.known | back).items() if name in present}
        went = {name: old for name, old in (self.gone | self.known).items() if name not in known}
        return FolderSeen(known=known, waiting=self.waiting, gone=dict(list(went.items())[-MOST_GONE:]))

    def candidates(self, there: Mapping[str, str], kind: Kind) -> list[str]:
        """Return the files that are news and stood still since the last look; the others wait for the next."""
        fresh = {path: stands for path, stands in there.items() if self.is_news(path, stands, kind)}
        ready = [path for path, stands in fresh.items() if self.waiting.get(short(path)) == stands]
        self.waiting = {short(path): stands for path, stands in fresh.items()}
        return ready

    def is_news(self, path: str, stands: str, kind: Kind) -> bool:
        """Say whether a file is unknown, or stands otherwise than it did; what is no news is remembered."""
        old = self.record(path)
        if kind == "changed" and old is not None:
            return old.stands != stands
        if kind == "changed" or old is not None:
            self.keep(path, replace(old or Record(""), stands=stands))
            return False
        return True

    def record(self, path: str) -> Record | None:
        """Return what is known of a file."""
        found = self.known.get(short(path))
        return Record.read(found) if found is not None else None

    def keep(self, path: str, record: Record) -> None:
        """Remember how a file stands; it waits no longer."""
        self.known[short(path)] = str(record)
        self.waiting.pop(short(path), None)


def stands(found: os.stat_result) -> str:
    """Return how a file stands, in short: another length or time is another word."""
    return hashlib.sha256(f"{found.st_size}.{found.st_mtime_ns}".encode()).hexdigest()[:10]


def short(path: str) -> str:
    """Return the hash that stands for a path."""
    return hashlib.sha256(path.encode()).hexdigest()[:12]
