"""A wrong recipe and what the VA reads about it."""

from __future__ import annotations

from tests.language.recipe.office import CONNECTIONS, checked, problems
from wakeel.language.problems import Problem, Problems


class Wrong:
    """A recipe with its problems as `line:column code sentence`, for a client or for none."""

    def __init__(self, why: str, recipe: str, *said: str, client: str = "", connections: str = CONNECTIONS) -> None:
        self.why = why
        self.recipe = recipe
        self.said = list(said)
        self.client = client
        self.connections = connections

    def problems(self) -> Problems:
        """Check the recipe."""
        if self.client:
            return checked(self.recipe, self.client, self.connections).problems
        return problems(self.recipe)


def said(problem: Problem) -> str:
    """Return a problem in one line; one of another file begins with that file's name."""
    stem = problem.place.file.rpartition("/")[2].removesuffix(".yaml")
    where = "" if stem == "job" else f"{stem} "
    return f"{where}{problem.place.line}:{problem.place.column} {problem.code} {problem.message()}"
