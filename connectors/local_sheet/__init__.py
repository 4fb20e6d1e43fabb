"""Local sheets: CSV and XLSX files of a client on this machine, or on a disk that it mounts."""

from connectors.local_sheet import actions, watching
from connectors.local_sheet.connection import local_sheet

__all__ = ["actions", "local_sheet", "watching"]
