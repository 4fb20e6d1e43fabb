"""`wakeel explain`: what a recipe promises for a client, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from wakeel.language.check import Checked
    from wakeel.language.plan import Plan
    from wakeel.language.problems import Language
    from wakeel.settings import Settings

Lang = Literal["en", "ar"]


def explain(
    recipe: Annotated[str, typer.Argument(help="Id of the recipe.")],
    client: Annotated[str | None, typer.Option(help="For which client, where several use it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Print a Mermaid flow chart.")] = False,
    lang: Annotated[Lang | None, typer.Option(help="Language of the words.")] = None,
) -> None:
    """Say what a recipe would do: accounts, effects, attempts, what is taken back."""
    from wakeel.applying import check_folder
    from wakeel.catalog import catalog
    from wakeel.cli.installation import found, workspace_of
    from wakeel.cli.output import print_json
    from wakeel.language.explain import explain as explained

    settings = found()
    language = lang or settings.language
    checked, _files = check_folder(workspace_of(settings))
    words = explained(plan_of(recipe, client, checked, settings, language), catalog(), language)
    if as_json:
        print_json(words.data)
    else:
        print(words.mermaid() if mermaid else words.text())


def plan_of(recipe: str, client: str | None, checked: Checked, settings: Settings, language: Language) -> Plan:
    """Return the plan for a client; ends the command with the recipe's problems where it has none."""
    from wakeel.cli.problems import printed
    from wakeel.cli.sentences import Refused
    from wakeel.language.problems import near_names

    file = checked.workspace.recipes.get(recipe)
    if file is None:
        near = near_names(recipe, checked.workspace.recipes)
        raise Refused("W5810", recipe=recipe, near=", ".join(near or sorted(checked.workspace.recipes)) or "—")
    plans = [p for p in checked.plans.values() if p.recipe == recipe and client in (None, p.client.id)]
    if len(plans) == 1:
        return plans[0]
    users = [c.id for c in checked.workspace.clients.values() if recipe in c.activations]
    if len(plans) > 1 or not users or client not in (None, *users):
        raise Refused("W5811", recipe=recipe, clients=", ".join(users) or "—")
    own = {file, "connections.yaml", *(checked.workspace.clients[user].file for user in users)}
    theirs = [problem for problem in checked.problems if problem.place.file in own]
    print("\n\n".join(printed(theirs, settings.workspace, language)))
    raise typer.Exit(1)
