"""One file of `clients/`: who the client is, whose accounts are used, which recipes are at work."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args

from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.plan import ClientFacts
from wakeel.language.problems import Problems
from wakeel.language.workspace.form import Form, blank, one
from wakeel.language.workspace.model import SHARED, AccountUse, Activation, Client, Level, State
from wakeel.language.workspace.people import good_name, read_people
from wakeel.language.workspace.secret import refuse_literal
from wakeel.language.workspace.week import read_calendar

ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
BAD_ID, LATER, NO_ACTIVATION = "W4010", "W4016", "W4017"

KEYS = (
    *("client", "name", "language", "time_zone", "week", "holidays"),
    *("accounts", "people", "authority", "facts", "recipes"),
)
CHOICES = {  # read and checked, and not used yet; to leave them out of account breaks no promise
    "date_order": ("dmy", "mdy", "ymd"),
    "digits": ("latn", "arab"),
    "calendar_display": ("gregorian", "hijri", "both"),
}
FREE = ("currency", "pay_model", "rate_card", "colour")
PROMISES = ("quiet_hours", "retention", "alert_detail")  # ignored in silence, they would disturb or disclose
STATES, REHEARSAL = ("live", "paused"), "rehearsal"


def read_client(node: Mapping, file: str, problems: Problems) -> Client | None:
    """Read a client's file; None where it does not even say whose it is."""
    form = Form(node, file, node.entries[0][0].place if node.entries else node.place, problems)
    form.only((*KEYS, *CHOICES, *FREE, *PROMISES))
    id_ = good_id(form.scalar("client"), problems) if form.need("client") else None
    form.need("time_zone")
    return _client(form, id_ or "", file) if id_ else None


def good_id(scalar: Scalar | None, problems: Problems) -> str | None:
    """Return an id: small letters, digits and `-`; `shared` is no one's."""
    if scalar is None:
        return None
    if ID.fullmatch(scalar.value) and scalar.value != SHARED:
        return scalar.value
    problems.add(BAD_ID, scalar.place, name=scalar.value)
    return None


def _client(form: Form, id_: str, file: str) -> Client:
    _check_later(form)
    key = form.node.key("client")
    level: Level | None = form.option("authority", get_args(Level))  # type: ignore[assignment]
    return Client(
        facts=_facts(form, id_),
        file=file,
        file_place=key.place if key else form.place,
        authority=level or "draft",
        accounts=_accounts(form),
        activations=_activations(form),
    )


def _facts(form: Form, id_: str) -> ClientFacts:
    chosen = form.option("language", ("en", "ar"))
    language: Literal["en", "ar"] = "ar" if chosen == "ar" else "en"
    return ClientFacts(
        id=id_,
        name=form.words("name", language) or id_,
        language=language,
        calendar=read_calendar(form, language),
        people=read_people(form, language),
        facts={key.value: _plain(node, key.value, form.problems) for key, node in form.entries("facts")},
    )


def _plain(node: Node, key: str, problems: Problems) -> Any:
    """Return a fact as it is written: text, list or map."""
    if isinstance(node, Mapping):
        return {name.value: _plain(value, name.value, problems) for name, value in node.entries}
    if isinstance(node, Sequence):
        return [_plain(item, key, problems) for item in node.items]
    return "" if refuse_literal(node, key, problems) else node.value


def _check_later(form: Form) -> None:
    """Check what is not used yet, and refuse what nobody may count on."""
    for name in PROMISES:
        if key := form.node.key(name):
            form.problems.add(LATER, key.place, value=name)
    for name, options in CHOICES.items():
        form.option(name, options)
    for name in FREE:
        if node := form.node.get(name):
            _plain(node, name, form.problems)


def _accounts(form: Form) -> dict[str, tuple[AccountUse, ...]]:
    roles: dict[str, tuple[AccountUse, ...]] = {}
    for role, node in form.entries("accounts"):
        if good_name(role, form.problems):
            nodes = node.items if isinstance(node, Sequence) else [node]
            named = [s for item in nodes if (s := one(item, role.value, form.problems))]
            roles[role.value] = tuple(
                AccountUse(s.value, s.place) for s in named if not refuse_literal(s, "", form.problems)
            )
    return {role: uses for role, uses in roles.items() if uses}


def _activations(form: Form) -> dict[str, Activation]:
    found: dict[str, Activation] = {}
    for key, node in form.entries("recipes"):
        if isinstance(node, Mapping) or blank(node):
            found[key.value] = _activation(key, node, form.problems)
        else:
            form.problems.add(NO_ACTIVATION, node.place, key=key.value)
    return found


def _activation(key: Scalar, node: Node, problems: Problems) -> Activation:
    if not isinstance(node, Mapping):
        return Activation(key.value, "live", None, key.place)
    form = Form(node, key.value, key.place, problems)
    form.only(("state", "settings"))
    settings = form.form("settings")
    return Activation(key.value, _state(form), settings.node if settings else None, key.place)


def _state(form: Form) -> State:
    node = form.node.get("state")
    if isinstance(node, Scalar) and node.value == REHEARSAL:
        form.problems.add(LATER, node.place, value=REHEARSAL)
        return "paused"
    return "live" if node is None or form.option("state", STATES) == "live" else "paused"
