"""The web application on a store of its own, asked without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from tests.cli.office import HOOK_TOKEN, furnish
from wakeel.applying import apply
from wakeel.settings import Settings
from wakeel.store import Store
from wakeel.web.app import create


@dataclass
class Site:
    """The application, its store, and a client that asks it."""

    app: Starlette
    store: Store
    workspace: Path
    http: httpx2.AsyncClient

    async def page(self, path: str, language: str = "en") -> str:
        """Return a page."""
        answer = await self.http.get(path, headers={"accept-language": language})
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    workspace = furnish(tmp_path / "workspace")
    settings = Settings(
        data=tmp_path / "data", workspace=workspace, durable=False, temporal_ui="http://temporal.example"
    )
    app = create(settings)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1") as http,
    ):
        store: Store = app.state.store
        await store.secrets.set("HOOK", HOOK_TOKEN)
        yield Site(app, store, workspace, http)


@pytest.fixture
async def applied(site: Site) -> Site:
    """Give a site whose recipes are at work."""
    assert not (await apply(site.store, site.workspace)).problems
    return site
