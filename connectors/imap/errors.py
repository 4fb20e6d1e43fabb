"""What an error of an IMAP server means to a run."""

from __future__ import annotations

import imaplib
import socket
import ssl

from wakeel.sdk import AuthError, ConnectorError, Maybe, RateLimited, Rejected, Unavailable

LATER = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[CONTACTADMIN]")
LIMITED = ("[LIMIT]", "[THROTTLED]", "too many", "[OVERQUOTA]")
WRONG_KEY = ("[AUTHENTICATIONFAILED]", "[AUTHORIZATIONFAILED]", "[EXPIRED]", "[PRIVACYREQUIRED]")


class Gone(Rejected):
    """The mail is not, or not any more, where it was looked for."""


def classify(error: Exception) -> ConnectorError | None:
    """Say what an error means: none of our commands adds anything twice, so a lost answer is never a lie."""
    from imap_tools.errors import MailboxLoginError, UnexpectedCommandStatusError

    match error:
        case MailboxLoginError():
            return sign_in_error(str(error.command_result[1]))
        case UnexpectedCommandStatusError():
            return answer_error(str(error.command_result[1]))
        case imaplib.IMAP4.error() if not isinstance(error, imaplib.IMAP4.abort):
            return answer_error(str(error))
        case _:
            return line_error(error)


def line_error(error: Exception) -> ConnectorError | None:
    """Say what a broken connection means; None for what is no such thing."""
    match error:
        case ssl.SSLCertVerificationError():
            return AuthError("The mail server's certificate is not valid for its name.")
        case ConnectionRefusedError() | socket.gaierror():
            return Unavailable("The mail server cannot be reached.")
        case imaplib.IMAP4.abort() | OSError():  # a timeout is an OSError
            return Maybe("The connection to the mail server broke off.")
        case _:
            return None


def sign_in_error(said: str) -> ConnectorError:
    """Say what a refused sign-in means."""
    if said_any(said, LATER):
        return Unavailable("The mail server cannot check sign-ins now.")
    if said_any(said, LIMITED):
        return RateLimited("The mail server has too many connections of this account.")
    return AuthError("The mail server does not accept this user name and password.")


def answer_error(said: str) -> ConnectorError:
    """Say what a NO or BAD means."""
    if said_any(said, WRONG_KEY):
        return AuthError("The mail server does not accept this user name and password.")
    if said_any(said, LIMITED):
        return RateLimited("The mail server asked to slow down.")
    if said_any(said, LATER):
        return Unavailable("The mail server cannot do this now.")
    return Rejected("The mail server refused the request.")


def said_any(said: str, words: tuple[str, ...]) -> bool:
    """Say whether an answer holds one of these words."""
    return any(word.casefold() in said.casefold() for word in words)
