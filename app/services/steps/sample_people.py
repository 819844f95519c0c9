"""Names, places and numbers for synthetic borrowers, all of them recognisable as synthetic.

Names and places come from `resources/sample` and are combined freely inside a region; they feed no
rule and no model. Every number passes the checks of the form (lending-rules.md 12), and says that
it belongs to nobody: PANs begin with `ZZZ` (seen in the mask), Aadhaar numbers with `9999` (the
authority's own test range), mail addresses end in the reserved `example.com`, phones begin with
`600000`.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stdnum import verhoeff

from db.vocabulary.people import EmploymentType, Gender, State

PAN_MARK = "ZZZ"
AADHAAR_MARK = "9999"
PHONE_MARK = "600000"
MAIL_DOMAIN = "example.com"
FEMALE_SHARE = 0.38
_PAN_SERIALS = 9_999
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AADHAAR_STEP = 7_919  # a prime, so that neighbours do not look alike


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One invented person. The identity numbers are well formed and belong to nobody."""

    full_name: str
    gender: Gender
    phone: str
    email: str
    address: str
    city: str
    state: State
    pincode: str
    employer_name: str
    job_title: str
    pan_number: str = field(repr=False)
    aadhaar_number: str = field(repr=False)


class SamplePeople:
    """Draws people one after the other; the same generator state gives the same people."""

    def __init__(
        self, people: Mapping[str, Any], work: Mapping[str, Any], rng: random.Random
    ) -> None:
        """Take the two loaded files of `resources/sample` and the random generator."""
        self._regions: Sequence[Mapping[str, Any]] = people["regions"]
        self._weights = [int(region["weight"]) for region in self._regions]
        self._work = work
        self._rng = rng

    def draw(self, serial: int, employment_type: EmploymentType) -> SamplePerson:
        """Return the person of that serial number (from 0), who works in that way."""
        rng = self._rng
        region = rng.choices(self._regions, self._weights)[0]
        female = rng.random() < FEMALE_SHARE
        first = rng.choice(region["female" if female else "male"])
        surname = rng.choice(region["surnames"])
        place = rng.choice(region["places"])
        work = self._work[employment_type.value]
        plain = "".join(letter for letter in f"{first}.{surname}".lower() if letter not in "' ")
        return SamplePerson(
            full_name=f"{first} {surname}",
            gender=Gender.FEMALE if female else Gender.MALE,
            phone=f"{PHONE_MARK}{serial % 10_000:04d}",
            email=f"{plain}.{serial + 1}@{MAIL_DOMAIN}",
            address=f"{rng.randint(1, 240)}, {rng.choice(place['areas'])}",
            city=place["city"],
            state=State(place["state"]),
            pincode=f"{place['pin_prefix']}{rng.randint(1, 99):03d}",
            employer_name=rng.choice(work["employers"]),
            job_title=rng.choice(work["titles"]),
            pan_number=synthetic_pan(serial, surname),
            aadhaar_number=synthetic_aadhaar(serial),
        )


def synthetic_pan(serial: int, surname: str) -> str:
    """Return a well-formed PAN of a person, distinct for serials below 129,987.

    >>> synthetic_pan(0, "Reddy")
    'ZZZPR0001A'
    """
    digits = serial % _PAN_SERIALS + 1
    letter = _LETTERS[(serial // _PAN_SERIALS + serial) % len(_LETTERS)]
    return f"{PAN_MARK}P{surname[0].upper()}{digits:04d}{letter}"


def synthetic_aadhaar(serial: int) -> str:
    """Return a number of the test range with a right Verhoeff digit.

    >>> synthetic_aadhaar(0)
    '999900079194'
    """
    body = f"{AADHAAR_MARK}{(serial + 1) * _AADHAAR_STEP % 10_000_000:07d}"
    return body + str(verhoeff.calc_check_digit(body))
