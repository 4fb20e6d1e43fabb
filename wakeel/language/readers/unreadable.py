"""What a reader says when a text is not what its field needs."""

from __future__ import annotations


class Unreadable(Exception):
    """A text that its field cannot read: a problem's code, where in the text, and the problem's words."""

    def __init__(self, code: str, offset: int = 0, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.offset = offset
        self.params = {name: str(value) for name, value in params.items()}
