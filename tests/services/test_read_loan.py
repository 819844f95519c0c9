"""A loan's account in one answer: today's is what is stored, an earlier day's is a replay."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.services.read_loan import ReadLoan, read_loan
from app.services.steps.account_lines import DueState
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.sandbox_staff import ADMIN, sandbox_actor
from db.records.refusals import NotFound
from db.tables.loans import loans
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.people import Role
from tests.services.sample_desks import small_sandbox
from tests.services.statement_count import statements_run

MOST_STATEMENTS = 22


@pytest.fixture
def desk(request):
    return small_sandbox(request)[0]


@pytest.fixture
def every_loan(desk):
    with desk.read_book() as book:
        ids = [row[0] for row in book._connection.execute(select(loans.c.loan_id))]
        return [book.loans.get(desk.person().branch_id, each) for each in ids]


@pytest.fixture
def late(every_loan):
    return max(every_loan, key=lambda loan: loan.overdue_paise)


def test_today_is_what_the_book_says(desk, every_loan) -> None:
    for loan in every_loan:
        seen = read_loan(ReadLoan(loan.loan_id), desk)
        figures = seen.figures
        assert figures.outstanding_paise == loan.outstanding_paise
        assert figures.overdue_paise == loan.overdue_paise
        assert figures.oldest_unpaid_due == loan.oldest_unpaid_due
        assert figures.next_due_on == loan.next_due_date
        assert seen.class_then.asset_class is loan.asset_class
        assert seen.class_then.npa_since == loan.npa_since
        if loan.closed_on is None:
            assert seen.provision_paise == loan.provision_paise
        assert sum(line.paid_paise for line in seen.schedule) == sum(
            line.amount_paise for line in seen.payments if not line.undone
        )
        assert seen.balances[-1][1] == loan.outstanding_paise
        assert seen.to_pay_out_paise == 0
        assert (seen.on, seen.past, seen.day_end_closed) == (desk.clock.today(), False, True)


def test_a_late_loan_says_which_dues_are_open_and_how_late(desk, late) -> None:
    seen = read_loan(ReadLoan(late.reference), desk)
    open_dues = [line for line in seen.schedule if line.state in {DueState.PART, DueState.UNPAID}]
    assert len(open_dues) == seen.figures.dues_open > 0
    first = open_dues[0]
    assert first.due_on == seen.figures.oldest_unpaid_due
    assert first.days_late == seen.figures.days_late == (seen.on - first.due_on).days + 1
    assert sum(line.due_paise - line.paid_paise for line in open_dues) == late.overdue_paise
    coming = [line for line in seen.schedule if line.due_on > seen.on]
    assert {line.state for line in coming} <= {DueState.NOT_DUE}
    assert seen.full_name
    assert seen.officer_name


def test_the_ledger_begins_with_the_payment_out_and_ends_with_what_is_owed(desk, late) -> None:
    seen = read_loan(ReadLoan(late.loan_id), desk)
    first, *rest = seen.ledger
    assert first.kind is LoanAct.DISBURSEMENT
    assert first.balance_paise == first.amount_paise == late.principal_paise
    assert {line.kind for line in rest} == {RepaymentKind.RECEIPT}
    assert seen.ledger[-1].balance_paise == late.outstanding_paise
    days = [line.on for line in seen.timeline]
    assert days == sorted(days, reverse=True)
    assert seen.classes[0].after is late.asset_class


def test_an_earlier_day_is_what_a_desk_of_that_day_would_have_seen(desk, late) -> None:
    seen = read_loan(ReadLoan(late.loan_id), desk)
    on = seen.figures.oldest_unpaid_due - timedelta(days=1)
    then = read_loan(ReadLoan(late.loan_id, on), desk)
    assert then.past
    assert then.figures.overdue_paise == then.figures.days_late == 0
    assert then.figures.next_due_on == seen.figures.oldest_unpaid_due
    paid = sum(line.principal_paise for line in seen.payments if line.on <= on)
    assert then.figures.outstanding_paise == late.principal_paise - paid
    assert then.counted_to == on
    assert all(line.on <= on for line in (*then.ledger, *then.classes, *then.timeline))


@pytest.mark.parametrize("days", [-1, 100_000])
def test_a_day_outside_the_loans_life_is_refused(desk, late, days) -> None:
    on = late.disbursement_date + timedelta(days=days) if days < 0 else None
    on = on or desk.clock.today() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        read_loan(ReadLoan(late.loan_id, on), desk)
    assert set(refused.value.fields) == {"as_of_date"}


def test_the_number_of_statements_does_not_grow_with_the_loan(desk, every_loan) -> None:
    longest = max(every_loan, key=lambda loan: desk.clock.today() - loan.disbursement_date)
    newest = min(every_loan, key=lambda loan: desk.clock.today() - loan.disbursement_date)
    counts = []
    for loan in (longest, newest):
        with statements_run() as seen:
            read_loan(ReadLoan(loan.loan_id), desk)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= MOST_STATEMENTS


def test_who_may_read(desk, late) -> None:
    caller = replace(desk.person(), roles=frozenset({Role.COLLECTIONS}))
    seen = read_loan(ReadLoan(late.loan_id), desk.acting(caller))
    assert seen.letters is None
    with pytest.raises(Refused) as refused:
        read_loan(ReadLoan(late.loan_id), desk.acting(sandbox_actor(ADMIN)))
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
    with pytest.raises(NotFound):
        read_loan(ReadLoan(new_id(desk)), desk)
    with pytest.raises(NotFound):
        read_loan(ReadLoan("L-999999"), desk)
