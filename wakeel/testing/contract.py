"""The contract that every connector keeps, as one line in its tests: `TestSlack = contract(slack, {})`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from wakeel.sdk import Connector
from wakeel.testing import checks
from wakeel.testing.schemas import changed
from wakeel.testing.sentinel import leaks, secret_connection

if TYPE_CHECKING:
    import pytest

    from wakeel.testing.checks import AnyAction, AnyConnector

SERVICE_LIBRARIES = (
    "aiohttp",
    "aiosmtplib",
    "boto3",
    "googleapiclient",
    "httpx",
    "httpx2",
    "imap_tools",
    "requests",
    "slack_sdk",
    "temporalio",
    "trello",
    "urllib3",
)
PROBE = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""


class Contract:
    """What holds for every connector; a subclass names one."""

    connector: ClassVar[AnyConnector]
    settings: ClassVar[Mapping[str, Any]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run a test that asks for an action once for each."""
        if "action" in metafunc.fixturenames:
            actions = self.connector.actions
            metafunc.parametrize("action", actions.values(), ids=list(actions))

    def test_names_can_be_written_in_a_recipe(self) -> None:
        """See `checks.names`."""
        hold(checks.names(self.connector))

    def test_the_connection_is_described(self) -> None:
        """See `checks.descriptions`."""
        hold(checks.descriptions(self.connector.connection))

    def test_the_action_is_documented(self, action: AnyAction) -> None:
        """See `checks.documents`."""
        hold(checks.documents(f"{self.connector.name}.{action.name}", action.doc))

    def test_input_and_output_are_described(self, action: AnyAction) -> None:
        """See `checks.descriptions`."""
        hold([*checks.descriptions(action.input), *checks.descriptions(action.output)])

    def test_the_example_is_true(self, action: AnyAction) -> None:
        """See `checks.example`."""
        hold(checks.example(self.connector, action))

    def test_the_effect_is_backed(self, action: AnyAction) -> None:
        """See `checks.effects`."""
        hold(checks.effects(self.connector, action))

    def test_undo_can_be_filled(self, action: AnyAction) -> None:
        """See `checks.undo`."""
        hold(checks.undo(self.connector, action))

    def test_the_output_is_json(self, action: AnyAction) -> None:
        """A result travels in histories: pydantic raises where a field cannot."""
        action.output.model_json_schema(mode="serialization")

    def test_triggers_are_described(self) -> None:
        """See `checks.triggers`."""
        hold(checks.triggers(self.connector))

    def test_secrets_are_never_shown(self) -> None:
        """See `sentinel.leaks`."""
        hold(leaks(secret_connection(self.connector.connection, self.settings)))

    def test_classify_leaves_foreign_errors_alone(self) -> None:
        """A bug must not look like a fault of the service."""
        verdict = self.connector.classify(KeyError("a bug"))
        hold([] if verdict is None else [f"classify takes a KeyError for {type(verdict).__name__}"])

    def test_inputs_change_only_in_review(self, request: pytest.FixtureRequest) -> None:
        """See `schemas.changed`; the file stands in `schemas` beside the test."""
        difference = changed(self.connector, request.path.parent / "schemas" / f"{self.connector.name}.json")
        hold([difference] if difference else [])

    def test_reading_the_catalogue_loads_no_service_library(self) -> None:
        """A recipe is checked without the library that opens the account."""
        loaded = libraries_of(home_of(self.connector))
        hold([f"{library} is imported before an account is opened" for library in loaded])


def contract(connector: Connector[Any], connection: Mapping[str, Any]) -> type:
    """Make a test class that holds a connector to the contract.

    `connection` gives the fields of a connection that have no default; secrets are filled in.
    """
    return type("TestContract", (Contract,), {"connector": connector, "settings": connection})


def hold(complaints: Iterable[str]) -> None:
    """Fail with everything that is wrong."""
    if found := list(complaints):
        raise AssertionError("\n".join(found))


def home_of(connector: Connector[Any]) -> str:
    """Return the module that a connector's code stands in."""
    known: list[Any] = [action.run for action in connector.actions.values()]
    known += [t.poll or t.watch or t.hook or t.args for t in connector.triggers.values()]
    return str(getattr(known[0] if known else connector.open, "__module__", ""))


def libraries_of(module: str) -> list[str]:
    """Import a module in a process of its own; return the service libraries that came with it."""
    probe = [sys.executable, "-c", PROBE, module, *SERVICE_LIBRARIES]
    done = subprocess.run(probe, check=True, capture_output=True, text=True, env=environment(), timeout=60)
    return done.stdout.split()


def environment() -> dict[str, str]:
    """Return the surroundings of a process that can import what this one can."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"}
