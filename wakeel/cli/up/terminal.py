"""What a running `up` prints."""

from __future__ import annotations


def show(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)
