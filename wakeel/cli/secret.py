"""`wakeel secret`: passwords and tokens in the encrypted store, by name."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wakeel.settings import Settings

app = typer.Typer(help="Passwords and tokens in the encrypted store, by name.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name, as in secret://NAME.")]
SHARED = "shared"


@app.command("set")
def set_(
    name: Name,
    client: Annotated[str, typer.Option(help="The client whose connections may use it.")] = SHARED,
) -> None:
    """Keep a secret; its value is asked for, or read from standard input, and never shown."""
    from wakeel.cli.installation import found
    from wakeel.cli.sentences import Refused, say
    from wakeel.store.secrets import checked

    settings = found()
    checked(name)
    prompt = say("secret.value", settings.language, name=name)
    value = typer.prompt(prompt, hide_input=True) if sys.stdin.isatty() else sys.stdin.read().removesuffix("\n")
    if not value:
        raise Refused("W5821", name=name)
    woken = asyncio.run(keep(name, value, client, settings))
    print(say("secret.set", settings.language, name=name))
    if woken:
        print(say("secret.woken", settings.language, count=str(woken)))


async def keep(name: str, value: str, client: str, settings: Settings) -> int:
    """Keep the secret and tell the runs that wait for an account with it; return how many."""
    from wakeel.cli.reconnecting import reconnected
    from wakeel.runtime import open_store

    async with open_store(settings) as store:
        await store.secrets.set(name, value, client)
        return await reconnected(name, store)


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print the names as JSON.")] = False) -> None:
    """List the secrets that are kept and those that connections ask for; never a value."""
    from wakeel.cli.installation import found
    from wakeel.cli.output import columns, print_json
    from wakeel.cli.secrets_needed import listed
    from wakeel.cli.sentences import say
    from wakeel.runtime import open_store

    settings = found()

    async def read() -> list[dict[str, object]]:
        async with open_store(settings) as store:
            return await listed(store)

    rows = asyncio.run(read())
    if as_json:
        print_json(rows)
    elif rows:
        where = {name: say(f"secret.in.{name}", settings.language) for name in ("variable", "file", "store", "missing")}
        used = [", ".join(map(str, row["connections"])) for row in rows if isinstance(row["connections"], list)]
        print(
            columns(
                [[str(r["name"]), str(r["client"]), where[str(r["in"])], u] for r, u in zip(rows, used, strict=True)]
            )
        )
    else:
        print(say("secret.none", settings.language))


@app.command()
def remove(name: Name) -> None:
    """Forget a secret."""
    from wakeel.cli.installation import found
    from wakeel.cli.sentences import Refused, say
    from wakeel.runtime import open_store

    settings = found()

    async def forget() -> bool:
        async with open_store(settings) as store:
            return await store.secrets.remove(name)

    if not asyncio.run(forget()):
        raise Refused("W5822", name=name)
    print(say("secret.removed", settings.language, name=name))
