"""The connector keeps the contract."""

from __future__ import annotations

from connectors.slack import slack
from wakeel.testing import contract

TestSlack = contract(slack, {})
