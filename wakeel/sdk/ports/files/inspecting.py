"""`files.inspect`: what a file is and what speaks against it, before anybody opens it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterable
from typing import IO, BinaryIO, cast

from wakeel.sdk.action import Call, Effect
from wakeel.sdk.connector import Connector
from wakeel.sdk.files import FileRef
from wakeel.sdk.ports.files import archives
from wakeel.sdk.ports.files.kinds import ENDINGS, HEAD, MACROS, OLE, PDF, RUN, SCRIPTS, ZIP, Found, ending, sniff
from wakeel.sdk.ports.files.models import Inspect, Inspected, Kind, Verdict
from wakeel.sdk.ports.mail.filenames import clean_name, hides

LARGEST = 100 * 1024 * 1024  # bytes; of a larger file only beginning and name are judged
IN_MEMORY = 8 * 1024 * 1024  # bytes
OVERLAP = 64  # bytes of the piece before, so that no word is cut in two
WORDS = {
    PDF: {b"/Encrypt": "locked", b"/JavaScript": "active", b"/Launch": "active"},
    OLE: {
        "_VBA_PROJECT".encode("utf-16-le"): "macros",
        "EncryptedPackage".encode("utf-16-le"): "locked",
    },
}
DANGEROUS = {
    *("program", "script", "macros", "bomb", "encrypted", "holds_programs", "names_lead_out", "disguised"),
    "name_hides",
}
ACTS: set[Kind] = {"program", "script"}

files: Connector[None] = Connector("files", port="files", title="Files")


@files.action(Effect.READ, why="the same bytes always get the same verdict")
async def inspect(args: Inspect, call: Call[None]) -> Inspected:
    """Look at a file's bytes and name, without opening or unpacking it.

    Example:
        - files.inspect:
            file: ${file}
    """
    ref = args.file
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as spooled:
        head, words = await read(call.files.stream(ref), spooled, ref)
        whole = ref.size <= LARGEST
        found, more = await asyncio.to_thread(judged, head, cast("BinaryIO", spooled), ref, whole=whole)
    reasons = list(dict.fromkeys([*by_name(ref, found), *words, *more]))
    return Inspected(
        name=clean_name(ref.name),
        kind=found.kind,
        media_type=found.media_type,
        size=ref.size,
        sha256=ref.sha256,
        verdict=verdict(reasons),
        reasons=reasons,
    )


async def read(pieces: AsyncIterable[bytes], into: IO[bytes], ref: FileRef) -> tuple[bytes, list[str]]:
    """Keep a file at hand; return its beginning, and what words in it say."""
    head, last, found = b"", b"", list[str]()
    async for piece in pieces:
        head += piece[: HEAD - len(head)]
        words = next((words for magic, words in WORDS.items() if head.startswith(magic)), {})
        found += [reason for word, reason in words.items() if word in last + piece]
        last = piece[-OVERLAP:]
        if ref.size > LARGEST:
            break
        await asyncio.to_thread(into.write, piece)
    return head, found


def judged(head: bytes, file: BinaryIO, ref: FileRef, *, whole: bool) -> tuple[Found, list[str]]:
    """Return what a file is, and what its contents say against it."""
    found = sniff(head, ref.name)
    if not whole:
        return found, ["too_large"]
    if not head.startswith(ZIP):
        return found, [] if head else ["empty"]
    inside = archives.contents(file)
    found = inside.document() or archives.open_document(file) or found
    return found, inside.reasons(ref.size)


def by_name(ref: FileRef, found: Found) -> list[str]:
    """Return what a name says against a file, beside what its bytes are."""
    last = ending(ref.name)
    acts = found.kind in ACTS or last in {*RUN, *SCRIPTS}
    known = ENDINGS.get(last)
    said = {
        "program": found.kind == "program" or last in RUN,
        "script": found.kind == "script" or last in SCRIPTS,
        "macros": last in MACROS,
        "name_hides": hides(ref.name),
        "disguised": known is not None and disguised(known, found.kind),
        "other_content": not acts and known is not None and differs(known, found.kind),
    }
    return [reason for reason, holds in said.items() if holds]


def disguised(said: Kind, is_: Kind) -> bool:
    """Say whether something that acts pretends to be something that does not."""
    return is_ in ACTS or (is_ == "page" and said in {"document", "image", "audio", "video"})


def differs(said: Kind, is_: Kind) -> bool:
    """Say whether a name promises another kind of file; texts are hard to tell apart."""
    texts = {"text", "mail", "page"}
    return said != is_ and not {said, is_} <= texts and not disguised(said, is_)


def verdict(reasons: list[str]) -> Verdict:
    """Return what follows from the reasons."""
    if DANGEROUS & set(reasons):
        return "dangerous"
    return "doubtful" if reasons else "fine"
