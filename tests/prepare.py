"""Installs the Debian packages that some tests need, where this machine lets us; else says so loudly, once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = {"dovecot": ["dovecot-imapd", "dovecot-lmtpd", "dovecot-submissiond"], "chromium": ["chromium"]}


def main() -> None:
    """Install what is missing; in CI a failure is an error."""
    missing = [name for name in PACKAGES if not shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")]
    if not missing or installed([package for name in missing for package in PACKAGES[name]]):
        return
    packages = " ".join(package for name in missing for package in PACKAGES[name])
    print(
        f"*** MISSING: {', '.join(missing)}. Their tests are skipped. Mend: sudo apt-get install {packages} ***",
        file=sys.stderr,
    )
    if os.environ.get("CI"):
        sys.exit(1)


def installed(packages: list[str]) -> bool:
    """Install packages with apt where it is there and we may."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


if __name__ == "__main__":
    main()
