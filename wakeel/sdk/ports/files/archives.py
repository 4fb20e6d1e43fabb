"""What a zip file says of itself; nothing in it is unpacked."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from wakeel.sdk.ports.files.kinds import MACROS, RUN, SCRIPTS, Found, ending
from wakeel.sdk.ports.files.models import Kind

MOST = 10_000  # entries
LARGEST_LIST = 4 * 1024 * 1024  # bytes of the list of entries
RATIO = 100  # bytes unpacked for each packed one
SMALL = 20 * 1024 * 1024  # bytes unpacked that harm nobody, whatever the ratio
TOTAL = 2 * 1024**3  # bytes unpacked
END, TAIL = b"PK\x05\x06", 22 + 65_535
DOCUMENTS = {
    "word/": Found("document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/": Found("sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/": Found("slides", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
OPEN_DOCUMENTS: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "document",
    b"application/vnd.oasis.opendocument.spreadsheet": "sheet",
    b"application/vnd.oasis.opendocument.presentation": "slides",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of an archive's entries."""

    names: tuple[str, ...] = ()
    unpacked: int = 0
    encrypted: bool = False
    too_large: bool = False
    readable: bool = True

    def reasons(self, size: int) -> list[str]:
        """Return what speaks against an archive of this size."""
        endings = {ending(name) for name in self.names}
        bomb = self.unpacked > TOTAL or (self.unpacked > SMALL and self.unpacked > RATIO * size)
        found = {
            "bomb": self.too_large or bomb,
            "encrypted": self.encrypted,
            "macros": bool(endings & set(MACROS)) or any(n.lower().endswith("vbaproject.bin") for n in self.names),
            "holds_programs": bool(endings & {*RUN, *SCRIPTS}),
            "names_lead_out": any(leads_out(name) for name in self.names),
            "unreadable": not self.readable,
        }
        return [reason for reason, holds in found.items() if holds]

    def document(self) -> Found | None:
        """Return the document that the archive is, if it is one."""
        if "[Content_Types].xml" in self.names:
            return next((found for top, found in DOCUMENTS.items() if any(n.startswith(top) for n in self.names)), None)
        if {"META-INF/MANIFEST.MF", "AndroidManifest.xml"} & set(self.names):
            return Found("program", "application/java-archive")
        return None


def contents(file: BinaryIO) -> Contents:
    """Read the list of entries; a list that is too long, or lies, is not read."""
    if not list_fits(file):
        return Contents(too_large=True)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, struct.error, ValueError, EOFError, NotImplementedError):
        return Contents(readable=False)
    names = tuple(entry.filename for entry in entries)
    return Contents(names, sum(e.file_size for e in entries), any(e.flag_bits & 1 for e in entries), len(names) > MOST)


def list_fits(file: BinaryIO) -> bool:
    """Say whether the list is short enough to be read, as far as the end of the file tells."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        return True  # no archive: the reader says so
    count, length = struct.unpack_from("<HL", tail, at + 10)
    return bool(count <= MOST and length <= LARGEST_LIST)


def open_document(file: BinaryIO) -> Found | None:
    """Return the OpenDocument that a file is: its kind stands unpacked in front."""
    file.seek(30)
    head = file.read(120)
    kind = next((k for mark, k in OPEN_DOCUMENTS.items() if head.startswith(b"mimetype" + mark)), None)
    return Found(kind, "application/vnd.oasis.opendocument") if kind else None


def leads_out(name: str) -> bool:
    """Say whether an entry would be unpacked elsewhere."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or parts[0].endswith(":")
