"""Work on cards that are there: comment, label, attach, archive, find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.trello.connection import trello
from connectors.trello.models import (
    AddComment,
    AddLabel,
    ArchiveCard,
    AttachLink,
    Attachment,
    Cards,
    Comment,
    FindCards,
    Labelled,
    card_of,
)
from connectors.trello.places import find_board, find_list, folded, label_id
from connectors.trello.reading import cards_of_board, cards_of_list, comment_with
from connectors.trello.text import mark, signed, title
from wakeel.sdk import Call, Effect, Nothing

if TYPE_CHECKING:
    from connectors.trello.transport import Account

MOST = 50  # cards in one answer


@trello.action(
    Effect.FOUND,
    authority="internal",
    why="the comment's last line carries the step's mark; before a repeat the card's comments are searched for it",
)
async def add_comment(args: AddComment, call: Call[Account]) -> Comment:
    """Write a comment under a card.

    Example:
        - trello.add_comment:
            card: ${card.id}
            text: "Run ${run.id}: ${run.result}"
    """
    text = signed(args.text, mark(call.key))
    made = await call.client.ask(call.client.api.cards.new_action_comment, args.card, text)
    return Comment(id=made["id"], card=args.card)


@add_comment.find
async def find_comment(args: AddComment, call: Call[Account]) -> Comment | None:
    """Look for the comment that an earlier attempt may have written."""
    found = await comment_with(call.client, args.card, mark(call.key))
    return Comment(id=found["id"], card=args.card) if found else None


@trello.action(
    Effect.FOUND, authority="internal", why="before a repeat the card's attachments are searched for the address"
)
async def attach_link(args: AttachLink, call: Call[Account]) -> Attachment:
    """Attach a web address to a card.

    Example:
        - trello.attach_link:
            card: ${card.id}
            url: ${hold.url}
            name: hold
    """
    ask, api = call.client.ask, call.client.api
    made = await ask(api.cards.new_attachment, args.card, url=args.url, name=title(args.name) or None)
    return Attachment(id=made["id"], card=args.card, url=args.url)


@attach_link.find
async def find_link(args: AttachLink, call: Call[Account]) -> Attachment | None:
    """Look for the attachment that an earlier attempt may have made."""
    rows = await call.client.ask(call.client.api.cards.get_attachment, args.card, fields="url")
    found = next((row for row in rows if row["url"] == args.url), None)
    return Attachment(id=found["id"], card=args.card, url=args.url) if found else None


@trello.action(Effect.KEYED, authority="annotate", why="a label that is on the card already stays as it is")
async def add_label(args: AddLabel, call: Call[Account]) -> Labelled:
    """Put a label on a card; the board gets the label first if it has none of that name.

    Example:
        - trello.add_label:
            card: ${card.id}
            label: no slot
    """
    ask, api = call.client.ask, call.client.api
    card = await ask(api.cards.get, args.card, fields="idBoard,idLabels")
    label = await label_id(call.client, card["idBoard"], args.label)
    if label not in card["idLabels"]:  # Trello refuses to put it there twice
        await ask(api.cards.new_idLabel, args.card, label)
    return Labelled(card=args.card, label=label)


@trello.action(Effect.KEYED, authority="annotate", why="a card that is archived already stays archived")
async def archive_card(args: ArchiveCard, call: Call[Account]) -> Nothing:
    """Archive a card.

    Example:
        - trello.archive_card:
            card: ${card.id}
    """
    if args.created:
        await call.client.ask(call.client.api.cards.update, args.card, closed=True)
    return Nothing()


@trello.action(Effect.READ)
async def find_cards(args: FindCards, call: Call[Account]) -> Cards:
    """Find open cards of a list or a board by text.

    Example:
        - trello.find_cards:
            list: Inbox
            text: ${event.subject}
    """
    if args.list is not None:
        rows = await cards_of_list(call.client, (await find_list(call.client, args.list)).id)
    else:
        rows = await cards_of_board(call.client, await find_board(call.client, args.board or ""), "visible")
    found = [card_of(row) for row in rows if folded(args.text) in folded(f"{row['name']} {row['desc']}")]
    return Cards(cards=found[:MOST], count=len(found))
