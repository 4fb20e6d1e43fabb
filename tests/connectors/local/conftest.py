"""A client's folder, and the run's files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.calls import KEY, NOW, KeptFiles, a_call
from wakeel.sdk import Call, FileRef, Since
from wakeel.sdk.ports.files import Root


@dataclass
class Desk:
    """What a test of the folder needs."""

    folder: Path
    files: KeptFiles = field(default_factory=KeptFiles)

    @property
    def root(self) -> Root:
        return Root.at(str(self.folder))

    def call(self, key: str = KEY, *, repeat: bool = False) -> Call[Any]:
        return a_call(self.root, key, repeat=repeat, files=self.files)

    def since(self, cursor: Any = None) -> Since[Any, Any]:
        return Since(self.root, cursor, NOW, self.files, "nour-folder")

    async def file(self, content: str | bytes, name: str = "عقد.pdf") -> FileRef:
        data = content.encode() if isinstance(content, str) else content
        return await self.files.put(name, "application/pdf", data)

    def write(self, path: str, content: str = "نص") -> Path:
        there = self.folder / path
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(content, "utf-8")
        return there

    def everything(self) -> list[str]:
        """Return all that lies in the folder, hidden files too."""
        return sorted(str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "نور").mkdir()
    return Desk(tmp_path / "نور")
