"""Finds the flat packages: beside `wakeel` in the repository, under `wakeel/_app` in a wheel.

`workflows`, `connectors` and `definitions` are other people's names on PyPI, so a wheel
must not install them; here they are put first on the import path instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

FLAT = ("activities", "connectors", "workflows")


def app_root() -> Path:
    """Return the folder that holds the flat packages and the definitions."""
    here = Path(__file__).resolve().parent
    return here / "_app" if (here / "_app").is_dir() else here.parent


def use_app_root() -> None:
    """Put the root first on the import path; stop where a name was imported from elsewhere."""
    root = app_root()
    for name in FLAT:
        found = getattr(sys.modules.get(name), "__file__", None)
        if found and not Path(found).resolve().is_relative_to(root):
            sys.exit(
                f"wakeel: the package “{name}” was imported from {found}. Start Wakeel in an environment of its own."
            )
    if sys.path[:1] != [str(root)]:
        sys.path.insert(0, str(root))
