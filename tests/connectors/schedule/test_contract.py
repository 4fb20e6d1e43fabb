"""The connector keeps the contract."""

from __future__ import annotations

from connectors.schedule import schedule
from wakeel.testing import contract

TestSchedule = contract(schedule, {})
