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
from db.security.key_store import BookKeys
from db.security.sealed_fields import Place, seal, unseal
from db.tables.loan_account import charges, loan_acts, schedules
from db.tables.loans import disbursements, instalments, loans, npa_tracking, repayments

Values = dict[str, Any]
Parts = Instalment | Disbursement | Repayment | NpaEntry | Charge | ScheduleVersion
PART_TABLES = {
    Instalment: instalments,
    Disbursement: disbursements,
    Repayment: repayments,
    NpaEntry: npa_tracking,
    Charge: charges,
    LoanActRecord: loan_acts,
    ScheduleVersion: schedules,
}
_ACCOUNT = "account_sealed"
_LOAN = tuple(column.name for column in loans.c if column.name != "number")


def loan_values(loan: Loan) -> Values:
    """Return the columns of `loans`."""
    values: Values = {name: getattr(loan, name) for name in _LOAN}
    return values | {"number": reference_number("L", loan.reference)}


def loan_of(row: RowMapping) -> Loan:
    """Build a loan."""
    reference = format_reference("L", row["number"])
    return Loan(reference=reference, **{name: row[name] for name in _LOAN})


def act_values(keys: BookKeys, branch_id: int, act: LoanActRecord) -> Values:
    """Return the columns of `loan_acts`; the account number is sealed at its place."""
    values = {name: getattr(act, name) for name in LoanActRecord.__slots__ if name != "account"}
    place = Place(loan_acts.name, _ACCOUNT, act.act_id)
    return values | {"branch_id": branch_id, _ACCOUNT: seal(keys, place, act.account)}


def act_of(keys: BookKeys, row: RowMapping) -> LoanActRecord:
    """Build an act.

    Raises:
        KeyMissing, SealBroken: see `unseal`.
    """
    place = Place(loan_acts.name, _ACCOUNT, row["act_id"])
    plain = {name: row[name] for name in LoanActRecord.__slots__ if name != "account"}
    return LoanActRecord(**plain, account=unseal(keys, place, row[_ACCOUNT]))


def part_values(branch_id: int, part: Parts) -> Values:
    """Return the columns of what hangs on a loan."""
    values: Values = {name: getattr(part, name) for name in type(part).__slots__}
    return values | {"branch_id": branch_id}
