"""Local folders: files of a client on this machine, or on a disk that it mounts."""

from connectors.local import looking, moving, watching, writing
from connectors.local.connection import local

__all__ = ["local", "looking", "moving", "watching", "writing"]
