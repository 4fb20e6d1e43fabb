"""The interpreter on real servers: each kind of step, each way a run can end."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from temporalio.client import WorkflowFailureError

from tests.workflows.conftest import Runs, call, say
from wakeel.sdk import WorkingDuration


async def test_results_are_named_and_keep_their_types(runs: Runs) -> None:
    shape = {"map": {"at": "moment", "n": "number"}}
    first = say("first", at="2026-11-22T09:00:00+02:00", n=2) | {"shape": shape}
    later = say(
        after={"$expr": 'first.at | plus("1h")'},
        sum={"$expr": "first.n + 1"},
        text={"$text": ["n=", {"$expr": "first.n"}]},
    )
    await runs.run([first, later])
    assert runs.probe.calls[1].args == {"after": "2026-11-22T10:00:00+02:00", "sum": 3, "text": "n=2"}


async def test_the_key_is_the_root_and_the_path(runs: Runs) -> None:
    inner = {"kind": "together", "steps": [say(), say()]}
    ended = await runs.run([say(), {"kind": "steps", "steps": [inner]}])
    assert ended.state == "completed"
    paths = [key.split("/", 3)[3] for key in runs.probe.keys]
    assert paths[0] == "steps/0"
    assert sorted(paths[1:]) == ["steps/1/steps/0/together/0", "steps/1/steps/0/together/1"]


async def test_a_step_whose_condition_is_false_is_skipped_and_its_result_missing(runs: Runs) -> None:
    ended = await runs.run(
        [
            say("card") | {"condition": "event.go"},
            say(found={"$expr": "card is present"}),
        ],
        {"go": False},
    )
    assert ended.journal["steps/0"].state == "skipped"
    assert runs.probe.calls[0].args == {"found": False}


async def test_stop_ends_a_run_well_and_always_still_runs(runs: Runs) -> None:
    ended = await runs.run(
        [{"kind": "stop", "text": "nothing to do"}, say()], always=[say(result={"$expr": "run.result"})]
    )
    assert (ended.state, ended.message) == ("stopped", "nothing to do")
    assert [c.args for c in runs.probe.calls] == [{"result": "nothing to do"}]


async def test_fail_ends_a_run_in_the_recipes_own_words(runs: Runs) -> None:
    ended = await runs.run([{"kind": "fail", "text": {"$text": ["no ", {"$expr": "event.x"}]}}], {"x": "أرز"})
    assert ended.failure is not None
    assert (ended.state, ended.failure.code, ended.failure.message, ended.failure.step) == (
        "failed",
        "W5010",
        "no أرز",
        "steps/0",
    )


async def test_a_refused_step_fails_the_run_with_service_account_and_advice(runs: Runs) -> None:
    step = call("refuse", connection="nour-trello")
    told = say(at={"$expr": "failure.step"}, why={"$expr": "failure.message"}, do={"$expr": "failure.advice"})
    ended = await runs.run([step, say()], if_it_fails=[told], always=[say(end=True)])
    assert ended.failure is not None
    assert (ended.failure.code, ended.failure.step) == ("W5001", "steps/0")
    args = runs.probe.calls[1].args
    assert (args["at"], args["why"]) == ("steps/0", "probe refused: not like that.")
    assert "nour-trello" in args["do"]
    assert runs.probe.calls[2].args == {"end": True}


async def test_a_failure_that_is_dealt_with_lets_the_run_go_on(runs: Runs) -> None:
    dealt = call("refuse", name="hold", on_failure=[say(code={"$expr": "failure.code"})])
    ended = await runs.run([dealt, call("refuse", on_failure="continue"), say(held={"$expr": "hold is present"})])
    assert ended.state == "completed"
    assert [c.args for c in runs.probe.calls if c.args] == [{"code": "W5001"}, {"held": False}]


async def test_a_failed_expression_is_a_failed_step_in_words(runs: Runs) -> None:
    ended = await runs.run([say(x={"$expr": "1 / event.n"})], {"n": 0})
    assert ended.failure is not None
    assert ended.failure.code.startswith("W3")
    assert "Error" not in ended.failure.message


async def test_an_arabic_client_reads_arabic_words(runs: Runs) -> None:
    ended = await runs.run([call("refuse")], client={"id": "nour", "name": "نور", "language": "ar"})
    assert ended.message.startswith("رفضت")


async def test_choose_takes_the_first_branch_that_holds(runs: Runs) -> None:
    branches = [
        {"condition": "event.n > 5", "steps": [say(branch="big")]},
        {"condition": "event.n > 1", "steps": [say(branch="middle")]},
        {"steps": [say(branch="small")]},
    ]
    for n, expected in ((9, "big"), (3, "middle"), (0, "small")):
        await runs.run([{"kind": "choose", "branches": branches}], {"n": n})
        assert runs.probe.calls[-1].args == {"branch": expected}


async def test_together_lets_all_finish_and_fails_by_written_order(runs: Runs) -> None:
    parts = [
        call("slow", {"n": 1}),
        call("refuse", {"n": 2}),
        call("refuse", {"n": 3}),
        call("slow", {"n": 4}, name="last"),
    ]
    ended = await runs.run([{"kind": "together", "steps": parts}])
    assert ended.failure is not None
    assert ended.failure.step == "steps/0/together/1"
    assert sorted(c.args["n"] for c in runs.probe.calls) == [1, 2, 3, 4]
    assert ended.journal["steps/0/together/3"].state == "done"


async def test_names_made_together_can_be_used_afterwards(runs: Runs) -> None:
    await runs.run([{"kind": "together", "steps": [say("a", v=1), say("b", v=2)]}, say(s={"$expr": "a.v + b.v"})])
    assert runs.probe.calls[-1].args == {"s": 3}


async def test_for_each_numbers_its_turns_and_collects_in_order(runs: Runs) -> None:
    loop = {
        "kind": "for_each",
        "over": {"$expr": "event.items"},
        "item": "file",
        "at_once": 3,
        "steps": [call("slow", {"v": {"$expr": "file.v"}}, name="saved")],
        "collect": {"$expr": "saved.v * 10"},
        "name": "all",
    }
    items = [{"v": n} for n in range(7)]
    await runs.run([loop, say(all={"$expr": "all"})], {"items": items})
    assert runs.probe.calls[-1].args == {"all": [n * 10 for n in range(7)]}
    assert runs.probe.most_at_once == 3
    assert {k.split("/", 3)[3] for k in runs.probe.keys[:7]} == {f"steps/0[{n}]/0" for n in range(7)}


async def test_for_each_needs_a_list(runs: Runs) -> None:
    ended = await runs.run([{"kind": "for_each", "over": {"$expr": "event.x"}, "steps": [say()]}], {"x": "text"})
    assert ended.failure is not None
    assert ended.failure.code == "W5011"


async def test_set_gives_names_and_note_writes_lines(runs: Runs) -> None:
    steps: list[dict[str, Any]] = [
        {"kind": "set", "values": {"a": {"$expr": "event.x"}, "b": 2}},
        {"kind": "note", "text": {"$text": ["a is ", {"$expr": "a"}]}},
        say(sum={"$expr": "a + b"}),
    ]
    ended = await runs.run(steps, {"x": 5})
    assert runs.probe.calls[0].args == {"sum": 7}
    assert ended.notes == ["a is 5"]


@pytest.mark.parametrize(("span", "least"), [(2 * 86400, 2 * 86400), ({"amount": 2, "unit": "days"}, 86400)])
async def test_a_wait_lasts_as_long_as_asked_in_the_clients_calendar(runs: Runs, span: Any, least: float) -> None:
    await runs.run([say(), {"kind": "wait", "span": span}, say()])
    begun, ended = (c.now for c in runs.probe.calls)
    calendar = runs.probe.calls[0].calendar
    assert (ended - begun).total_seconds() >= least
    if isinstance(span, dict):
        due = calendar.plus(begun, WorkingDuration.model_validate(span))
        assert abs((ended - due).total_seconds()) < 30


async def test_an_unavailable_service_is_tried_again_under_the_same_key(runs: Runs) -> None:
    ended = await runs.run([call("wobble", {"times": 3}, name="w"), say(t={"$expr": "w.tries"})])
    assert ended.state == "completed"
    assert runs.probe.calls[-1].args == {"t": 4}
    assert len(set(runs.probe.keys[:-1])) == 1


async def test_the_recipes_own_retry_is_obeyed(runs: Runs) -> None:
    ended = await runs.run([call("wobble", {"times": 9}, retry={"times": 2})])
    assert ended.failure is not None
    assert ended.failure.code == "W5002"
    assert len(runs.probe.calls) == 2


async def test_a_broken_account_makes_the_run_wait_and_go_on_after_the_reconnect(real_runs: Runs) -> None:
    handle = await real_runs.start([call("locked", connection="nour-slack"), say(done=True)])
    async with asyncio.timeout(90):
        while not await waiting(real_runs, handle.id):  # noqa: ASYNC110 - visibility has nothing to wait on
            await asyncio.sleep(0.2)
        await handle.signal("reconnected", "nour-slack")
        assert (await handle.result()).state == "completed"
    assert [c.args for c in real_runs.probe.calls] == [{}, {}, {"done": True}]


async def waiting(runs: Runs, run: str) -> int:
    return (await runs.client.count_workflows(f"WorkflowId = '{run}' AND WakeelWaiting = 'account'")).count


async def test_a_cancelled_run_still_does_what_always_says(runs: Runs) -> None:
    handle = await runs.start([{"kind": "wait", "span": 10**6}], always=[say(end={"$expr": "run.recipe"})])
    await handle.query("state", result_type=None)
    await handle.cancel()
    with pytest.raises(WorkflowFailureError):
        async with asyncio.timeout(90):
            await handle.result()
    assert [c.args for c in runs.probe.calls] == [{"end": "trial"}]


async def test_a_run_that_holds_a_queue_releases_it_however_it_ends(runs: Runs) -> None:
    start = {"trigger": "t", "kind": "t.t", "source": "s", "one_at_a_time_per": {"$expr": "event.k"}}
    for steps in ([say()], [call("refuse")], [{"kind": "stop", "text": "x"}]):
        await runs.run(steps, {"k": "1"}, starts=[start])
    assert len(runs.probe.finished) == 3
