"""Another worker: it adds rows, and says the number of each when it is there."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from connectors.local_sheet.actions import append_row
from tests.connectors.local_sheet.conftest import Office
from wakeel.sdk import Unavailable
from wakeel.sdk.ports.sheet import AppendRow


async def main(folder: str, sheet: str, run: str, turns: str) -> None:
    office = Office(Path(folder))
    for turn in range(int(turns)):
        await added(office, sheet, f"run {run}/{turn}")
        sys.stdout.write(f"{turn}\n")
        sys.stdout.flush()


async def added(office: Office, sheet: str, key: str) -> None:
    """Try until no other process holds the sheet, as the engine does."""
    while True:
        try:
            await append_row(AppendRow(sheet=sheet, values={"الاسم": key}), office.call(key, repeat=True))
        except Unavailable:
            continue
        return


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
