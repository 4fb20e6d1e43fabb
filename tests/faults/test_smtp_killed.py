"""F1: a mail by plain SMTP is never sent twice; where nobody can tell whether it went out, the run says so and stops."""

from __future__ import annotations

import asyncio

from tests.faults.conftest import NewRig
from tests.faults.letters import letter
from tests.faults.rig import Rig

TEXT = """\
title: One mail
when:
  mail.received:
    folder: Inbox
steps:
  - mail.send:
      to: [{address}]
      subject: Thank you
      text: It has come.
"""
NAME = "thanks"
SENT = {"call.intended:1": 0, "call.acted:1": 1, "call.recorded:1": 1}
ENDS = {"call.intended:1": "FAILED", "call.acted:1": "FAILED", "call.recorded:1": "COMPLETED"}


async def killed(rig: Rig, case: str) -> tuple[int, list[str]]:
    """Let a worker die around the sending, start another one, and count what the mail server took."""
    address = f"{case.replace(':', '-')}@example.net"
    rig.workspace.add(NAME, TEXT.format(address=address))
    rig.workspace.write_client(authority="trusted")
    await rig.apply()
    worker = await rig.worker(crash=case)
    await rig.watching()
    rig.world.mailbox.deliver(letter("Here it is"))
    await worker.dies()
    await rig.worker()
    ended = await rig.ended(NAME)
    await rig.close()
    return len(rig.world.relay.to(address)), ended


async def test_a_killed_worker_never_sends_a_mail_twice(new_rig: NewRig) -> None:
    rigs = [await new_rig() for _ in SENT]
    found = await asyncio.gather(*(killed(rig, case) for rig, case in zip(rigs, SENT, strict=True)))
    assert dict(zip(SENT, found, strict=True)) == {case: (SENT[case], [ENDS[case]]) for case in SENT}
