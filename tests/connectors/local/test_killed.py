"""A worker that is killed in the middle leaves nothing that anybody sees, and the next attempt finishes."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from connectors.local.looking import list as listed
from connectors.local.writing import put
from tests.connectors.local.conftest import Desk
from wakeel.sdk.ports.files import ListFiles, Put

CONTENT = "العقد" * 100_000


async def test_killed_while_it_writes(desk: Desk) -> None:
    command = [sys.executable, "-m", "tests.connectors.local.child", str(desk.folder), "عقد.pdf", CONTENT[:50_000]]
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=Path.cwd())
    assert child.stdout is not None
    assert await child.stdout.readline() == b"half\n"
    child.kill()
    await child.wait()
    assert len(desk.everything()) == 1  # the draft
    assert (await listed(ListFiles(), desk.call())).files == []
    args = Put(path="عقد.pdf", file=await desk.file(CONTENT[:50_000]))
    saved = await put(args, desk.call(repeat=True))
    assert desk.everything() == ["عقد.pdf"]
    assert (saved.created, (desk.folder / "عقد.pdf").read_text("utf-8")) == (True, CONTENT[:50_000])
