"""`wakeel connections`: the accounts that recipes use, and whether they work."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from activities.clients import Clients
    from wakeel.settings import Settings
    from wakeel.store import ConnectionRow

LIMIT = 20.0  # seconds for one account
Works = Literal["ok", "auth", "away", "refused", "unknown"]
WORDS: dict[str, Works] = {"AuthError": "auth", "Unavailable": "away", "RateLimited": "away", "Rejected": "refused"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an account said."""

    works: Works
    reason: str = ""

    def sentence(self, row: ConnectionRow, language: str) -> str:
        """Say whether the account works, and what to press if it does not."""
        from wakeel.cli.sentences import say

        return say(f"connections.{self.works}", language, connection=row.id, reason=self.reason.rstrip("."))


def connections(
    check: Annotated[bool, typer.Option("--check", help="Ask each service whether the account works.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the accounts as JSON.")] = False,
) -> None:
    """List the accounts; with --check, one harmless request to each."""
    from wakeel.cli.installation import found
    from wakeel.cli.output import columns, print_json
    from wakeel.cli.sentences import say

    settings = found()
    answers = asyncio.run(read(settings, check=check))
    if as_json:
        print_json([data(row, answer, settings.language) for row, answer in answers])
    elif answers:
        print(columns([line(row, answer, settings.language) for row, answer in answers]))
    else:
        print(say("connections.none", settings.language))
    raise typer.Exit(1 if any(answer and answer.works not in ("ok", "unknown") for _row, answer in answers) else 0)


async def read(settings: Settings, *, check: bool) -> list[tuple[ConnectionRow, Answer | None]]:
    """Read the live accounts, and ask them all at once where wanted."""
    from activities.clients import Clients
    from wakeel.runtime import open_store

    async with open_store(settings) as store:
        rows = await store.plans.connections()
        if not check:
            return [(row, None) for row in rows]
        clients = Clients(store)
        try:
            answers = await asyncio.gather(*(ask(clients, row) for row in rows))
        finally:
            await clients.close()
        return list(zip(rows, answers, strict=True))


async def ask(clients: Clients, row: ConnectionRow) -> Answer:
    """Make one harmless request."""
    from activities.errors import verdict
    from wakeel.catalog import catalog

    connector = catalog().connector(row.connector)
    if connector is None:
        return Answer("refused", row.connector)
    try:
        async with asyncio.timeout(LIMIT), clients.use(connector, row.id, row.client) as opened:
            if connector.check is None:
                return Answer("unknown")
            await connector.check(opened.client)
    except TimeoutError:
        return Answer("away", f"{LIMIT:.0f} s")
    except Exception as error:  # noqa: BLE001 - the connector's own words for it are what is wanted
        word = verdict(connector, error, "check")
        return Answer(WORDS.get(type(word).__name__, "away"), str(word))
    return Answer("ok")


def data(row: ConnectionRow, answer: Answer | None, language: str) -> dict[str, Any]:
    """Return an account as JSON; secrets are names."""
    found: dict[str, Any] = {
        "connection": row.id,
        "connector": row.connector,
        "client": row.client,
        "fields": dict(row.fields),
    }
    if answer is not None:
        found |= {"works": answer.works, "message": answer.sentence(row, language)}
    return found


def line(row: ConnectionRow, answer: Answer | None, language: str) -> list[str]:
    """Return the columns of an account."""
    from wakeel.cli.output import GREEN, RED, colored

    told = [row.id, row.connector, row.client]
    if answer is None:
        return told
    return [*told, colored(answer.sentence(row, language), GREEN if answer.works in ("ok", "unknown") else RED)]
