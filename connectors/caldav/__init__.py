"""CalDAV (RFC 4791): holds and events in any calendar that speaks it."""

from connectors.caldav.actions import caldav

__all__ = ["caldav"]
