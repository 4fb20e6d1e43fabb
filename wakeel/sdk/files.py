"""Files as references: bytes stay in the blob store, histories and plans hold only these."""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field


class FileRef(BaseModel):
    """A file of one client in the blob store, named by the SHA-256 of its bytes."""

    model_config = ConfigDict(frozen=True)

    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the bytes, in hexadecimal.")
    name: str = Field(description="Cleaned file name, without a path.")
    media_type: str = Field(default="application/octet-stream", description="MIME type.")
    size: int = Field(ge=0, description="Length in bytes.")


class Files(Protocol):
    """The blob store as a connector sees it, bound to one client."""

    async def put(self, name: str, media_type: str, data: bytes | AsyncIterable[bytes]) -> FileRef:
        """Keep bytes under their hash; equal bytes are stored once."""

    async def get(self, ref: FileRef) -> bytes:
        """Return all bytes of a file."""

    def stream(self, ref: FileRef) -> AsyncIterable[bytes]:
        """Yield a file in pieces of at most 64 KiB."""
