"""What a file is, by its bytes; what is dangerous is known before anybody opens it."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import AsyncIterator

import pytest

from tests.connectors.calls import KeptFiles, a_call
from wakeel.sdk import FileRef
from wakeel.sdk.ports.files import Inspect, Inspected, inspect
from wakeel.sdk.ports.files.archives import MOST

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF"
DOCX, XLSX = ("[Content_Types].xml", "word/document.xml"), ("[Content_Types].xml", "xl/workbook.xml")


async def look(content: bytes, name: str) -> Inspected:
    files = KeptFiles()
    ref = await files.put(name, "application/octet-stream", content)
    return await inspect(Inspect(file=ref), a_call(None, files=files))


def zipped(*names: str, content: bytes = b"x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()


def encrypted(archive: bytes) -> bytes:
    """Set the mark of encryption in both headers of the first entry."""
    at = archive.rindex(b"PK\x01\x02")
    return archive[:6] + b"\x01" + archive[7 : at + 8] + b"\x01" + archive[at + 9 :]


@pytest.mark.parametrize(
    ("content", "name", "kind", "media_type"),
    [
        (PDF, "عقد الصيانة.pdf", "document", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n1234", "صورة.png", "image", "image/png"),
        (b"\xff\xd8\xff\xe0", "photo.JPG", "image", "image/jpeg"),
        (
            zipped(*DOCX),
            "خطاب.docx",
            "document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (zipped(*XLSX), "كشف.xlsx", "sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (OLE, "قديم.xls", "sheet", "application/x-ole-storage"),
        ("التاريخ,المبلغ\n".encode(), "كشف.csv", "text", "text/csv"),
        ("التاريخ,المبلغ\n".encode("cp1256"), "كشف.csv", "text", "text/csv"),
        ("مرحبا".encode("utf-16"), "نص.txt", "text", "text/plain"),
        (b"From: a@b\r\n\r\nx", "mail.eml", "mail", "message/rfc822"),
        (zipped("أ.pdf"), "ملفات.zip", "archive", "application/zip"),
    ],
)
async def test_ordinary_files_are_known_by_their_bytes(content: bytes, name: str, kind: str, media_type: str) -> None:
    found = await look(content, name)
    assert (found.kind, found.media_type, found.verdict, found.reasons) == (kind, media_type, "fine", [])
    assert (found.name, found.size) == (name, len(content))


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"MZ\x90\0", "فاتورة.pdf", "disguised"),
        (b"MZ\x90\0", "setup.exe", "program"),
        (b"\x7fELF", "tool", "program"),
        (b"anything", "run.JS", "script"),
        (b"#!/bin/sh\nrm -rf ~", "ملاحظات.txt", "disguised"),
        (b"L\x00\x00\x00\x01\x14\x02\x00", "عقد.lnk", "script"),
        (b"<!DOCTYPE html><script>", "فاتورة.pdf", "disguised"),
        (PDF, "عقد\u202efdp.exe", "name_hides"),
        (zipped(*XLSX, "xl/vbaProject.bin"), "كشف.xlsx", "macros"),
        (zipped(*XLSX), "كشف.xlsm", "macros"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "قديم.doc", "macros"),
        (encrypted(zipped("عقد.pdf")), "ملفات.zip", "encrypted"),
        (zipped("فاتورة.pdf.exe"), "ملفات.zip", "holds_programs"),
        (zipped("../../etc/cron.d/x"), "ملفات.zip", "names_lead_out"),
        (zipped("/etc/cron.d/x"), "ملفات.zip", "names_lead_out"),
        (zipped("C:\\x"), "ملفات.zip", "names_lead_out"),
        (zipped("zeros", content=b"\0" * 30_000_000), "ملفات.zip", "bomb"),
        (zipped("META-INF/MANIFEST.MF", "A.class"), "برنامج.zip", "program"),
    ],
)
async def test_dangerous_files_are_named(content: bytes, name: str, reason: str) -> None:
    found = await look(content, name)
    assert found.verdict == "dangerous"
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (PDF + b"/Encrypt 5 0 R", "كشف حساب.pdf", "locked"),
        (PDF + b"/S /JavaScript", "عقد.pdf", "active"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "كشف.xlsx", "locked"),
        (b"\x89PNG\r\n\x1a\n", "عقد.pdf", "other_content"),
        (b"<html><table>", "كشف.xls", "other_content"),
        (b"", "فارغ.pdf", "empty"),
        (b"PK\x03\x04 and then nothing", "ملفات.zip", "unreadable"),
    ],
)
async def test_doubtful_files_are_named(content: bytes, name: str, reason: str) -> None:
    found = await look(content, name)
    assert found.verdict == "doubtful"
    assert reason in found.reasons


async def test_a_word_that_is_cut_between_two_pieces_is_seen() -> None:
    class InPieces(KeptFiles):
        async def stream(self, ref: FileRef) -> AsyncIterator[bytes]:
            for at in range(0, ref.size, 7):
                yield self.kept[ref.sha256][at : at + 7]

    files = InPieces()
    ref = await files.put("x.pdf", "application/pdf", PDF + b" " * 99 + b"/JavaScript")
    found = await inspect(Inspect(file=ref), a_call(None, files=files))
    assert (found.kind, found.reasons) == ("document", ["active"])


async def test_a_list_of_entries_that_is_too_long_is_not_read() -> None:
    many = zipped(*(f"{number}" for number in range(MOST + 1)))
    lying = many[:-12] + struct.pack("<HL", 1, 0xFFFFFFFF)[:2] + struct.pack("<L", 200_000_000) + many[-6:]
    for content in (many, lying):
        started = time.process_time()
        assert "bomb" in (await look(content, "ملفات.zip")).reasons
        assert time.process_time() - started < 2


async def test_what_is_wrapped_in_itself_is_not_unpacked() -> None:
    inner = zipped("zeros", content=b"\0" * 30_000_000)
    found = await look(zipped("inner.zip", content=inner), "ملفات.zip")
    assert found.verdict == "fine"  # nothing is opened before somebody asks; then the inner one is looked at
