"""Files of a client: once, encrypted, under names that are safe to show."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.made import KEY
from wakeel.sdk.files import FileRef
from wakeel.store import FileMissing
from wakeel.store.blobs import LONGEST, Blobs, clean_name
from wakeel.store.cipher import Cipher
from wakeel.store.pieces import PIECE

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 20 * PIECE + 7]


def blobs(folder: Path, client: str = "nour") -> Blobs:
    return Blobs(folder, client, Cipher(KEY))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def dribble(data: bytes, length: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), length):
        yield data[start : start + length]


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_of_any_size_comes_back_in_small_pieces(tmp_path: Path, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    ref = await blobs(tmp_path).put("scan.pdf", "application/pdf", data[:size])
    pieces = [piece async for piece in blobs(tmp_path).stream(ref)]
    assert b"".join(pieces) == data[:size]
    assert all(len(piece) <= PIECE for piece in pieces)
    assert ref == FileRef(
        sha256=hashlib.sha256(data[:size]).hexdigest(), name="scan.pdf", media_type="application/pdf", size=size
    )


@pytest.mark.parametrize("length", [1000, PIECE, 5 * PIECE])
async def test_a_stream_and_its_bytes_are_the_same_file(tmp_path: Path, length: int) -> None:
    data = b"x" * (2 * PIECE + 5)
    streamed = await blobs(tmp_path).put("a", "text/plain", dribble(data, length))
    assert streamed == await blobs(tmp_path).put("a", "text/plain", data)
    assert await blobs(tmp_path).get(streamed) == data
    assert len(files(tmp_path)) == 1


async def test_a_file_lies_under_its_hash_and_is_not_plain_text(tmp_path: Path) -> None:
    ref = await blobs(tmp_path).put("a", "text/plain", b"canary")
    (file,) = files(tmp_path)
    assert file == tmp_path / "nour" / ref.sha256[:2] / ref.sha256
    assert b"canary" not in file.read_bytes()


async def test_a_client_does_not_reach_the_files_of_another(tmp_path: Path) -> None:
    ref = await blobs(tmp_path).put("a", "text/plain", b"canary")
    with pytest.raises(FileMissing):
        await blobs(tmp_path, "other").get(ref)
    other = tmp_path / "other" / ref.sha256[:2]
    other.mkdir(parents=True)
    (tmp_path / "nour" / ref.sha256[:2] / ref.sha256).rename(other / ref.sha256)
    with pytest.raises(FileMissing):
        await blobs(tmp_path, "other").get(ref)


@pytest.mark.parametrize("keep", [0, 10, PIECE + 33, 2 * PIECE])
async def test_a_file_that_was_cut_off_is_not_read_as_a_whole_one(tmp_path: Path, keep: int) -> None:
    ref = await blobs(tmp_path).put("a", "text/plain", b"x" * 3 * PIECE)
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(FileMissing) as caught:
        await blobs(tmp_path).get(ref)
    assert str(caught.value) == "The file a is no longer in the store, or was changed there."


async def test_a_stream_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * PIECE * 3
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await blobs(tmp_path).put("a", "text/plain", broken())
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\nour\\عقد.pdf", "عقد.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("..", "file"),
        ("", "file"),
        (" .hidden ", "hidden"),
        ("ع" * 200 + ".pdf", "ع" * 58 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, clean: str) -> None:
    assert clean_name(given) == clean


@given(st.text(max_size=300))
def test_any_name_is_short_has_no_path_and_stays_the_same(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean.encode()) <= LONGEST
    assert not set(clean) & set("/\\\x00\n\u202e")
    assert clean_name(clean) == clean


@pytest.mark.parametrize("client", ["", "..", "a/b", "."])
def test_a_client_is_never_a_path(tmp_path: Path, client: str) -> None:
    with pytest.raises(ValueError, match="no id of a client"):
        blobs(tmp_path, client)
