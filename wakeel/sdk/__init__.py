"""What the author of a connector imports; nothing else of Wakeel."""

from wakeel.sdk.action import Action, Authority, Call, Effect, Nothing
from wakeel.sdk.calendar import Calendar, Duration, Span, WorkingDuration
from wakeel.sdk.connector import Connection, Connector, HookConnection, NoConnection
from wakeel.sdk.errors import AuthError, ConnectorError, Maybe, RateLimited, Rejected, Unavailable
from wakeel.sdk.fields import Json, MailAddress, Picker
from wakeel.sdk.files import FileRef, Files
from wakeel.sdk.trigger import Event, Request, Since, Trigger

__all__ = [
    "Action",
    "AuthError",
    "Authority",
    "Calendar",
    "Call",
    "Connection",
    "Connector",
    "ConnectorError",
    "Duration",
    "Effect",
    "Event",
    "FileRef",
    "Files",
    "HookConnection",
    "Json",
    "MailAddress",
    "Maybe",
    "NoConnection",
    "Nothing",
    "Picker",
    "RateLimited",
    "Rejected",
    "Request",
    "Since",
    "Span",
    "Trigger",
    "Unavailable",
    "WorkingDuration",
]
