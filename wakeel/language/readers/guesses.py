"""What a person may have meant by a length of time or a time of the day that is written in another way."""

from __future__ import annotations

import re
from functools import cache

from wakeel.language.readers.digits import plain

# What people write for each unit, and for how many of them.
WORDS = {
    "1 second": "s sec secs second seconds ث ثانية ثانيه ثوان ثواني",
    "2 second": "ثانيتان ثانيتين",
    "1 minute": "m min mins minute minutes د دقيقة دقيقه دقائق دقايق",
    "2 minute": "دقيقتان دقيقتين",
    "30 minute": "نصف_ساعة نص_ساعة half_hour half_an_hour",
    "15 minute": "ربع_ساعة quarter_hour quarter_of_an_hour",
    "1 hour": "h hr hrs hour hours س ساعة ساعه ساعات",
    "2 hour": "ساعتان ساعتين ساعتي",
    "1 day": "d day days يوم يوما أيام ايام",
    "2 day": "يومان يومين يومي",
    "7 day": "w week weeks أسبوع اسبوع أسابيع اسابيع",
    "14 day": "أسبوعان أسبوعين اسبوعين",
}
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
SHORT = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
WORKING = re.compile(r"\b(working|work|business|office)\b|(?<!\w)(عمل|دوام)(?!\w)", re.IGNORECASE)
PART = re.compile(r" *([0-9]{1,6}(?:[.٫,][0-9]{1,2})?)? *((?:[^\W\d]|_)+)")
AND = re.compile(r"(?<!\w)(?:and|و) *(?=[\d\w])", re.IGNORECASE)
HALF = re.compile(r"(?:half|quarter)(?: an| of an)? hour|(?:نصف|نص|ربع) ساعة", re.IGNORECASE)
VOWELS = re.compile("[\u064b-\u0652\u0640]")  # marks that are written or left out
HOUR = re.compile(r"([0-9]{1,2})(?:[:.٫]([0-9]{2}))? *(\w[\w.]*)?")
MORNING, EVENING = ("a", "am", "a.m", "a.m.", "ص", "صباحا"), ("p", "pm", "p.m", "p.m.", "م", "مساء")


@cache
def units() -> dict[str, tuple[int, str]]:
    """Return for each word how many of which unit it means."""
    pairs = ((word, meant.split()) for meant, words in WORDS.items() for word in words.split())
    return {word: (int(count), unit) for word, (count, unit) in pairs}


def likely_span(text: str) -> str:
    """Return the right way to write a length of time; empty where nobody can tell what is meant."""
    text = VOWELS.sub("", text)
    working = bool(WORKING.search(text))
    rest = AND.sub("", WORKING.sub(" ", HALF.sub(lambda found: found[0].replace(" ", "_"), text))).strip()
    found, seconds = PART.match(rest), 0.0
    units_seen: list[str] = []
    while found and found[2].casefold() in units():
        count, unit = units()[found[2].casefold()]
        seconds += float((found[1] or "1").replace("٫", ".").replace(",", ".")) * count * SECONDS[unit]
        units_seen.append(unit)
        rest = rest[found.end() :].strip(" ,،")
        found = PART.match(rest)
    if rest or not units_seen or seconds != int(seconds):
        return ""
    return working_form(int(seconds), units_seen[-1]) if working else short_form(int(seconds))


def short_form(seconds: int) -> str:
    """Write clock time in its largest whole unit: `90m`."""
    return next((f"{seconds // size}{mark}" for mark, size in SHORT if seconds and seconds % size == 0), "")


def working_form(seconds: int, unit: str) -> str:
    """Write working time in a unit: `5 working days`."""
    amount, left = divmod(seconds, SECONDS[unit])
    if left or unit == "second":
        return ""
    return f"{amount} working {unit}" if amount == 1 else f"{amount} working {unit}s"


def likely_time(text: str) -> str:
    """Return the right way to write a time of the day that is written in another."""
    found = HOUR.fullmatch(VOWELS.sub("", plain(text)))
    half = (found[3] or "").casefold() if found else "?"
    if not found or half not in ("", *MORNING, *EVENING):
        return "9:30"
    hour, minute = int(found[1]), int(found[2] or 0)
    if half:
        hour = hour % 12 + (12 if half in EVENING else 0)
    return f"{hour}:{minute:02}" if hour < 24 and minute < 60 else "9:30"
