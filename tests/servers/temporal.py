"""Temporal's two servers: the development server, and the one whose time jumps over timers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.common import SearchAttributeKey
from temporalio.testing import WorkflowEnvironment

ATTRIBUTES = [SearchAttributeKey.for_keyword(name) for name in ("WakeelClient", "WakeelRecipe", "WakeelWaiting")]
DYNAMIC = ("history.transferProcessorMaxPollRPS=2000", "matching.enableFairness=true")
QUIET = 1.0  # seconds: without them the SDK's threads can end the process with 134 or 139 (temporalio/sdk-python#300)


@asynccontextmanager
async def development_server(program: str) -> AsyncIterator[WorkflowEnvironment]:
    """Run the server with schedules, search attributes and fairness, in memory."""
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=program,
        dev_server_log_level="error",
        dev_server_extra_args=[word for setting in DYNAMIC for word in ("--dynamic-config-value", setting)],
        search_attributes=ATTRIBUTES,
    ) as environment:
        yield environment
    await asyncio.sleep(QUIET)


@asynccontextmanager
async def skipping_server(program: str) -> AsyncIterator[WorkflowEnvironment]:
    """Run the server that skips time; it knows no schedules and no search attributes."""
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=program) as environment:
        yield environment
    await asyncio.sleep(QUIET)
