"""Read of an iCalendar text (RFC 5545) what a person wants to see."""

from __future__ import annotations

import re

ESCAPED = re.compile(r"\\([nN,;\\])")
SHOWN = {"UID": "uid", "SUMMARY": "title", "DTSTART": "start", "DTEND": "end", "STATUS": "status"}


def first_event(text: str) -> dict[str, str]:
    """Return uid, title, start, end (as written) and status of the first event; what it lacks is empty."""
    found = dict.fromkeys(SHOWN.values(), "")
    for line in lines_of_event(text):
        name, _, value = line.partition(":")
        word = SHOWN.get(name.partition(";")[0].upper())
        if word and not found[word]:
            found[word] = ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)
    return found


def lines_of_event(text: str) -> list[str]:
    """Return the unfolded lines of the first event."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    if "BEGIN:VEVENT" not in unfolded:
        return []
    start = unfolded.index("BEGIN:VEVENT")
    return unfolded[start + 1 : unfolded.index("END:VEVENT", start) if "END:VEVENT" in unfolded[start:] else None]
