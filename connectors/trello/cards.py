"""Make cards: once for each step, and one for each thread of mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connectors.trello.connection import trello
from connectors.trello.models import CardFields, CreateCard, MadeCard, UpsertCard, made_card, moment
from connectors.trello.places import Place, find_list, first_open, label_id, member_id
from connectors.trello.reading import cards_of_board, cards_of_list, comment_with
from connectors.trello.text import carrying, mark, signed, title
from wakeel.sdk import Call, Effect

if TYPE_CHECKING:
    from connectors.trello.transport import Account

WHY = "the card's last line carries the step's mark; before a repeat the list and its board are searched for it"
THREAD = "t-"


@trello.action(Effect.FOUND, authority="internal", undo="trello.archive_card", why=WHY)
async def create_card(args: CreateCard, call: Call[Account]) -> MadeCard:
    """Make a card.

    Example:
        - trello.create_card:
            list: Client A / Inbox
            name: "Call ${event.from.name}"
            desc: ${event.text | shorten(800)}
            labels: [urgent]
    """
    account, place = call.client, await first_open(call.client, args.list)
    more = {
        "idLabels": [await label_id(account, place.board, label) for label in args.labels] or None,
        "idMembers": [await member_id(account, place.board, member) for member in args.members] or None,
    }
    return await post(args, call, place, args.desc, mark(call.key), pos=args.pos, urlSource=args.url_source, **more)


@create_card.find
async def find_created(args: CreateCard, call: Call[Account]) -> MadeCard | None:
    """Look for the card that an earlier attempt may have made."""
    return await marked(call, args.list)


@trello.action(Effect.FOUND, authority="internal", undo="trello.archive_card", why=WHY)
async def upsert_card(args: UpsertCard, call: Call[Account]) -> MadeCard:
    """Make the card of a mail thread, or add to the card that the thread has.

    A card that was archived, or stands in an archived list, does not count: the thread gets a new one.

    Example:
        - trello.upsert_card:
            list: ${settings.list}
            thread: ${event.thread_id}
            name: ${event.subject}
            desc: ${event.text | shorten(800)}
            link: ${event.open_url}
    """
    place = await first_open(call.client, args.list, args.fallback_list)
    known = None if args.same_thread == "new_card" else await card_of_thread(args, call, place)
    if known is None:
        attached = args.link if args.link and args.link.lower().startswith(("https://", "http://")) else None
        text = args.desc if attached else with_link(args)
        return await post(args, call, place, text, mark(call.key), mark(args.thread, THREAD), urlSource=attached)
    if args.same_thread == "comment":
        news = signed(f"{title(args.name)}\n\n{with_link(args)}", mark(call.key))
        await call.client.ask(call.client.api.cards.new_action_comment, known["id"], news)
    return made_card(known, created=False)


@upsert_card.find
async def find_upserted(args: UpsertCard, call: Call[Account]) -> MadeCard | None:
    """Look for the card, or the comment, that an earlier attempt may have made."""
    for place in filter(None, (args.list, args.fallback_list)):
        if made := await marked(call, place):
            return made
    if args.same_thread != "comment":
        return None
    known = await card_of_thread(args, call, await first_open(call.client, args.list, args.fallback_list))
    written = known and await comment_with(call.client, known["id"], mark(call.key))
    return made_card(known, created=False) if known and written else None


async def post(args: CardFields, call: Call[Account], place: Place, desc: str, *marks: str, **more: Any) -> MadeCard:
    """Make the card in one request."""
    due, text = moment(args.due, call.calendar), signed(desc, *marks)
    made = await call.client.ask(call.client.api.cards.new, title(args.name), place.id, desc=text, due=due, **more)
    return made_card(made, created=True)


async def marked(call: Call[Account], list_: str) -> MadeCard | None:
    """Find the card with the step's mark: in its list, else moved or archived on the same board."""
    place, wanted = await find_list(call.client, list_), mark(call.key)
    found = carrying(await cards_of_list(call.client, place.id), wanted)
    found = found or carrying(await cards_of_board(call.client, place.board, "all"), wanted)
    return made_card(found, created=True) if found else None


async def card_of_thread(args: UpsertCard, call: Call[Account], place: Place) -> dict[str, Any] | None:
    """Find the thread's card, wherever on the board people have moved it."""
    return carrying(await cards_of_board(call.client, place.board, "visible"), mark(args.thread, THREAD))


def with_link(args: UpsertCard) -> str:
    """Return the description with the mail's address below it."""
    return "\n\n".join(part for part in (args.desc, args.link) if part)
