"""Lines of an account: how a due stands, what a correction speaks of, charges apart."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app.services.steps.account_lines import (
    DueState,
    balance_points,
    charge_lines,
    ledger_lines,
    payment_lines,
    schedule_lines,
)
from app.services.steps.loan_day import LoanPast, loan_on
from db.records.loans import Charge
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, LoanAct, RepaymentKind
from tests.services.steps.test_loan_day import AT, LEDGER, LOAN_ID, OUT, THIRD, paid

STAFF = UUID(int=9)
NAMES = {STAFF: "Meera Iyer"}


def day_of(ledger, on):
    return loan_on(ledger, LoanPast((OUT,)), on)


@pytest.fixture
def ledger():
    """A payment that is split anew, and one that is reversed."""
    first, second = LEDGER.rows
    moved = replace(
        first, repayment_id=UUID(int=201), amount_paise=0, interest_paise=5_00,
        principal_paise=-5_00, kind=RepaymentKind.REALLOCATION, corrects_id=first.repayment_id,
        recorded_at=AT + timedelta(hours=1), actor_id=STAFF,
    )  # fmt: skip
    back = replace(
        second, repayment_id=UUID(int=202), amount_paise=-60_00, interest_paise=-10_00,
        principal_paise=-50_00, kind=RepaymentKind.REVERSAL, reverses_id=second.repayment_id,
        recorded_at=AT + timedelta(hours=2),
    )  # fmt: skip
    return replace(LEDGER, rows=(first, second, moved, back))


def test_a_due_is_not_due_paid_part_paid_or_unpaid(rulebook) -> None:
    one = replace(LEDGER, rows=(paid(1, date(2026, 2, 8), 100_00), paid(2, date(2026, 3, 5), 0)))
    lines = schedule_lines(day_of(one, date(2026, 3, 9)), rulebook, date(2026, 3, 8))
    assert [line.state for line in lines] == [DueState.PAID, DueState.PART, DueState.NOT_DUE]
    assert [line.days_late for line in lines] == [3, 4, 0]  # by the closed day-end of 8 March
    assert [line.paid_paise for line in lines] == [110_00, 10_00, 0]
    none = schedule_lines(day_of(replace(LEDGER, rows=()), date(2026, 2, 5)), rulebook, date.max)
    assert (none[0].state, none[0].days_late) == (DueState.UNPAID, 1)


def test_a_month_in_which_nothing_is_due_says_so(rulebook) -> None:
    empty = replace(THIRD[0], interest_paise=0, principal_paise=0)
    ledger = replace(LEDGER, rows=(), schedule=(empty, *THIRD[1:]))
    (first, *_) = schedule_lines(day_of(ledger, date(2026, 2, 9)), rulebook, date.max)
    assert (first.state, first.days_late) == (DueState.NOTHING, 0)


def test_the_ledger_keeps_every_posting_and_names_what_it_speaks_of(ledger) -> None:
    lines = ledger_lines(day_of(ledger, date(2026, 3, 9)), (OUT,), NAMES)
    assert [line.kind for line in lines] == [
        LoanAct.DISBURSEMENT,
        RepaymentKind.RECEIPT,
        RepaymentKind.REALLOCATION,
        RepaymentKind.RECEIPT,
        RepaymentKind.REVERSAL,
    ]
    assert [line.balance_paise for line in lines] == [300_00, 200_00, 205_00, 155_00, 205_00]
    assert [line.about for line in lines] == [
        None, None, date(2026, 2, 5), None, date(2026, 3, 5),
    ]  # fmt: skip
    assert [line.undone for line in lines] == [False, False, False, True, False]
    assert (lines[2].by, lines[2].method) == ("Meera Iyer", "")
    assert balance_points(lines) == (
        (OUT.disbursement_date, 300_00), (date(2026, 2, 5), 205_00), (date(2026, 3, 5), 205_00),
    )  # fmt: skip


def test_a_payout_that_was_taken_back_stands_beside_it() -> None:
    back = replace(OUT, disbursement_id=UUID(int=6), amount_paise=-300_00, reverses_id=UUID(int=5))
    lines = ledger_lines(day_of(replace(LEDGER, rows=()), date(2026, 3, 9)), (OUT, back), NAMES)
    assert {line.kind for line in lines} == {LoanAct.DISBURSEMENT, LoanAct.DISBURSEMENT_REVERSAL}
    assert lines[-1].balance_paise == 0
    assert [line.undone for line in lines if line.kind is LoanAct.DISBURSEMENT] == [True]


def test_payments_show_the_split_after_all_corrections_newest_first(ledger) -> None:
    newest, oldest = payment_lines(day_of(ledger, date(2026, 3, 9)), NAMES)
    assert (newest.undone, newest.principal_paise) == (True, 50_00)
    assert (oldest.undone, oldest.principal_paise, oldest.interest_paise) == (False, 95_00, 15_00)
    assert oldest.amount_paise == oldest.principal_paise + oldest.interest_paise


def test_charges_that_were_waived_count_below_zero() -> None:
    levied = Charge(
        UUID(int=301), LOAN_ID, ChargeEntry.LEVIED, ChargeKind.PENAL, date(2026, 3, 9), AT, 20_00,
        "late", STAFF, date(2026, 3, 5),
    )  # fmt: skip
    waived = replace(levied, charge_id=UUID(int=302), entry=ChargeEntry.WAIVED,
                     recorded_at=datetime(2026, 3, 10, tzinfo=UTC))  # fmt: skip
    lines = charge_lines((waived, levied), NAMES)
    assert [line.amount_paise for line in lines] == [20_00, -20_00]
    assert lines[0].by == "Meera Iyer"
