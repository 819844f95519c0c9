"""Signs a model folder: manifest of sha256 and a detached ed25519 signature over its bytes.

Source: machine-learning.md section 6. A desk signs its challengers with its own key, trusted for
shadow scoring only; the bank's key signs what may be promoted. Private keys stay with the caller.
"""

import hashlib
import json
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ml.runtime.model_file import MANIFEST, SIGNATURE, SIGNED_FILES


def sign_model(folder: Path, key_id: str, private_key: Ed25519PrivateKey) -> str:
    """Write manifest.json and manifest.sig; return the model's sha256 (of the manifest)."""
    contents = {name: (folder / name).read_bytes() for name in SIGNED_FILES}
    manifest = {
        "format": 1,
        "model_id": json.loads(contents["model.json"])["model_id"],
        "key_id": key_id,
        "files": {name: hashlib.sha256(part).hexdigest() for name, part in contents.items()},
    }
    content = (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()
    (folder / MANIFEST).write_bytes(content)
    (folder / SIGNATURE).write_bytes(private_key.sign(content))
    return hashlib.sha256(content).hexdigest()


def public_bytes(private_key: Ed25519PrivateKey) -> bytes:
    """Return the 32 raw bytes of the public key."""
    return private_key.public_key().public_bytes_raw()


class SigningKeyError(Exception):
    """The key file holds no ed25519 private key."""


def open_signing_key(file: Path) -> Ed25519PrivateKey:
    """Return the private key of a file, made at first use and readable by its owner alone.

    Raises:
        SigningKeyError: the file holds something else.
    """
    if not file.exists():
        _make_key(file)
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except ValueError as error:
        message = "no private key"
        raise SigningKeyError(message) from error
    if not isinstance(key, Ed25519PrivateKey):
        message = "no ed25519 key"
        raise SigningKeyError(message)
    return key


def _make_key(file: Path) -> None:
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
