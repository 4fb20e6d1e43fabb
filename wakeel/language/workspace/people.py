"""The people of a client, and how each of them is reached."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wakeel.language.nodes import Scalar
from wakeel.language.plan import Person
from wakeel.language.problems import Problems, near_names
from wakeel.language.workspace.form import Form, one, option_of

REACH = ("page", "mail", "slack")
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
BAD_NAME, NO_ADDRESS = "W4009", "W4015"


def read_people(form: Form, language: str) -> dict[str, Person]:
    """Read who works for and with the client: `owner`, `va` and others by their role."""
    people: dict[str, Person] = {}
    for key, entry in form.forms("people"):
        if good_name(key, form.problems):
            people[key.value] = _person(entry, language)
    return people


def good_name(key: Scalar, problems: Problems) -> bool:
    """Accept names of roles: small letters, digits and `_`."""
    if NAME.fullmatch(key.value):
        return True
    problems.add(BAD_NAME, key.place, name=key.value)
    return False


def near_people(name: str, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Return whom a name may have meant: by the role, by the person's own name, or by the address."""
    own = [role for role, person in people.items() if name.strip() and name.strip() in (person.name, person.email)]
    return tuple(own) or near_names(name, people)


def _person(form: Form, language: str) -> Person:
    form.only(("name", "email", "slack", "reach"))
    form.need("name")
    return Person(
        name=form.words("name", language) or form.where,
        email=form.read("email", "mail address") or "",
        slack=form.read("slack") or "",
        reach=_reach(form),
    )


def _reach(form: Form) -> tuple[str, ...]:
    scalars = [s for node in form.items("reach") if (s := one(node, "reach", form.problems))]
    ways = tuple(w for s in scalars if (w := option_of(s, "reach", REACH, form.problems)))
    if "mail" in ways and form.node.get("email") is None:
        place = next(s.place for s in scalars if s.value == "mail")
        form.problems.add(NO_ADDRESS, place, person=form.where)
    return ways or Person.model_fields["reach"].default
