"""What the author of a connector tests with."""

from wakeel.testing.contract import contract

__all__ = ["contract"]
