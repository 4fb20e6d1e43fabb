"""A recipe's `settings:`: the form that a VA fills in for each client."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from wakeel.language import types
from wakeel.language.catalog import PORTS, Catalog
from wakeel.language.nodes import Mapping, Node, Place, Scalar
from wakeel.language.problems import LONGEST, Problems, near_names
from wakeel.language.recipe.shapes import refuse_expressions
from wakeel.language.workspace.form import Form, blank, one, text_in
from wakeel.language.workspace.literals import TEXT, Kind, Literals
from wakeel.language.workspace.pickers import is_picker, known_pickers

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
BAD_NAME, NOT_A_SPEC, NO_TYPE = "W2801", "W2802", "W2803"
NO_PICKER, NO_OPTIONS, ODD_OPTIONS = "W2804", "W2805", "W2806"

TYPES: dict[str, types.Type] = {
    "text": types.TEXT,
    "long text": types.TEXT,
    "number": types.NUMBER,
    "yes/no": types.YES_NO,
    "duration": types.DURATION,
    "working duration": types.WORKING_DURATION,
    "time": types.TIME,
    "date": types.DATE,
    "money": types.MapOf({"amount": types.Field(types.NUMBER), "currency": types.Field(types.TEXT)}),
    "mail address": types.TEXT,
    "one of": types.TEXT,
    "person": types.TEXT,
}
LIST = "list of "


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One value that each client gives; `label` and `help` are texts by language."""

    name: str
    kind: Kind
    required: bool
    default: Node | None
    label: dict[str, str]
    help: dict[str, str]
    place: Place
    sound: bool = True  # False: a problem of it was noted, and nothing that follows from it is


def settings_of(mapping: Mapping, problems: Problems, catalog: Catalog) -> dict[str, SettingSpec]:
    """Read what a recipe asks of each client; the catalogue knows what can be picked."""
    found = {}
    for key, node in mapping.entries:
        before = len(problems)
        spec = _spec(key, node, problems, catalog)
        found[key.value] = replace(spec, sound=len(problems) == before)
    return found


def type_of(spec: SettingSpec) -> types.Type:
    """Return what `settings.<name>` is in an expression."""
    return _type(spec.kind) if spec.sound else types.ANY


def settings_type(specs: dict[str, SettingSpec]) -> types.MapOf:
    """Return what `settings` is in an expression; what nobody has to give may be missing."""
    return types.MapOf(
        {
            name: types.Field(type_of(spec), maybe=spec.sound and spec.default is None and not spec.required)
            for name, spec in specs.items()
        }
    )


def _type(kind: Kind) -> types.Type:
    if kind.item:
        return types.ListOf(_type(kind.item))
    return types.OneOf(kind.options) if kind.options else TYPES.get(kind.name, types.TEXT)


def _spec(key: Scalar, node: Node, problems: Problems, catalog: Catalog) -> SettingSpec:
    if not NAME.fullmatch(key.value):
        problems.add(BAD_NAME, key.place, name=key.value)
    if not isinstance(node, Mapping):
        word = node.value if isinstance(node, Scalar) and not blank(node) else "text"
        problems.add(NOT_A_SPEC, node.place, name=key.value, type=word[:LONGEST])
        return SettingSpec(key.value, TEXT, False, None, {}, {}, key.place)
    refuse_expressions(key.value, node, problems)
    form = Form(node, key.value, key.place, problems)
    form.only(("type", "default", "label", "help", "required", "options"))
    kind = _kind(form, catalog) if form.need("type") else None
    return _filled(key, form, kind or TEXT)


def _filled(key: Scalar, form: Form, kind: Kind) -> SettingSpec:
    default, asked = form.node.get("default"), form.read("required", "yes/no")
    if default and form.node.get("type"):
        Literals(form.problems).read(kind, default, key.value)
    required = default is None if asked is None else bool(asked) and default is None
    return SettingSpec(key.value, kind, required, default, _texts(form, "label"), _texts(form, "help"), key.place)


def _texts(form: Form, name: str) -> dict[str, str]:
    node = form.node.get(name)
    return {language: text_in(node, name, language, form.problems) for language in ("en", "ar")} if node else {}


def _kind(form: Form, catalog: Catalog) -> Kind | None:
    scalar = form.scalar("type")
    if scalar is None:
        return None
    many, word = scalar.value.startswith(LIST), scalar.value.removeprefix(LIST)
    kind = _single(word, scalar, form, catalog)
    return Kind("list of", item=kind) if kind and many else kind


def _single(word: str, scalar: Scalar, form: Form, catalog: Catalog) -> Kind | None:
    options = _options(form, word)
    if word in TYPES:
        return Kind(word, options)
    if "." in word or word in PORTS:
        return _picker(word, scalar, form, catalog)
    form.problems.add(NO_TYPE, scalar.place, near_names(word, (*TYPES, *PORTS, f"{LIST}text")), type=word)
    return None


def _options(form: Form, word: str) -> tuple[str, ...]:
    key, nodes = form.node.key("options"), form.items("options")
    if word != "one of":
        if key:
            form.problems.add(ODD_OPTIONS, key.place, type=word)
        return ()
    if not nodes:
        form.problems.add(NO_OPTIONS, form.place, name=form.where)
    return tuple(s.value for node in nodes if (s := one(node, "options", form.problems)))


def _picker(word: str, scalar: Scalar, form: Form, catalog: Catalog) -> Kind | None:
    if is_picker(word, catalog):
        return Kind("picker", picker=word)
    form.problems.add(NO_PICKER, scalar.place, near_names(word, (*TYPES, *known_pickers(catalog))), type=word)
    return None
