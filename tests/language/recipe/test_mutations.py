"""Whatever is done to a recipe's text, the checker answers in words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.recipe import wrong_expressions, wrong_structure, wrong_words
from tests.language.recipe.office import OFFICE, checked
from tests.language.test_explain import RECIPE
from wakeel.language.explain import explain
from wakeel.language.plan import Plan

TEXTS = [RECIPE, *(case.recipe for case in (*wrong_structure.CASES, *wrong_words.CASES, *wrong_expressions.CASES))]
PIECES = [
    "${",
    "}",
    "- ",
    "  ",
    ": ",
    "[",
    "{",
    '"',
    "if: ",
    "as: ",
    "${event}",
    "steps:",
    "undo: none",
    "\n",
    "١",
    "|",
]
PIECES += [
    "together:",
    "for_each:",
    "choose:",
    "- otherwise:",
    "tell:",
    "set:",
    "wait:",
    "if_it_fails: continue",
    "{}",
    "",
]


@st.composite
def changed(draw: st.DrawFn) -> str:
    """Return a recipe with some lines taken out, doubled, moved, or with something in their middle."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        middle = draw(st.integers(0, len(lines[at])))
        line = lines[at][:middle] + draw(st.sampled_from(PIECES)) + lines[at][middle:]
        lines[at : at + 1] = draw(
            st.sampled_from([[line], [line, lines[at]], [f"  {line}"], [line[2:]], [line[:middle]]])
        )
    return "\n".join(lines)


@given(changed())
@settings(max_examples=80, deadline=None)
def test_a_changed_recipe_is_either_right_or_says_what_is_wrong(recipe: str) -> None:
    found = checked(recipe)
    for problem in found.problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert all(problem.message(language) and problem.hint(language) for language in ("en", "ar"))
    assert bool(found.plans) != bool(found.broken)
    for plan in found.plans.values():
        assert Plan.model_validate_json(plan.text()) == plan
        assert all(explain(plan, OFFICE, language).text() for language in ("en", "ar"))
