"""What is right becomes live in one step; what is broken leaves its last good version as it was."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from wakeel.applying import Outcome, apply, named, read_folder
from wakeel.language.plan import Plan
from wakeel.store import Store

CLIENT = """\
client: {id}
name: {id}
language: en
time_zone: Africa/Cairo
accounts: {{trello: {account}}}
people:
  owner: {{name: Nour, email: nour@example.com, reach: [mail]}}
authority: trusted
recipes:
{recipes}"""
CONNECTIONS = """\
connections:
  nour-trello: {connector: trello, key: secret://KEY, token: secret://TOKEN, client: nour}
  bright-trello: {connector: trello, key: secret://KEY, token: secret://TOKEN, client: bright}
  unused-trello: {connector: trello, key: secret://KEY, token: secret://TOKEN, client: nour}
"""
CARD = """\
recipe: {id}
format: 1
title: A card
when: by_hand
steps:
  - trello.create_card:
      list: Inbox
      name: {name}
"""
NOTE = "recipe: plain\nformat: 1\ntitle: A note\nwhen: by_hand\nsteps:\n  - note: hello\n"


@dataclass
class Office:
    """A workspace of two clients, and the store that it is applied to."""

    folder: Path
    store: Store

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def client(self, name: str, *recipes: str, text: str = "") -> None:
        """Write a client's file."""
        lines = "".join(f"  {recipe}: {{state: live}}\n" for recipe in recipes)
        self.write(f"clients/{name}.yaml", text or CLIENT.format(id=name, account=f"{name}-trello", recipes=lines))

    async def apply(self) -> Outcome:
        """Make the folder live."""
        return await apply(self.store, self.folder)

    async def live(self) -> dict[str, Plan]:
        """Return what is live, by activation."""
        return {plan.activation: plan for plan in (await self.store.plans.live_plans()).values()}

    async def accounts(self) -> set[str]:
        """Return the connections that are live."""
        return {row.id for row in await self.store.plans.connections()}


@pytest.fixture(scope="session")
async def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database with all tables, to copy."""
    folder = tmp_path_factory.mktemp("tables")
    await (await opened(folder)).close()
    return folder / "wakeel.db"


async def opened(folder: Path) -> Store:
    """Open the store of a folder."""
    url = f"sqlite:///{folder / 'wakeel.db'}"
    return await Store.open(url, data=folder / "data", key=bytes(range(32)), durable=False, env={})


@pytest.fixture
async def office(tables: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """Give a workspace that is live."""
    shutil.copy(tables, tmp_path / "wakeel.db")
    store = await opened(tmp_path)
    made = Office(tmp_path / "workspace", store)
    made.write("connections.yaml", CONNECTIONS)
    made.write("recipes/work/card.yaml", CARD.format(id="card", name="one"))
    made.write("recipes/plain.yaml", NOTE)
    made.client("nour", "card", "plain")
    made.client("bright", "card")
    outcome = await made.apply()
    assert [problem.message() for problem in outcome.problems] == []
    yield made
    await store.close()


def name_of(plan: Plan) -> Any:
    """Return the name of the card that a plan makes."""
    return getattr(plan.steps[0], "args", {}).get("name")


async def test_everything_that_is_right_is_live(office: Office) -> None:
    assert set(await office.live()) == {"nour/card", "nour/plain", "bright/card"}
    assert await office.accounts() == {"nour-trello", "bright-trello", "unused-trello"}
    assert await office.store.plans.troubles() == {}


async def test_applying_again_changes_nothing(office: Office) -> None:
    before = await office.store.plans.revision()
    outcome = await office.apply()
    assert (outcome.applied.added, outcome.applied.changed, outcome.applied.removed) == ((), (), ())
    assert outcome.applied.revision == before
    assert outcome.kept == ()


async def test_a_changed_recipe_changes_its_activations_only(office: Office) -> None:
    office.write("recipes/work/card.yaml", CARD.format(id="card", name="two"))
    outcome = await office.apply()
    assert outcome.applied.changed == ("bright/card", "nour/card")
    assert outcome.applied.unchanged == ("nour/plain",)
    assert name_of((await office.live())["nour/card"]) == "two"


@pytest.mark.parametrize(
    "text", ["recipe: card\nformat: 1\nsteps: [", "", CARD.format(id="card", name="two") + "oops: 1\n"]
)
async def test_a_broken_recipe_keeps_its_last_good_version(office: Office, text: str) -> None:
    office.write("recipes/work/card.yaml", text)
    office.write("recipes/plain.yaml", NOTE.replace("hello", "changed"))
    outcome = await office.apply()
    assert outcome.kept == ("bright/card", "nour/card")
    assert outcome.applied.changed == ("nour/plain",)
    assert name_of((await office.live())["nour/card"]) == "one"
    assert list(await office.store.plans.troubles()) == ["recipes/work/card.yaml"]


async def test_a_mended_recipe_goes_on_and_its_trouble_is_forgotten(office: Office) -> None:
    office.write("recipes/work/card.yaml", "steps: [")
    await office.apply()
    [told] = (await office.store.plans.troubles())["recipes/work/card.yaml"][:1]
    assert told["en"]["message"]
    assert told["ar"]["message"] != told["en"]["message"]
    office.write("recipes/work/card.yaml", CARD.format(id="card", name="two"))
    outcome = await office.apply()
    assert outcome.kept == ()
    assert await office.store.plans.troubles() == {}


async def test_a_recipe_that_a_client_no_longer_uses_is_no_longer_live(office: Office) -> None:
    office.client("nour", "card")
    outcome = await office.apply()
    assert outcome.applied.removed == ("nour/plain",)
    assert set(await office.live()) == {"nour/card", "bright/card"}


async def test_a_client_whose_file_is_gone_is_no_longer_live(office: Office) -> None:
    (office.folder / "clients/bright.yaml").unlink()
    outcome = await office.apply()
    assert outcome.applied.removed == ("bright/card",)
    assert outcome.kept == ()


@pytest.mark.parametrize("text", ["client: [", "client: nour\nlanguage: xx\n", ""])
async def test_a_client_whose_file_is_broken_keeps_all_that_it_had(office: Office, text: str) -> None:
    office.write("clients/nour.yaml", text)
    office.write("recipes/work/card.yaml", CARD.format(id="card", name="two"))
    outcome = await office.apply()
    assert outcome.kept == ("nour/card", "nour/plain")
    live = await office.live()
    assert (name_of(live["nour/card"]), name_of(live["bright/card"])) == ("one", "two")


@pytest.mark.parametrize("text", ["connections: [", "connections: {}\n", ""])
async def test_without_its_accounts_a_kept_activation_keeps_the_accounts_that_it_needs(
    office: Office, text: str
) -> None:
    office.write("connections.yaml", text)
    outcome = await office.apply()
    assert {"nour/card", "bright/card"} <= set(outcome.kept)
    assert await office.accounts() == {"nour-trello", "bright-trello"}
    assert set(await office.live()) == {"nour/card", "nour/plain", "bright/card"}


async def test_an_account_that_was_taken_away_does_not_live_on_for_somebody_elses_trouble(office: Office) -> None:
    kept = [line for line in CONNECTIONS.splitlines() if "unused" not in line]
    office.write("connections.yaml", "\n".join(kept))
    office.write("recipes/plain.yaml", "steps: [")
    outcome = await office.apply()
    assert outcome.kept == ("nour/plain",)
    assert await office.accounts() == {"nour-trello", "bright-trello"}


async def test_the_version_of_an_account_follows_what_it_says(office: Office) -> None:
    before = {row.id: row.version for row in await office.store.plans.connections()}
    office.write(
        "connections.yaml",
        CONNECTIONS.replace(
            "secret://KEY, token: secret://TOKEN, client: bright", "secret://NEW, token: secret://TOKEN, client: bright"
        ),
    )
    await office.apply()
    after = {row.id: row.version for row in await office.store.plans.connections()}
    assert {name for name in before if before[name] != after[name]} == {"bright-trello"}


async def test_whoever_starts_runs_hears_of_it(office: Office) -> None:
    await office.store.wake.wait(0)
    await office.apply()
    assert await office.store.wake.wait(5)


async def test_a_folder_that_is_not_there_makes_nothing_live(office: Office) -> None:
    shutil.rmtree(office.folder)
    outcome = await office.apply()
    assert set(outcome.applied.removed) == {"nour/card", "nour/plain", "bright/card"}
    assert await office.live() == {}


def test_tests_backups_and_other_files_are_not_read(tmp_path: Path) -> None:
    names = ["recipes/a.yaml", "recipes/deep/er/b.yaml", "clients/c.yaml", "replies/d.md", "connections.yaml"]
    others = [
        "recipes/a.test.yaml",
        "recipes/.a.yaml",
        "recipes/~a.yaml",
        "recipes/a.yml",
        "clients/deep/c.yaml",
        "x.yaml",
    ]
    for name in (*names, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "recipes/folder.yaml").mkdir()
    (tmp_path / "recipes/lost.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert set(read_folder(tmp_path)) == set(names)


def test_the_accounts_of_a_plan_are_found_at_any_depth() -> None:
    call = {"kind": "action", "verb": "a.b", "action": "a.b", "weakest": "read"}
    plan = Plan.model_validate(
        {
            "recipe": "deep",
            "client": {"id": "nour", "name": "Nour"},
            "starts": [{"trigger": "t", "kind": "k", "source": "s", "connection": "one"}],
            "steps": [
                {
                    "kind": "together",
                    "steps": [call | {"connection": "two", "on_failure": [call | {"connection": "three"}]}],
                }
            ],
            "always": [call],
        }
    )
    import json

    assert sorted(named(json.loads(plan.text()))) == ["one", "three", "two"]
