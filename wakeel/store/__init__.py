"""What outlives a process: plans, events, effects, secrets, runs, files."""

from wakeel.store.arrivals import Kept, KeptEvent, Unmatched
from wakeel.store.effects import Claim, EffectRow
from wakeel.store.errors import FileMissing, SecretMissing, StoreError, StoreUnavailable, WrongKey
from wakeel.store.keys import master_key
from wakeel.store.plans import Applied, ConnectionRow
from wakeel.store.runs import Run, RunRow
from wakeel.store.starts import Due, Match
from wakeel.store.store import Store

__all__ = [
    "Applied",
    "Claim",
    "ConnectionRow",
    "Due",
    "EffectRow",
    "FileMissing",
    "Kept",
    "KeptEvent",
    "Match",
    "Run",
    "RunRow",
    "SecretMissing",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "Unmatched",
    "WrongKey",
    "master_key",
]
