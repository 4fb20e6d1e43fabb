"""F18: an account stops working in the middle of a run; the run waits, and goes on when it works again."""

from __future__ import annotations

from aiohttp import web

from tests.faults.letters import letter, shipped
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP, connections
from tests.faults.world import World

NEW = "xoxb-new-token"


def revoke(world: World) -> None:
    """Take the app's token back: Slack now takes the new one only."""

    def admit(request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") == f"Bearer {NEW}":
            return None
        return web.json_response({"ok": False, "error": "token_revoked"})

    world.chat.gate.admit = admit


async def waiting(rig: Rig) -> None:
    """Bring the flagship to a run that waits for Slack alone."""
    rig.workspace.add_flagship()
    await rig.apply()
    await rig.worker()
    await rig.watching()
    revoke(rig.world)
    rig.world.mailbox.deliver(shipped("urgent-ar"))
    await until(rig.world.labelled, "the rest of the run is done")
    assert rig.world.alerts == []


async def goes_on(rig: Rig) -> None:
    """Check that the alert comes, once, and that nothing else was done again."""
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    assert len(rig.world.alerts) == 1
    asked = [str(request) for request in rig.world.board.requests]
    assert asked.count("POST /1/cards") == 1
    assert (len(rig.world.cards), len(rig.world.holds())) == (1, 1)


async def test_a_run_goes_on_when_the_account_has_a_new_secret(rig: Rig) -> None:
    await waiting(rig)
    await rig.store.secrets.set("SLACK", NEW, "example")
    await goes_on(rig)


async def test_a_run_goes_on_when_the_account_is_written_anew_and_applied(rig: Rig) -> None:
    await waiting(rig)
    await rig.store.secrets.set("SLACK_NEW", NEW, "example")
    accounts = connections(rig.world)
    accounts["example-slack"]["token"] = "secret://SLACK_NEW"
    rig.workspace.write("connections.yaml", {"connections": accounts})
    await rig.apply()
    await goes_on(rig)


async def test_a_mailbox_whose_password_was_refused_is_read_again_when_it_has_the_right_one(rig: Rig) -> None:
    right = rig.world.mailbox.password
    await rig.store.secrets.set("MAIL", "wrong", "example")
    rig.workspace.add_flagship()
    await rig.apply()
    await rig.worker()
    await until(rig.world.refused_logins, "the mail server refuses the password")
    await rig.store.secrets.set("MAIL", right, "example")
    await rig.watching()
    rig.world.mailbox.deliver(letter("Urgent contract"))
    assert await rig.ended(FLAGSHIP) == ["COMPLETED"]
    assert rig.world.names == ["Urgent contract"]
