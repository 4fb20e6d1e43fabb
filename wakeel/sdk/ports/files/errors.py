"""What an error of the disk means to a run; a write ends in one last call, so that what failed before did nothing."""

from __future__ import annotations

import errno

from wakeel.sdk.errors import AuthError, ConnectorError, Maybe, Rejected, Unavailable

FULL = (Unavailable, "the disk is full; free some space, and it goes on by itself")
CLOSED = (AuthError, "the folder does not let Wakeel in; give its user the right to read and write there")
BUSY = (Unavailable, "the disk is busy")
LINKED = (Rejected, "the path leads through something that is no folder; links are not followed")
FAILED = (Maybe, "the disk failed")
WORDS: dict[int, tuple[type[ConnectorError], str]] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), CLOSED),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY, errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM), BUSY),
    **dict.fromkeys((errno.ELOOP, errno.ENOTDIR), LINKED),
    errno.ENOENT: (Rejected, "there is no such file or folder"),
    errno.EISDIR: (Rejected, "it is a folder, not a file"),
    errno.EXDEV: (Rejected, "the two places are on different disks; copy the file instead"),
    errno.EFBIG: (Rejected, "the file is larger than this disk takes"),
    errno.ENAMETOOLONG: (Rejected, "the path is too long for this disk"),
}


def disk_error(error: Exception) -> ConnectorError | None:
    """Say what an exception of the file system means; None is another's."""
    if not isinstance(error, OSError) or error.errno is None:
        return None
    word, text = WORDS.get(error.errno, FAILED)
    return word(text)
