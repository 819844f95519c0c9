"""The mapping of a file to our fields, and one file row as typed values.

Source: commands.md (Import and batch), screens.md S100. Rows become plain frozen values in the
file's own currency; what the file does not say is None. Unknown keys in a mapping are refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from app.file_formats.import_values import (
    MONTHS_A_YEAR,
    ImportValueError,
    day,
    leading_number,
    number,
    shown,
    text_line,
    whole,
)
from app.rules.money import ppm_of_percent
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.operations import ImportDuplicates, ImportKind
from db.vocabulary.people import EmploymentType

PER_YEAR, YEARS, FRACTION = "per_year", "years", "fraction"
LEADING_NUMBER = "leading_number"
LARGEST_FACTOR = 1_000_000
FIELD_UNITS = {
    "reference": ("text",),
    "customer_reference": ("text",),
    "full_name": ("text",),
    "city": ("text",),
    "loan_amount": ("currency",),
    "loan_tenure_months": ("months", YEARS),
    "interest_rate": ("percent", FRACTION),
    "instalment": ("currency",),
    "loan_purpose": ("text",),
    "product_code": ("text",),
    "monthly_income": ("currency", PER_YEAR),
    "existing_debt_share": ("percent", FRACTION),
    "employment_type": ("text",),
    "years_with_employer": (YEARS, "months"),
    "years_of_experience": (YEARS, "months"),
    "application_date": ("date",),
    "date_of_birth": ("date",),
}
NEEDED = {
    ImportKind.APPLICATIONS: (
        "customer_reference",
        "loan_amount",
        "loan_tenure_months",
        "interest_rate",
        "loan_purpose",
        "monthly_income",
    ),
    ImportKind.CUSTOMERS: ("customer_reference", "monthly_income"),
}
_STRICT = ConfigDict(extra="forbid")


class MappingError(ValueError):
    """A mapping that cannot be used; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Where a field comes from: a column or a constant, in which unit and form.

    Attributes:
        values: words of the file by words of ours.
        unknown: texts that mean "not known" in this column.
    """

    column: str | None = None
    unit: str | None = None
    format: str | None = None
    constant: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    __pydantic_config__ = _STRICT


@dataclass(frozen=True, slots=True)
class CurrencyRule:
    """The file's currency and how many rupees one unit is."""

    code: str = "INR"
    factor: Decimal = field(default_factory=lambda: Decimal(1))

    __pydantic_config__ = _STRICT


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """How a file is read."""

    kind: ImportKind
    columns: dict[str, ColumnRule]
    currency: CurrencyRule = field(default_factory=CurrencyRule)
    duplicates: ImportDuplicates = ImportDuplicates.SKIP

    __pydantic_config__ = _STRICT


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row in typed form; money as Decimal in the file's currency, None = the file lacks it."""

    row: int
    customer_reference: str
    reference: str = ""
    full_name: str = ""
    city: str = ""
    loan_amount: Decimal | None = None
    loan_tenure_months: int | None = None
    rate_ppm: int | None = None
    instalment: Decimal | None = None
    loan_purpose: LoanPurpose | None = None
    purpose_text: str = ""
    product_code: str | None = None
    monthly_income: Decimal | None = None
    existing_debt_percent: Decimal | None = None
    employment_type: EmploymentType | None = None
    months_with_employer: int | None = None
    experience_months: int | None = None
    application_date: date | None = None
    date_of_birth: date | None = None


def parse_mapping(content: object, columns: tuple[str, ...]) -> ImportMapping:
    """Read a mapping and check it against the columns of the file.

    Raises:
        MappingError: unknown keys, fields, units or columns, a missing field, a bad factor.
    """
    try:
        mapping = TypeAdapter(ImportMapping).validate_python(content)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the mapping"
        raise MappingError(f"The mapping cannot be used at {place}: {first['msg']}") from fault
    _check_fields(mapping, columns)
    _check_factor(mapping)
    units = {
        name: replace(rule, unit=rule.unit or FIELD_UNITS[name][0])
        for name, rule in mapping.columns.items()
    }
    return replace(mapping, columns=units)


