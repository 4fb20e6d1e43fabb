"""A worker that is killed: it puts a file whose second half never comes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from connectors.local.writing import put
from tests.connectors.calls import KeptFiles
from tests.connectors.local.conftest import Desk
from wakeel.sdk import FileRef
from wakeel.sdk.ports.files import Put


class Halves(KeptFiles):
    """A blob store that stops in the middle of a file."""

    async def stream(self, ref: FileRef) -> AsyncIterator[bytes]:
        yield self.kept[ref.sha256][: ref.size // 2]
        sys.stdout.write("half\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


async def main(folder: str, path: str, content: str) -> None:
    desk = Desk(Path(folder), Halves())
    await put(Put(path=path, file=await desk.file(content)), desk.call())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
