"""Any change posted on a book leaves ledger, schedule, loan and cells in agreement."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services.steps.change_plans import plan_change
from app.services.steps.loan_ledger import read_ledger, replay_ledger, settled_rows
from app.services.steps.post_change import post_change
from app.services.steps.refusal import Refused
from app.services.steps.two_people import decided_act, new_act
from db.records.loans import LoanBatch
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.running_loans import LoanPlanned

DAYS = st.integers(5, 23).map(lambda day: date(2026, 11, day))
MONEY = st.integers(100_000, 80_000_000)
CHANGES = st.one_of(
    st.fixed_dictionaries(
        {"act": st.just(LoanAct.PART_PREPAYMENT), "value_date": DAYS, "amount_paise": MONEY,
         "keep": st.sampled_from(PrepaymentKeep)}
    ),
    st.fixed_dictionaries({"act": st.just(LoanAct.FORECLOSURE), "value_date": DAYS}),
    st.fixed_dictionaries(
        {"act": st.just(LoanAct.RATE_CHANGE), "rate_ppm": st.integers(0, 150_000),
         "keep": st.sampled_from(PrepaymentKeep)}
    ),
    st.fixed_dictionaries({"act": st.just(LoanAct.RESCHEDULE), "months": st.integers(1, 200)}),
    st.fixed_dictionaries(
        {"act": st.just(LoanAct.RESTRUCTURE), "months": st.integers(1, 200),
         "rate_ppm": st.integers(0, 95_000)}
    ),
    st.fixed_dictionaries(
        {"act": st.just(LoanAct.MORATORIUM), "months": st.integers(1, 12),
         "treatment": st.sampled_from(MoratoriumTreatment)}
    ),
)  # fmt: skip


@pytest.fixture(params=[12, 10])
def lent(request, desk, someone, submitted):
    planned = LoanPlanned(product_code="HOME_PURCHASE", paid=request.param)
    checker = someone("meera", Role.SUPERVISOR)
    return two_people(desk, checker, submitted.application_id, planned)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=1, max_size=3))
def test_after_any_changes_the_account_is_exact_on_any_day(lent, changes) -> None:
    maker, checker = lent.maker, lent.checker
    branch, rulebook = maker.person().branch_id, maker.rulebook()
    with maker.open_book() as book:  # rolled back
        for fields in changes:
            loan = book.accounts.lock(branch, lent.loan_id)
            try:
                plan = plan_change(book, loan, lent.change(**fields), lent.today, rulebook)
            except Refused:
                continue
            act = new_act(plan.change.act, loan.application_id, loan, plan.owed.on, maker)
            book.accounts.add(branch, LoanBatch(acts=(act,)))
            posted = book.acts.decide(branch, decided_act(act, ActState.POSTED, checker))
            after = post_change(book, plan, posted, (), checker)
            assert after.outstanding_paise == plan.after.outstanding_paise
            assert after.status is plan.after.status
        loan = book.loans.get(branch, lent.loan_id)
        ledger = read_ledger(book, loan)
        assert loan.outstanding_paise == ledger.balance_paise >= 0
        assert ledger.schedule[-1].closing_paise == 0
        assert settled_rows(ledger, replay_ledger(ledger, lent.today)) == ()
        assert book.cells.all(branch) == book.cells.counted(branch)
        # Paid as agreed from here on, nothing is left at the end.
        end = replay_ledger(ledger, ledger.schedule[-1].due_date)
        owed = sum(each.due.principal_paise - each.principal_paise for each in end.dues)
        assert end.principal_left_paise == owed
        if loan.status is LoanStatus.CLOSED:
            assert owed == 0
