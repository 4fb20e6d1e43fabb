"""The contract says in words what a connector does wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Field, SecretStr

from wakeel.sdk import Call, Connection, Connector, Effect, Nothing, Rejected
from wakeel.testing import contract
from wakeel.testing.checks import descriptions, effects, example, names, triggers, undo
from wakeel.testing.contract import home_of, libraries_of
from wakeel.testing.schemas import changed
from wakeel.testing.sentinel import SENTINEL, leaks, secret_connection


class Account(Connection):
    """An account with every kind of secret."""

    host: str = Field(description="Where it is.")
    password: SecretStr = Field(description="Its password.")
    pin: SecretStr | None = Field(default=None, description="Its second secret.")
    headers: dict[str, SecretStr] = Field(default={}, description="More secrets.")


class Thing(BaseModel):
    """A thing."""

    id: str = Field(description="Its id.")


class MakeThing(BaseModel):
    """What to make."""

    name: str = Field(description="Its name.")
    size: int = Field(default=1, description="Its size.")


class Undescribed(BaseModel):
    """A model with a hole in it."""

    inner: list[MakeThing] = Field(description="Fine.")
    hole: dict[str, Bare] | None = Field(default=None, description="Fine too.")


class Bare(BaseModel):
    """A field without words."""

    text: str


def shop() -> Connector[Any]:
    """Return a connector that keeps the contract."""
    made: Connector[Any] = Connector("shop", Account)

    @made.action(Effect.FOUND, authority="internal", undo="shop.drop", why="it is looked for by name")
    async def make(args: MakeThing, call: Call[Any]) -> Thing:
        """Make a thing.

        Example:
            - shop.make:
                name: x
        """
        return Thing(id="1")

    @make.find
    async def find(args: MakeThing, call: Call[Any]) -> Thing | None:
        return None

    @made.action(Effect.KEYED, authority="destructive", why="what is gone stays gone")
    async def drop(args: Thing, call: Call[Any]) -> Nothing:
        """Drop a thing.

        Example:
            - shop.drop:
                id: ${thing.id}
        """
        return Nothing()

    return made


def test_a_good_connector_has_no_complaints() -> None:
    good = shop()
    said = [complaint for action in good.actions.values() for complaint in everything(good, action)]
    assert [*said, *names(good), *triggers(good), *descriptions(Account)] == []


def everything(connector: Connector[Any], action: Any) -> Iterator[str]:
    yield from example(connector, action)
    yield from effects(connector, action)
    yield from undo(connector, action)


@pytest.mark.parametrize(
    ("doc", "complaint"),
    [
        ("Make.", "the docstring of shop.make needs an `Example:` with one step"),
        ("Make.\n\nExample:\n- shop.make: [", "is no YAML"),
        ("Make.\n\nExample:\n- shop.other:\n    name: x", "needs an `Example:` with one step"),
        ("Make.\n\nExample:\n- shop.make:\n    name: x\n    nam: y", "has a field “nam” that the action does not take"),
        ("Make.\n\nExample:\n- shop.make:\n    size: 2", "lacks the field “name”"),
        (
            "Make.\n\nExample:\n- shop.make:\n    name: x\n- shop.make:\n    name: y",
            "needs an `Example:` with one step",
        ),
    ],
)
def test_an_example_must_be_true(doc: str, complaint: str) -> None:
    wrong = shop()
    wrong.actions["make"].doc = doc
    [said] = example(wrong, wrong.actions["make"])
    assert complaint in said


def test_engine_words_may_stand_beside_the_verb() -> None:
    right = shop()
    right.actions["make"].doc = "Make.\n\nExample:\n- shop.make:\n    name: x\n  as: thing"
    assert [*example(right, right.actions["make"])] == []


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("finder", None, "is FOUND and cannot find"),
        ("effect", Effect.KEYED, "has a finder that nobody asks"),
        ("authority", "read", "with the authority to read"),
        ("why", " ", "does not say why a repeat is safe"),
    ],
)
def test_an_effect_must_be_backed(field: str, value: object, complaint: str) -> None:
    wrong = shop()
    setattr(wrong.actions["make"], field, value)
    assert any(complaint in said for said in effects(wrong, wrong.actions["make"]))


@pytest.mark.parametrize(
    ("inverse", "complaint"),
    [("shop.gone", "which is not there"), ("store.drop", "which is not there"), ("shop.make", "needs “name”")],
)
def test_an_inverse_must_be_there_and_have_its_fields(inverse: str, complaint: str) -> None:
    wrong = shop()
    wrong.actions["drop"].undo = inverse
    [said] = undo(wrong, wrong.actions["drop"])
    assert complaint in said


def test_fields_of_inner_models_need_descriptions_too() -> None:
    assert [*descriptions(Undescribed)] == ["Bare.text has no description"]


def test_names_must_be_ones_that_a_recipe_can_write() -> None:
    assert [*names(Connector("My-Shop"))] == [
        "“My-Shop” is no name: small letters, digits and _, beginning with a letter"
    ]


def test_a_trigger_needs_words_and_a_way_to_tell() -> None:
    wrong = shop()

    @wrong.poll(every=timedelta(minutes=1), event=Bare, cursor=Thing, name="sold")
    async def sold(args: MakeThing, since: Any) -> Any: ...

    wrong.triggers["sold"].cursor = None
    assert [*triggers(wrong)] == [
        "shop.sold has no docstring: its first line is what people read",
        "Bare.text has no description",
        "shop.sold has no cursor to go on from",
    ]


def test_every_secret_field_is_filled_and_none_is_shown() -> None:
    account = secret_connection(Account, {"host": "h"})
    assert isinstance(account, Account)
    assert [account.password.get_secret_value(), *map(SecretStr.get_secret_value, account.headers.values())] == [
        SENTINEL,
        SENTINEL,
    ]
    assert account.pin is not None
    assert [*leaks(account)] == []


def test_a_secret_that_is_shown_is_noticed() -> None:
    class Loud(Account):
        def __repr__(self) -> str:
            return f"Loud({self.password.get_secret_value()})"

    said = [*leaks(secret_connection(Loud, {"host": "h"}))]
    assert said == [
        "repr() of Loud shows a secret: its type must be SecretStr",
        "a log of Loud shows a secret: its type must be SecretStr",
    ]


def test_a_changed_input_is_a_difference_to_review(tmp_path: Path) -> None:
    connector, file = shop(), tmp_path / "schemas" / "shop.json"
    assert changed(connector, file) == "shop.json was written: review it and commit it"
    assert changed(connector, file) == ""
    then = json.loads(file.read_text("utf-8"))
    then["actions"]["make"]["required"] = []
    file.write_text(json.dumps(then, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    difference = changed(connector, file)
    assert difference.startswith("What recipes may write has changed.")
    assert '+        "name"' in difference


def test_a_connector_that_loads_its_library_at_once_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "eager_shop.py").write_text("import httpx2\n")
    (tmp_path / "calm_shop.py").write_text("def later():\n    import httpx2\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert "httpx2" in libraries_of("eager_shop")
    assert libraries_of("calm_shop") == []


def test_the_contract_itself_loads_neither_pytest_nor_temporal() -> None:
    import subprocess

    probe = "import sys, wakeel.testing; print(*{'pytest', 'temporalio', 'connectors', 'workflows'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


def test_the_home_of_a_connector_is_where_its_code_stands() -> None:
    assert home_of(shop()) == __name__


def test_the_contract_of_a_bad_connector_fails_with_all_complaints() -> None:
    wrong = shop()
    wrong.actions["make"].authority, wrong.actions["make"].why = "read", ""
    held = contract(wrong, {"host": "h"})()
    with pytest.raises(AssertionError, match=r"(?s)authority to read.*does not say why"):
        held.test_the_effect_is_backed(wrong.actions["make"])


def test_classify_must_leave_foreign_errors_alone() -> None:
    greedy: Connector[Any] = Connector("shop", Account, classify=lambda _error: Rejected("no"))
    with pytest.raises(AssertionError, match="takes a KeyError for Rejected"):
        contract(greedy, {"host": "h"})().test_classify_leaves_foreign_errors_alone()
