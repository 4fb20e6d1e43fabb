"""A board server on loopback that behaves as Trello does, held to Trello's own API description."""

from wakeel.playground.board.server import BoardServer
from wakeel.playground.board.state import Board

__all__ = ["Board", "BoardServer"]
