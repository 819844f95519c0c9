"""New terms against the pure rules, and the laws of every schedule that they leave."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.rules.running_loan import schedule_renewed
from app.services.steps.change_checks import running
from app.services.steps.change_terms import moratorium, rate_change, reschedule, restructure
from app.services.steps.loan_change import LoanChange
from app.services.steps.refusal import Refused
from db.vocabulary.lending import EmiRounding, MoratoriumTreatment
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import ProvisionSegment
from tests.rules.lending_vectors import RULEBOOK
from tests.services.running_loans import LoanPlanned, owed_sample

TODAY, DUE = date(2026, 11, 23), date(2026, 11, 5)
LOANS = st.builds(
    LoanPlanned,
    amount_paise=st.integers(1_000_000, 10**10),
    months=st.integers(15, 60),
    rate_ppm=st.integers(10_000, 300_000),
    paid=st.integers(8, 12),
    rounding=st.sampled_from(EmiRounding),
    product_code=st.just("HOME_PURCHASE"),
)
FLOATING = LoanPlanned(product_code="HOME_PURCHASE")


def owed(planned: LoanPlanned = FLOATING):
    return owed_sample(planned, TODAY, TODAY, RULEBOOK)


def asked(act: LoanAct, **fields: object) -> LoanChange:
    return replace(LoanChange(act, TODAY), **fields)


def check_laws(plan) -> None:
    """What is left pays the balance and whatever joined it, and closes at nothing."""
    rows = plan.rows
    joined = sum(row.closing_paise - row.opening_paise + row.principal_paise for row in rows)
    assert sum(row.principal_paise for row in rows) == rows[0].opening_paise + joined
    assert rows[-1].closing_paise == 0
    for one, two in pairwise(rows):
        assert one.closing_paise == two.opening_paise
        assert one.due_on < two.due_on
        assert one.number + 1 == two.number
    assert plan.after.instalments_left == rows[-1].number - plan.owed.left[0].number + 1


@given(LOANS, st.integers(0, 400_000))
def test_a_new_rate(planned, rate) -> None:
    assume(rate != planned.rate_ppm)
    found = owed(planned)
    plan = rate_change(asked(LoanAct.RATE_CHANGE, rate_ppm=rate), found, RULEBOOK, TODAY)
    assert plan.rows[0].number == found.left[1].number
    assert plan.from_date == found.left[0].due_date
    check_laws(plan)


def test_a_term_between_the_two_ways() -> None:
    plan = rate_change(
        asked(LoanAct.RATE_CHANGE, rate_ppm=105_000, months=50), owed(), RULEBOOK, TODAY
    )
    assert plan.change.keep is None
    assert plan.after.instalments_left == 51
    with pytest.raises(Refused) as refusal:
        rate_change(
            asked(LoanAct.RATE_CHANGE, rate_ppm=105_000, months=900), owed(), RULEBOOK, TODAY
        )
    assert set(refusal.value.fields) == {"months"}


def test_one_instalment_left_has_no_room_for_a_rate() -> None:
    with pytest.raises(Refused, match="One instalment"):
        rate_change(
            asked(LoanAct.RATE_CHANGE, rate_ppm=90_000),
            owed(replace(FLOATING, months=13)), RULEBOOK, TODAY,
        )  # fmt: skip


@given(LOANS, st.integers(1, 200))
def test_another_term_is_the_pure_rule(planned, months) -> None:
    found = owed(planned)
    assume(months != len(found.left))
    plan = reschedule(asked(LoanAct.RESCHEDULE, months=months), found, RULEBOOK, TODAY)
    loan = replace(running(found), instalments_left=months)
    pure = schedule_renewed(loan, RULEBOOK, found.loan.sanction_date)
    assert [row.instalment_paise for row in plan.rows] == list(pure.payments_paise)
    check_laws(plan)


@given(LOANS, st.integers(1, 24), st.sampled_from(MoratoriumTreatment))
def test_a_pause(planned, months, treatment) -> None:
    found = owed(planned)
    plan = moratorium(
        asked(LoanAct.MORATORIUM, months=months, treatment=treatment), found, RULEBOOK, TODAY
    )
    served = treatment is MoratoriumTreatment.SERVICED
    assert all(row.principal_paise == 0 for row in plan.rows[:months])
    assert all((row.interest_paise > 0) is served for row in plan.rows[:months])
    check_laws(plan)


@given(LOANS, st.integers(1, 200), st.integers(0, 10_000))
def test_a_restructuring(planned, months, rate) -> None:
    plan = restructure(
        asked(LoanAct.RESTRUCTURE, months=months, rate_ppm=rate), owed(planned), RULEBOOK, TODAY
    )
    assert plan.loan_fields["restructured_on"] == TODAY
    assert plan.loan_fields["provision_segment"] is ProvisionSegment.RESTRUCTURED
    assert plan.after.rate_ppm == rate
    check_laws(plan)


def test_arrears_stay_due() -> None:
    found = owed(replace(FLOATING, paid=10))
    plan = reschedule(asked(LoanAct.RESCHEDULE, months=30), found, RULEBOOK, TODAY)
    assert plan.rows[0].number == 13
    assert plan.after.outstanding_paise == plan.before.outstanding_paise
    assert plan.rows[0].opening_paise == found.balance_paise
