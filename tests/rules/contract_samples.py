"""A contract that several rule tests share, and ways to change it."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.rules.loan_contract import LoanContract
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import EmiRounding, InterestMethod
from tests.rules.lending_vectors import RULEBOOK

# lending-rules.md V018 on dates: 10,00,000 at 9.5 % over 60 months, paid out 15 days early.
CONTRACT = LoanContract(
    principal_paise=10_00_000_00,
    rate_ppm=95_000,
    tenure_months=60,
    rounding=EmiRounding.RUPEE,
    interest_method=InterestMethod.MONTHLY_REST,
    disbursed_on=date(2026, 9, 20),
    first_due=date(2026, 11, 5),
    due_day=5,
)
PLAIN = replace(CONTRACT, disbursed_on=date(2026, 10, 5))


def with_contract(contract: LoanContract = CONTRACT, **changes: Any) -> LoanContract:
    """The contract with other terms."""
    return replace(contract, **changes)


def book_with(**values: object) -> Rulebook:
    """The shipped rules with other values of these codes."""
    rows = [
        replace(row, value=values[row.code]) if row.code in values else row  # type: ignore[arg-type]  # as tests need
        for row in RULEBOOK.rows
    ]
    return Rulebook(rows, RULEBOOK.products)
