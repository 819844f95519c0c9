"""The input of a corrected fact: the kind of field the entry form has for it."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import cast

from PySide6.QtWidgets import QWidget

from app.rules.dates import YearReading
from app.services.read_customer_profile import ProfileFact
from app.ui.screens.customer.fact_words import MONTHS_PER_YEAR
from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_line import Field
from app.ui.widgets.identity_edit import MaskedIdEdit, PhoneEdit
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from db.vocabulary.people import EmploymentType, IncomeSource, State

_LONGEST = 200
_NAME = "value"
_LISTS: dict[str, tuple[type[StrEnum], str]] = {
    "state": (State, ""),
    "employment_type": (EmploymentType, "employment_type"),
    "income_source": (IncomeSource, "income_source"),
}
_DAYS = frozenset({"date_of_birth", "employment_start_date"})


def input_for(fact: ProfileFact, today: Callable[[], date]) -> QWidget:
    """A field that shows the stored value; a PAN shows its mask and starts empty."""
    made = _made(fact, today)
    value = fact.value
    if fact.name != "pan_number" and value is not None:
        cast("Field", made).set_value(_typed(fact.name, value))
    return made


def text_of(fact: ProfileFact, field: Field) -> str:
    """The stored text form of what the field holds; empty when nothing."""
    value = field.value()
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if fact.name == "years_of_experience":
        return str(_months(fact.value, int(value)))
    return value.value if isinstance(value, StrEnum) else str(value)


def _months(stored: str | None, years: int) -> int:
    """Typed years as months; the stored months stay while the years are the same."""
    if stored is not None and int(stored) // MONTHS_PER_YEAR == years:
        return int(stored)
    return years * MONTHS_PER_YEAR


def _typed(name: str, value: str) -> object:
    if name in _DAYS:
        return date.fromisoformat(value)
    if name == "monthly_income":
        return int(value)
    if name == "years_of_experience":
        return int(value) // MONTHS_PER_YEAR
    return _LISTS[name][0](value) if name in _LISTS else value


def _made(fact: ProfileFact, today: Callable[[], date]) -> QWidget:
    name = fact.name
    if name in _LISTS:
        words, listed = _LISTS[name]
        choices = [Choice(one, word_of(listed, one) if listed else str(one)) for one in words]
        return Picker(_NAME, choices)
    if name in _DAYS:
        return DateEdit(_NAME, today, YearReading.BIRTH)
    if name == "pan_number":
        return MaskedIdEdit(_NAME, "pan", fact.value or "")
    makers: dict[str, Callable[[], QWidget]] = {
        "monthly_income": lambda: MoneyEdit(_NAME),
        "years_of_experience": lambda: CountEdit(_NAME, "years"),
        "phone": lambda: PhoneEdit(_NAME),
    }
    return makers.get(name, lambda: TextEdit(_NAME, _LONGEST))()
