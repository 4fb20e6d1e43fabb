"""F13, F14: a run finishes on the plan that it began with, and a broken file changes nothing."""

from __future__ import annotations

from tests.faults.rig import Rig
from tests.faults.waiting import until
from wakeel.applying import apply

TEXT = """\
title: Before and after a pause
when:
  webhook.received: {{}}
settings:
  list: {{type: trello.list}}
steps:
  - trello.create_card:
      list: ${{settings.list}}
      name: "before: ${{event.body.name}}"
  - wait: 4s
  - trello.create_card:
      list: ${{settings.list}}
      name: "{after}: ${{event.body.name}}"
"""
NAME = "pause"


async def test_a_run_under_way_keeps_its_plan_and_a_broken_file_leaves_the_last_good_one_live(rig: Rig) -> None:
    file = rig.workspace.add(NAME, TEXT.format(after="old"), {"list": "Inbox"})
    await rig.apply()
    await rig.worker()
    web = await rig.web()
    assert await web.deliver("1", {"name": "1"}) == 202
    await until(lambda: rig.world.names == ["before: 1"], "the first run waits")

    rig.workspace.add(NAME, TEXT.format(after="new"), {"list": "Inbox"})
    assert (await rig.apply()).applied.changed == (f"example/{NAME}",)
    assert await web.deliver("2", {"name": "2"}) == 202
    await until(lambda: "before: 2" in rig.world.names, "the second run waits")

    file.write_text(file.read_text("utf-8").replace("create_card", "creat_card"), "utf-8")
    outcome = await apply(rig.store, rig.workspace.folder)
    assert outcome.kept == (f"example/{NAME}",)
    assert {problem.code for problem in outcome.problems} == {"W2104"}
    assert await web.deliver("3", {"name": "3"}) == 202

    assert await rig.ended(NAME, 3) == ["COMPLETED"] * 3
    pairs = {f"{word}: {number}" for word, number in (("old", 1), ("new", 2), ("new", 3))}
    assert sorted(rig.world.names) == sorted({"before: 1", "before: 2", "before: 3"} | pairs)
