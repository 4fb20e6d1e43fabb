"""The connector keeps the contract."""

from __future__ import annotations

from connectors.feed import feed
from wakeel.testing import contract

TestFeed = contract(feed, {})
