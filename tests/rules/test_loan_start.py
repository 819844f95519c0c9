"""The loan on the day of payment: the statement's schedule, from the real day on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.case_facts import CaseFacts, LoanTerms
from app.rules.dated_schedule import dated_schedule
from app.rules.day_count import add_months
from app.rules.loan_contract import ContractDatesError, LoanContract
from app.rules.loan_plan import plan_of
from app.rules.loan_start import (
    FirstDueError,
    first_due_choices,
    paid_contract,
    started_bullet,
    started_loan,
)
from db.vocabulary.lending import (
    EmiRounding,
    InterestMethod,
    LoanPurpose,
    MoratoriumTreatment,
    RepaymentType,
)
from tests.rules.lending_vectors import RULEBOOK

ISSUED = date(2026, 11, 23)
STATED = LoanContract(
    principal_paise=50_000_000, rate_ppm=105_000, tenure_months=36, rounding=EmiRounding.RUPEE,
    interest_method=InterestMethod.MONTHLY_REST, disbursed_on=ISSUED,
    first_due=add_months(ISSUED, 1), due_day=ISSUED.day,
)  # fmt: skip


def started(contract):
    return started_loan(contract, RULEBOOK, ISSUED)


def test_on_the_day_of_the_statement_the_contract_is_the_statement_s() -> None:
    assert paid_contract(STATED, ISSUED, None, agreed=False) == STATED
    assert paid_contract(STATED, ISSUED, STATED.first_due, agreed=True) == STATED


def test_later_the_usual_due_day_moves_with_the_money_unless_one_was_agreed() -> None:
    later = ISSUED + timedelta(days=5)
    moved = paid_contract(STATED, later, None, agreed=False)
    assert (moved.disbursed_on, moved.first_due, moved.due_day) == (
        later, add_months(later, 1), later.day,
    )  # fmt: skip
    kept = paid_contract(STATED, later, None, agreed=True)
    assert kept == replace(STATED, disbursed_on=later)
    assert first_due_choices(STATED, later, agreed=False) == (moved.first_due, STATED.first_due)
    plain, shifted = started(STATED), started(moved)
    assert [row[2:] for row in plain.instalments] == [row[2:] for row in shifted.instalments]


def test_another_first_due_date_is_refused_with_those_allowed() -> None:
    with pytest.raises(FirstDueError, match="23 Dec 2026") as refused:
        paid_contract(STATED, ISSUED, date(2027, 1, 5), agreed=True)
    assert refused.value.field == "first_due_date"
    with pytest.raises(ContractDatesError):
        started(paid_contract(STATED, STATED.first_due, None, agreed=True))


def test_the_days_before_the_first_month_stand_in_the_first_instalment() -> None:
    contract = replace(STATED, first_due=date(2027, 1, 5), due_day=5)
    loan = started(contract)
    assert loan.broken_days == 12  # 23 Nov to 5 Dec
    assert loan.broken_interest_paise == 172_603  # 5,00,000 x 10.5 % x 12 / 365
    assert loan.instalments[0].interest_paise == 437_500 + 172_603
    assert loan.total_interest_paise == dated_schedule(
        contract, RULEBOOK, ISSUED
    ).total_interest_paise  # fmt: skip


def test_serviced_months_pay_interest_and_other_interest_joins_the_principal() -> None:
    months = {"moratorium_months": 3, "first_due": add_months(ISSUED, 4)}
    loan = started(replace(STATED, **months))
    assert [row.principal_paise for row in loan.instalments[:4]][:3] == [0, 0, 0]
    assert [row.number for row in loan.instalments] == list(range(1, 40))
    for treatment, dues in (
        (MoratoriumTreatment.CAPITALISED_SIMPLE, (0, 0, 3 * 437_500)),
        (MoratoriumTreatment.CAPITALISED_MONTHLY, (437_500, 441_328, 445_190)),
    ):
        contract = replace(STATED, **months, moratorium_treatment=treatment)
        waits = started(contract)
        assert tuple(row.joined_paise for row in waits.instalments[:3]) == dues
        assert {row.interest_paise + row.principal_paise for row in waits.instalments[:3]} == {0}
        owed = 50_000_000 + sum(dues)
        assert waits.instalments[3].opening_paise == owed
        assert sum(row.principal_paise for row in waits.instalments) == owed
        schedule = dated_schedule(contract, RULEBOOK, ISSUED)
        assert waits.total_interest_paise == schedule.total_interest_paise


def test_a_loan_repaid_at_the_end_has_one_due() -> None:
    terms = LoanTerms(
        product_code="GOLD_CONSUMPTION", loan_purpose=LoanPurpose.WEDDING_EXPENSES,
        amount_paise=10_000_000, tenure_months=12, rate_ppm=100_000,
        repayment_type=RepaymentType.BULLET,
    )  # fmt: skip
    plan = plan_of(CaseFacts(as_of=ISSUED, terms=terms), None, RULEBOOK)
    loan = started_bullet(plan, 10_000_000)
    (due,) = loan.instalments
    assert (due.due_on, due.principal_paise, due.interest_paise, due.closing_paise) == (
        add_months(ISSUED, 12), 10_000_000, 1_000_000, 0,
    )  # fmt: skip
    assert loan.total_interest_paise == 1_000_000


@given(
    amount=st.integers(10_000_00, 5_00_00_000_00),
    rate=st.integers(0, 300_000),
    months=st.integers(2, 240),
    wait=st.integers(0, 25),
    first=st.integers(1, 59),
)
def test_principal_adds_up_and_waiting_never_costs_the_borrower_more(
    amount, rate, months, wait, first
) -> None:
    first_due = ISSUED + timedelta(days=first)
    stated = replace(
        STATED, principal_paise=amount, rate_ppm=rate, tenure_months=months,
        first_due=first_due, due_day=first_due.day,
    )  # fmt: skip
    paid_on = ISSUED + timedelta(days=min(wait, first - 1))
    loan = started(paid_contract(stated, paid_on, first_due, agreed=True))
    assert sum(row.principal_paise for row in loan.instalments) == amount
    assert loan.instalments[-1].closing_paise == 0
    assert loan.total_interest_paise <= started(stated).total_interest_paise
