"""The same installations as the tests of faults have."""

from tests.faults.conftest import new_rig, rig

__all__ = ["new_rig", "rig"]
