"""The facts of a customer in words: their labels, and their stored text as people read it."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.services.steps.fact_fields import FactSection
from app.ui.widgets.lending_cells import UNKNOWN, word_of

MONTHS_PER_YEAR = 12
HUNDREDTHS = 100
_PHONE_HEAD = 5
_LABELS = {
    "full_name": "Full name",
    "full_name_local": "Name in own script",
    "date_of_birth": "Date of birth",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address",
    "city": "City",
    "state": "State",
    "pincode": "PIN code",
    "employment_type": "Employment",
    "employer_name": "Employer or business",
    "job_title": "Job title",
    "employment_start_date": "There since",
    "monthly_income": "Monthly income, net",
    "income_source": "Source of income",
    "years_of_experience": "Work experience",
    "pan_number": "PAN",
    "aadhaar_number": "Aadhaar",
    "other_id_number": "Other paper",
    "other_id_expiry": "Other paper ends",
    "bank_account_number": "Bank account",
    "ifsc_code": "IFSC",
    "bureau_name": "Bureau",
    "bureau_score": "Bureau score",
    "bureau_report_date": "Report of",
    "bureau_late_payments": "Late payments",
    "bureau_active_loans": "Active loans",
}
_SECTIONS = {
    FactSection.PERSON: "Person",
    FactSection.WORK: "Work and income",
    FactSection.PAPERS: "Papers and account",
    FactSection.BUREAU: "Bureau report",
}
_WORDS = {"employment_type": "employment_type", "income_source": "income_source"}
_DAYS = frozenset(
    {"date_of_birth", "employment_start_date", "other_id_expiry", "bureau_report_date"}
)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def fact_label(name: str) -> str:
    """What a fact is called."""
    return _tr(_LABELS.get(name, name.replace("_", " ").capitalize()))


def section_title(section: FactSection) -> str:
    """The heading of a section."""
    return _tr(_SECTIONS[section])


def value_words(name: str, value: str | None) -> str:
    """A stored text as people read it; a dash for what is not known."""
    if value is None:
        return UNKNOWN
    if name in _DAYS:
        return date_shown(date.fromisoformat(value))
    if name == "phone":
        return phone_shown(value)
    if name == "monthly_income":
        return rupees_shown(int(value))
    if name == "years_of_experience":
        return months_words(int(value))
    return word_of(_WORDS[name], value) if name in _WORDS else value


def phone_shown(phone: str) -> str:
    """A phone to be dialled from the screen, in two groups.

    >>> phone_shown("9812345214")
    '98123 45214'
    """
    return f"{phone[:_PHONE_HEAD]} {phone[_PHONE_HEAD:]}".strip()


def months_words(months: int) -> str:
    """Months of experience as years and months.

    >>> months_words(30)
    '2 years 6 months'
    """
    years, rest = divmod(months, MONTHS_PER_YEAR)
    parts = []
    if years or not rest:
        parts.append(_tr("1 year") if years == 1 else _tr("%1 years").replace("%1", str(years)))
    if rest:
        parts.append(_tr("1 month") if rest == 1 else _tr("%1 months").replace("%1", str(rest)))
    return " ".join(parts)


def whole_score(hundredths: int) -> int:
    """A stored score in whole points, half up.

    >>> whole_score(61250), whole_score(61249)
    (613, 612)
    """
    return int((Decimal(hundredths) / HUNDREDTHS).to_integral_value(rounding="ROUND_HALF_UP"))
