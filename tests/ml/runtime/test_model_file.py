"""Model files: verified before parsing, every flipped byte refused, never a stand-in."""

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ml.runtime import model_file
from ml.runtime.model_file import check_model, load_model, read_keys
from ml.runtime.model_refused import ModelRefused
from ml.runtime.model_signing import open_signing_key, public_bytes, sign_model
from ml.training.export_model import packed

if TYPE_CHECKING:
    from tests.ml.conftest import SignedFolder

FILES = ("model.json", "forest.npz", "golden.npz", "manifest.json", "manifest.sig")


@pytest.fixture
def copy(signed: "SignedFolder", tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed.folder, tmp_path / "model"))


def _signed_again(folder: Path) -> dict[str, bytes]:
    key = Ed25519PrivateKey.generate()
    sign_model(folder, "again", key)
    return {"again": public_bytes(key)}


def test_a_signed_model_loads_and_answers_its_golden_vectors(signed: "SignedFolder") -> None:
    model = check_model(signed.folder, signed.keys)
    manifest = (signed.folder / "manifest.json").read_bytes()
    assert model.model_id == "RF-TEST"
    assert model.sha256 == hashlib.sha256(manifest).hexdigest()


@pytest.mark.parametrize("name", FILES)
def test_any_flipped_byte_is_refused(signed: "SignedFolder", copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    step = 1 if len(content) < 600 else max(1, len(content) // 300)
    for place in [*range(0, len(content), step), len(content) - 1]:
        content[place] ^= 0x01
        (copy / name).write_bytes(content)
        with pytest.raises(ModelRefused):
            load_model(copy, signed.keys)
        content[place] ^= 0x01


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused(signed: "SignedFolder", copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelRefused, match="missing"):
        load_model(copy, signed.keys)


def test_an_unknown_key_or_a_key_of_another_name_is_refused(signed: "SignedFolder") -> None:
    other = public_bytes(Ed25519PrivateKey.generate())
    for keys in ({}, {"test": other}, {"other": signed.keys["test"]}, {"test": b"short"}):
        with pytest.raises(ModelRefused, match="not signed"):
            load_model(signed.folder, keys)


def test_a_file_larger_than_a_model_is_refused(
    signed: "SignedFolder", copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_file, "LARGEST_BYTES", 10_000)
    with pytest.raises(ModelRefused, match="larger"):
        load_model(copy, signed.keys)


def test_an_archive_that_unpacks_to_more_is_refused(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / "golden.npz").write_bytes(packed({"rows": np.zeros(400_000)}))
    monkeypatch.setattr(model_file, "LARGEST_BYTES", 2_000_000)
    with pytest.raises(ModelRefused, match="larger"):
        load_model(copy, _signed_again(copy))


def _edit(folder: Path, change: dict[str, Any]) -> dict[str, bytes]:
    document = json.loads((folder / "model.json").read_bytes())
    (folder / "model.json").write_text(json.dumps(document | change), encoding="utf-8")
    return _signed_again(folder)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"input_rounding": "none"},
        {"features": []},
        {"base": "much"},
        {"base": float("inf")},
        {"trained_to": "soon"},
        {"label": ""},
        {"probability_table": {"starts": [0.0, 0.5], "rates": [0.2, 0.1], "synthetic": True}},
        {"base": 0.1},
    ],
)
def test_a_well_signed_but_wrong_description_is_refused(copy: Path, change: dict[str, Any]) -> None:
    with pytest.raises(ModelRefused):
        load_model(copy, _edit(copy, change))


@pytest.mark.parametrize("name", ["model.json", "forest.npz"])
def test_a_well_signed_broken_file_is_refused(copy: Path, name: str) -> None:
    if name == "model.json":
        (copy / name).write_text('{"model_id": "x"}', encoding="utf-8")
    else:
        (copy / name).write_bytes(b"PK")
    with pytest.raises(ModelRefused):
        load_model(copy, _signed_again(copy))


def test_wrong_golden_answers_are_refused(signed: "SignedFolder", copy: Path) -> None:
    with np.load(signed.folder / "golden.npz") as stored:
        golden = {name: stored[name].copy() for name in stored.files}
    golden["probabilities"][3] += 1e-6
    golden["contributions"][3, 0] += 1e-6
    (copy / "golden.npz").write_bytes(packed(golden))
    with pytest.raises(ModelRefused, match="test answers"):
        load_model(copy, _signed_again(copy))
    golden["probabilities"][3] -= 1e-6
    golden["contributions"][3, 1] -= 1e-6
    (copy / "golden.npz").write_bytes(packed(golden))
    keys = _signed_again(copy)
    load_model(copy, keys)  # the sum still holds: only the full check sees it
    with pytest.raises(ModelRefused, match="test answers"):
        check_model(copy, keys)


def test_keys_have_an_end(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    entry = {"key_id": "a", "public_key": "00" * 32, "not_after": "2026-09-30"}
    file.write_text(json.dumps({"keys": [entry]}), encoding="utf-8")
    assert set(read_keys(file, date(2026, 9, 30))) == {"a"}
    assert read_keys(file, date(2026, 10, 1)) == {}
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(ModelRefused):
        read_keys(file, date(2026, 9, 30))


def test_a_desk_key_is_made_once_and_private(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "desk.pem"
    first = open_signing_key(file)
    assert public_bytes(open_signing_key(file)) == public_bytes(first)
    assert file.stat().st_mode & 0o077 == 0
