"""Which installation a command speaks to: its settings, and the `wakeel up` that runs on its data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from wakeel.cli.sentences import Refused

if TYPE_CHECKING:
    from wakeel.settings import Settings

NO_WORKSPACE = "W5809"


def workspace_of(settings: Settings) -> Path:
    """Return the workspace's folder, or refuse where there is none."""
    if not settings.workspace.is_dir():
        raise Refused(NO_WORKSPACE, folder=str(settings.workspace.resolve()))
    return settings.workspace


def found(data: Path | None = None, workspace: Path | None = None, **given: object) -> Settings:
    """Read the settings; where an `up` runs on the data folder, its addresses and workspace are the defaults."""
    from wakeel.cli.up.status import running
    from wakeel.settings import settings

    read = settings(data=data, workspace=workspace, **given)
    status = running(read.data)
    if status is None:
        return read
    urls = status["urls"]
    os.environ.setdefault("TEMPORAL_ADDRESS", urls["temporal"])
    defaults = {"workspace": Path(status["workspace"]), "page": urls["page"].rstrip("/")}
    defaults |= {"temporal_ui": urls.get("temporal_ui", ""), "durable": status["durable"]}
    return read.model_copy(
        update={name: value for name, value in defaults.items() if name not in read.model_fields_set}
    )
