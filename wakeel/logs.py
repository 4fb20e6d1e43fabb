"""Logs as JSON lines on standard error, without secrets."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

HIDDEN = ("token", "password", "secret", "authorization", "key")


def configure(level: str) -> None:
    """Log from this level on."""
    least = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(
        level=max(least, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            hide,
            structlog.processors.JSONRenderer(
                serializer=lambda line, **_kw: json.dumps(line, ensure_ascii=False, default=str)
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def hide(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop the values of fields that are secrets by their name."""
    for name in line:
        if any(part in name.lower() for part in HIDDEN):
            line[name] = "…"
    return line
