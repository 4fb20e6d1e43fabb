"""Encrypted files in pieces, so that one of any size is read with little memory.

Each file has a key of its own, derived from a salt that stands first. A piece's nonce is its number
and whether it is the last (the STREAM construction): pieces cannot be moved, dropped or cut off.
"""

from __future__ import annotations

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wakeel.store.cipher import FORM, Cipher
from wakeel.store.errors import FileMissing

PIECE = 64 * 1024
TAG, SALT = 16, 16


def nonce(number: int, *, last: bool) -> bytes:
    """Return a piece's nonce."""
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Writes a file piece by piece."""

    def __init__(self, file: BinaryIO, cipher: Cipher, purpose: str) -> None:
        salt = os.urandom(SALT)
        file.write(FORM + salt)
        self._file = file
        self._box = AESGCM(cipher.subkey(purpose, salt))
        self._number = 0

    def full_pieces(self, rest: bytearray) -> None:
        """Write the whole pieces at the front, and take them away; something stays for the last one."""
        while len(rest) > PIECE:
            self._write(bytes(rest[:PIECE]), last=False)
            del rest[:PIECE]

    def last_piece(self, rest: bytearray) -> None:
        """Write what is left, and make all durable."""
        self._write(bytes(rest), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _write(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._box.encrypt(nonce(self._number, last=last), piece, None))
        self._number += 1


class Opener:
    """Reads a file piece by piece."""

    def __init__(self, file: BinaryIO, cipher: Cipher, purpose: str) -> None:
        head = file.read(1 + SALT)
        self._file = file
        self._box = AESGCM(cipher.subkey(purpose, head[1:]))
        self._number = 0
        self._ahead = file.read(PIECE + TAG)

    def next_piece(self, name: str) -> bytes:
        """Return the next piece, or nothing at the end."""
        sealed, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        if not sealed and self._number:
            return b""
        try:
            piece = self._box.decrypt(nonce(self._number, last=not self._ahead), sealed, None)
        except (InvalidTag, ValueError) as error:
            raise FileMissing("W5912", name=name) from error
        self._number += 1
        return piece
