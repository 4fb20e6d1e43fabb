"""The connector keeps the contract."""

from __future__ import annotations

from wakeel.sdk.ports.files import files
from wakeel.testing import contract

TestFiles = contract(files, {})
