"""Files are fetched, listed and hashed; links, hidden and half-written files are not seen."""

from __future__ import annotations

import hashlib

import pytest

from connectors.local.looking import get
from connectors.local.looking import hash as hashed
from connectors.local.looking import list as listed
from tests.connectors.local.conftest import Desk
from wakeel.sdk import Rejected
from wakeel.sdk.ports.files import ListFiles, OneFile


async def test_a_file_is_fetched_for_later_steps(desk: Desk) -> None:
    desk.write("نماذج/عقد.docx", "نموذج العقد")
    found = await get(OneFile(path="نماذج/عقد.docx"), desk.call())
    assert await desk.files.get(found.file) == "نموذج العقد".encode()
    assert (found.file.name, found.name, found.path) == ("عقد.docx", "عقد.docx", "نماذج/عقد.docx")
    assert "wordprocessingml" in found.file.media_type


async def test_equal_files_have_equal_hashes(desk: Desk) -> None:
    for name in ("أ.txt", "ب.txt"):
        desk.write(name, "نفس النص")
        found = await hashed(OneFile(path=name), desk.call())
        assert found.sha256 == hashlib.sha256("نفس النص".encode()).hexdigest()


async def test_only_files_for_people_are_listed(desk: Desk) -> None:
    for name in ("ب.txt", "أ.txt", "مجلد/ج.txt", ".hidden", "~$عقد.docx", "half.part", ".wakeel-x.part"):
        desk.write(name)
    (desk.folder / "link.txt").symlink_to(desk.folder / "أ.txt")
    flat = await listed(ListFiles(), desk.call())
    assert ([f.path for f in flat.files], flat.folders, flat.next) == (["أ.txt", "ب.txt"], ["مجلد"], None)
    deep = await listed(ListFiles(deep=True), desk.call())
    assert ([f.path for f in deep.files], deep.folders) == (["أ.txt", "ب.txt", "مجلد/ج.txt"], [])


async def test_a_long_list_comes_in_parts_that_a_history_can_carry(desk: Desk) -> None:
    for number in range(250):
        desk.write(f"ملفات طويلة الاسم جدا {'ب' * 90}{number:03}.txt")
    seen, after = [], None
    while True:
        part = await listed(ListFiles(limit=200, after=after), desk.call())
        assert len(part.model_dump_json()) < 64 * 1024
        seen += [f.path for f in part.files]
        if (after := part.next) is None:
            break
    assert seen == sorted(desk.everything())


@pytest.mark.parametrize("path", ["لا شيء.txt", "مجلد", "link.txt"])
async def test_what_is_no_file_is_refused_in_words(desk: Desk, path: str) -> None:
    (desk.folder / "مجلد").mkdir()
    (desk.folder / "link.txt").symlink_to("/etc/hostname")
    with pytest.raises(Rejected, match=r"there is no file|is no file|through a link"):
        await get(OneFile(path=path), desk.call())
