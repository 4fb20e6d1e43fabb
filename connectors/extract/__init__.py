"""Extract: what a mail says, found by rules: subject, summary, dates, kind and size."""

from connectors.extract.connector import extract

__all__ = ["extract"]
