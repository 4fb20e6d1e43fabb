"""The connector keeps the contract."""

from __future__ import annotations

from connectors.form import form
from wakeel.testing import contract

TestForm = contract(form, {"url": "https://wakeel.example.com/forms/intake", "fields": {"name": "text"}})
