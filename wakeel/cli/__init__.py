"""The command line: one command a file, everything heavy imported inside it."""

from wakeel.cli.entry import main

__all__ = ["main"]
