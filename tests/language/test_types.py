from __future__ import annotations

import datetime as clock
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, Field, HttpUrl, RootModel, SecretStr, computed_field

from wakeel.language import types as t
from wakeel.sdk import Duration, FileRef, Json, MailAddress, Picker, Span, WorkingDuration


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = 1


class Inner(BaseModel):
    name: str


class Tree(BaseModel):
    name: str
    children: list[Tree] = []


class Names(RootModel[list[str]]):
    pass


class Whole(BaseModel):
    text: str
    sender: Inner = Field(alias="from")
    note: str | None = None
    tags: list[str] = []
    password: SecretStr = SecretStr("x")
    backup: SecretStr | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def size(self) -> int:
        return len(self.text)


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (str, t.TEXT),
        (MailAddress, t.TEXT),
        (Annotated[str, Picker("trello.list")], t.TEXT),
        (HttpUrl, t.TEXT),
        (int, t.NUMBER),
        (float, t.NUMBER),
        (Decimal, t.NUMBER),
        (bool, t.YES_NO),
        (clock.datetime, t.MOMENT),
        (AwareDatetime, t.MOMENT),
        (clock.date, t.DATE),
        (clock.time, t.TIME),
        (clock.timedelta, t.DURATION),
        (Duration, t.DURATION),
        (WorkingDuration, t.WORKING_DURATION),
        (Span, t.SPAN),
        (FileRef, t.FILE),
        (Literal["a", "b"], t.OneOf(("a", "b"))),
        (Literal[1, 2], t.NUMBER),
        (Colour, t.OneOf(("red", "blue"))),
        (Level, t.NUMBER),
        (list[int], t.ListOf(t.NUMBER)),
        (tuple[str, ...], t.ListOf(t.TEXT)),
        (list, t.ListOf(t.ANY)),
        (dict[str, int], t.ValuesOf(t.NUMBER)),
        (dict, t.ANY),
        (Optional[str], t.TEXT),  # noqa: UP045
        (str | None, t.TEXT),
        (str | Literal["a"], t.TEXT),
        (str | int, t.ANY),
        (Inner, t.MapOf({"name": t.Field(t.TEXT)})),
        (Names, t.ListOf(t.TEXT)),
        (Json, t.ANY),
        (Any, t.ANY),
        (object, t.ANY),
    ],
)
def test_annotations_are_read(annotation: Any, expected: t.Type) -> None:
    assert t.of_annotation(annotation) == expected


def test_a_model_is_a_map_by_the_names_of_a_recipe() -> None:
    assert t.of_model(Whole) == t.MapOf(
        {
            "text": t.Field(t.TEXT),
            "from": t.Field(t.MapOf({"name": t.Field(t.TEXT)})),
            "note": t.Field(t.TEXT, maybe=True, required=False),
            "tags": t.Field(t.ListOf(t.TEXT), required=False),
            "size": t.Field(t.NUMBER, required=False),
        }
    )


def test_a_model_that_holds_itself_is_cut() -> None:
    assert t.of_model(Tree) == t.MapOf({"name": t.Field(t.TEXT), "children": t.Field(t.ListOf(t.ANY), required=False)})


def test_types_are_keys() -> None:
    assert len({t.of_model(Whole), t.of_model(Whole), t.MapOf({}), t.OneOf(("a",)), t.TEXT}) == 4


def test_a_type_has_its_shape() -> None:
    shape = t.shape(t.MapOf({"a": t.Field(t.MOMENT), "b": t.Field(t.ListOf(t.SPAN)), "c": t.Field(t.ValuesOf(t.FILE))}))
    assert shape == {"map": {"a": "moment", "b": {"list": "duration"}, "c": {"values": "file"}}}
    assert t.shape(t.OneOf(("a",))) == "text"


