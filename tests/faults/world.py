"""The services around one installation, and what really happened there: Wakeel is never asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar, Event

from tests.servers.dovecot import Mailbox
from tests.servers.fakes import FakeBoard, FakeChat
from tests.servers.radicale import Radicale
from tests.servers.relay import Relay

CARDED = "wakeel/carded"
FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")
Json = dict[str, Any]


@dataclass
class World:
    """One mailbox, one board, one chat and one calendar."""

    mailbox: Mailbox
    relay: Relay
    board: FakeBoard
    chat: FakeChat
    radicale: Radicale
    calendar: str  # address

    @property
    def cards(self) -> list[Json]:
        """Return the cards on the board, oldest first."""
        return list(self.board.state.cards.values())

    @property
    def names(self) -> list[str]:
        """Return the names of the cards."""
        return [card["name"] for card in self.cards]

    @property
    def alerts(self) -> list[str]:
        """Return the texts in #alerts, oldest first."""
        return [message["text"] for message in self.chat.state.messages.get(self.chat.channel, [])]

    @property
    def comments(self) -> list[str]:
        """Return the comments on all cards, oldest first."""
        return [action["data"]["text"] for action in self.board.state.actions if action["type"] == "commentCard"]

    def links(self, card: Json, name: str = "hold") -> list[str]:
        """Return the addresses attached to a card under a name."""
        return [link["url"] for link in self.board.state.attachments.get(card["id"], []) if link["name"] == name]

    def holds(self) -> list[Event]:
        """Return the events in the calendar, in order of time."""
        text = self.radicale.events(self.calendar)
        events = Calendar.from_ical(text).walk("VEVENT") if text.strip() else []
        return sorted((event for event in events if isinstance(event, Event)), key=lambda e: e.decoded("DTSTART"))

    def flags(self) -> list[set[str]]:
        """Return the flags of each mail in the inbox, oldest first."""
        with self.mailbox.imap() as imap:
            imap.select("INBOX", readonly=True)
            told = imap.uid("FETCH", "1:*", "(FLAGS)")[1]
        lines = [line for line in told if isinstance(line, bytes)]
        return [set(found[1].decode().split()) for line in lines if (found := FLAGS.search(line))]

    def labelled(self) -> int:
        """Return how many mails of the inbox carry the flagship's label."""
        return sum(CARDED in flags for flags in self.flags())

    def refused_logins(self) -> int:
        """Return how often the mail server refused the mailbox's password."""
        log = (self.mailbox.server.folder / "dovecot.log").read_text("utf-8", errors="replace")
        return sum("auth failed" in line and f"<{self.mailbox.address}>" in line for line in log.splitlines())

    def done(self) -> int:
        """Return how many mails the flagship has dealt with, as far as the slowest of its four effects."""
        linked = sum(bool(self.links(card)) for card in self.cards)
        return min(len(self.cards), len(self.alerts), len(self.holds()), linked, self.labelled())

    def tally(self) -> Json:
        """Return how often each effect of the flagship took place, and how often it was asked for."""
        asked = [str(request) for request in (*self.board.requests, *self.chat.requests)]
        return {
            "cards": len(self.cards),
            "cards asked for": asked.count("POST /1/cards"),
            "alerts": len(self.alerts),
            "alerts asked for": sum(line.endswith("/chat.postMessage") for line in asked),
            "holds": len(self.holds()),
            "links": sum(len(self.links(card)) for card in self.cards),
            "labels": self.labelled(),
            "refused by the descriptions": [*self.board.refusals, *self.chat.refusals],
        }


def once(count: int = 1) -> Json:
    """Return the tally of a flagship that has dealt with so many mails, each once."""
    words = ("cards", "cards asked for", "alerts", "alerts asked for", "holds", "links", "labels")
    return dict.fromkeys(words, count) | {"refused by the descriptions": []}
