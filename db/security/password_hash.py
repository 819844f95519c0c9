"""Passwords as argon2id hashes (RFC 9106, the library's own second recommendation).

One verification takes about 0.2 s on purpose: call it outside a unit of work.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
# Hash of a random text nobody knows: an unknown staff id takes as long as a wrong password.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$3qjJUtU1lgQKdnQeofREsA$"
    "idfGr5iRppKl3F59zbDlhaews0JimXkWvM6aGhIWvB8"
)


def hash_password(password: str) -> str:
    """Return the hash with its salt and parameters, ready to be stored."""
    return _HASHER.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Say whether the password fits; a missing hash takes as long as a wrong password."""
    try:
        _HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
