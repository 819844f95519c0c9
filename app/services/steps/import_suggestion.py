"""A first mapping for a file: by the names of its columns, checked and completed by a person.

Source: screens.md S100 step 3. Words of the file that have no counterpart here are shown in the
notes, and so is a currency that is not ours: both decide what the figures mean.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.file_formats.csv_in import CsvShape, read_rows
from app.file_formats.import_row_models import FIELD_UNITS, LEADING_NUMBER, NEEDED, PER_YEAR
from app.file_formats.import_values import ImportValueError, leading_number, number
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.operations import ImportDuplicates, ImportKind

LOOKED_AT_ROWS = 2_000
MOST_WORDS = 100
FALLBACK_PURPOSE = LoanPurpose.WEDDING_EXPENSES  # the plain personal loan stands behind it
UNKNOWN_SHARE = Decimal(999)  # a usual code for "no idea" in ratio columns
_NAMES = {
    "reference": ("loan_id", "application_id", "id", "reference"),
    "customer_reference": ("borrower_id", "customer_id", "member_id", "client_id"),
    "full_name": ("full_name", "name", "customer_name"),
    "city": ("city", "town"),
    "loan_amount": ("loan_amount", "loan_amnt", "loanamount", "amount"),
    "loan_tenure_months": ("loan_term", "term", "loan_tenure_months", "tenure"),
    "interest_rate": ("interest_rate", "int_rate", "rate"),
    "instalment": ("monthly_payment", "installment", "instalment", "emi"),
    "loan_purpose": ("loan_purpose", "purpose"),
    "product_code": ("product_code",),
    "monthly_income": ("monthly_income", "annual_income", "annual_inc", "income"),
    "existing_debt_share": ("debt_to_income", "dti"),
    "employment_type": ("employment_type",),
    "years_with_employer": ("employment_length", "emp_length"),
    "years_of_experience": ("years_of_experience",),
    "application_date": ("application_date", "application_day"),
    "date_of_birth": ("date_of_birth", "dob"),
}
_YEARLY = ("annual", "year")
_PURPOSE_WORDS = {
    "debtconsolidation": LoanPurpose.DEBT_CONSOLIDATION,
    "creditcard": LoanPurpose.DEBT_CONSOLIDATION,
    "homeimprovement": LoanPurpose.HOME_RENOVATION,
    "renewableenergy": LoanPurpose.HOME_RENOVATION,
    "house": LoanPurpose.HOME_PURCHASE,
    "car": LoanPurpose.VEHICLE_PURCHASE,
    "smallbusiness": LoanPurpose.BUSINESS_EXPANSION,
    "business": LoanPurpose.BUSINESS_EXPANSION,
    "medical": LoanPurpose.MEDICAL_EMERGENCY,
    "wedding": LoanPurpose.WEDDING_EXPENSES,
    "educational": LoanPurpose.EDUCATION,
    "education": LoanPurpose.EDUCATION,
    **{each.value.replace(" ", "").lower(): each for each in LoanPurpose},
}


@dataclass(frozen=True, slots=True)
class SuggestedMapping:
    """A mapping as plain JSON values, what it lacks, and what a person has to look at."""

    mapping: dict[str, Any]
    missing: tuple[str, ...]
    unused_columns: tuple[str, ...]
    notes: tuple[str, ...]


def suggest(path: Path, shape: CsvShape, kind: ImportKind) -> SuggestedMapping:
    """Match columns by name and look at their values.

    Raises:
        CsvFileError: the file cannot be read.
    """
    columns = _matched(shape.columns)
    words = _distinct(path, shape, columns)
    rules: dict[str, dict[str, Any]] = {}
    notes: list[str] = []
    for name, column in columns.items():
        rules[name] = _rule(name, column, words[column])
    if "loan_purpose" in columns:
        notes += _purpose_notes(rules["loan_purpose"])
    if "application_date" not in rules:
        notes.append("The file has no application date: the day of the import is taken")
    notes.append("Check the currency: the factor is how many rupees one unit of the file is")
    mapping = {
        "kind": kind.value,
        "columns": rules,
        "currency": {"code": "INR", "factor": "1"},
        "duplicates": ImportDuplicates.SKIP.value,
    }
    used = {rule.get("column") for rule in rules.values()}
    return SuggestedMapping(
        mapping=mapping,
        missing=tuple(name for name in NEEDED.get(kind, ()) if name not in rules),
        unused_columns=tuple(column for column in shape.columns if column not in used),
        notes=tuple(notes),
    )


def _matched(columns: Sequence[str]) -> dict[str, str]:
    plain = {_folded(column): column for column in columns}
    found = {}
    for name, candidates in _NAMES.items():
        hit = next((plain[_folded(each)] for each in candidates if _folded(each) in plain), None)
        if hit is not None:
            found[name] = hit
    return found


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _distinct(path: Path, shape: CsvShape, columns: dict[str, str]) -> dict[str, set[str]]:
    """Values of the matched columns: all words of the purpose, the first rows of the others."""
    seen: dict[str, set[str]] = {column: set() for column in columns.values()}
    purpose = columns.get("loan_purpose")
    for count, row in enumerate(read_rows(path, shape)):
        if row.values is None:
            continue
        if purpose is not None and len(seen[purpose]) < MOST_WORDS:
            seen[purpose].add(row.values[purpose].strip())
        if count < LOOKED_AT_ROWS:
            for column, words in seen.items():
                if column != purpose:
                    words.add(row.values[column].strip())
    return seen


def _rule(name: str, column: str, words: set[str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"column": column, "unit": FIELD_UNITS[name][0]}
    if name == "monthly_income" and any(part in column.lower() for part in _YEARLY):
        rule["unit"] = PER_YEAR
    if name == "existing_debt_share":
        rule["unknown"] = [f"{UNKNOWN_SHARE}"]
    if name == "loan_purpose":
        rule["values"] = {word: _purpose(word).value for word in sorted(words - {""})}
    elif rule["unit"] not in ("text", "date") and _needs_leading_number(words):
        rule["format"] = LEADING_NUMBER
    return rule


def _needs_leading_number(words: Iterable[str]) -> bool:
    """Whether the values are numbers only with text behind them, like "36 months"."""
    texts = [word for word in words if word]
    return (
        bool(texts)
        and not all(_reads(number, word) for word in texts)
        and all(_reads(leading_number, word) for word in texts)
    )


def _reads(reader: Any, text: str) -> bool:  # noqa: ANN401  # either of the two number readers
    try:
        reader(text)
    except ImportValueError:
        return False
    return True


def _purpose(word: str) -> LoanPurpose:
    return _PURPOSE_WORDS.get(_folded(word), FALLBACK_PURPOSE)


def _purpose_notes(rule: dict[str, Any]) -> list[str]:
    strangers = [word for word in rule["values"] if _folded(word) not in _PURPOSE_WORDS]
    if not strangers:
        return []
    note = (
        f"No purpose here matches {', '.join(strangers)}: taken as {FALLBACK_PURPOSE.value}, "
        "the purpose of the plain personal loan; the word of the file stays in the remarks"
    )
    return [note]
