"""The connector keeps the contract."""

from __future__ import annotations

from connectors.webhook import webhook
from wakeel.testing import contract

TestWebhook = contract(webhook, {})