A_B = t.OneOf(("a", "b"))
PERSON = t.MapOf({"name": t.Field(t.TEXT), "age": t.Field(t.NUMBER, required=False)})


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (t.TEXT, t.TEXT),
        (t.TEXT, t.NUMBER),
        (t.TEXT, t.YES_NO),
        (t.TEXT, A_B),
        (A_B, t.TEXT),
        (A_B, t.OneOf(("b", "c"))),
        (t.ANY, t.MOMENT),
        (t.MOMENT, t.ANY),
        (t.SPAN, t.DURATION),
        (t.SPAN, t.WORKING_DURATION),
        (t.ListOf(t.TEXT), t.ListOf(t.NUMBER)),
        (t.ValuesOf(t.TEXT), t.MapOf({"a": t.Field(t.NUMBER)})),
        (PERSON, t.MapOf({"name": t.Field(t.TEXT), "more": t.Field(t.MOMENT)})),
        (PERSON, t.MapOf({"name": t.Field(t.TEXT), "age": t.Field(t.NUMBER, maybe=True)})),
        (t.of_model(FileRef), t.FILE),
        (
            t.FILE,
            t.MapOf({key: t.Field(t.TEXT) for key in ("sha256", "name", "media_type")} | {"size": t.Field(t.NUMBER)}),
        ),
    ],
)
def test_what_is_accepted(expected: t.Type, given: t.Type) -> None:
    assert t.accepts(expected, given)


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (t.NUMBER, t.TEXT),
        (t.TEXT, t.MOMENT),
        (t.TEXT, t.ListOf(t.TEXT)),
        (t.TEXT, PERSON),
        (t.YES_NO, t.NUMBER),
        (t.MOMENT, t.TEXT),
        (t.DURATION, t.WORKING_DURATION),
        (t.WORKING_DURATION, t.DURATION),
        (t.DURATION, t.SPAN),
        (A_B, t.OneOf(("c",))),
        (A_B, t.NUMBER),
        (t.ListOf(t.NUMBER), t.ListOf(t.TEXT)),
        (t.ListOf(t.TEXT), t.TEXT),
        (PERSON, t.MapOf({"age": t.Field(t.NUMBER)})),
        (PERSON, t.MapOf({"name": t.Field(t.TEXT, maybe=True)})),
        (PERSON, t.MapOf({"name": t.Field(t.MOMENT)})),
        (PERSON, t.ValuesOf(t.TEXT)),
        (t.FILE, PERSON),
        (t.FILE, t.TEXT),
    ],
)
def test_what_is_refused(expected: t.Type, given: t.Type) -> None:
    assert not t.accepts(expected, given)


def test_several_triggers_share_the_fields_that_all_have() -> None:
    mail = t.MapOf({"id": t.Field(t.TEXT), "at": t.Field(t.MOMENT), "size": t.Field(t.NUMBER)})
    hook = t.MapOf({"id": t.Field(t.TEXT, maybe=True), "at": t.Field(t.TEXT)})
    assert t.common(mail, hook) == t.MapOf({"id": t.Field(t.TEXT, maybe=True)})
    assert t.common(t.OneOf(("a",)), t.OneOf(("b",))) == A_B
    assert t.common(t.TEXT, A_B) == t.TEXT
    assert t.common(t.TEXT, t.NUMBER) is None
    assert t.common_to_all([t.TEXT, t.NUMBER]) == t.ANY


SIMPLE: st.SearchStrategy[t.Type] = st.sampled_from(
    [t.TEXT, t.NUMBER, t.YES_NO, t.MOMENT, t.DURATION, t.SPAN, t.FILE, A_B, t.OneOf(("c",)), t.ANY]
)
TYPES: st.SearchStrategy[t.Type] = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        inner.map(t.ListOf),
        inner.map(t.ValuesOf),
        st.dictionaries(st.sampled_from("abc"), st.builds(t.Field, inner, st.booleans(), st.just(True))).map(t.MapOf),
    ),
    max_leaves=4,
)


@given(TYPES, TYPES)
def test_the_rules_agree_with_themselves(first: t.Type, second: t.Type) -> None:
    assert t.accepts(first, first)
    assert t.accepts(t.ANY, first)
    assert t.common(first, first) == first
    assert (t.common(first, second) is None) == (t.common(second, first) is None)
    shared = t.common(first, second)
    assert shared is None or isinstance(hash(shared), int)
