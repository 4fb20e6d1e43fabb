"""The connector keeps the contract."""

from __future__ import annotations

from connectors.trello import trello
from wakeel.testing import contract

TestTrello = contract(trello, {})
