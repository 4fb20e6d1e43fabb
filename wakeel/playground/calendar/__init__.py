"""A calendar server on loopback: Radicale, with a look at what goes in and out."""

from wakeel.playground.calendar.server import CalendarServer

__all__ = ["CalendarServer"]
