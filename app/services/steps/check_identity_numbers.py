"""Identity and contact numbers: clean form, masked form and a sentence when one is wrong.

Source: lending-rules.md section 12; python-stdnum for PAN, Aadhaar and check digits. A sentence
never repeats the number itself. Vectors V145 to V173.
"""

import re
import unicodedata
from dataclasses import dataclass

from stdnum import luhn, verhoeff
from stdnum.in_ import aadhaar, epic, pan

from db.vocabulary.people import OtherIdType

_BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DROPPED = re.compile(r"[\s\-‐‑–.()/]")  # noqa: RUF001  # the hyphens that phones and pages put in
_PAN_LENGTH, _AADHAAR_LENGTH, _GSTIN_LENGTH = 10, 12, 15
_IFSC_LENGTH, _MOBILE_LENGTH, _PIN_LENGTH = 11, 10, 6
_EMAIL_LENGTH = 254
_GSTIN = re.compile(r"(?P<state>\d{2})(?P<pan>[A-Z]{5}\d{4}[A-Z])[1-9A-Z]Z[0-9A-Z]")
# States 01 to 37 as python-stdnum 2.2 has them, 38 Ladakh and 97 other territory beside them.
_GSTIN_STATES = frozenset(f"{code:02d}" for code in range(1, 39)) | {"97"}
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")
_MOBILE = re.compile(r"[6-9]\d{9}")
_COUNTRY = re.compile(r"^(?:\+91|0091|91(?=\d{10}$)|0(?=\d{10}$))")
_PIN = re.compile(r"[1-9]\d{5}")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_OTHER_IDS = {
    OtherIdType.DRIVING_LICENCE: (
        re.compile(r"[A-Z]{2}\d{2}(?:19|20)\d{2}\d{7}"),
        "MH1220110012345",
    ),
    OtherIdType.PASSPORT: (re.compile(r"[A-PR-WY][1-9]\d{5}[1-9]"), "J8369854"),
}


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """What a typed number turned out to be.

    Attributes:
        value: the clean form to store, None when it does not hold.
        masked: the form that may be shown, None when it does not hold.
        detail: holder kind of a PAN, PAN of a GSTIN; else None.
        sentence: what to do about it, empty when it holds.
    """

    valid: bool
    value: str | None = None
    masked: str | None = None
    detail: str | None = None
    sentence: str = ""


def _compact(text: str) -> str:
    """Drop what people and phones put between the characters, fold wide forms, upper-case."""
    visible = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return _DROPPED.sub("", "".join(visible)).upper()


def _refused(sentence: str) -> IdentityCheck:
    return IdentityCheck(valid=False, sentence=sentence)


def _counted(name: str, like: str, length: int, number: str) -> IdentityCheck:
    """The sentence of a number that is empty, too short or too long."""
    if not number:
        inside = (
            name if name[:2].isupper() or name.startswith("Aadhaar") else name[0].lower() + name[1:]
        )
        return _refused(f"Enter the {inside}, like {like}")
    return _refused(f"{name} has {length} characters, like {like}: this one has {len(number)}")


def check_pan(text: str) -> IdentityCheck:
    """A permanent account number; ``detail`` names the kind of holder."""
    number = _compact(text)
    if len(number) != _PAN_LENGTH:
        return _counted("PAN", "ABCPE1234F", _PAN_LENGTH, number)
    if not pan.is_valid(number):
        return _refused("PAN is five letters, four digits and a letter, like ABCPE1234F: check it")
    holder = str(pan.info(number)["holder_type"])
    return IdentityCheck(valid=True, value=number, masked=str(pan.mask(number)), detail=holder)


def check_personal_pan(text: str) -> IdentityCheck:
    """The PAN of a person: its fourth letter is P."""
    found = check_pan(text)
    if found.valid and found.detail != "Individual":
        return _refused("The fourth letter of a person's PAN is P, like ABCPE1234F: check it")
    return found


def check_aadhaar(text: str) -> IdentityCheck:
    """An Aadhaar number: 12 digits, no palindrome, Verhoeff check digit."""
    number = _compact(text)
    if len(number) != _AADHAAR_LENGTH:
        return _counted("Aadhaar number", "2341 2341 2346", _AADHAAR_LENGTH, number)
    if not aadhaar.is_valid(number):
        return _refused("The digits of the Aadhaar number do not belong together: check each one")
    return IdentityCheck(valid=True, value=number, masked=f"XXXX XXXX {number[-4:]}")


