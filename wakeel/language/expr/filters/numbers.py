"""Filters for numbers and money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wakeel.language.expr.access import pick
from wakeel.language.expr.arithmetic import calculate, rounded
from wakeel.language.expr.filters.arabic import TO_LATIN
from wakeel.language.expr.filters.items import added
from wakeel.language.expr.filters.signature import Items, Number, Use, filter_
from wakeel.language.expr.state import State
from wakeel.language.kinds import NUMBER, TEXT, Field, fields_of, term
from wakeel.language.problems import near_names
from wakeel.language.types import accepts_fields
from wakeel.language.values import MISSING, ExpressionError, Missing, tidy

SIGNS = {"EGP": "ج.م", "SAR": "ر.س", "AED": "د.إ", "KWD": "د.ك", "QAR": "ر.ق", "JOD": "د.أ", "USD": "دولار"}
SIGNS |= {"BHD": "د.ب", "OMR": "ر.ع", "EUR": "يورو", "GBP": "جنيه إسترليني", "MAD": "د.م", "TND": "د.ت"}
PLACES = {"KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3, "IQD": 3, "LYD": 3, "JPY": 0, "KRW": 0}
UNITS = ("ريال", "ر.س", "sar", "﷼", "د.إ", "aed", "جنيه", "ج.م", "egp", "$", "usd", "€", "eur", "£", "gbp")
MONEY = ("amount", "currency")
LONGEST = 60  # characters of a text that is read as a number


def maybe_number(use: Use) -> Field:
    """Say that a text may hold no number."""
    return Field(NUMBER, maybe=use.receiver.kind != "number")


@filter_(("2.345 | round(2)", 2.35), ("-2.5 | round", -3))
def round_(_state: State, number: Number, places: int = 0) -> Number:
    """Round half away from zero, to whole numbers or to places behind the point."""
    return tidy(rounded(number, places))


@filter_(("[1, 2.5] | sum", 3.5), ("[] | sum", 0), gives=added)
def sum_(state: State, items: Items) -> Number:
    """Add up a list of numbers."""
    state.spend(2 * len(items))
    total: Number = 0
    for item in items:
        total = calculate("+", total, item)
    return total


@filter_(('"١٬٢٣٤٫٥٠ ر.س" | number', 1234.5), ('"1.234,56" | number', 1234.56), gives=maybe_number)
def number(_state: State, text: str | Number) -> Number | Missing:
    """Read a number from a text, in either script and with a currency beside it; missing if there is none.

    Of a point and a comma the last one is the decimal mark; alone, a comma before three digits groups thousands.
    """
    if not isinstance(text, str):
        return text
    written = unmarked(text) if len(text) <= LONGEST else ""
    unsigned = written.removeprefix("-")
    if not unsigned.replace(".", "", 1).isdecimal() or len(unsigned) > 19:
        return MISSING
    return tidy(Decimal(written))


def unmarked(text: str) -> str:
    """Return a written number with a point as its decimal mark and no other."""
    bare = text.strip().lower()
    for unit in UNITS:
        bare = bare.removeprefix(unit).removesuffix(unit).strip()
    latin = bare.translate(TO_LATIN).replace("٬", "").replace(" ", "").replace("\u00a0", "").replace("−", "-")
    if "٫" in latin:
        return latin.replace(",", "").replace("،", "").replace("٫", ".")
    return unmarked_latin(latin.replace("،", ","))


def unmarked_latin(text: str) -> str:
    """Decide which of `.` and `,` is the decimal mark: the last one, unless it groups thousands."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    mark, other = (".", ",") if text[last] == "." else (",", ".")
    if other in text:
        return text.replace(other, "").replace(mark, ".")
    groups = text.count(mark) > 1 or (mark == "," and len(text) - last == 4)
    return text.replace(mark, "" if groups else ".")


def parts_of(money: dict[str, Any]) -> tuple[Any, str]:
    """Return the amount and the currency of a map; raise ExpressionError where one is missing."""
    amount, currency = (pick(money, part) for part in MONEY)
    if amount is MISSING or not isinstance(currency, str):
        raise ExpressionError("W3102", name=MONEY[amount is not MISSING])
    return amount, currency


def written_amount(use: Use) -> Field:
    """Give a text; refuse a map that is no amount of money."""
    known = fields_of(use.receiver)
    if known is None and use.receiver.kind == "map":
        use.refuse(-1, "W3040", filter="money", kind=term("map"), wanted=term("number"))
    for part, wanted in zip(MONEY, (NUMBER, TEXT), strict=True):
        if known is not None and not accepts_fields({part: Field(wanted)}, known):
            use.refuse(-1, "W3032", near_names(part, known), owner="map", field=part)
    return Field(TEXT)


@filter_(
    ('1234.5 | money("EGP")', "1,234.50 EGP"),
    ('{"amount": 5, "currency": "KWD"} | money', "5.000 KWD"),
    gives=written_amount,
)
def money(state: State, amount: Number | dict[str, Any], currency: str = "") -> str:
    """Write an amount with thousands separated, and its currency in the client's language."""
    if isinstance(amount, dict):
        amount, currency = parts_of(amount)
    state.grow(LONGEST + len(currency))
    written = f"{rounded(amount, PLACES.get(currency, 2)):,f}"
    sign = SIGNS.get(currency, currency) if state.language == "ar" else currency
    return f"{written} {sign}".rstrip()
