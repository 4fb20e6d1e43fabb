"""What a disk answers, in the engine's words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from connectors.local.connection import LocalConnection, check, open_client
from connectors.local.writing import put
from tests.connectors.local.conftest import Desk
from wakeel.sdk import AuthError, ConnectorError, Maybe, Rejected, Unavailable
from wakeel.sdk.ports.files import Put, disk_error


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (errno.ENOSPC, Unavailable),
        (errno.EDQUOT, Unavailable),
        (errno.EBUSY, Unavailable),
        (errno.EMFILE, Unavailable),
        (errno.EACCES, AuthError),
        (errno.EPERM, AuthError),
        (errno.EROFS, AuthError),
        (errno.ENOENT, Rejected),
        (errno.EISDIR, Rejected),
        (errno.ENOTDIR, Rejected),
        (errno.ELOOP, Rejected),
        (errno.EXDEV, Rejected),
        (errno.ENAMETOOLONG, Rejected),
        (errno.EFBIG, Rejected),
        (errno.EIO, Maybe),
        (errno.ESTALE, Maybe),
    ],
)
def test_each_error_of_the_disk_has_its_word(code: int, word: type[ConnectorError]) -> None:
    found = disk_error(OSError(code, os.strerror(code), "/srv/secret/path"))
    assert type(found) is word
    assert "secret" not in str(found)


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), OSError("without a number")])
def test_what_is_not_of_the_disk_is_left_alone(error: Exception) -> None:
    assert disk_error(error) is None


async def test_a_write_that_the_disk_refuses_in_the_middle_leaves_nothing(desk: Desk) -> None:
    import resource

    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    file = await desk.file(b"x" * 200_000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))  # a real refusal of the system, in the middle
    try:
        with pytest.raises(OSError, match="File too large") as error:
            await put(Put(path="كبير.bin", file=file), desk.call())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    assert isinstance(disk_error(error.value), Rejected)
    assert desk.everything() == []


async def test_a_connection_is_checked_and_a_folder_that_is_away_is_named(tmp_path: Path) -> None:
    async with open_client(LocalConnection(root=str(tmp_path))) as root:
        await check(root)
    async with open_client(LocalConnection(root=str(tmp_path / "gone"))) as root:
        with pytest.raises(Unavailable, match="mounted"):
            await check(root)


@pytest.mark.parametrize("root", ["", "/", "relative", "//", "C:\\x", "~/x"])
def test_a_root_is_a_whole_path_and_never_the_whole_machine(root: str) -> None:
    with pytest.raises(ValidationError):
        LocalConnection(root=root)
