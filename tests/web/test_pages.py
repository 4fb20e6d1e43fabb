"""The pages: in two languages, with every text from outside kept harmless."""

from __future__ import annotations

import re

import httpx2

from tests.cli.office import BROKEN
from tests.web.conftest import Site
from tests.web.made import effect, failed, run
from wakeel.applying import apply
from wakeel.language.plan import RunResult
from wakeel.store.database import ask


async def test_an_empty_installation_says_what_to_do(site: Site) -> None:
    page = await site.page("/")
    assert "Nothing has run yet." in page
    assert '<code dir="ltr">wakeel check &amp;&amp; wakeel apply</code>' in page


async def test_recipes_that_wait_are_shown(applied: Site) -> None:
    page = await applied.page("/")
    assert "New order" in page
    assert "webhook.received ← bakery-hook" in page


async def test_a_run_is_listed_with_its_state_and_client(applied: Site) -> None:
    run_id = await run(applied.store, result=failed())
    page = await applied.page("/")
    assert f'href="/runs/{run_id}?lang=en"' in page
    assert '<span class="badge failed">failed</span>' in page
    assert "<bdi>Bakery</bdi>" in page


async def test_runs_are_chosen_by_state(applied: Site) -> None:
    bad = await run(applied.store, result=failed())
    good = await run(applied.store, result=RunResult(), state="completed")
    page = await applied.page("/?state=completed")
    assert good in page
    assert bad not in page
    assert "No run is like that." in await applied.page("/?client=nobody")


async def test_a_run_says_where_it_stopped_and_what_to_do(applied: Site) -> None:
    page = await applied.page("/runs/" + await run(applied.store, result=failed()))
    assert 'Stopped at <code dir="ltr">steps/1</code>' in page
    assert 'Run <code dir="ltr">wakeel check</code> &amp; look.' in page
    assert 'href="https://shop.example/1"' in page
    assert "http://temporal.example/namespaces/default/workflows/bakery%2Fgreet%2F" in page


async def test_texts_from_outside_stay_texts(applied: Site) -> None:
    page = await applied.page("/runs/" + await run(applied.store, result=failed()))
    assert "<script>alert" not in page
    assert "<bdi>&lt;script&gt;alert(1)" in page


async def test_what_a_run_changed_is_shown(applied: Site) -> None:
    run_id = await run(applied.store, result=failed())
    await effect(applied.store, run_id)
    page = await applied.page(f"/runs/{run_id}")
    assert '<span class="badge done">done</span>' in page
    assert "http.request" in page


async def test_a_running_run_is_shown_while_temporal_is_away(applied: Site) -> None:
    page = await applied.page("/runs/" + await run(applied.store))
    assert "Temporal does not answer" in page
    assert "running" in page


async def test_arabic_reads_from_right_to_left(applied: Site) -> None:
    page = await applied.page("/", "ar-EG,ar;q=0.9,en;q=0.8")
    assert '<html lang="ar" dir="rtl">' in page
    assert "التشغيلات" in page


async def test_the_address_wins_over_the_browser(applied: Site) -> None:
    page = await applied.page("/?lang=en", "ar")
    assert '<html lang="en" dir="ltr">' in page
    assert 'href="/?lang=ar"' in page


async def test_no_page_holds_a_script_or_a_style_of_its_own(applied: Site) -> None:
    for path in ("/", "/runs/" + await run(applied.store)):
        answer = await applied.http.get(path)
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert not re.search(r"<script(?! src=)|<style| style=| on\w+=", answer.text)


async def test_problems_of_files_are_shown_in_the_readers_language(applied: Site) -> None:
    (applied.workspace / "recipes/greet.yaml").write_text(BROKEN, "utf-8")
    await apply(applied.store, applied.workspace)
    assert "recipes/greet.yaml:6" in await applied.page("/")
    assert "في بعض الملفات مشكلات" in await applied.page("/", "ar")


async def test_an_unknown_run_is_a_page_that_says_so(applied: Site) -> None:
    answer = await applied.http.get("/runs/bakery/greet/nothing")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


async def test_a_store_that_does_not_work_is_told_in_its_own_words(site: Site) -> None:
    folder = site.app.state.settings.data
    for part in list(folder.glob("wakeel.db*")):
        part.rename(folder / f"aside-{part.name}")
    answer = await site.http.get("/")
    assert answer.status_code == 503
    assert "The database file wakeel.db is gone." in answer.text
    assert "wakeel doctor" in answer.text


async def test_a_mistake_of_our_own_shows_nothing_of_itself(site: Site) -> None:
    await site.store.database.write(ask("DROP TABLE troubles"))
    transport = httpx2.ASGITransport(site.app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        answer = await http.get("/")
    assert answer.status_code == 503
    assert "troubles" not in answer.text


async def test_the_api_gives_what_the_command_prints(applied: Site) -> None:
    run_id = await run(applied.store, result=failed())
    (listed,) = (await applied.http.get("/api/runs")).json()
    told = (await applied.http.get(f"/api/runs/{run_id}")).json()
    assert (listed["run"], listed["state"]) == (run_id, "failed")
    assert (told["failure"]["code"], told["notes"][0][:8]) == ("W5010", "<script>")
    assert (await applied.http.get("/api/runs/a/b/c")).status_code == 404


async def test_healthz_says_that_the_store_answers(site: Site) -> None:
    answer = await site.http.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
