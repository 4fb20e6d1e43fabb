"""What is wrong with an expression as it is written, before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class ExpressionProblem(ValueError):
    """One thing that is wrong: code, place within the text, near names, and what the sentence names."""

    def __init__(self, code: str, offset: int, length: int, near: Iterable[str] = (), **params: object) -> None:
        self.code = code
        self.offset = offset
        self.length = max(length, 1)
        self.near = tuple(near)
        self.params = {key: str(value) for key, value in params.items()}
        super().__init__(f"{code} at {offset}: {self.params}")

    def moved(self, by: int) -> ExpressionProblem:
        """Return the same problem further on, in the text that holds the expression."""
        return ExpressionProblem(self.code, self.offset + by, self.length, self.near, **self.params)


Report = Callable[[ExpressionProblem], None]
