"""The command line: one command a file, everything heavy imported inside it."""

from wakeel.cli.entry import app, main

__all__ = ["app", "main"]
