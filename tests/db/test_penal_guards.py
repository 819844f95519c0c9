"""What PostgreSQL refuses of penal charges and closed days to whoever writes past the services."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.guards import closing_penal, penal_charges
from db.migrations import frozen_ddl
from db.records.day_end import DayEnd
from db.records.loans import Charge, Instalment, LoanBatch, Repayment
from db.records.refusals import BookDamaged
from db.vocabulary.loan_account import ActState, ChargeEntry, ChargeKind, LoanAct
from tests.db.test_loan_guards import AT, BRANCH, LENT, POSTGRESQL, PaidOut, paid_out

__all__ = ["paid_out"]  # the fixture of the loan that two people paid out
DUE, APRIL_END = date(2026, 4, 5), date(2026, 4, 30)


def test_the_frozen_guards_are_those_of_the_program() -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0015", "postgresql")}
    assert set(penal_charges.CREATE) == {one for one in frozen if "INDEX" not in one}
    later = [one.rstrip(";\n") for one in frozen_ddl.statements("0022", "postgresql")]
    assert later == list(closing_penal.CREATE)


def close(of: PaidOut, day: date, actor_id) -> None:
    with of.open_book() as book:
        book.day_ends.add(BRANCH, DayEnd(day, AT, actor_id, 1, 0, 0, 0, "{}"))
        book.commit()


def levied(of: PaidOut, **fields: object) -> Charge:
    row = Charge(
        of.samples.new_id(), of.loan.loan_id, ChargeEntry.LEVIED, ChargeKind.PENAL, APRIL_END,
        AT, 500, "late", of.checker, due_date=DUE,
    )  # fmt: skip
    return replace(row, **fields)


def add(of: PaidOut, *rows: Charge) -> None:
    with of.open_book() as book:
        book.accounts.add(BRANCH, LoanBatch(charges=rows))
        book.commit()


@pytest.fixture
def owing(paid_out: PaidOut) -> PaidOut:
    """The loan with an instalment of 5 April, and April closed."""
    paid_out.write(instalments=Instalment(paid_out.loan.loan_id, 1, DUE, LENT, 1_000, LENT, 0))
    close(paid_out, APRIL_END, paid_out.checker)
    return paid_out


@POSTGRESQL
def test_a_day_is_closed_by_a_supervisor(paid_out: PaidOut) -> None:
    for nobody in (paid_out.maker, paid_out.samples.new_id()):
        with pytest.raises(BookDamaged):
            close(paid_out, APRIL_END, nobody)
    close(paid_out, APRIL_END, paid_out.checker)


@POSTGRESQL
def test_a_month_is_charged_once_for_an_instalment_of_the_loan(owing: PaidOut) -> None:
    with pytest.raises(BookDamaged):
        add(owing, levied(owing, due_date=date(2026, 4, 6)))  # no such instalment
    with pytest.raises(BookDamaged):
        add(owing, levied(owing, value_date=date(2026, 4, 29)))  # no end of a month
    with pytest.raises(BookDamaged):
        add(owing, levied(owing), levied(owing))
    add(owing, levied(owing))
    with pytest.raises(BookDamaged):
        add(owing, levied(owing))


@POSTGRESQL
def test_a_month_that_is_not_closed_is_not_charged(owing: PaidOut) -> None:
    with pytest.raises(BookDamaged):
        add(owing, levied(owing, value_date=date(2026, 5, 31)))


@POSTGRESQL
def test_a_charge_of_no_day_end_comes_with_a_closing_of_the_loan(owing: PaidOut) -> None:
    on = date(2026, 5, 20)
    closing = owing.made_act(act=LoanAct.FORECLOSURE, value_date=on, terms="{}")
    mine = levied(owing, value_date=on, due_date=None)
    with pytest.raises(BookDamaged):
        add(owing, mine)
    waits = replace(closing, state=ActState.PROPOSED, checker_id=None, decided_at=None)
    owing.write(acts=replace(waits, act_id=owing.samples.new_id()))
    with pytest.raises(BookDamaged):
        add(owing, mine)
    owing.write(acts=replace(closing, act_id=owing.samples.new_id(), act=LoanAct.PART_PREPAYMENT))
    with pytest.raises(BookDamaged):
        add(owing, mine)
    owing.write(acts=closing)
    for day in (date(2026, 5, 19), date(2026, 5, 21), date(2026, 5, 31)):
        with pytest.raises(BookDamaged):
            add(owing, replace(mine, value_date=day))
    add(owing, mine)
    add(owing, replace(mine, charge_id=owing.samples.new_id(), value_date=APRIL_END))


@POSTGRESQL
def test_or_with_the_receipt_that_leaves_no_principal_owed(owing: PaidOut) -> None:
    on = date(2026, 5, 20)
    paid = owing.receipt(
        value_date=on, amount_paise=LENT + 1_000, principal_paise=LENT, balance_after_paise=0
    )
    mine = levied(owing, value_date=on, due_date=None, actor_id=owing.maker)

    def post(charge: Charge, receipt: Repayment) -> None:
        with owing.open_book() as book:
            loan = book.accounts.lock(BRANCH, owing.loan.loan_id)
            book.accounts.add(BRANCH, LoanBatch(repayments=(receipt,), charges=(charge,)))
            after = replace(loan, outstanding_paise=receipt.balance_after_paise)
            book.accounts.update(after, loan)
            book.commit()

    for charge, receipt in (
        (replace(mine, value_date=date(2026, 5, 19)), paid),
        (replace(mine, value_date=date(2026, 5, 31)), paid),
        (replace(mine, recorded_at=AT + timedelta(seconds=1)), paid),
        (replace(mine, actor_id=owing.checker), paid),
        (mine, owing.receipt(value_date=on)),  # principal is left
    ):
        with pytest.raises(BookDamaged) as refused:
            post(charge, receipt)
        assert "a closing brings them" in str(refused.value.__cause__)
    post(mine, paid)
    later = replace(mine, charge_id=owing.samples.new_id(), recorded_at=AT + timedelta(seconds=1))
    with pytest.raises(BookDamaged):
        add(owing, later)


@POSTGRESQL
def test_a_charge_is_taken_back_once_as_it_was(owing: PaidOut) -> None:
    one = levied(owing)
    add(owing, one)
    back = replace(
        one, charge_id=owing.samples.new_id(), entry=ChargeEntry.REVERSED, reverses_id=one.charge_id
    )
    for wrong in (
        replace(back, amount_paise=499),
        replace(back, value_date=DUE),
        replace(back, kind=ChargeKind.OTHER),
        replace(back, reverses_id=owing.samples.new_id()),
    ):
        with pytest.raises(BookDamaged):
            add(owing, wrong)
    add(owing, back, levied(owing, amount_paise=300))  # the right one for the same month
    with pytest.raises(BookDamaged):
        add(owing, replace(back, charge_id=owing.samples.new_id()))
