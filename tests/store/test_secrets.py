"""Secrets: where they come from, whose they are, and that nobody reads them in the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.made import KEY, Opener
from wakeel.store import SecretMissing, Store, StoreError
from wakeel.store.cipher import Cipher
from wakeel.store.database import ask
from wakeel.store.secrets import Secrets

NAME = "NOUR_TOKEN"
REFERENCE = f"secret://{NAME}"


def with_env(store: Store, **env: str) -> Secrets:
    return Secrets(store.database, Cipher(KEY), env)


async def test_a_secret_comes_back_and_can_be_changed_and_removed(store: Store) -> None:
    await store.secrets.set(NAME, "first", "nour")
    await store.secrets.set(NAME, "كلمة السر", "nour")
    assert await store.secrets.get(NAME) == "كلمة السر"
    assert await store.secrets.names() == {NAME: "nour"}
    assert [await store.secrets.remove(NAME), await store.secrets.remove(NAME)] == [True, False]
    assert await store.secrets.get(NAME) is None


async def test_a_secret_is_never_plain_text_in_the_database(store: Store) -> None:
    await store.secrets.set(NAME, "canary")
    (row,) = await store.database.read(ask("SELECT value FROM secrets"))
    assert b"canary" not in row["value"]


async def test_a_value_moved_under_another_name_does_not_open(store: Store) -> None:
    await store.secrets.set(NAME, "canary")
    await store.database.write(ask("UPDATE secrets SET name = 'OTHER'"))
    with pytest.raises(StoreError) as caught:
        await store.secrets.get("OTHER")
    assert caught.value.code == "W5907"


async def test_a_variable_wins_over_a_file_and_a_file_over_the_store(store: Store, tmp_path: Path) -> None:
    await store.secrets.set(NAME, "stored")
    folder = tmp_path / "secrets"
    folder.mkdir()
    assert await with_env(store, WAKEEL_SECRETS_DIR=str(folder)).resolve(REFERENCE) == "stored"
    (folder / NAME).write_text("from a file\n")
    assert await with_env(store, WAKEEL_SECRETS_DIR=str(folder)).resolve(REFERENCE) == "from a file"
    both = with_env(store, WAKEEL_SECRETS_DIR=str(folder), **{f"WAKEEL_SECRET_{NAME}": "from a variable"})
    assert await both.resolve(REFERENCE) == "from a variable"


async def test_a_variable_without_our_prefix_is_never_read(store: Store) -> None:
    with pytest.raises(SecretMissing):
        await with_env(store, **{NAME: "canary"}).resolve(REFERENCE)


async def test_a_missing_secret_says_how_to_set_it_in_both_languages(store: Store) -> None:
    with pytest.raises(SecretMissing) as caught:
        await store.secrets.resolve(REFERENCE, "nour")
    assert str(caught.value) == "The secret NOUR_TOKEN is not set."
    assert "wakeel secret set NOUR_TOKEN" in caught.value.hint()
    assert "wakeel secret set NOUR_TOKEN" in caught.value.hint("ar")


async def test_a_client_never_gets_the_secret_of_another(store: Store) -> None:
    await store.secrets.set(NAME, "canary", "nour")
    assert await store.secrets.resolve(REFERENCE, "nour") == "canary"
    with pytest.raises(SecretMissing) as caught:
        await store.secrets.resolve(REFERENCE, "other")
    assert caught.value.code == "W5910"


@pytest.mark.parametrize("name", ["../etc/passwd", "lower", "", "A/B", "A\nB"])
async def test_a_name_that_could_lead_elsewhere_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError) as caught:
        await store.secrets.resolve(f"secret://{name}")
    assert caught.value.code == "W5914"


async def test_fields_are_revealed_only_where_they_are_references(store: Store) -> None:
    await store.secrets.set(NAME, "canary", "nour")
    fields = {"host": "mail.example.com", "port": 993, "password": REFERENCE}
    assert await store.secrets.reveal(fields, "nour") == {**fields, "password": "canary"}


async def test_another_key_opens_nothing_and_says_what_to_do(opener: Opener) -> None:
    await opener.open()
    with pytest.raises(StoreError) as caught:
        await opener.open(key=bytes(32))
    assert str(caught.value) == "The data was encrypted with another key."
    assert "WAKEEL_KEY" in caught.value.hint()
