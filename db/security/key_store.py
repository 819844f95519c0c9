"""Where the keys of a desk's book lie: the system's key ring, else a development key file.

A desk gets the data key and the index key once. Without a key ring a file readable by its owner
only serves; `check` warns of it (data-and-sync.md 8). The ports have a fixed twin for tests.
"""

import base64
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import keyring
from keyring.errors import KeyringError

from db.records.refusals import KeyFileExposed, KeyMissing

KEY_FILE_NAME = "book.keys"
_SERVICE = "Kasauti"
_ENTRY = "book keys"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class BookKeys:
    """The secret keys of a book. Never logged, never stored in it.

    Attributes:
        data_key_id: 1 to 65535, written in front of each sealed value.
        data_key: 32 bytes for AES-256-GCM.
        index_key: 32 bytes for the blind index, always another key.
        former_data_keys: keys by id that older values are still sealed with.
    """

    data_key_id: int
    data_key: bytes = field(repr=False)
    index_key: bytes = field(repr=False)
    former_data_keys: Mapping[int, bytes] = field(default_factory=dict, repr=False)

    def data_key_of(self, key_id: int) -> bytes | None:
        """Return the key of that id, None when this desk does not hold it."""
        if key_id == self.data_key_id:
            return self.data_key
        return self.former_data_keys.get(key_id)


class KeyStore(Protocol):
    """A place that keeps the keys; `kind` is keyring, file or fixed."""

    @property
    def kind(self) -> str:
        """What holds the keys, for `check`."""

    def keys(self) -> BookKeys:
        """Return the keys, made on the first call."""


class FixedKeys:
    """Keys that are always the same: for tests only."""

    kind = "fixed"

    def keys(self) -> BookKeys:
        """Return the fixed keys."""
        return BookKeys(1, b"data key of the tests, 32 bytes!", b"index key of tests, 32 bytes !!!")


class KeyringKeys:
    """Keys in the operating system's key ring."""

    kind = "keyring"

    def keys(self) -> BookKeys:
        """Return the keys, made and stored on the first call.

        Raises:
            KeyMissing: the key ring is locked or refuses.
        """
        try:
            text = keyring.get_password(_SERVICE, _ENTRY)
            if text is None:
                keyring.set_password(_SERVICE, _ENTRY, _write(_fresh_keys()))
                text = keyring.get_password(_SERVICE, _ENTRY)
        except KeyringError as error:
            raise KeyMissing from error
        return _read(text)


class FileKeys:
    """Keys in a file of the desk's own folder, readable by its owner only."""

    kind = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    def keys(self) -> BookKeys:
        """Return the keys, made and stored on the first call.

        Raises:
            KeyFileExposed: others may read the file.
            KeyMissing: it does not hold keys.
        """
        if not self._path.exists():
            self._make()
        shared = stat.S_IRWXG | stat.S_IRWXO
        if os.name == "posix" and self._path.stat().st_mode & shared:
            raise KeyFileExposed
        return _read(self._path.read_text(encoding="ascii"))

    def _make(self) -> None:
        """Write new keys beside the file, then link them in: nobody sees half a file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(_write(_fresh_keys()))
        if self._path.exists():  # another program was first: its keys count
            draft.unlink()
        else:
            draft.replace(self._path)


def open_key_store(data_dir: Path) -> KeyStore:
    """Choose the store of a desk: its key file if there is one, else a real key ring."""
    file = FileKeys(data_dir / KEY_FILE_NAME)
    if (data_dir / KEY_FILE_NAME).exists() or not _has_key_ring():
        return file
    return KeyringKeys()


def _has_key_ring() -> bool:
    """Whether the system offers a key ring that really keeps what it is given."""
    backend = keyring.get_keyring()
    inner = getattr(backend, "backends", None)  # the chain that keyring builds by itself
    real = [backend] if inner is None else list(inner)
    return any(type(one).__module__.split(".")[-1] not in {"fail", "null"} for one in real)


def _fresh_keys() -> BookKeys:
    return BookKeys(1, secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_KEY_BYTES))


def _write(keys: BookKeys) -> str:
    def text(key: bytes) -> str:
        return base64.b64encode(key).decode("ascii")

    return json.dumps(
        {
            "data_key_id": keys.data_key_id,
            "data_key": text(keys.data_key),
            "index_key": text(keys.index_key),
            "former": {str(key_id): text(key) for key_id, key in keys.former_data_keys.items()},
        }
    )


def _read(text: str | None) -> BookKeys:
    try:
        stored = json.loads(text or "")
        former = {int(key_id): base64.b64decode(key) for key_id, key in stored["former"].items()}
        keys = BookKeys(
            int(stored["data_key_id"]),
            base64.b64decode(stored["data_key"]),
            base64.b64decode(stored["index_key"]),
            MappingProxyType(former),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyMissing from error
    if not len(keys.data_key) == len(keys.index_key) == _KEY_BYTES:
        raise KeyMissing
    return keys
