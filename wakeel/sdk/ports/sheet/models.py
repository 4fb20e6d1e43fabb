"""What steps of the sheet port take and give; the first row names the columns."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field, model_validator

from wakeel.sdk.fields import Json
from wakeel.sdk.files import FileRef
from wakeel.sdk.ports.sheet.cells import Cell

KEY_COLUMN = "wk_key"  # of rows that steps made


class OneSheet(BaseModel):
    """Which sheet is meant."""

    sheet: str = Field(min_length=1, description="The sheet: a path such as `عملاء.xlsx`, or the service's id.")
    tab: str | None = Field(default=None, description="Name of the tab, where there are several; by default the first.")


class Read(OneSheet):
    """Which rows to read."""

    where: dict[str, Cell] = Field(default={}, description="Only rows whose columns hold these values.")
    after: int = Field(default=0, ge=0, description="`next` of an earlier read, to go on from there.")
    limit: int = Field(default=100, ge=1, le=500, description="How many rows at once.")


class Row(BaseModel):
    """A row of a sheet."""

    number: int = Field(description="Its number as people see it: the first row of the sheet is 1.")
    version: str = Field(description="The same until a cell of the row changes.")
    values: Json = Field(description="What it holds, by the names of the columns; dates as text.")


class Rows(BaseModel):
    """Rows that were read."""

    columns: list[str] = Field(description="Names of the columns, from the first row.")
    rows: list[Row] = Field(description="The rows, from the top.")
    next: int | None = Field(description="Give it as `after` to go on; missing at the end.")


class AppendRow(OneSheet):
    """A row to add."""

    values: dict[str, Cell] = Field(
        min_length=1, max_length=200, description="What it holds, by the names of the columns; a new sheet gets them."
    )


class UpsertRow(AppendRow):
    """A row that is to be there, once for its key."""

    key: str = Field(min_length=1, description="Column that tells rows apart, such as `البريد`; one of `values`.")

    @model_validator(mode="after")
    def keyed(self) -> UpsertRow:
        """Ask for the key's value."""
        if self.values.get(self.key) in (None, ""):
            raise ValueError("the key is a column in values that is not empty")
        return self


class UpdateCell(OneSheet):
    """A cell, and what it is to hold."""

    row: int | None = Field(default=None, ge=2, description="Number of the row, as `read` gave it.")
    version: str | None = Field(default=None, description="Version of that row: refuse where it was changed since.")
    key: str | None = Field(default=None, description="Column that tells rows apart, where no number is given.")
    equals: Cell = Field(default=None, description="What that column holds in the row that is meant.")
    column: str = Field(min_length=1, description="Column of the cell.")
    value: Cell = Field(description="What it is to hold.")

    @model_validator(mode="after")
    def one_row(self) -> UpdateCell:
        """Accept exactly one way to say which row."""
        if (self.row is None) == (self.key is None or self.equals in (None, "")):
            raise ValueError("give a row, or a key and what it equals")
        return self


class Written(BaseModel):
    """A row that a step wrote; the fields are those that taking it back needs."""

    sheet: str = Field(description="The sheet.")
    tab: str | None = Field(description="The tab, if one was named.")
    number: int = Field(description="Number of the row, for now.")
    key_column: str = Field(description="Column by which the row is found again; empty where only its number tells.")
    key: str = Field(description="What that column holds.")
    created: bool = Field(description="Whether the step made the row.")
    before: dict[str, Any] = Field(description="What the step wrote over, by column.")
    now: dict[str, Any] = Field(description="What it wrote there.")


class PutBack(OneSheet):
    """What a step wrote, as its result tells."""

    number: int = Field(ge=2, description="Number of the row.")
    key_column: str = Field(description="Column by which the row is found; empty: by its number.")
    key: str = Field(description="What that column holds.")
    created: bool = Field(description="Whether the step made the row.")
    before: dict[str, Cell] = Field(description="What it wrote over.")
    now: dict[str, Cell] = Field(description="What it wrote.")


class Restored(BaseModel):
    """What became of a row."""

    restored: bool = Field(description="False where a person changed it since: then it stays.")


class Export(OneSheet):
    """A sheet to make a file of."""

    format: Literal["csv", "xlsx"] = Field(default="csv", description="Kind of the file.")


class Exported(BaseModel):
    """A sheet as a file."""

    file: FileRef = Field(description="The file, without the column `wk_key`.")
    rows: int = Field(description="How many rows it has below the first.")


class Watched(OneSheet):
    """A sheet to watch."""

    key: str | None = Field(default=None, description="Column that tells rows apart; the whole row where left out.")


class RowAdded(Watched):
    """Which rows to tell of."""

    more: list[Watched] = Field(default=[], description="Further sheets to watch.")


class RowChanged(RowAdded):
    """Which rows to tell of: without a key nobody can say which row was changed."""

    key: str = Field(min_length=1, description="Column that tells rows apart.")


class RowEvent(Row):
    """A row that came, or was changed."""

    sheet: str = Field(description="The sheet.")
    tab: str | None = Field(description="The tab, if one was named.")
    key_column: str | None = Field(description="Column that tells rows apart, if one was named.")
    key: str = Field(description="What it holds there, or the row's version.")
