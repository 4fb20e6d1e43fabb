"""What somebody filled in, read by the kinds of the fields; a fault is a short word that the page puts into a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from connectors.form.connection import CHOICES, FormConnection
from wakeel.sdk.fields import check_address

LONGEST_LINE, LONGEST_TEXT = 500, 20_000  # characters
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
YES, NO = {"yes", "on", "true", "1", "نعم"}, {"no", "off", "false", "0", "لا", ""}


class Fault(ValueError):
    """An answer that cannot be taken; its text is the short word."""


def checked(given: Mapping[str, Sequence[str]], connection: FormConnection) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the answers by field, and what is wrong by field."""
    values, faults = dict[str, Any](), dict[str, str]()
    for name, kind in connection.fields.items():
        texts = [text for one in given.get(name, ()) if (text := clean(one))]
        if not texts and name not in connection.optional and kind != "yes/no":
            faults[name] = "missing"
            continue
        try:
            values[name] = answer(texts, kind, connection.options.get(name, ()))
        except Fault as fault:
            faults[name] = str(fault)
    return values, faults


def answer(texts: Sequence[str], kind: str, options: Sequence[str]) -> Any:
    """Read the answer to one field; None is an empty one."""
    if kind in CHOICES:
        if not set(texts) <= set(options):
            raise Fault("no_option")
        return list(texts) if kind == "several of" else next(iter(texts), None)
    text = next(iter(texts), "")
    if kind == "yes/no":
        return yes_no(text)
    if not text:
        return None
    if len(text) > (LONGEST_TEXT if kind == "long text" else LONGEST_LINE):
        raise Fault("too_long")
    return READERS[kind](text)


def yes_no(text: str) -> bool:
    """Read a box: one that is not ticked sends nothing."""
    if text.lower() not in YES | NO:
        raise Fault("no_option")
    return text.lower() in YES


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def address(text: str) -> str:
    """Read a mail address."""
    try:
        return check_address(text)
    except ValueError as error:
        raise Fault("no_mail_address") from error


def phone(text: str) -> str:
    """Read a telephone number: digits with a plus in front, if it has one."""
    found = re.fullmatch(r"\+?[0-9]{5,20}", re.sub(r"[\s().-]", "", text.translate(DIGITS)))
    if not found:
        raise Fault("no_phone")
    return found[0]


def number(text: str) -> float | int:
    """Read a number, also in Arabic digits; thousands may be parted by commas."""
    found = re.fullmatch(
        r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,9})?|-?[0-9]{1,15}(?:\.[0-9]{1,9})?", text.translate(DIGITS)
    )
    if not found:
        raise Fault("no_number")
    bare = found[0].replace(",", "")
    return float(bare) if "." in bare else int(bare)


def day(text: str) -> str:
    """Read a date as browsers send it."""
    try:
        return date.fromisoformat(text.translate(DIGITS)).isoformat()
    except ValueError as error:
        raise Fault("no_date") from error


READERS: dict[str, Callable[[str], Any]] = {
    "text": line,
    "long text": str,
    "mail address": address,
    "phone": phone,
    "number": number,
    "date": day,
}


def clean(text: str) -> str:
    """Return a text in one spelling, without what cannot be seen."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return CONTROL.sub("", plain.encode("utf-8", "replace").decode()).strip()
