from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.rules.case_facts import CaseFacts, LoanTerms
from app.rules.days_past_due import days_past_due
from app.rules.loan_plan import plan_of
from app.services.steps.loan_history import Behaviour, Receipt, draw_receipts, dues_of, live
from app.services.steps.sample_frame import sample_random
from db.vocabulary.lending import AppropriationOrder, RepaymentType

LOAN = UUID(int=1)
START = date(2025, 1, 31)
AS_OF = date(2026, 9, 30)
FIFO = AppropriationOrder.FIFO_IPC


def dues(rulebook, tenure=24, repayment_type=RepaymentType.EMI, product="PERSONAL"):
    terms = LoanTerms(
        product_code=product,
        amount_paise=50_000_000,
        tenure_months=tenure,
        rate_ppm=140_000,
        repayment_type=repayment_type,
    )
    plan = plan_of(CaseFacts(as_of=START, terms=terms), rulebook.product(product, START), rulebook)
    return dues_of(LOAN, plan, 50_000_000, date(2025, 2, 28))


def due_amount(due):
    return due.interest_paise, due.principal_paise


def test_whoever_is_never_late_owes_nothing(rulebook):
    schedule = dues(rulebook)
    receipts = draw_receipts(schedule, Behaviour(0, 0.0), AS_OF, sample_random("test", 1))
    life = live(schedule, receipts, FIFO)
    assert life.oldest_unpaid_due(AS_OF) is None
    assert life.overdue_paise(AS_OF) == 0
    assert all(each.paid_on == each.due_date for each in life.instalments if each.due_date <= AS_OF)
    assert life.closed_on is None


def test_a_loan_ends_at_exactly_nothing(rulebook):
    schedule = dues(rulebook, tenure=12)
    receipts = draw_receipts(schedule, Behaviour(0, 0.0), AS_OF, sample_random("test", 1))
    life = live(schedule, receipts, FIFO)
    assert life.balance(AS_OF) == 0
    assert life.closed_on == schedule[-1].due_date


@pytest.mark.parametrize("state", range(30))
def test_late_payers_stay_below_ninety_days(rulebook, state):
    schedule = dues(rulebook)
    life = live(
        schedule,
        draw_receipts(schedule, Behaviour(0, 0.8), AS_OF, sample_random("test", state)),
        FIFO,
    )
    day = START
    while day <= AS_OF:
        assert days_past_due(life.oldest_unpaid_due(day), day, rulebook) < 90
        day += timedelta(days=1)


def test_late_payers_fall_one_to_three_instalments_behind_and_catch_up(rulebook):
    schedule = dues(rulebook)
    behind = Counter()
    for state in range(30):
        receipts = draw_receipts(schedule, Behaviour(0, 0.3), AS_OF, sample_random("test", state))
        life = live(schedule, receipts, FIFO)
        for due in life.instalments:
            if due.paid_on is not None:
                behind[(due.paid_on - due.due_date).days // 30] += 1
        caught_up = [due for due in life.instalments if due.due_date < date(2026, 6, 1)]
        assert all(due.paid_on is not None for due in caught_up)
    assert set(behind) == {0, 1, 2}
    assert behind[0] > behind[1] > behind[2] > 5


def test_some_pay_half_an_instalment_first(rulebook):
    schedule = dues(rulebook)
    half = sum(due_amount(schedule[0])) // 2
    receipts = draw_receipts(schedule, Behaviour(0, 0.6), AS_OF, sample_random("test", 3))
    parts = [each for each in receipts if each.amount_paise == half]
    assert parts
    fallen = [each for each in schedule if each.due_date < date(2026, 6, 1)]
    assert sum(each.amount_paise for each in receipts) >= sum(
        sum(due_amount(each)) for each in fallen
    )


@pytest.mark.parametrize("month", range(4, 13))
def test_a_default_reaches_ninety_days_in_its_month(rulebook, month):
    schedule = dues(rulebook)
    behaviour = Behaviour(month, 0.0)
    for state in range(10):
        receipts = draw_receipts(schedule, behaviour, AS_OF, sample_random("test", state))
        life = live(schedule, receipts, FIFO)
        missed = schedule[month - 4].due_date
        assert life.oldest_unpaid_due(missed + timedelta(days=89)) == missed
        assert missed + timedelta(days=89) <= date(2025, 1, 31) + timedelta(days=31 * month)


def test_arrears_are_paid_before_the_next_loan(rulebook):
    schedule = dues(rulebook)
    clear = schedule[0].due_date + timedelta(days=150)
    for state in range(20):
        behaviour = Behaviour(4, 0.0, cured_by=clear)
        life = live(
            schedule, draw_receipts(schedule, behaviour, AS_OF, sample_random("test", state)), FIFO
        )
        assert life.oldest_unpaid_due(clear) is None


def test_a_bullet_loan_has_one_due_at_its_end(rulebook):
    schedule = dues(rulebook, 6, RepaymentType.BULLET, "GOLD_CONSUMPTION")
    assert len(schedule) == 1
    assert schedule[0].due_date == date(2025, 7, 28)
    assert schedule[0].principal_paise == 50_000_000


def test_a_receipt_settles_the_oldest_due_first(rulebook):
    schedule = dues(rulebook)
    second = schedule[1].due_date
    due = schedule[0]
    life = live(schedule, [Receipt(second, due.interest_paise + due.principal_paise)], FIFO)
    assert life.instalments[0].paid_on == second
    assert life.oldest_unpaid_due(second) == second
    assert life.postings[0].balance_after_paise == 50_000_000 - due.principal_paise
