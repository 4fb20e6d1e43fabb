"""An alert must not hold up the rest: while Slack is away card and hold are made, and the alert comes later, once."""

from __future__ import annotations

from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP, SOON
from tests.faults.world import once

ASKED_FOR = "alerts asked for"


async def test_card_and_hold_do_not_wait_for_slack(rig: Rig) -> None:
    rig.workspace.add_flagship(**SOON)
    await rig.apply()
    await rig.worker()
    await rig.watching()
    rig.world.chat.fault("503", times=1000)
    rig.world.mailbox.deliver(shipped("urgent-ar"))
    await until(rig.world.labelled, "the mail has its card, hold and label")
    assert rig.world.alerts == []
    assert (len(rig.world.cards), len(rig.world.holds())) == (1, 1)
    rig.world.chat.gate.faults.set_script([])
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    tally = rig.world.tally()
    assert tally.pop(ASKED_FOR) >= 1
    assert tally == {name: count for name, count in once().items() if name != ASKED_FOR}


async def test_a_lost_answer_is_looked_for_before_anything_is_made_again(rig: Rig) -> None:
    world = rig.world
    rig.workspace.add_flagship(**SOON)
    await rig.apply()
    await rig.worker()
    await rig.watching()
    world.board.fault("drop-after-effect", "POST /1/cards")
    world.chat.fault("drop-after-effect", "POST /api/chat.postMessage")
    world.mailbox.deliver(shipped("urgent-ar"))
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    assert world.tally() == once()
    asked = [str(request) for request in world.board.requests]
    assert any(
        line.startswith("GET /1/lists/") and line.endswith("/cards") for line in asked[asked.index("POST /1/cards") :]
    )
