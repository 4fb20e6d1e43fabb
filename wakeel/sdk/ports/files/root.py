"""A folder that nothing leaves: every file in it is reached from its open folder, without following a link."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from wakeel.sdk.errors import Rejected, Unavailable
from wakeel.sdk.ports.files.opening import FOLDER, READ, SAFE, entered, spelled
from wakeel.sdk.ports.files.paths import names_of, safe_join, shown
from wakeel.sdk.ports.files.walking import Left, below


@dataclass(frozen=True, slots=True)
class Place:
    """A name in an open folder."""

    folder: int
    name: str
    path: str  # as a recipe writes it, with the spelling that is on the disk

    def look(self) -> os.stat_result | None:
        """Return what is there; None is nothing. A link is refused."""
        try:
            found = os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise Rejected(f"“{shown(self.path)}” is no file")
        return found

    def there(self) -> os.stat_result:
        """Return what is there; raise Rejected where nothing is."""
        if (found := self.look()) is None:
            raise Rejected(f"there is no file “{shown(self.path)}”")
        return found

    def open(self) -> BufferedReader:
        """Open the file that is there for reading."""
        self.there()
        file = os.fdopen(os.open(self.name, READ, dir_fd=self.folder), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise Rejected(f"“{shown(self.path)}” is no file")
        return file

    def sha256(self) -> str:
        """Return the hash of what is there."""
        with self.open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rename(self, to: Place) -> None:
        """Give the file another place, over whatever is there; both folders remember it after a power cut."""
        os.rename(self.name, to.name, src_dir_fd=self.folder, dst_dir_fd=to.folder)
        os.fsync(to.folder)
        os.fsync(self.folder)

    def unlink(self) -> None:
        """Remove the file, which may be gone."""
        with suppress(FileNotFoundError):
            os.unlink(self.name, dir_fd=self.folder)
            os.fsync(self.folder)

    def same(self, other: Place) -> bool:
        """Say whether this is the same name in the same folder."""
        return self.name == other.name and os.path.samestat(os.fstat(self.folder), os.fstat(other.folder))


@dataclass(frozen=True, slots=True)
class Root:
    """The folder of a connection."""

    path: Path

    @classmethod
    def at(cls, folder: str) -> Root:
        """Return the folder that a connection names; the folder itself may be a link."""
        return cls(Path(folder).resolve())

    @contextmanager
    def place(self, path: str, *, new: bool = False) -> Iterator[Place]:
        """Open the folder of a path; `new` makes the folders that are missing."""
        safe_join(self.path, path, new=new)
        *above, name = names_of(path, new=new)
        with self.folder(above, make=new) as (folder, spelling):
            name = spelled(folder, name)
            yield Place(folder, name, "/".join([*spelling, name]))

    @contextmanager
    def folder(self, names: list[str], *, make: bool = False) -> Iterator[tuple[int, list[str]]]:
        """Open a folder below the root, one name after the other; also tell how the names are spelled there."""
        folder, spelling = self.open(), list[str]()
        try:
            for name in names:
                known = spelled(folder, name)
                inner = entered(folder, [*spelling, known], make=make)
                os.close(folder)
                folder, spelling = inner, [*spelling, known]
            yield folder, spelling
        finally:
            os.close(folder)

    def open(self) -> int:
        """Open the root; a disk that is not mounted is away, and not empty."""
        if not SAFE:
            raise Rejected("this system cannot keep a folder closed; run Wakeel on Linux or macOS for it")
        try:
            return os.open(self.path, FOLDER)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Unavailable("the connection's folder is not there; is its disk mounted?") from error

    def walk(self, folder: str, *, deep: bool, most: int) -> Iterator[tuple[str, os.stat_result]]:
        """Yield files, and folders where not `deep`, by path in order of names; hidden, passing and linked ones not."""
        names = names_of(folder) if folder else []
        with self.folder(names) as (opened_folder, spelling):
            yield from below(opened_folder, spelling, deep=deep, left=Left(most))
