"""Amounts of money: a number and a currency that only one country means by it."""

from __future__ import annotations

import re
from decimal import Decimal

from wakeel.language.readers.digits import plain, shown
from wakeel.language.readers.numbers import read_decimal
from wakeel.language.readers.unreadable import Unreadable

NOT_MONEY, NO_CURRENCY = "W2165", "W2166"

AMOUNT_FIRST = re.compile(r"([+-]?[0-9][0-9.,،٫٬]*) *(\D+)")
AMOUNT_LAST = re.compile(r"([^\d+-]+?) *([+-]?[0-9][0-9.,،٫٬]*)")
SIGNS = {
    "€": "EUR",
    "us$": "USD",
    "ر.س": "SAR",
    "د.إ": "AED",
    "ج.م": "EGP",
    "ر.ق": "QAR",
    "ر.ع": "OMR",
    "د.ك": "KWD",
    "د.ب": "BHD",
    "د.أ": "JOD",
}


def read_money(text: str) -> dict[str, int | float | str]:
    """Read `120 SAR`, `SAR 120`, `١٢٠ ر.س` as a map of amount and currency (ISO 4217)."""
    written = plain(text)
    if found := AMOUNT_FIRST.fullmatch(written):
        amount, sign = found.groups()
    elif found := AMOUNT_LAST.fullmatch(written):
        sign, amount = found.groups()
    else:
        raise Unreadable(NOT_MONEY, value=shown(text))
    return {"amount": as_number(read_decimal(amount)), "currency": read_currency(sign)}


def as_number(amount: Decimal) -> int | float:
    """Return an int where there is no fraction, else a float."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def read_currency(text: str) -> str:
    """Return the ISO 4217 code of a currency; `$` alone is refused, for many countries write it."""
    from babel.numbers import is_currency  # its tables are loaded only where money is read

    sign = text.strip().casefold()
    code = SIGNS.get(sign) or SIGNS.get(sign.removesuffix(".")) or sign.upper()
    if len(code) != 3 or not is_currency(code):
        raise Unreadable(NO_CURRENCY, value=shown(text))
    return code
