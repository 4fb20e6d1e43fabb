"""What all calendars share: models, the search for a free slot, and the verbs written over `free_busy`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from wakeel.sdk.action import Action, Call, Effect
from wakeel.sdk.calendar import Calendar, Duration, Span, WorkingDuration
from wakeel.sdk.connector import Connector

GRID = timedelta(minutes=15)  # slots begin on the quarter hour
WEEK = WorkingDuration(amount=5, unit="days")


class Busy(BaseModel):
    """A span in which the calendar is taken."""

    start: AwareDatetime = Field(description="Begin.")
    end: AwareDatetime = Field(description="End.")
    title: str = Field(default="", description="What takes the time, where the calendar says it.")


class Slot(BaseModel):
    """A span that is free."""

    start: AwareDatetime = Field(description="Begin.")
    end: AwareDatetime = Field(description="End.")


class FreeBusy(BaseModel):
    """Which span to look at."""

    start: AwareDatetime = Field(description="Begin of the span.")
    end: AwareDatetime = Field(description="End of the span.")

    @model_validator(mode="after")
    def forward(self) -> FreeBusy:
        """Refuse a span that ends before it begins."""
        return forward(self)


class BusyTimes(BaseModel):
    """What is taken in a span."""

    busy: list[Busy] = Field(description="Taken spans in order; they may overlap.")


class FindSlots(BaseModel):
    """What kind of slots to look for."""

    length: Duration = Field(gt=timedelta(), description="How long a slot must be.")
    count: int = Field(default=3, ge=1, le=20, description="How many slots to find.")
    within: Span = Field(default=WEEK, description="How far ahead to look.")
    around: AwareDatetime | None = Field(default=None, description="Look from this moment on, if it is still ahead.")


class Slots(BaseModel):
    """Free slots in working time."""

    slots: list[Slot] = Field(description="Earliest first; fewer than asked where the calendar is full.")


class Conflicts(BaseModel):
    """Whether a span is free."""

    free: bool = Field(description="Whether nothing takes the time.")
    conflicts: list[Busy] = Field(description="What takes it.")


class Hold(BaseModel):
    """Time to keep free for something."""

    title: str = Field(min_length=1, max_length=500, description="What the time is for.")
    length: Duration = Field(default=timedelta(minutes=30), gt=timedelta(), description="How long.")
    around: AwareDatetime | None = Field(default=None, description="Wanted begin; the first free slot where left out.")
    within: Span = Field(default=WEEK, description="How far ahead to look for a free slot.")
    if_busy: Literal["next_free", "fail", "anyway"] = Field(
        default="next_free", description="What to do where the wanted time is taken."
    )


class CreateEvent(BaseModel):
    """An event as people see it."""

    title: str = Field(min_length=1, max_length=500, description="What it is.")
    start: AwareDatetime = Field(description="Begin.")
    end: AwareDatetime = Field(description="End.")
    description: str = Field(default="", max_length=8000, description="More about it.")
    location: str = Field(default="", max_length=500, description="Where it is.")

    @model_validator(mode="after")
    def forward(self) -> CreateEvent:
        """Refuse an event that ends before it begins."""
        return forward(self)


class EventRef(BaseModel):
    """An event that is in the calendar now."""

    id: str = Field(description="The event's id.")
    event: str = Field(description="The event's id again, under the name that later steps ask for.")
    url: str = Field(description="Address of the event.")
    etag: str = Field(default="", description="Version of the event.")
    title: str = Field(description="What it is.")
    start: AwareDatetime = Field(description="Begin.")
    end: AwareDatetime = Field(description="End.")


class OneEvent(BaseModel):
    """Which event is meant."""

    event: str = Field(min_length=1, description="The event's id, as a hold or a created event gave it.")


class Released(BaseModel):
    """What became of a hold."""

    released: bool = Field(description="False where a person had confirmed it: then it stays.")


SpanT = TypeVar("SpanT", bound="FreeBusy | CreateEvent")
FreeBusyOf = Callable[[FreeBusy, Call[Any]], Awaitable[BusyTimes]]


def forward(span: SpanT) -> SpanT:
    """Refuse a span that ends before it begins."""
    if span.end <= span.start:
        msg = "the end must be after the start"
        raise ValueError(msg)
    return span


def free_slots(
    calendar: Calendar, start: datetime, end: datetime, length: timedelta, busy: Iterable[Busy]
) -> Iterator[Slot]:
    """Yield the free slots of working time in order, each beginning on a quarter hour."""
    taken = sorted((b.start, b.end) for b in busy)
    for opens, closes in calendar.windows(start, end):
        at = on_grid(opens)
        while at + length <= closes:
            clash = next((until for begin, until in taken if begin < at + length and until > at), None)
            if clash is None:
                yield Slot(start=calendar.local(at), end=calendar.local(at + length))
            at = at + length if clash is None else on_grid(clash)


def on_grid(moment: datetime) -> datetime:
    """Return the quarter hour at or after a moment (UTC, so that sums cross summer time rightly)."""
    since = moment.astimezone(UTC) - datetime(2000, 1, 1, tzinfo=UTC)
    return moment.astimezone(UTC) + (-since % GRID)


def span_of(call: Call[Any], around: datetime | None, within: timedelta | WorkingDuration) -> tuple[datetime, datetime]:
    """Return where a search begins and ends."""
    start = around if around is not None and around > call.now else call.now
    return start, call.calendar.plus(start, within)


def shared(connector: Connector[Any], free_busy: FreeBusyOf) -> tuple[Action[Any, Any, Any], Action[Any, Any, Any]]:
    """Give a calendar the verbs that are the same everywhere."""

    async def find_slots(args: FindSlots, call: Call[Any]) -> Slots:
        """Find free slots in the client's working time.

        Example:
            - {connector}.find_slots:
                length: 45m
                count: 3
                within: 3 working days
        """
        start, end = span_of(call, args.around, args.within)
        taken = await free_busy(FreeBusy(start=start, end=max(end, start + args.length)), call)
        found = free_slots(call.calendar, start, end, args.length, taken.busy)
        return Slots(slots=list(islice(found, args.count)))

    async def check_conflicts(args: FreeBusy, call: Call[Any]) -> Conflicts:
        """Say whether a span is free.

        Example:
            - {connector}.check_conflicts:
                start: "2027-03-01T10:00:00+02:00"
                end: "2027-03-01T11:00:00+02:00"
        """
        taken = (await free_busy(args, call)).busy
        clash = [b for b in taken if b.start < args.end and b.end > args.start]
        return Conflicts(free=not clash, conflicts=clash)

    for verb in (find_slots, check_conflicts):
        verb.__doc__ = (verb.__doc__ or "").replace("{connector}", connector.name)
    return connector.action(Effect.READ)(find_slots), connector.action(Effect.READ)(check_conflicts)
