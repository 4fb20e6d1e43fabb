"""The master key: made once, readable by its owner only."""

from __future__ import annotations

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wakeel.store import StoreError, master_key
from wakeel.store.keys import FILE


def test_a_new_installation_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    key = master_key(tmp_path / "data", {})
    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / "data" / FILE).stat().st_mode) == 0o600
    assert master_key(tmp_path / "data", {}) == key
    assert [file.name for file in (tmp_path / "data").iterdir()] == [FILE]


def test_processes_that_begin_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _n: master_key(tmp_path, {}), range(8)))
    assert len(set(keys)) == 1


def test_a_key_in_the_variable_wins_and_no_file_is_made(tmp_path: Path) -> None:
    assert master_key(tmp_path, {"WAKEEL_KEY": base64.b64encode(bytes(32)).decode()}) == bytes(32)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(bytes(16)).decode(), "ü" * 44])
def test_a_damaged_key_is_refused_and_never_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(StoreError) as caught:
        master_key(tmp_path, {})
    assert caught.value.code == "W5908"
    assert FILE in str(caught.value)
    assert (tmp_path / FILE).read_text() == text
