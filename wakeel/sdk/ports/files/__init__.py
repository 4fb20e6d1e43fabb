"""The files port: models, paths that stay inside, files that come whole, and what a file is by its bytes."""

from wakeel.sdk.ports.files.drafts import Draft, draft, mark, stamp, sweep
from wakeel.sdk.ports.files.errors import disk_error
from wakeel.sdk.ports.files.inspecting import files, inspect
from wakeel.sdk.ports.files.models import (
    Entry,
    Fetched,
    FileEvent,
    Hashed,
    Inspect,
    Inspected,
    ListFiles,
    Listing,
    Moved,
    OneFile,
    Put,
    Quarantine,
    Quarantined,
    Release,
    Released,
    Relocate,
    Remove,
    Removed,
    Saved,
    Watch,
)
from wakeel.sdk.ports.files.opening import NO_LINKS
from wakeel.sdk.ports.files.paths import safe_join, shown
from wakeel.sdk.ports.files.root import Place, Root

__all__ = [
    "NO_LINKS",
    "Draft",
    "Entry",
    "Fetched",
    "FileEvent",
    "Hashed",
    "Inspect",
    "Inspected",
    "ListFiles",
    "Listing",
    "Moved",
    "OneFile",
    "Place",
    "Put",
    "Quarantine",
    "Quarantined",
    "Release",
    "Released",
    "Relocate",
    "Remove",
    "Removed",
    "Root",
    "Saved",
    "Watch",
    "disk_error",
    "draft",
    "files",
    "inspect",
    "mark",
    "safe_join",
    "shown",
    "stamp",
    "sweep",
]
