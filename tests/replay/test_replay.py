"""Runs in flight survive an upgrade: the interpreter replays the histories of every engine."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from tests.replay.corpus import CORPUS
from wakeel.language.plan import ENGINE
from workflows.recipe import RecipeRun

HERE = Path(__file__).parent
HISTORIES = sorted(HERE.glob("*/*.json"))


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: f"{file.parent.name}-{file.stem}")
async def test_a_kept_history_replays(file: Path) -> None:
    replayer = Replayer(
        workflows=[RecipeRun], workflow_runner=UnsandboxedWorkflowRunner(), data_converter=pydantic_data_converter
    )
    history = await asyncio.to_thread(file.read_text, "utf-8")
    await replayer.replay_workflow(WorkflowHistory.from_json(file.stem, history))


def test_every_kind_of_step_has_a_history() -> None:
    assert {file.stem for file in HISTORIES if file.parent.name == str(ENGINE)} == set(CORPUS)
