"""A form: what it asks, where its page is, and the secret that signs its links."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

from pydantic import Field, SecretStr, model_validator

from wakeel.sdk import Connection, Connector

Kind = Literal[
    "text", "long text", "mail address", "phone", "number", "date", "yes/no", "one of", "several of"
]  # fmt: skip
Name = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]
TOKEN, SUBMISSION, TRAP = "token", "submission", "homepage"
CHOICES = ("one of", "several of")


class FormConnection(Connection):
    """One form, shown to whoever has a link that was signed for it."""

    secret: SecretStr = Field(min_length=12, description="Secret that signs the links: a long random text.")
    url: str = Field(
        pattern="^https?://[^/@?#]+(/[^?#]*)?$",
        description="Address of the form's page as it is reached from outside; a link adds its token to it.",
    )
    title: str = Field(default="", max_length=200, description="Title of the page.")
    intro: str = Field(default="", max_length=5000, description="Text above the fields.")
    thanks: str = Field(default="", max_length=2000, description="Text after the form was sent.")
    fields: dict[Name, Kind] = Field(
        min_length=1, max_length=60, description="What is asked, in this order: a name and its kind."
    )
    labels: dict[str, str] = Field(default={}, description="Texts beside the fields; by default their names.")
    options: dict[str, list[str]] = Field(default={}, description="Choices of fields that are `one of`, `several of`.")
    optional: list[str] = Field(default=[], description="Fields that may stay empty; the others must be filled in.")

    @model_validator(mode="after")
    def agree(self) -> FormConnection:
        """Refuse settings of fields that are not asked, choices of nothing, and names that the page needs."""
        if {*self.labels, *self.options, *self.optional} - set(self.fields):
            raise ValueError("labels, options and optional name fields of the form")
        if {TOKEN, SUBMISSION, TRAP} & set(self.fields):
            raise ValueError("a field has another name than token, submission, homepage")
        if any((kind in CHOICES) != bool(self.options.get(name)) for name, kind in self.fields.items()):
            raise ValueError("a choice has options, and nothing else has")
        return self


@asynccontextmanager
async def open_client(connection: FormConnection) -> AsyncIterator[FormConnection]:
    """Open nothing: a link is only signed."""
    yield connection


form: Connector[FormConnection] = Connector("form", FormConnection, open_client, title="Form")
