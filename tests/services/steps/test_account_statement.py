"""Laws of a statement: it adds up, it ends with what is owed, any period follows from the whole."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.steps.account_statement import StatementKind, statement_lines
from app.services.steps.loan_day import LoanDay, LoanPast, loan_on
from app.services.steps.loan_ledger import RowMaker, corrections, replay_ledger
from db.records.loans import Charge
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, RepaymentKind
from tests.services.steps.test_loan_day import AT, BEGUN, FIRST, LEDGER, LOAN_ID, OUT, paid

STAFF = UUID(int=9)
END = date(2026, 6, 30)
BASE = replace(LEDGER, schedule=FIRST, rows=())


def charge(number: int, on: date, paise: int) -> Charge:
    return Charge(
        UUID(int=900 + number), LOAN_ID, ChargeEntry.LEVIED, ChargeKind.PENAL, on, AT, paise,
        "late", STAFF,
    )  # fmt: skip


def received(number: int, on: date, paise: int):
    """A receipt whose split is still to be settled, as a posting writes it."""
    return replace(
        paid(number, on, 0), amount_paise=paise, interest_paise=0, excess_paise=paise,
    )  # fmt: skip


def settled(rows, charges, on) -> LoanDay:
    """The account once a posting has added the rows that correct the splits."""
    ids = iter(UUID(int=5000 + n) for n in range(1000))
    ledger = replace(BASE, rows=tuple(rows), charges=tuple(charges))
    made = corrections(ledger, replay_ledger(ledger, END), RowMaker(lambda: next(ids), STAFF, AT))
    return loan_on(replace(ledger, rows=(*ledger.rows, *made)), LoanPast((OUT,)), on)


def owed(day: LoanDay, *, charges: bool) -> int:
    state = day.state
    interest = sum(
        each.due.interest_paise - each.interest_paise
        for each in state.dues
        if each.due.due_on <= day.on
    )
    apart = state.charges_due_paise if charges else 0
    return state.principal_left_paise + interest + apart - state.advance_paise


DAYS = st.dates(BEGUN, END)
RECEIPTS = st.lists(st.tuples(DAYS, st.integers(1, 200_00)), max_size=6)
CHARGES = st.lists(st.tuples(DAYS, st.integers(1, 30_00)), max_size=3)


@given(RECEIPTS, CHARGES, DAYS, DAYS, st.booleans())
def test_a_statement_adds_up_and_ends_with_what_is_owed(receipts, charges, one, other, apart):
    begin, end = sorted((one, other))
    rows = [received(n, on, paise) for n, (on, paise) in enumerate(sorted(receipts))]
    levied = [charge(n, on, paise) for n, (on, paise) in enumerate(charges)]
    day = settled(rows, levied, end)
    lines = statement_lines(day, (OUT,), begin, charges=apart)
    moved = sum(row.debit_paise - row.credit_paise for row in lines.rows)
    assert lines.opening_paise + moved == lines.closing_paise
    assert all(begin <= row.on <= end for row in lines.rows)
    assert all((row.debit_paise > 0) != (row.credit_paise > 0) for row in lines.rows)
    assert [row.on for row in lines.rows] == sorted(row.on for row in lines.rows)
    whole = statement_lines(day, (OUT,), BEGUN, charges=apart)
    assert whole.opening_paise == 0
    assert whole.closing_paise == lines.closing_paise
    # A receipt of later days may take the split of an earlier one: what is owed is replayed to
    # the day, and the statement of that day counts the same rows.
    if end == END or not rows or max(row.value_date for row in rows) <= end:
        assert lines.closing_paise == owed(day, charges=apart)


def test_a_payment_of_a_charge_is_left_out_with_the_charge() -> None:
    rows = [received(1, date(2026, 2, 5), 130_00)]
    day = settled(rows, [charge(1, date(2026, 2, 1), 20_00)], date(2026, 2, 6))
    with_charges = statement_lines(day, (OUT,), BEGUN, charges=True)
    assert [(row.kind, row.debit_paise, row.credit_paise) for row in with_charges.rows] == [
        (StatementKind.PAID_OUT, 300_00, 0),
        (StatementKind.CHARGE, 20_00, 0),
        (StatementKind.INTEREST, 10_00, 0),
        (StatementKind.RECEIPT, 0, 130_00),
    ]
    without = statement_lines(day, (OUT,), BEGUN, charges=False)
    assert [row.credit_paise for row in without.rows if row.credit_paise] == [110_00]
    assert without.closing_paise == with_charges.closing_paise == 200_00


def test_a_reversal_stands_beside_its_payment_and_undoes_it() -> None:
    first = paid(1, date(2026, 2, 5), 100_00)
    back = replace(
        first, repayment_id=UUID(int=77), amount_paise=-110_00, interest_paise=-10_00,
        principal_paise=-100_00, kind=RepaymentKind.REVERSAL, reverses_id=first.repayment_id,
        recorded_at=AT + timedelta(days=60),
    )  # fmt: skip
    ledger = replace(BASE, rows=(first, back))
    day = loan_on(ledger, LoanPast((OUT,)), date(2026, 2, 6))
    lines = statement_lines(day, (OUT,), date(2026, 2, 5), charges=True)
    assert [row.kind for row in lines.rows] == [
        StatementKind.INTEREST, StatementKind.RECEIPT, StatementKind.REVERSAL,
    ]  # fmt: skip
    assert lines.opening_paise == 300_00
    assert lines.closing_paise == 310_00 == owed(day, charges=True)


@pytest.mark.parametrize("kind", [RepaymentKind.PREPAYMENT, RepaymentKind.RECOVERY])
def test_interest_of_an_early_payment_is_charged_with_it(kind) -> None:
    early = replace(paid(1, date(2026, 1, 20), 300_00), interest_paise=4_00, amount_paise=304_00,
                    kind=kind)  # fmt: skip
    day = loan_on(replace(BASE, rows=(early,), schedule=()), LoanPast((OUT,)), date(2026, 1, 31))
    lines = statement_lines(day, (OUT,), BEGUN, charges=True)
    assert [(row.kind, row.balance_paise) for row in lines.rows] == [
        (StatementKind.PAID_OUT, 300_00),
        (StatementKind.INTEREST, 304_00),
        (StatementKind(kind.value), 0),
    ]


def test_interest_that_joins_the_principal_is_charged_once() -> None:
    first = replace(FIRST[0], interest_paise=0, principal_paise=0, closing_paise=310_00)
    joined = replace(paid(1, first.due_date, -10_00), amount_paise=0,
                     kind=RepaymentKind.CAPITALISATION)  # fmt: skip
    ledger = replace(BASE, rows=(joined,), schedule=(first,))
    day = loan_on(ledger, LoanPast((OUT,)), date(2026, 2, 6))
    lines = statement_lines(day, (OUT,), BEGUN, charges=True)
    assert lines.rows[-1].kind is StatementKind.CAPITALISATION
    assert lines.closing_paise == 310_00 == owed(day, charges=True)
