"""Loans and what hangs on them, between their records and their rows."""

from typing import Any

from sqlalchemy import RowMapping

from db.identifiers import format_reference
from db.records.loans import (
    Charge,
    Disbursement,
    Instalment,
    Loan,
    LoanActRecord,
    NpaEntry,
    Repayment,
    ScheduleVersion,
)
from db.repositories.customer_rows import reference_number
from db.tables.loan_account import charges, loan_acts, schedules
from db.tables.loans import disbursements, instalments, loans, npa_tracking, repayments

Values = dict[str, Any]
Parts = Instalment | Disbursement | Repayment | NpaEntry | Charge | LoanActRecord | ScheduleVersion
PART_TABLES = {
    Instalment: instalments,
    Disbursement: disbursements,
    Repayment: repayments,
    NpaEntry: npa_tracking,
    Charge: charges,
    LoanActRecord: loan_acts,
    ScheduleVersion: schedules,
}
_LOAN = tuple(column.name for column in loans.c if column.name != "number")


def loan_values(loan: Loan) -> Values:
    """Return the columns of `loans`."""
    values: Values = {name: getattr(loan, name) for name in _LOAN}
    return values | {"number": reference_number("L", loan.reference)}


def loan_of(row: RowMapping) -> Loan:
    """Build a loan."""
    reference = format_reference("L", row["number"])
    return Loan(reference=reference, **{name: row[name] for name in _LOAN})


def part_values(branch_id: int, part: Parts) -> Values:
    """Return the columns of what hangs on a loan."""
    values: Values = {name: getattr(part, name) for name in type(part).__slots__}
    return values | {"branch_id": branch_id}
