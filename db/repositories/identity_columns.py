"""Identity numbers on their way into columns and back as masks.

PAN, other ids and bank accounts are sealed; PAN and Aadhaar also get a blind index; of Aadhaar
only the last four digits are kept. Masks follow screens.md A9.
"""

import unicodedata
from uuid import UUID

from sqlalchemy import RowMapping

from db.identifiers import SHOWN_DIGITS
from db.records.people import IdentityNumbers
from db.security.blind_index import blind_index
from db.security.key_store import BookKeys
from db.security.sealed_fields import Place, seal, unseal

PAN_COLUMN = "pan_sealed"
_TABLE = "customers"
_PAN_HEAD = 5


def clean(number: str) -> str:
    """Strip a number to its letters and digits, in capitals."""
    return "".join(letter for letter in number if letter.isalnum()).upper()


def search_name(full_name: str) -> str:
    """The form of a name that lists sort and search by."""
    return " ".join(unicodedata.normalize("NFC", full_name).casefold().split())


def identity_values(
    keys: BookKeys, customer_id: UUID, numbers: IdentityNumbers
) -> dict[str, object]:
    """Return the columns of the numbers that are given; a number of None is left out."""
    values: dict[str, object] = {}
    if numbers.pan_number:
        pan = clean(numbers.pan_number)
        values[PAN_COLUMN] = seal(keys, Place(_TABLE, PAN_COLUMN, customer_id), pan)
        values["pan_index"] = blind_index(keys, "pan", pan)
    if numbers.aadhaar_number:
        aadhaar = clean(numbers.aadhaar_number)
        values["aadhaar_last4"] = aadhaar[-SHOWN_DIGITS:]
        values["aadhaar_index"] = blind_index(keys, "aadhaar", aadhaar)
    for column, number in (
        ("other_id_sealed", numbers.other_id_number),
        ("bank_account_sealed", numbers.bank_account_number),
    ):
        if number:
            values[column] = seal(keys, Place(_TABLE, column, customer_id), clean(number))
    return values


NO_IDENTITY: dict[str, object] = {
    PAN_COLUMN: None,
    "pan_index": None,
    "aadhaar_last4": None,
    "aadhaar_index": None,
    "other_id_sealed": None,
    "bank_account_sealed": None,
}


def opened(keys: BookKeys, row: RowMapping, column: str) -> str | None:
    """Open a sealed column of a customer's row.

    Raises:
        KeyMissing, SealBroken: see `unseal`.
    """
    return unseal(keys, Place(_TABLE, column, row["customer_id"]), row[column])


def mask_pan(pan: str | None) -> str | None:
    """Hide the digits of a PAN.

    >>> mask_pan("ABCPE1234F")
    'ABCPEXXXXF'
    """
    return None if pan is None else f"{pan[:_PAN_HEAD]}XXXX{pan[-1:]}"
