"""What an error of a mail server means to a run."""

from __future__ import annotations

import re
import ssl

from wakeel.sdk import AuthError, ConnectorError, Maybe, Rejected, Unavailable
from wakeel.sdk.ports.mail.headers import printable

LINK = re.compile(r"https?://\S+")
SIGN_IN = (530, 534, 535, 538)


def classify(error: Exception) -> ConnectorError | None:
    """Say what an error means when nobody knows how far the mail had come; `surely_not_sent` knows better."""
    import aiosmtplib as smtp

    match error:
        case smtp.SMTPAuthenticationError():
            return sign_in_error(error.code)
        case smtp.SMTPResponseException():
            return answer_error(error.code, error.message)
        case smtp.SMTPConnectError():
            return connect_error(error)
        case OSError():  # a lost connection and a timeout of aiosmtplib are OSErrors
            return Maybe("The mail server did not say whether it took the mail.")
    if isinstance(error, smtp.SMTPException):
        return AuthError("The mail server does not offer what this connection asks for: check its `security`.")
    return None


def surely_not_sent(error: Exception) -> ConnectorError | None:
    """Say what an error means before the mail itself was handed over."""
    found = classify(error)
    return Unavailable("The mail server cannot be reached.") if isinstance(found, Maybe) else found


def sign_in_error(code: int) -> ConnectorError:
    """Say what a refused sign-in means."""
    if 400 <= code < 500:
        return Unavailable("The mail server cannot check sign-ins now.")
    return AuthError("The mail server does not accept this user name and password.")


def connect_error(error: Exception) -> ConnectorError:
    """Say what a connection that never stood means."""
    if isinstance(error.__cause__, ssl.SSLCertVerificationError):
        return AuthError("The mail server's certificate is not valid for its name.")
    return Unavailable("The mail server cannot be reached.")


def answer_error(code: int, said: str) -> ConnectorError:
    """Say what a refusal with a code means: 4xx did nothing and may be tried again, 5xx is final."""
    if code in SIGN_IN:
        return sign_in_error(code)
    if 400 <= code < 500:
        return Unavailable(f"The mail server asks to try later ({code}).")
    return Rejected(f"The mail server refused the mail ({code}): {shown(said)}")


def all_refused(codes: list[int]) -> ConnectorError:
    """Say what it means that every recipient was refused."""
    if any(400 <= code < 500 for code in codes):
        return Unavailable("The mail server asks to try later.")
    return Rejected("The mail server refused every recipient.")


def shown(said: str) -> str:
    """Return what a server said without links: they may carry tokens."""
    return LINK.sub("", printable(said))[:200].strip()
