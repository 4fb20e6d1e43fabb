"""Forms: people without an account fill them in, by links that Wakeel signs."""

from connectors.form import links, submitted
from connectors.form.connection import form

__all__ = ["form", "links", "submitted"]
