"""The facts of a customer one by one: where each stands, how it reads as text, who may change it.

Source: screens.md S21 and F10. Every fact has one stored text form (ISO date, paise, code), so that
a correction, its history and its provenance are the same for all of them. Name, birth date and PAN
say who a person is: changing one of them takes two people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any

from app.services.steps.customer_facts import CustomerFacts
from app.services.steps.refusal import bad_input
from db.records.people import Customer
from db.vocabulary.people import EmploymentType, IncomeSource, State


class FactSection(StrEnum):
    """Where a fact stands on the Profile."""

    PERSON = "person"
    WORK = "work"
    PAPERS = "papers"
    BUREAU = "bureau"


class FactKind(StrEnum):
    """How the text of a fact is read."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"  # paise, months, counts
    WORD = "word"


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact.

    Attributes:
        name: field of `screen.customer_form`; errors of it come under this name.
        read: the value of a customer; a number of identity only as its mask.
        typed: attribute of `CustomerFacts` that takes a corrected value; empty where the fact is
            changed in the form alone, together with what belongs to it.
        words: the word list of a WORD.
    """

    name: str
    section: FactSection
    read: Callable[[Customer], Any]
    typed: str = ""
    kind: FactKind = FactKind.TEXT
    words: type[StrEnum] | None = None
    two_persons: bool = False


def _work(name: str) -> Callable[[Customer], Any]:
    return attrgetter(f"employment.{name}")


_PERSON, _WORK = FactSection.PERSON, FactSection.WORK
_PAPERS, _BUREAU = FactSection.PAPERS, FactSection.BUREAU
_DAY, _NUMBER, _WORD = FactKind.DAY, FactKind.NUMBER, FactKind.WORD


def _same(section: FactSection, *names: str) -> tuple[FactField, ...]:
    """Texts that have one name everywhere."""
    return tuple(FactField(name, section, attrgetter(name), name) for name in names)


FACT_FIELDS: tuple[FactField, ...] = (
    FactField("full_name", _PERSON, attrgetter("full_name"), "full_name", two_persons=True),
    *_same(_PERSON, "full_name_local"),
    FactField(
        "date_of_birth",
        _PERSON,
        attrgetter("date_of_birth"),
        "date_of_birth",
        _DAY,
        two_persons=True,
    ),
    *_same(_PERSON, "phone", "email", "address", "city"),
    FactField("state", _PERSON, attrgetter("state"), "state", _WORD, State),
    *_same(_PERSON, "pincode"),
    FactField(
        "employment_type",
        _WORK,
        _work("employment_type"),
        "employment_type",
        _WORD,
        EmploymentType,
    ),
    FactField("employer_name", _WORK, _work("employer_name"), "employer_name"),
    FactField("job_title", _WORK, _work("job_title"), "job_title"),
    FactField(
        "employment_start_date",
        _WORK,
        _work("employment_start_date"),
        "employment_start_date",
        _DAY,
    ),
    FactField(
        "monthly_income", _WORK, _work("monthly_income_paise"), "monthly_income_paise", _NUMBER
    ),
    FactField("income_source", _WORK, _work("income_source"), "income_source", _WORD, IncomeSource),
    FactField(
        "years_of_experience", _WORK, _work("experience_months"), "experience_months", _NUMBER
    ),
    FactField("pan_number", _PAPERS, attrgetter("pan_masked"), "pan_number", two_persons=True),
    FactField("aadhaar_number", _PAPERS, attrgetter("aadhaar_masked")),
    FactField("other_id_number", _PAPERS, attrgetter("other_id_masked")),
    FactField("other_id_expiry", _PAPERS, attrgetter("other_id_expiry"), kind=_DAY),
    FactField("bank_account_number", _PAPERS, attrgetter("bank_account_masked")),
    *_same(_PAPERS, "ifsc_code"),
    FactField("bureau_name", _BUREAU, attrgetter("bureau.bureau_name")),
    FactField("bureau_score", _BUREAU, attrgetter("bureau.score"), kind=_NUMBER),
    FactField("bureau_report_date", _BUREAU, attrgetter("bureau.report_date"), kind=_DAY),
    FactField("bureau_late_payments", _BUREAU, attrgetter("bureau.late_payments"), kind=_NUMBER),
    FactField("bureau_active_loans", _BUREAU, attrgetter("bureau.active_loans"), kind=_NUMBER),
)
FACT_BY_NAME: Mapping[str, FactField] = {each.name: each for each in FACT_FIELDS}
PAN = "pan_number"


def stored_text(fact: FactField, customer: Customer) -> str | None:
    """The stored text form of a fact, None when it is not known; a PAN as its mask."""
    value = fact.read(customer)
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else str(value)


def with_text(facts: CustomerFacts, fact: FactField, text: str) -> CustomerFacts:
    """The facts with one of them replaced; an empty text takes it away.

    Raises:
        Refused: the text is none of this kind; `fields` says so under "value".
    """
    changed: dict[str, Any] = {fact.typed: _value(fact, text.strip())}
    return replace(facts, **changed)


def _value(fact: FactField, text: str) -> object:
    if fact.kind is FactKind.TEXT:
        return text or (None if fact.name in {PAN, "ifsc_code"} else "")
    if not text:
        return None
    try:
        if fact.kind is FactKind.DAY:
            return date.fromisoformat(text)
        return fact.words(text) if fact.words is not None else int(text)
    except ValueError as error:
        raise bad_input({"value": _HOW[fact.kind]}) from error


_HOW = {
    FactKind.DAY: "Enter a date, like 1985-04-03",
    FactKind.NUMBER: "Enter a whole number",
    FactKind.WORD: "Choose one of the list",
}
