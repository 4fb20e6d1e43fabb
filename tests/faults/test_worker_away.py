"""Mails that come while no worker is there, come twice, or were there before: each counts once, or not at all."""

from __future__ import annotations

from tests.faults.letters import letter
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP
from tests.faults.world import once

OTHER_FOLDER = """\
title: Mail that was filed
when:
  mail.received:
    folder: Archive
steps:
  - note: seen
"""


async def watched(rig: Rig) -> None:
    """Bring the flagship to life and end its worker once the mailbox is watched."""
    rig.workspace.add_flagship()
    await rig.apply()
    worker = await rig.worker()
    await rig.watching()
    worker.kill()


async def test_ten_mails_that_come_while_the_worker_is_away_are_each_handled_once(rig: Rig) -> None:
    await watched(rig)
    subjects = [f"Urgent contract {number}" for number in range(10)]
    for subject in subjects:
        rig.world.mailbox.deliver(letter(subject))
    await rig.worker()
    assert await rig.ended(FLAGSHIP, 10) == ["COMPLETED"] * 10
    assert sorted(rig.world.names) == subjects
    assert rig.world.tally() == once(10)
    starts = [hold.decoded("DTSTART") for hold in rig.world.holds()]
    assert len(set(starts)) == 10


async def test_a_mail_that_is_delivered_twice_makes_one_card(rig: Rig) -> None:
    await watched(rig)
    twice = letter("Urgent contract")
    for mail in (twice, twice, letter("Urgent invoice")):
        rig.world.mailbox.deliver(mail)
    await rig.worker()
    assert await rig.ended(FLAGSHIP, 2) == ["COMPLETED"] * 2
    assert sorted(rig.world.names) == ["Urgent contract", "Urgent invoice"]
    assert rig.world.tally() == once(2)


async def test_mails_that_were_there_before_never_fire_and_restarts_change_nothing(rig: Rig) -> None:
    for number in range(3):
        rig.world.mailbox.deliver(letter(f"Urgent and old {number}"))
    await watched(rig)
    for _ in range(2):
        worker = await rig.worker()
        await rig.watching()
        worker.kill()
    rig.world.mailbox.deliver(letter("Urgent and new"))
    await rig.worker()
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    assert rig.world.names == ["Urgent and new"]


async def test_a_recipe_that_is_changed_while_the_worker_is_away_forgets_no_mail(rig: Rig) -> None:
    await watched(rig)
    rig.world.mailbox.deliver(letter("Urgent contract"))
    rig.workspace.add("filed", OTHER_FOLDER)  # the same mailbox is now asked for two folders
    await rig.apply()
    await rig.worker()
    await until(lambda: rig.world.names == ["Urgent contract"], "the mail has its card")
