"""What steps of the files port take and give; a path stands below the connection's folder."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from wakeel.sdk.files import FileRef

HEX = "^[0-9a-f]{64}$"
Kind = Literal[
    "document", "sheet", "slides", "image", "audio", "video", "text", "mail", "page", "archive", "program", "script",
    "other",
]  # fmt: skip
Verdict = Literal["fine", "doubtful", "dangerous"]


class Put(BaseModel):
    """A file, and where it belongs."""

    path: str = Field(min_length=1, description="Where to put it, such as `2026/11/عقد.pdf`; missing folders are made.")
    file: FileRef = Field(description="The file.")
    if_absent: bool = Field(
        default=True, description="Refuse where another file stands there; `no` writes over it for good."
    )


class Entry(BaseModel):
    """A file in a folder."""

    path: str = Field(description="Path below the connection's folder.")
    name: str = Field(description="The last part of the path.")
    size: int = Field(description="Length in bytes.")
    changed_at: AwareDatetime = Field(description="When it was last written.")
    url: str = Field(description="Address of the file, for people.")


class Saved(Entry):
    """A file that stands in its place now."""

    sha256: str = Field(description="Hash of its bytes.")
    created: bool = Field(description="Whether this step brought it; not where it was there, or was written over.")


class OneFile(BaseModel):
    """Which file is meant."""

    path: str = Field(min_length=1, description="Path of the file.")


class Fetched(Entry):
    """A file that later steps can use."""

    file: FileRef = Field(description="The file as it was then.")


class Relocate(BaseModel):
    """A file, and where it is to be."""

    path: str = Field(min_length=1, description="Path of the file.")
    to: str = Field(min_length=1, description="New path; nothing is written over.")


class Moved(Entry):
    """A file that was moved; the fields are those that a move back takes."""

    to: str = Field(description="Where it was before.")


class ListFiles(BaseModel):
    """Which files to list."""

    folder: str = Field(default="", description="Folder; the connection's own where left out.")
    deep: bool = Field(default=False, description="Whether files of the folders inside are listed too.")
    after: str | None = Field(default=None, description="`next` of an earlier list, to go on from there.")
    limit: int = Field(default=100, ge=1, le=200, description="How many files at once.")


class Listing(BaseModel):
    """Files of a folder, by path."""

    files: list[Entry] = Field(description="The files; hidden and half-written ones are left out.")
    folders: list[str] = Field(description="Paths of the folders inside; none where `deep`.")
    next: str | None = Field(description="Give it as `after` to go on; missing at the end.")


class Hashed(BaseModel):
    """What a file holds, in short."""

    path: str = Field(description="Path of the file.")
    sha256: str = Field(description="Hash of its bytes: equal files have equal hashes.")
    size: int = Field(description="Length in bytes.")


class Remove(BaseModel):
    """Which file to take away, and what it must still hold."""

    path: str = Field(min_length=1, description="Path of the file.")
    sha256: str = Field(pattern=HEX, description="Hash that it must have; a file that was changed since stays.")
    created: bool = Field(default=True, description="Filled in by an undo: a file that was there before stays.")


class Removed(BaseModel):
    """What became of a file."""

    removed: bool = Field(description="False where it stays: it was there before, or was changed since.")


class Quarantine(BaseModel):
    """What to lock away: a file of the run, or one that lies in the folder."""

    file: FileRef | None = Field(default=None, description="A file of the run, such as an attachment.")
    path: str | None = Field(default=None, min_length=1, description="Path of a file in the folder; it is moved away.")

    @model_validator(mode="after")
    def one(self) -> Quarantine:
        """Accept exactly one of the two."""
        if (self.file is None) == (self.path is None):
            raise ValueError("give a file or a path")
        return self


class Quarantined(BaseModel):
    """A file that is locked away: hidden from lists and triggers, without its ending, for the owner only."""

    quarantined: str = Field(description="Its number in the quarantine.")
    name: str = Field(description="Its cleaned name.")
    sha256: str = Field(description="Hash of its bytes.")
    size: int = Field(description="Length in bytes.")
    came_from: str | None = Field(description="Path that it was moved away from, if it lay in the folder.")


class Release(BaseModel):
    """Which file to let out of the quarantine."""

    quarantined: str = Field(pattern="^[0-9a-f]{32}$", description="Its number in the quarantine.")
    came_from: str | None = Field(default=None, description="Path to move it back to; without one the copy is removed.")


class Released(BaseModel):
    """What became of a file in the quarantine."""

    released: bool = Field(description="False where it was not there any more.")


class Inspect(BaseModel):
    """Which file to look at."""

    file: FileRef = Field(description="The file; nothing in it is run or unpacked.")


class Inspected(BaseModel):
    """What a file is, judged by its bytes and its name."""

    name: str = Field(description="Cleaned name.")
    kind: Kind = Field(description="What it is, by its bytes.")
    media_type: str = Field(description="MIME type, by its bytes.")
    size: int = Field(description="Length in bytes.")
    sha256: str = Field(description="Hash of its bytes.")
    verdict: Verdict = Field(description="Whether it can be kept like any other; `dangerous` belongs in quarantine.")
    reasons: list[str] = Field(description="What speaks against it, in short words.")


class Watch(BaseModel):
    """Which files to tell of."""

    folder: str = Field(default="", description="Folder to watch, with those inside; all where left out.")
    endings: list[str] = Field(default=[], description="Only names that end like this, such as `[.csv, .xlsx]`.")
    folders: list[str] = Field(default=[], description="Further folders to watch.")


class FileEvent(Fetched):
    """A file that came, or was changed."""

    folder: str = Field(description="Folder that it lies in; empty for the connection's own.")
    sha256: str = Field(description="Hash of its bytes.")
