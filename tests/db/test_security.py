"""Seals, blind indexes, passwords and where the keys lie."""

import json
import os
import stat
from pathlib import Path
from uuid import UUID

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from db.records.refusals import KeyFileExposed, KeyMissing, SealBroken
from db.security.blind_index import blind_index
from db.security.key_store import KEY_FILE_NAME, BookKeys, FileKeys, FixedKeys, open_key_store
from db.security.password_hash import hash_password, verify_password
from db.security.sealed_fields import Place, seal, unseal

KEYS = FixedKeys().keys()
HERE = Place("customers", "pan_sealed", UUID(int=1))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_seal_opens_at_its_place(text: str) -> None:
    sealed = seal(KEYS, HERE, text)
    assert sealed is not None
    assert unseal(KEYS, HERE, sealed) == text
    assert seal(KEYS, HERE, text) != sealed  # a fresh nonce each time


def test_nothing_stays_nothing() -> None:
    assert seal(KEYS, HERE, None) is None
    assert unseal(KEYS, HERE, None) is None


@pytest.mark.parametrize(
    "place",
    [
        Place("customers", "pan_sealed", UUID(int=2)),
        Place("customers", "other_id_sealed", UUID(int=1)),
        Place("guarantors", "pan_sealed", UUID(int=1)),
    ],
)
def test_a_seal_opens_nowhere_else(place: Place) -> None:
    with pytest.raises(SealBroken):
        unseal(KEYS, place, seal(KEYS, HERE, "ABCPE1234F"))


def test_every_flipped_byte_is_found() -> None:
    sealed = seal(KEYS, HERE, "ABCPE1234F")
    for place in range(2, len(sealed)):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(SealBroken):
            unseal(KEYS, HERE, bytes(broken))
    with pytest.raises(SealBroken):
        unseal(KEYS, HERE, sealed[:5])


def test_keys_can_be_changed() -> None:
    sealed = seal(KEYS, HERE, "ABCPE1234F")
    later = BookKeys(2, b"n" * 32, KEYS.index_key, {1: KEYS.data_key})
    assert unseal(later, HERE, sealed) == "ABCPE1234F"
    with pytest.raises(KeyMissing):
        unseal(BookKeys(2, b"n" * 32, KEYS.index_key), HERE, sealed)
    assert "data key" not in repr(KEYS)


def test_blind_indexes_are_keyed_and_of_a_kind() -> None:
    index = blind_index(KEYS, "pan", "ABCPE1234F")
    assert index == blind_index(KEYS, "pan", "abcpe 1234-f")
    assert len(index) == 32
    others = {
        blind_index(KEYS, "aadhaar", "ABCPE1234F"),
        blind_index(BookKeys(1, KEYS.data_key, b"x" * 32), "pan", "ABCPE1234F"),
        blind_index(KEYS, "pan", "ABCPE1234G"),
    }
    assert len(others - {index}) == 3


def test_passwords() -> None:
    stored = hash_password("a long pass phrase")
    assert stored.startswith("$argon2id$")
    assert verify_password(stored, "a long pass phrase")
    for wrong in ((stored, "other"), (None, "a long pass phrase"), ("no hash", "x")):
        assert not verify_password(*wrong)


@pytest.fixture
def no_key_ring():
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


def test_without_a_key_ring_a_file_of_the_owner_serves(tmp_path: Path, no_key_ring) -> None:
    store = open_key_store(tmp_path / "new folder")
    assert store.kind == "file"
    keys = store.keys()
    path = tmp_path / "new folder" / KEY_FILE_NAME
    assert keys == open_key_store(tmp_path / "new folder").keys()
    assert keys.data_key != keys.index_key
    assert [one.name for one in path.parent.iterdir()] == [KEY_FILE_NAME]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o640)
        with pytest.raises(KeyFileExposed):
            store.keys()


def test_the_first_of_two_programs_makes_the_keys(tmp_path: Path) -> None:
    store = FileKeys(tmp_path / KEY_FILE_NAME)
    keys = store.keys()
    store._make()  # as a second program would that saw no file a moment ago
    assert store.keys() == keys
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"former": {}, "data_key_id": 1}'])
def test_a_broken_key_file_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / KEY_FILE_NAME
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyMissing):
        FileKeys(path).keys()


def test_short_keys_are_refused(tmp_path: Path) -> None:
    path = tmp_path / KEY_FILE_NAME
    FileKeys(path).keys()
    stored = json.loads(path.read_text())
    path.write_text(json.dumps(stored | {"data_key": "AAAA"}))
    with pytest.raises(KeyMissing):
        FileKeys(path).keys()


class MemoryKeyring(KeyringBackend):
    """A key ring that keeps what it is given, or is locked."""

    priority = 1

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_real_key_ring_is_used(tmp_path: Path, no_key_ring) -> None:
    keyring.set_keyring(MemoryKeyring())
    store = open_key_store(tmp_path)
    assert store.kind == "keyring"
    assert store.keys() == open_key_store(tmp_path).keys()
    assert list(tmp_path.iterdir()) == []
    FileKeys(tmp_path / KEY_FILE_NAME).keys()
    assert open_key_store(tmp_path).kind == "file"  # a desk that began with a file stays with it
    keyring.set_keyring(MemoryKeyring(locked=True))
    with pytest.raises(KeyMissing):
        store.keys()
