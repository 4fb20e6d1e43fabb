"""Calls as the engine makes them, and a blob store that is a dict."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from wakeel.sdk import Calendar, Call, FileRef

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CAIRO = Calendar(time_zone="Africa/Cairo", weekend=(4, 5))
KEY = "noor/triage/1a2b/steps/0"


@dataclass
class KeptFiles:
    """A blob store in memory."""

    kept: dict[str, bytes] = field(default_factory=dict[str, bytes])

    async def put(self, name: str, media_type: str, data: bytes | AsyncIterable[bytes]) -> FileRef:
        whole = data if isinstance(data, bytes) else b"".join([piece async for piece in data])
        digest = hashlib.sha256(whole).hexdigest()
        self.kept[digest] = whole
        return FileRef(sha256=digest, name=name, media_type=media_type, size=len(whole))

    async def get(self, ref: FileRef) -> bytes:
        return self.kept[ref.sha256]

    async def stream(self, ref: FileRef) -> AsyncIterator[bytes]:
        yield self.kept[ref.sha256]


def a_call(client: Any, key: str = KEY, *, repeat: bool = False, files: KeptFiles | None = None) -> Call[Any]:
    return Call(client, key, repeat, NOW, CAIRO, files or KeptFiles())
