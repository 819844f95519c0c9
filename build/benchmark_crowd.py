"""A branch with as many customers as wished, for benchmarks: invented, the same every time.

A third of the customers have a loan. Rows go in by COPY (PostgreSQL) or executemany (SQLite), in
the order of their dates. Sealed numbers are plausible bytes that no key opens, since a search goes
by the blind index, which is made with the book's key.
"""

import hashlib
import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, islice
from typing import Any
from uuid import UUID

BRANCH = 412
CHUNK = 20_000
OFFICER = UUID(int=(7 << 76) + 1)
FIRST_DAY = datetime(2016, 1, 1, 4, 0)  # noqa: DTZ001  # stored in UTC without saying so
FIRST_WORDS = ("ravi", "lakshmi", "anita", "mohammed", "sunita", "rajesh", "priya", "suresh")
LAST_WORDS = ("reddy", "kumar", "sharma", "khan", "patel", "nair", "gupta", "rao", "singh")
CITIES = ("Bengaluru", "Mysuru", "Hubballi", "Pune", "Nagpur", "Chennai", "Kochi", "Hyderabad")
SYLLABLES = (
    *("ra", "vi", "na", "sha", "ma", "ni", "ka", "la", "su", "re", "ja", "ya", "ta", "di", "pa"),
    *("sa", "va", "mo", "ha", "ki", "an", "ar", "in", "am", "al", "ur", "esh", "endra", "deep"),
    *("it", "vir", "jit", "ali", "oor", "wal", "kar", "gar", "shwar", "ppa", "iah", "nath"),
    *("das", "mani", "rani", "priya", "jeet"),
)
Blind = Callable[[str], bytes]
"""Makes the blind index of a PAN with the book's key."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The rows of some customers, by table."""

    tables: dict[str, list[dict[str, Any]]]


def different_words(count: int, heads: Sequence[str], seed: int) -> list[str]:
    """Some known words first, then invented ones; all different."""
    chance = random.Random(seed)  # noqa: S311  # invented data
    words = dict.fromkeys(heads)
    while len(words) < count:
        words["".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))] = None
    return list(words)


def names(count: int) -> Iterator[str]:
    """Full names: few words are frequent, most are rare, as among people."""
    chance = random.Random(412)  # noqa: S311  # invented data
    given, family = (
        different_words(size, heads, seed)
        for size, heads, seed in ((3_000, FIRST_WORDS, 1), (6_000, LAST_WORDS, 2))
    )
    given_weights, family_weights = (
        list(accumulate(1 / (rank + 12) for rank in range(len(words)))) for words in (given, family)
    )
    for _ in range(count):
        first = chance.choices(given, cum_weights=given_weights)[0]
        last = chance.choices(family, cum_weights=family_weights)[0]
        middle = f" {chance.choices(given, cum_weights=given_weights)[0]}"
        yield f"{first}{middle if chance.random() < 0.2 else ''} {last}"  # noqa: PLR2004  # a share