class NotDigitsError(ValueError):
    """A check digit was asked of something that is no row of digits."""

    def __init__(self) -> None:
        super().__init__("A check digit needs a row of digits, like 49887766554")


def verhoeff_check_digit(digits: str) -> str:
    """The Verhoeff digit that completes a row of digits.

    Raises:
        NotDigitsError: something else than digits was given.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise NotDigitsError
    return str(verhoeff.calc_check_digit(digits))


def check_gstin(text: str) -> IdentityCheck:
    """A goods and services tax number; ``detail`` is the PAN inside it."""
    number = _compact(text)
    if len(number) != _GSTIN_LENGTH:
        return _counted("GSTIN", "27AAPFU0939F1ZV", _GSTIN_LENGTH, number)
    match = _GSTIN.fullmatch(number)
    parts = match is not None and match["state"] in _GSTIN_STATES and pan.is_valid(match["pan"])
    if match is None or not parts or not luhn.is_valid(number, _BASE_36):
        return _refused("The characters of the GSTIN do not belong together: check each one")
    return IdentityCheck(valid=True, value=number, masked=number, detail=match["pan"])


def check_ifsc(text: str) -> IdentityCheck:
    """A bank branch code: four letters, a zero, six letters or digits."""
    number = _compact(text)
    if len(number) != _IFSC_LENGTH:
        return _counted("IFSC", "SBIN0001234", _IFSC_LENGTH, number)
    if not _IFSC.fullmatch(number):
        return _refused("IFSC is four letters, a zero and six more, like SBIN0001234: check it")
    return IdentityCheck(valid=True, value=number, masked=number)


def check_mobile(text: str) -> IdentityCheck:
    """An Indian mobile number, with or without its country code; stored as ten digits."""
    number = _COUNTRY.sub("", _compact(text))
    if len(number) != _MOBILE_LENGTH:
        return _counted("Mobile number", "98765 43210", _MOBILE_LENGTH, number)
    if not (number.isascii() and _MOBILE.fullmatch(number)):
        return _refused("A mobile number starts with 6, 7, 8 or 9, like 98765 43210: check it")
    return IdentityCheck(valid=True, value=number, masked=f"XXXXXX{number[-4:]}")


def check_pin_code(text: str) -> IdentityCheck:
    """A postal code of six digits that does not start with 0."""
    number = _compact(text)
    if len(number) != _PIN_LENGTH:
        return _counted("PIN code", "560001", _PIN_LENGTH, number)
    if not (number.isascii() and _PIN.fullmatch(number)):
        return _refused("PIN code is six digits and does not start with 0, like 560001: check it")
    return IdentityCheck(valid=True, value=number, masked=number)


def check_email(text: str) -> IdentityCheck:
    """The form of an e-mail address; whether it is read, nobody can tell."""
    address = text.strip()
    if not address:
        return _refused("Enter the e-mail address, like name@example.com")
    if len(address) > _EMAIL_LENGTH or not _EMAIL.fullmatch(address):
        return _refused("An e-mail address looks like name@example.com: check it")
    local, _, domain = address.rpartition("@")
    return IdentityCheck(
        valid=True, value=f"{local}@{domain.lower()}", masked=f"{local[0]}***@{domain.lower()}"
    )


def check_other_id(kind: OtherIdType, text: str) -> IdentityCheck:
    """A voter id, driving licence or passport number by its pattern."""
    number = _compact(text)
    if kind is OtherIdType.VOTER_ID:
        holds, like = bool(epic.is_valid(number)), "WKH1186253"
    else:
        pattern, like = _OTHER_IDS[kind]
        holds = pattern.fullmatch(number) is not None
    if not number:
        return _refused(f"Enter the number of the {kind.value.lower()}, like {like}")
    if not holds:
        return _refused(f"The number of a {kind.value.lower()} looks like {like}: check it")
    return IdentityCheck(valid=True, value=number, masked=f"{'X' * (len(number) - 4)}{number[-4:]}")
