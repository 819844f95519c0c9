"""Identity numbers, drafts and attached files sealed in the program, never in the database.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The associated data name table, column
and row, so a sealed value moved to another row does not open. The key id stands in front, so that
keys can be changed. Layout: 2 bytes key id, 12 bytes nonce, ciphertext with its 16-byte tag.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.records.refusals import KeyMissing, SealBroken
from db.security.key_store import BookKeys

_KEY_ID_BYTES = 2
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs."""

    table: str
    column: str
    row_id: UUID

    def associated_data(self) -> bytes:
        """The bytes that tie a value to its place."""
        return f"{self.table}|{self.column}|{self.row_id.hex}".encode()


def seal(keys: BookKeys, place: Place, text: str | None) -> bytes | None:
    """Seal a text for one place; None stays None."""
    return None if text is None else seal_bytes(keys, place, text.encode())


def seal_bytes(keys: BookKeys, place: Place, content: bytes) -> bytes:
    """Seal bytes, such as an attached file, for one place."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(keys.data_key).encrypt(nonce, content, place.associated_data())
    return keys.data_key_id.to_bytes(_KEY_ID_BYTES, "big") + nonce + sealed


def unseal(keys: BookKeys, place: Place, sealed: bytes | None) -> str | None:
    """Open a sealed text at its place.

    Raises:
        KeyMissing: it was sealed with a key this desk does not hold.
        SealBroken: it was altered, or belongs to another place.
    """
    if sealed is None:
        return None
    try:
        return unseal_bytes(keys, place, sealed).decode()
    except UnicodeDecodeError as error:
        raise SealBroken from error


def unseal_bytes(keys: BookKeys, place: Place, sealed: bytes) -> bytes:
    """Open sealed bytes at their place.

    Raises:
        KeyMissing, SealBroken: as `unseal`.
    """
    key = keys.data_key_of(int.from_bytes(sealed[:_KEY_ID_BYTES], "big"))
    if key is None:
        raise KeyMissing
    start = _KEY_ID_BYTES + _NONCE_BYTES
    nonce = bytes(sealed[_KEY_ID_BYTES:start])
    try:
        return AESGCM(key).decrypt(nonce, bytes(sealed[start:]), place.associated_data())
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error
