"""The connector keeps the contract."""

from __future__ import annotations

from connectors.local_sheet import local_sheet
from wakeel.testing import contract

TestLocalSheet = contract(local_sheet, {"root": "/srv/nour"})
