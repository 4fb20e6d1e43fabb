"""A chat server on loopback that behaves as Slack does, held to Slack's own API description."""

from wakeel.playground.chat.server import ChatServer
from wakeel.playground.chat.state import Chat

__all__ = ["Chat", "ChatServer"]
