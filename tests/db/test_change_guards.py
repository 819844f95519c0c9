"""What PostgreSQL refuses of changes of a loan to whoever writes past the services."""

from dataclasses import replace
from datetime import date

import pytest

from db.guards import loan_changes
from db.migrations import frozen_ddl
from db.records.loans import Instalment, LoanBatch, ScheduleVersion
from db.records.refusals import BookDamaged
from db.vocabulary.loan_account import ActState, LoanAct, RepaymentKind
from tests.db.test_loan_guards import AT, BRANCH, DAY, LENT, POSTGRESQL, PaidOut, paid_out

__all__ = ["paid_out"]  # the fixture of the loan that two people paid out
DUE = date(2026, 4, 5)


def test_the_frozen_guards_are_those_of_the_program() -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0011", "postgresql")}
    assert set(loan_changes.CREATE) == frozen


def instalment(of: PaidOut, **fields: object) -> Instalment:
    row = Instalment(of.loan.loan_id, 1, DUE, LENT, 1_000, LENT, 0)
    return replace(row, **fields)


def version(of: PaidOut, number: int, **fields: object) -> ScheduleVersion:
    row = ScheduleVersion(of.loan.loan_id, number, DAY, 1, 1, 1, "[]", AT)
    return replace(row, **fields)


@POSTGRESQL
def test_a_new_schedule_needs_a_posted_act_of_its_loan(paid_out: PaidOut) -> None:
    of = paid_out
    of.write(instalments=instalment(of), schedules=version(of, 1))
    asked = of.made_act(act=LoanAct.RESCHEDULE, state=ActState.PROPOSED, checker_id=None)
    of.write(acts=asked)
    for act_id in (None, of.samples.new_id(), asked.act_id):
        with pytest.raises(BookDamaged):
            of.write(schedules=version(of, 2, act_id=act_id))
    posted = of.made_act(act=LoanAct.RESCHEDULE)
    with of.open_book() as book:
        book.accounts.add(BRANCH, LoanBatch(acts=(posted,)))
        rows = (instalment(of, due_date=date(2026, 5, 5)),)
        book.accounts.replace_schedule(BRANCH, version(of, 2, act_id=posted.act_id), rows)
        book.commit()


@POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE instalments SET interest_paise = 1",
        "UPDATE instalments SET due_date = '2027-01-01'",
        "DELETE FROM instalments",
        (
            "INSERT INTO past_instalments (branch_id, loan_id, version, number, due_date, "
            "opening_paise, interest_paise, principal_paise, closing_paise, paid_interest_paise, "
            "paid_principal_paise) SELECT branch_id, loan_id, 1, number, due_date, opening_paise, "
            "interest_paise, principal_paise, closing_paise, 0, 0 FROM instalments"
        ),
    ],
)
def test_what_was_agreed_is_not_edited_and_does_not_vanish(paid_out: PaidOut, statement) -> None:
    paid_out.write(instalments=instalment(paid_out))
    with pytest.raises(BookDamaged):
        paid_out.run(statement)


@POSTGRESQL
@pytest.mark.parametrize(
    ("kind", "act"),
    [
        (RepaymentKind.PREPAYMENT, LoanAct.PART_PREPAYMENT),
        (RepaymentKind.CLOSURE, LoanAct.FORECLOSURE),
    ],
)
def test_a_closing_and_a_prepayment_stand_once_for_an_act_of_their_day(
    paid_out: PaidOut, kind, act
) -> None:
    row = paid_out.receipt(kind=kind)
    with pytest.raises(BookDamaged):
        paid_out.write(repayments=row)
    paid_out.write(acts=paid_out.made_act(act=act, value_date=DUE))
    with pytest.raises(BookDamaged):
        paid_out.write(repayments=row)  # of another day
    paid_out.write(acts=paid_out.made_act(act=act))
    paid_out.write(repayments=row)
    again = paid_out.receipt(kind=kind, balance_after_paise=84_000)
    with pytest.raises(BookDamaged):
        paid_out.write(repayments=again)


@POSTGRESQL
def test_only_interest_joins_the_principal(paid_out: PaidOut) -> None:
    joins = paid_out.receipt(
        kind=RepaymentKind.CAPITALISATION, amount_paise=0, interest_paise=500, principal_paise=-500,
        balance_after_paise=LENT + 500,
    )  # fmt: skip
    charged = replace(
        joins, interest_paise=0, charges_paise=500, repayment_id=paid_out.samples.new_id()
    )
    with pytest.raises(BookDamaged):
        paid_out.write(repayments=charged)  # a charge never moves into principal
    paid_out.write(repayments=joins)


@POSTGRESQL
def test_a_recovery_needs_a_loan_that_two_people_wrote_off(paid_out: PaidOut) -> None:
    row = paid_out.receipt(kind=RepaymentKind.RECOVERY)
    with pytest.raises(BookDamaged):
        paid_out.write(repayments=row)
    gone = f"UPDATE loans SET status = 'Written-off', written_off_paise = {LENT}"
    with pytest.raises(BookDamaged):
        paid_out.run(gone)
    paid_out.write(acts=paid_out.made_act(act=LoanAct.WRITE_OFF))
    with pytest.raises(BookDamaged):
        paid_out.run("UPDATE loans SET status = 'Written-off'")  # without what was given up
    paid_out.run(gone)
    paid_out.write(repayments=row)


@POSTGRESQL
def test_one_person_restructures_nothing(paid_out: PaidOut) -> None:
    told = f"UPDATE loans SET restructured_on = '{DAY}'"
    with pytest.raises(BookDamaged):
        paid_out.run(told)
    paid_out.write(acts=paid_out.made_act(act=LoanAct.RESTRUCTURE))
    paid_out.run(told)
    with pytest.raises(BookDamaged):
        paid_out.run("UPDATE loans SET restructured_on = '2020-01-01'")
