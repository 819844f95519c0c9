"""Reads a model folder: bytes once, signature first, then parsing, then checks.

Source: machine-learning.md section 6. A folder holds model.json, forest.npz, golden.npz,
manifest.json (sha256 of the three and the id of the signing key) and manifest.sig (ed25519 over the
manifest's bytes). Any failure refuses the model; there is never a stand-in.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash

from ml.features import FEATURE_COUNT
from ml.runtime.forest import TYPES, Array, ForestArrays, check_arrays
from ml.runtime.model_arrays import read_arrays
from ml.runtime.model_facts import parse_facts
from ml.runtime.model_refused import ModelRefused
from ml.runtime.risk_model import RiskModel

__all__ = ["ModelRefused", "RiskModel", "check_model", "load_model", "read_keys"]

LARGEST_BYTES: Final = 8 * 1024 * 1024
SIGNED_FILES: Final = ("model.json", "forest.npz", "golden.npz")
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
GOLDEN: Final = ("rows", "probabilities", "contributions")

Keys = Mapping[str, bytes]


def read_keys(file: Path, on: date) -> dict[str, bytes]:
    """Return the public keys that are trusted on a day, by id.

    Raises:
        ModelRefused: the list is missing or not readable.
    """
    try:
        entries = json.loads(file.read_bytes())["keys"]
        return {
            str(entry["key_id"]): bytes.fromhex(entry["public_key"])
            for entry in entries
            if on <= date.fromisoformat(entry["not_after"])
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = "The list of model keys is missing or damaged. Install Kasauti again"
        raise ModelRefused(message) from error


def load_model(folder: Path, trusted_keys: Keys) -> RiskModel:
    """Return the verified model of a folder.

    Args:
        folder: holds the five files.
        trusted_keys: raw ed25519 public keys (32 bytes) by key id.

    Raises:
        ModelRefused: anything is missing, changed, unsigned or out of shape.
    """
    model, golden = _open(folder, trusted_keys)
    model.check_golden_probabilities(golden["rows"], golden["probabilities"])
    return model


def check_model(folder: Path, trusted_keys: Keys) -> RiskModel:
    """Return the model after all its golden vectors, contributions included.

    Raises:
        ModelRefused: as `load_model`, or a contribution differs.
    """
    model, golden = _open(folder, trusted_keys)
    model.check_golden(golden["rows"], golden["probabilities"], golden["contributions"])
    return model


def _open(folder: Path, trusted_keys: Keys) -> tuple[RiskModel, dict[str, Array]]:
    parts = _read(folder)
    manifest = _verified_manifest(parts, trusted_keys)
    for name in SIGNED_FILES:
        if manifest["files"].get(name) != _sha256(parts[name]):
            message = "A file of the model has been changed. Install Kasauti again"
            raise ModelRefused(message)
    facts = parse_facts(_json(parts["model.json"]))
    if manifest.get("model_id") != facts.model_id:
        message = "The model's files do not belong together. Install Kasauti again"
        raise ModelRefused(message)
    trees = read_arrays(parts["forest.npz"], tuple(TYPES), LARGEST_BYTES)
    arrays = ForestArrays(**{name: trees[name] for name in TYPES})
    check_arrays(arrays, FEATURE_COUNT)
    golden = read_arrays(parts["golden.npz"], GOLDEN, LARGEST_BYTES)
    _check_golden_shapes(golden, facts.base)
    model = RiskModel(facts, arrays, _sha256(parts[MANIFEST]))
    return model, golden


def _read(folder: Path) -> dict[str, bytes]:
    """Read each file once, refusing what is missing or larger than a model can be."""
    parts, room = {}, LARGEST_BYTES
    for name in (MANIFEST, SIGNATURE, *SIGNED_FILES):
        try:
            with (folder / name).open("rb") as source:
                parts[name] = source.read(room + 1)
        except OSError as error:
            message = "The model is missing. Install Kasauti again or ask for a model file"
            raise ModelRefused(message) from error
        room -= len(parts[name])
        if room < 0:
            message = "The model file is larger than a model can be"
            raise ModelRefused(message)
    return parts


def _verified_manifest(parts: Mapping[str, bytes], trusted_keys: Keys) -> dict[str, Any]:
    """Check the signature against every trusted key before a byte of content is parsed."""
    for key_id, key in trusted_keys.items():
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(parts[SIGNATURE], parts[MANIFEST])
        except (InvalidSignature, ValueError):
            continue
        manifest = _json(parts[MANIFEST])
        if manifest.get("key_id") == key_id and isinstance(manifest.get("files"), dict):
            return manifest
    message = "The model is not signed with a key this desk trusts"
    raise ModelRefused(message)


def _json(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except ValueError as error:
        message = "The model's description is damaged. Install Kasauti again"
        raise ModelRefused(message) from error
    if not isinstance(document, dict):
        message = "The model's description is damaged. Install Kasauti again"
        raise ModelRefused(message)
    return document


def _sha256(content: bytes) -> str:
    """By the library that checks the signature: hashlib would load a second copy of OpenSSL."""
    digest = Hash(SHA256())
    digest.update(content)
    return digest.finalize().hex()


def _check_golden_shapes(golden: Mapping[str, Any], base: float) -> None:
    rows, probabilities = golden["rows"], golden["probabilities"]
    contributions = golden["contributions"]
    count = len(probabilities)
    shapes = (
        rows.shape == (count, FEATURE_COUNT) == contributions.shape,
        count > 0,
        all(golden[name].dtype == np.float64 for name in GOLDEN),
    )
    if not all(shapes) or not all(np.isfinite(golden[name]).all() for name in GOLDEN):
        message = "The model's numbers are damaged. Install Kasauti again"
        raise ModelRefused(message)
    if np.abs(base + contributions.sum(axis=1) - probabilities).max() > 1e-12:  # noqa: PLR2004  # exactness of the sum
        message = "The model's numbers do not add up. Install Kasauti again"
        raise ModelRefused(message)
