"""Logs as JSON lines on standard error, without secrets."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

ABOUT: list[Processor] = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso")]
HIDDEN = ("token", "password", "secret", "authorization", "key")


def configure(level: str) -> None:
    """Log from this level on."""
    least = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=ABOUT, processors=[plain, hide, render]))
    logging.basicConfig(level=max(least, logging.WARNING), handlers=[handler])
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *ABOUT, hide, render],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def blame(error: BaseException) -> dict[str, str]:
    """Return what a log may say of an exception that nobody foresaw: its kind and place, never its text."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"{at.tb_frame.f_globals.get('__name__', '')}:{at.tb_lineno}" if at else ""
    return {"error": type(error).__name__, "where": where}


def plain(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take from a library's line what our own logs would say: which call failed and why, and no traceback."""
    record: logging.LogRecord = line.pop("_record")
    line.pop("_from_structlog", None)
    raised = line.pop("exc_info", None) or record.exc_info
    error = raised[1] if isinstance(raised, tuple) else None
    if call := getattr(record, "temporal_activity", None):
        called = {"action": call["activity_type"], "attempt": call["attempt"], "run": call["workflow_id"]}
        return {**line, "event": "call_failed", **called, "reason": str(getattr(error, "message", ""))}
    return {**line, "logger": record.name, **(blame(error) if error else {})}


def render(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> str:
    """Write a line as JSON."""
    return json.dumps(dict(line), ensure_ascii=False, default=str)


def hide(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop the values of fields that are secrets by their name."""
    for name in line:
        if any(part in name.lower() for part in HIDDEN):
            line[name] = "…"
    return line
