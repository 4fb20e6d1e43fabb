"""The connector keeps the contract."""

from __future__ import annotations

from connectors.caldav import caldav
from wakeel.testing import contract

TestCaldav = contract(caldav, {"url": "https://dav.example.com", "username": "vera"})
