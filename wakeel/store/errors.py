"""What the store says when it cannot do its work, in sentences for people."""

from __future__ import annotations

from wakeel.i18n import words


class StoreError(Exception):
    """A failure of the store: a code of the message files, and what its sentence names."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(self.message())

    def message(self, language: str = "en") -> str:
        """Say what is wrong."""
        return words(self.code, "message", language, self.params)

    def hint(self, language: str = "en") -> str:
        """Say how to mend it."""
        return words(self.code, "hint", language, self.params)


class StoreUnavailable(StoreError):
    """Nothing was kept; the same call may work later."""


class WrongKey(StoreError):
    """The data was encrypted under another key."""


class SecretMissing(StoreError):
    """A connection names a secret that is nowhere to be found."""


class FileMissing(StoreError):
    """A file of a client is not in the blob store, or no longer what it was."""
