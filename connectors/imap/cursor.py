"""How far a mailbox was read: one watermark for each folder, over mails that were handled."""

from __future__ import annotations

import hashlib
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict

REMEMBERED = 200  # Message-IDs of a folder, for a changed UIDVALIDITY and for re-used ids


class FolderCursor(BaseModel):
    """How far one folder was read."""

    model_config = ConfigDict(frozen=True)

    uid_validity: int
    handled: int  # the highest number that was handled; none below it is looked at again
    newest: AwareDatetime | None = None  # when the server took the newest handled mail
    since: AwareDatetime | None = None  # after a changed UIDVALIDITY: what the server took before this is old
    seen: dict[str, str] = {}  # short hash of an identity -> short hashes of its contents, in order

    def after(self, uid: int, arrived: datetime, identity: str, digest: str) -> FolderCursor:
        """Return the cursor after one mail was handled."""
        key, known = short(identity), self.seen.get(short(identity), "").split()
        told = known if short(digest) in known else [*known, short(digest)]
        seen = {k: v for k, v in self.seen.items() if k != key} | {key: " ".join(told)}
        return FolderCursor(
            uid_validity=self.uid_validity,
            handled=max(uid, self.handled),
            newest=max(arrived, self.newest) if self.newest else arrived,
            seen=dict(list(seen.items())[-REMEMBERED:]),
            since=self.since,
        )

    def past(self, uid: int) -> FolderCursor:
        """Return the cursor after a mail that is gone, or that was known before."""
        return self.model_copy(update={"handled": max(uid, self.handled)})

    def knows(self, identity: str) -> bool:
        """Say whether a mail of this identity was handled lately."""
        return short(identity) in self.seen

    def count(self, identity: str, digest: str) -> int:
        """Return which content under this identity a mail is: 1, or more where the Message-ID was re-used."""
        known = self.seen.get(short(identity), "").split()
        return known.index(short(digest)) + 1 if short(digest) in known else len(known) + 1


class Cursor(BaseModel):
    """How far each watched folder was read."""

    model_config = ConfigDict(frozen=True)

    folders: dict[str, FolderCursor] = {}

    def with_folder(self, name: str, folder: FolderCursor) -> Cursor:
        """Return the cursor with one folder's part replaced."""
        return Cursor(folders={**self.folders, name: folder})


def short(text: str) -> str:
    """Return a short hash: enough to tell the last few hundred mails apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