def pan_of(position: int) -> str:
    """The PAN of a customer by its position."""
    letters = [chr(65 + position // 26**place % 26) for place in (3, 2, 1, 0)]
    return f"{letters[0]}{letters[1]}{letters[2]}P{letters[3]}{position % 9_999 + 1:04d}Z"


def phone_of(position: int) -> str:
    """The phone of a customer by its position."""
    return str(6_000_000_000 + position * 3_571 % 3_999_999_999)


def crowds(count: int, blind: Blind) -> Iterator[Crowd]:
    """The rows of that many customers, some thousands at a time.

    Args:
        count: how many customers.
        blind: makes the blind index of a PAN.
    """
    chance, everybody, numbered = random.Random(7), names(count), iter(range(count))  # noqa: S311  # invented data
    while places := list(islice(numbered, CHUNK)):
        rows: dict[str, list[dict[str, Any]]] = {"customers": [], "applications": [], "loans": []}
        for place in places:
            rows["customers"].append(_customer(place, next(everybody), chance, blind))
            if place % 3 == 0:
                rows["applications"].append(_application(place))
                rows["loans"].append(_loan(place, chance))
        yield Crowd(rows)


def id_of(kind: int, place: int) -> UUID:
    """A version 7 id whose order is that of the dates."""
    low = int.from_bytes(hashlib.blake2b(place.to_bytes(8), digest_size=7).digest())
    return UUID(
        int=(1_450_000_000_000 + place * 300 << 80) | (7 << 76) | (kind << 64) | (2 << 62) | low
    )


def _customer(place: int, name: str, chance: random.Random, blind: Blind) -> dict[str, Any]:
    made = FIRST_DAY + timedelta(minutes=5 * place)
    return {
        "branch_id": BRANCH,
        "customer_id": id_of(1, place),
        "number": 1_001 + place,
        "full_name": name.title(),
        "search_name": name,
        "full_name_local": "",
        "date_of_birth": date(1955, 1, 1) + timedelta(days=chance.randrange(17_000)),
        "phone": phone_of(place),
        "email": f"c{place}@example.com",
        "address": "14, 4th Main",
        "city": chance.choice(CITIES),
        "state": "Karnataka",
        "pincode": "560011",
        "segment": "Retail",
        "form_60": False,
        "pan_sealed": hashlib.blake2b(place.to_bytes(8), digest_size=39).digest(),
        "pan_index": blind(pan_of(place)),
        "kyc_status": "Complete" if place % 9 else "Expired",
        "kyc_risk": "Low",
        "customer_since": made.date(),
        "created_at": made,
        "officer_id": OFFICER,
        "version": 1,
    }


def _application(place: int) -> dict[str, Any]:
    day = FIRST_DAY + timedelta(minutes=5 * place)
    return {
        "branch_id": BRANCH,
        "application_id": id_of(2, place),
        "number": 1_001 + place // 3,
        "customer_id": id_of(1, place),
        "product_code": "HOME_RENOVATION",
        "loan_purpose": "Home Renovation",
        "amount_paise": 10_000_000,
        "tenure_months": 60,
        "rate_ppm": 122_500,
        "rate_type": "Fixed",
        "repayment_type": "EMI",
        "moratorium_months": 0,
        "insurance_premium_paise": 0,
        "other_charges_paise": 0,
        "digital_loan": False,
        "remarks": "",
        "status": "Disbursed",
        "status_since": day,
        "application_date": day.date(),
        "officer_id": OFFICER,
        "version": 1,
    }


def _loan(place: int, chance: random.Random) -> dict[str, Any]:
    day = (FIRST_DAY + timedelta(minutes=5 * place)).date()
    late = date(2026, 1, 1) + timedelta(days=chance.randrange(250)) if place % 7 == 0 else None
    return {
        "branch_id": BRANCH,
        "loan_id": id_of(3, place),
        "number": 1_001 + place // 3,
        "application_id": id_of(2, place),
        "customer_id": id_of(1, place),
        "product_code": "HOME_RENOVATION",
        "loan_purpose": "Home Renovation",
        "principal_paise": 10_000_000,
        "outstanding_paise": chance.randrange(10_000_000),
        "overdue_paise": 0,
        "emi_paise": 223_710,
        "rate_ppm": 122_500,
        "tenure_months": 60,
        "sanction_date": day,
        "disbursement_date": day,
        "first_due_date": day,
        "oldest_unpaid_due": late,
        "status": "Active",
        "asset_class": "Standard",
        "officer_id": OFFICER,
        "version": 1,
    }


def word_rows(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `name_words` for some customers."""
    return [
        {
            "branch_id": row["branch_id"],
            "word": word,
            "search_name": row["search_name"],
            "customer_id": row["customer_id"],
        }
        for row in rows
        for word in sorted(set(row["search_name"].split()))
    ]


def copied(rows: Sequence[dict[str, Any]]) -> io.StringIO:
    """Rows in the text form of PostgreSQL's COPY."""
    lines = ("\t".join(_field(value) for value in row.values()) for row in rows)
    return io.StringIO("\n".join(lines) + "\n")


def _field(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return f"{value}+00" if isinstance(value, datetime) else str(value)
