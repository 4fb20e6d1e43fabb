"""Installs the Debian packages that some tests need, where this machine lets us; else says what to do, once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.servers.programs import program

PACKAGES = {"dovecot": ("dovecot-imapd", "dovecot-lmtpd", "dovecot-submissiond"), "chromium": ("chromium",)}
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
COMMANDS = (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "--no-install-recommends"))


def main() -> int:
    """Install what is missing; in CI a failure is an error, elsewhere the tests of what is missing skip."""
    missing = [name for name in PACKAGES if program(name) is None]
    packages = [package for name in missing for package in PACKAGES[name]]
    if not missing or (allowed() and installed(packages)):
        return 0
    print(f"*** MISSING: {', '.join(missing)}. Mend: sudo apt-get install {' '.join(packages)} ***", file=sys.stderr)
    print("*** The tests that need it are skipped, and an error with CI=true. ***", file=sys.stderr)
    return int(os.environ.get("CI") == "true")


def allowed() -> bool:
    """Say whether this machine has apt and we may use it."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def installed(packages: list[str]) -> bool:
    """Install packages with apt; what apt says is shown where it fails."""
    print(f"Installing {' '.join(packages)} for the tests.", flush=True)
    for command in (COMMANDS[0], (*COMMANDS[1], *packages)):
        done = subprocess.run(command, env=os.environ | QUIET, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr[-2000:], file=sys.stderr)
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
