"""The settings that every connection to a mail server has."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from wakeel.sdk.connector import Connection
from wakeel.sdk.ports.mail.addresses import check_recipient

YES = {"yes": True, "نعم": True, "no": False, "لا": False}
Security = Literal["tls", "starttls", "none"]


def read_yes_no(value: object) -> object:
    """Read what people write for yes and no; the rest is left to pydantic."""
    return YES.get(value.strip().lower(), value) if isinstance(value, str) else value


def check_sender(value: str) -> str:
    """Accept an empty text or one mail address, with or without a name."""
    return check_recipient(value) if value else value


class MailConnection(Connection):
    """An account on a mail server. `imap` and `smtp` read the same fields."""

    host: str = Field(description="Name of the mail server.", pattern=r"^[^\s/@]+$")
    port: int | None = Field(default=None, ge=1, le=65535, description="Port; by default the usual one.")
    username: str = Field(default="", description="Name to sign in with; empty where the server asks for none.")
    password: SecretStr = Field(default=SecretStr(""), description="Password, better an app password.")
    security: Security = Field(
        default="tls", description="`tls` from the first byte, `starttls`, or `none` (a server on this machine)."
    )
    from_address: Annotated[str, AfterValidator(check_sender)] = Field(
        default="", description="Own address, `Name <name@host>` or bare; by default the username."
    )
    files_sent: Annotated[bool, BeforeValidator(read_yes_no)] = Field(
        default=False, description="The server itself files what it sends in the Sent folder (Gmail, Microsoft 365)."
    )
