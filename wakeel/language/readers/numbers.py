"""Numbers, whole numbers, yes and no."""

from __future__ import annotations

import re
from decimal import Decimal

from wakeel.language.readers.digits import plain, shown
from wakeel.language.readers.unreadable import Unreadable

NOT_NUMBER, NOT_WHOLE, TWO_READINGS, TOO_LARGE, NOT_YES_NO = "W2150", "W2151", "W2152", "W2153", "W2154"

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:٬[0-9]{3})+|[0-9]+)(?:[.٫][0-9]+)?")
COMMAS = re.compile(r"[+-]?[0-9]+(?:[,،.][0-9]+)+")
MOST_CHARACTERS = 60
MOST = 10**18

YES = ("yes", "true", "نعم")
NO = ("no", "false", "لا")


def read_decimal(text: str) -> Decimal:
    """Read a number exactly; `٫` is a decimal point, `٬` separates thousands."""
    number = plain(text)
    if not NUMBER.fullmatch(number):
        raise Unreadable(TWO_READINGS if COMMAS.fullmatch(number) else NOT_NUMBER, value=shown(text))
    if len(number) > MOST_CHARACTERS or abs(found := Decimal(number.replace("٬", "").replace("٫", "."))) > MOST:
        raise Unreadable(TOO_LARGE, value=shown(text))
    return found


def read_number(text: str) -> int | float:
    """Read a number: an int where it is written without a fraction, else a float."""
    found = read_decimal(text)
    return int(found) if found == found.to_integral_value() and "." not in str(found) else float(found)


def read_whole(text: str) -> int:
    """Read a whole number."""
    found = read_decimal(text)
    if found != found.to_integral_value():
        raise Unreadable(NOT_WHOLE, value=shown(text))
    return int(found)


def read_yes_no(text: str) -> bool:
    """Read `true false yes no نعم لا`."""
    word = plain(text).casefold()
    if word not in YES + NO:
        raise Unreadable(NOT_YES_NO, value=shown(text))
    return word in YES
