"""The connector keeps the contract."""

from __future__ import annotations

from connectors.http import http
from wakeel.testing import contract

TestHttp = contract(http, {"base_url": "https://api.example.com"})
