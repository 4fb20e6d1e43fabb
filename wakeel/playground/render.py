"""Draw what is in the playground as HTML; every text from outside is escaped and set apart in its own direction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

Json = dict[str, Any]
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?")
TITLES = {
    "mail": ("Mail", "البريد"),
    "board": ("Board", "اللوحة"),
    "chat": ("Chat", "المحادثة"),
    "calendar": ("Calendar", "التقويم"),
}
BADGES = {"comments": "comment", "attachments": "link"}
NOTHING = {
    "mail": "No mail yet. Drop one above.",
    "chat": "No messages yet.",
    "calendar": "No appointments yet.",
}


@dataclass(frozen=True)
class Scene:
    """What there is to see, newest first."""

    mails: list[Json]
    lists: list[tuple[Json, list[Json]]]  # each with its cards, from the top
    messages: list[tuple[str, Json]]  # with the channel's name
    events: list[Json]


def document(now: Scene, address: str) -> str:
    """Draw the whole page."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Wakeel playground</title>
<link rel="stylesheet" href="/static/page.css">
<script src="/static/page.js" defer></script>
</head>
<body>
<header><h1>Wakeel playground <span lang="ar" dir="rtl">ساحة التجربة</span></h1>
<p>A mailbox, a board, a chat and a calendar that exist only on this machine. Mail for {texted(address)} arrives here.</p>
</header>
{form()}
<main id="scene">{scene(now)}</main>
</body>
</html>
"""


def scene(now: Scene) -> str:
    """Draw the part that changes."""
    mails = [mail(m) for m in now.mails]
    messages = [message(channel, m) for channel, m in now.messages]
    parts = {"mail": mails, "chat": messages, "calendar": [event(e) for e in now.events]}
    drawn = {name: "".join(rows) or f'<p class="nothing">{NOTHING[name]}</p>' for name, rows in parts.items()}
    drawn["board"] = "".join(column(row, cards) for row, cards in now.lists)
    counts = {name: len(rows) for name, rows in parts.items()} | {"board": sum(len(cards) for _, cards in now.lists)}
    return "".join(section(name, counts[name], drawn[name]) for name in TITLES)


def section(name: str, count: int, inside: str) -> str:
    """Draw one of the four services."""
    english, arabic = TITLES[name]
    head = f'<h2>{english} <span lang="ar" dir="rtl">{arabic}</span> <b>{count}</b></h2>'
    return f'<section id="{name}" aria-label="{english}">{head}<div class="rows">{inside}</div></section>'


def mail(row: Json) -> str:
    """Draw a mail that came in or went out."""
    way = "received" if row["delivered"] else "sent"
    told = f"from {texted(row['sender'])}" if row["delivered"] else f"to {texted(', '.join(row['to']))}"
    return item(f"m{row['place']}", way, row["subject"] or "(no subject)", f"<span>{told}</span>", row["text"])


def column(row: Json, cards: Iterable[Json]) -> str:
    """Draw a list of the board."""
    return f'<div class="column"><h3>{texted(row["name"])}</h3>{"".join(card(c) for c in cards)}</div>'


def card(row: Json) -> str:
    """Draw a card with its labels and what hangs on it."""
    labels = "".join(f'<i class="label {escape(n["color"] or "none")}">{texted(n["name"])}</i>' for n in row["labels"])
    hanging = " · ".join(counted(row["badges"][kind], word) for kind, word in BADGES.items() if row["badges"][kind])
    return item(row["shortLink"], "card", row["name"], labels + hanging, row["desc"])


def message(channel: str, row: Json) -> str:
    """Draw a message."""
    return item(f"t{row['ts']}", "message", row.get("text", ""), f"{texted(channel)}", "")


def event(row: Json) -> str:
    """Draw an appointment or a hold."""
    held = "hold" if row["status"].upper() == "TENTATIVE" else "appointment"
    when = span(row["start"], row["end"])
    return item(f"e{row['uid']}", held, row["title"], f"<span>{held}</span> <time>{escape(when)}</time>", "")


def item(identity: str, kind: str, title: str, under: str, more: str) -> str:
    """Draw one thing; `under` is HTML already, the rest is text."""
    body = f'<p dir="auto">{escape(more[:300])}</p>' if more else ""
    head = f'<h4 dir="auto">{escape(title)}</h4><div class="under">{under}</div>'
    return f'<article id="{escape(identity)}" class="{kind}">{head}{body}</article>'


def texted(text: str) -> str:
    """Escape a text, and keep its direction to itself."""
    return f"<bdi>{escape(text)}</bdi>"


def span(start: str, end: str) -> str:
    """Write the time of an event as a person reads it, with the day once."""
    (day, begins), (last, ends) = moment(start), moment(end)
    if not begins or day != last:
        return f"{day} {begins} – {last} {ends}"
    return f"{day} {begins}–{ends}{' UTC' if start.endswith('Z') else ''}"


def moment(written: str) -> tuple[str, str]:
    """Take a moment of iCalendar apart into day and time."""
    found = MOMENT.match(written)
    if not found:
        return written, ""
    year, month, day, hour, minute = found.groups()
    return f"{year}-{month}-{day}", f"{hour}:{minute}" if hour else ""


def counted(number: int, word: str) -> str:
    """Write a number of things."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def form() -> str:
    """Draw the form with which a person plays a client."""
    return """<form method="post" action="/mail" id="drop"><h2>Drop a mail
<span lang="ar" dir="rtl">أرسل بريدًا</span></h2>
<label>Your name<input name="name" required maxlength="80" dir="auto" value="Nour"></label>
<label>Subject<input name="subject" required maxlength="300" dir="auto" value="Urgent: the oven contract"></label>
<label>Text<textarea name="text" rows="1" required maxlength="20000" dir="auto">Please have a look at it soon.</textarea></label>
<div><button>Send</button> <button type="button" id="arabic" lang="ar">مثال بالعربية</button></div></form>"""
