"""What is live, what is wrong in the workspace, and which secrets are missing."""

from __future__ import annotations

from collections.abc import Iterator

from wakeel.applying import check_folder
from wakeel.cli.doctor.finding import Finding, bad, ok, warn
from wakeel.cli.secrets_needed import listed
from wakeel.settings import Settings
from wakeel.store import Store


async def live(store: Store) -> Finding:
    """Count what is at work."""
    count = len(await store.plans.live())
    return ok("live", count=count) if count else warn("nothing_live")


async def secrets(store: Store) -> Iterator[Finding]:
    """Name the secrets that connections ask for and nobody has set."""
    rows = await listed(store)
    missing = [
        bad("secret", name=row["name"], connections=", ".join(of(row))) for row in rows if row["in"] == "missing"
    ]
    return iter(missing or [ok("secrets", count=len(rows))])


def of(row: dict[str, object]) -> list[str]:
    """Return the connections that ask for a secret."""
    found = row["connections"]
    return [str(one) for one in found] if isinstance(found, list) else []


def workspace(settings: Settings) -> Finding:
    """Check the workspace's files."""
    if not settings.workspace.is_dir():
        return bad("no_workspace", folder=settings.workspace)
    checked, files = check_folder(settings.workspace)
    if checked.problems:
        names = sorted({problem.place.file for problem in checked.problems})
        return bad("problems", count=len(checked.problems), files=", ".join(names[:5]))
    return ok("workspace", folder=settings.workspace, files=len(files))
