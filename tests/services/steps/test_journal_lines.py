"""Each posting debits what it credits, whatever its sign."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.services.steps.journal_lines import (
    charge_lines,
    disbursement_lines,
    provision_lines,
    repayment_lines,
)
from db.records.loans import Charge, Disbursement, Repayment
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, RepaymentKind
from db.vocabulary.loan_life import DisbursementMode, PaymentMethod

ONE, DAY, AT = UUID(int=1), date(2026, 4, 5), datetime(2026, 4, 5, 6, tzinfo=UTC)
PAISE = st.integers(-(10**10), 10**10)


def sums(lines) -> tuple[int, int]:
    lines = list(lines)
    assert all((line.debit_paise > 0) is not (line.credit_paise > 0) for line in lines)
    assert all(line.debit_paise >= 0 and line.credit_paise >= 0 for line in lines)
    return sum(line.debit_paise for line in lines), sum(line.credit_paise for line in lines)


@given(PAISE, PAISE, PAISE, PAISE)
def test_a_ledger_row_balances(interest, principal, charges, excess) -> None:
    row = Repayment(
        ONE, ONE, DAY, AT, interest + principal + charges + excess, interest, principal, charges,
        excess, 0, PaymentMethod.UPI, "", AppropriationOrder.FIFO_IPC,
        kind=RepaymentKind.RECEIPT,
    )  # fmt: skip
    debit, credit = sums(repayment_lines(row))
    assert debit == credit


@given(PAISE, PAISE)
def test_payments_out_and_provisions_balance(amount, before) -> None:
    paid = Disbursement(ONE, ONE, amount, DAY, DisbursementMode.CHEQUE)
    assert len(set(sums(disbursement_lines(paid)))) == 1
    assert len(set(sums(provision_lines(DAY, amount, before)))) == 1
    assert list(provision_lines(DAY, None, before)) == []


def test_a_charge_is_income_until_it_is_given_up() -> None:
    def lines(entry):
        charge = Charge(ONE, ONE, entry, ChargeKind.PENAL, DAY, AT, 500, "late", ONE)
        return [(line.account, line.debit_paise) for line in charge_lines(charge)]

    assert lines(ChargeEntry.LEVIED) == [("CHARGES DUE", 500), ("CHARGES INCOME, PENAL", 0)]
    assert lines(ChargeEntry.WAIVED) == [("CHARGES DUE", 0), ("CHARGES INCOME, PENAL", 500)]
