"""The connectors keep the contract."""

from __future__ import annotations

from connectors.local import local
from wakeel.testing import contract

TestLocal = contract(local, {"root": "/srv/nour"})
