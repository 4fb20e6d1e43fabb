"""A small workspace that needs no account: one recipe that a person starts, one that a hook does."""

from __future__ import annotations

from pathlib import Path

GREET = """\
recipe: greet
format: 1
title: {en: Greet, ar: تحية}
when: by_hand
steps:
  - note: "Hello ${event.name}"
  - fail: "Nobody called ${event.name} is here"
    if: event.name == "Nobody"
  - stop: "Done with ${event.name}"
    if: event.name == "Enough"
"""
ORDER = """\
recipe: order
format: 1
title: {en: New order, ar: طلب جديد}
when:
  webhook.received: {}
steps:
  - note: "Order ${event.body.number}"
"""
CLIENT = """\
client: bakery
name: {en: Bakery, ar: مخبز}
language: en
time_zone: Africa/Cairo
accounts:
  webhook: bakery-hook
  http: bakery-shop
recipes:
  greet: {state: live}
  order: {state: live}
"""
CONNECTIONS = """\
connections:
  bakery-hook:
    connector: webhook
    secret: secret://HOOK
    client: bakery
  bakery-shop:
    connector: http
    base_url: http://127.0.0.1:1
    client: bakery
"""
FILES = {
    "recipes/greet.yaml": GREET,
    "recipes/order.yaml": ORDER,
    "clients/bakery.yaml": CLIENT,
    "connections.yaml": CONNECTIONS,
}
BROKEN = GREET.replace("- note:", "- nota:")
HOOK_TOKEN = "let-me-in-it-is-the-shop"


def furnish(folder: Path) -> Path:
    """Write the workspace and return its folder."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder
