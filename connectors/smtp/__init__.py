"""SMTP: send mail and answer it; once, where the server files what it sends."""

from connectors.smtp import actions
from connectors.smtp.connection import smtp

__all__ = ["actions", "smtp"]