def _check_fields(mapping: ImportMapping, columns: tuple[str, ...]) -> None:
    if mapping.kind not in NEEDED:
        raise MappingError(f"Rows of kind {mapping.kind} are imported with a later step")
    for name, rule in mapping.columns.items():
        if name not in FIELD_UNITS:
            raise MappingError(f"The mapping names a field this desk does not have: {shown(name)}")
        if (rule.column is None) == (rule.constant is None):
            raise MappingError(f"Give {name} either a column or a constant")
        if rule.column is not None and rule.column not in columns:
            raise MappingError(f"The file has no column {shown(rule.column)} (for {name})")
        if rule.unit is not None and rule.unit not in FIELD_UNITS[name]:
            known = ", ".join(FIELD_UNITS[name])
            raise MappingError(f"The unit of {name} is one of: {known}")
    missing = [name for name in NEEDED[mapping.kind] if name not in mapping.columns]
    if missing:
        raise MappingError(f"The mapping lacks: {', '.join(missing)}")


def _check_factor(mapping: ImportMapping) -> None:
    if not 0 < mapping.currency.factor < LARGEST_FACTOR:
        raise MappingError("The currency factor is how many rupees one unit is, like 83.25")


def read_row(row: int, values: Mapping[str, str], mapping: ImportMapping) -> ImportedRow:
    """Turn one record into typed values.

    Raises:
        RowProblemsError: every field that cannot be read, with its column and sentence.
    """
    found: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for name, rule in mapping.columns.items():
        text = rule.constant if rule.column is None else values[rule.column]
        try:
            found.update(_field(name, text or "", rule))
        except ImportValueError as fault:
            problems.append((rule.column or name, str(fault)))
    if problems:
        raise RowProblemsError(problems)
    return ImportedRow(row=row, **found)


class RowProblemsError(ValueError):
    """What is wrong with one row: (column, sentence) each."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(sentence for _, sentence in problems))
        self.problems = problems


def _field(name: str, text: str, rule: ColumnRule) -> dict[str, Any]:
    plain = text.strip()
    if name == "loan_purpose":
        return {"loan_purpose": _purpose(plain, rule), "purpose_text": text_line(plain)}
    target = _TARGETS.get(name, name)
    if not plain or plain in rule.unknown:
        return {target: ""} if FIELD_UNITS[name] == ("text",) and name in _TEXTS else {target: None}
    return {target: _VALUES[name](plain, rule)}


_TEXTS = ("reference", "customer_reference", "full_name", "city")
_TARGETS = {
    "interest_rate": "rate_ppm",
    "existing_debt_share": "existing_debt_percent",
    "years_with_employer": "months_with_employer",
    "years_of_experience": "experience_months",
}


def _purpose(text: str, rule: ColumnRule) -> LoanPurpose | None:
    return _word(LoanPurpose, text, rule) if text and text not in rule.unknown else None


def _word(words: Any, text: str, rule: ColumnRule) -> Any:  # noqa: ANN401  # any StrEnum class
    try:
        return words(rule.values.get(text, text))
    except ValueError as fault:
        raise ImportValueError(f"“{shown(text)}” is not among the words of the mapping") from fault


def _plain(text: str, rule: ColumnRule) -> Decimal:
    return leading_number(text) if rule.format == LEADING_NUMBER else number(text)


def _money(text: str, rule: ColumnRule) -> Decimal:
    amount = _plain(text, rule)
    if amount < 0:
        raise ImportValueError(f"“{shown(text)}” is below 0")
    return amount / MONTHS_A_YEAR if rule.unit == PER_YEAR else amount


def _percent(text: str, rule: ColumnRule) -> Decimal:
    share = _plain(text, rule) * (100 if rule.unit == FRACTION else 1)
    if share < 0:
        raise ImportValueError(f"“{shown(text)}” is below 0")
    return share


def _months(text: str, rule: ColumnRule) -> int:
    return whole(_plain(text, rule) * (MONTHS_A_YEAR if rule.unit == YEARS else 1), text)


def _text(text: str, _rule: ColumnRule) -> str:
    return text_line(text)


_VALUES: Mapping[str, Callable[[str, ColumnRule], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    "product_code": _text,
    **dict.fromkeys(("loan_amount", "instalment", "monthly_income"), _money),
    **dict.fromkeys(("loan_tenure_months", "years_with_employer", "years_of_experience"), _months),
    "interest_rate": lambda text, rule: ppm_of_percent(_percent(text, rule)),
    "existing_debt_share": _percent,
    "employment_type": lambda text, rule: _word(EmploymentType, text, rule),
    "application_date": lambda text, rule: day(text, rule.format),
    "date_of_birth": lambda text, rule: day(text, rule.format),
}
