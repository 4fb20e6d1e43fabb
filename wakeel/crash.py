"""Named points at which a test can end or stop this process: `WAKEEL_CRASH_AT=call.acted:1`."""

from __future__ import annotations

import os
import signal

ENDS = {"": signal.SIGKILL, "kill": signal.SIGKILL, "stop": signal.SIGSTOP}
_point, _, _rest = os.environ.get("WAKEEL_CRASH_AT", "").partition(":")
_turn, _, _end = _rest.partition(":")
_left = {_point: int(_turn or 1)} if _point else {}


def crash(point: str) -> None:
    """End the process at the n-th passage of a point; unset, a point costs one look into an empty map."""
    if point in _left:
        _left[point] -= 1
        if _left[point] == 0:
            os.kill(os.getpid(), ENDS[_end])
