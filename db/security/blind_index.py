"""Search for identity numbers that are not stored in the clear: keyed hashes.

HMAC-SHA256 under a key of its own (data-and-sync.md 8). An unkeyed hash would not do: all
12-digit numbers can be tried in a day.
"""

import hashlib
import hmac

from db.security.key_store import BookKeys


def blind_index(keys: BookKeys, kind: str, value: str) -> bytes:
    """Return the 32 bytes under which a number of one kind is found again.

    Spaces, hyphens and case do not matter; the kind keeps PAN and Aadhaar apart.
    """
    plain = "".join(letter for letter in value if letter.isalnum()).upper()
    return hmac.new(keys.index_key, f"{kind}|{plain}".encode(), hashlib.sha256).digest()
