"""Encryption at rest: AES-GCM under keys derived from one master key, one for each client."""

from __future__ import annotations

import itertools
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wakeel.store.errors import WrongKey

SHARED = "shared"  # in a client's place, where a thing serves several
FORM, NONCE = b"\x01", 12  # the form's number stands first, so that another may follow
FIXED = 7  # bytes of a nonce that are this process's own; the rest counts (NIST SP 800-38D §8.2.1)


class Cipher:
    """Seals bytes so that they open only for the same purpose, and about the same thing."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._fixed, self._counter = os.urandom(FIXED), itertools.count()
        self._box = lru_cache(maxsize=4096)(self._derived)

    def seal(self, purpose: str, data: bytes, about: str) -> bytes:
        """Encrypt; `about` is bound to the bytes and must be known again to open them."""
        nonce = self._fixed + next(self._counter).to_bytes(NONCE - FIXED, "big")
        return FORM + nonce + self._box(purpose).encrypt(nonce, data, about.encode())

    def unseal(self, purpose: str, sealed: bytes, about: str) -> bytes:
        """Decrypt, or raise WrongKey."""
        try:
            return self._box(purpose).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], about.encode())
        except (InvalidTag, ValueError) as error:
            raise WrongKey("W5907") from error

    def subkey(self, purpose: str, salt: bytes | None = None) -> bytes:
        """Derive a key of 32 bytes (RFC 5869)."""
        return HKDF(SHA256(), 32, salt, b"wakeel/" + purpose.encode()).derive(self._key)

    def _derived(self, purpose: str) -> AESGCM:
        return AESGCM(self.subkey(purpose))


def client_key(client: str | None) -> str:
    """Return the purpose for one client's data; None: not yet known whose it is."""
    return f"client/{client or ''}"
