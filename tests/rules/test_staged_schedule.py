"""Parts of a loan: interest alone on what is out, then the instalments of everything."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.dated_schedule import dated_schedule
from app.rules.day_count import add_months
from app.rules.loan_contract import LoanContract
from app.rules.stage_disbursement import Stage
from app.rules.staged_schedule import PartsAndMoratoriumError, PartTooLateError, staged_loan
from db.vocabulary.lending import EmiRounding, InterestMethod
from tests.rules.lending_vectors import RULEBOOK

ON = date(2026, 4, 1)
FIRST = Stage(date(2026, 4, 1), 50_000_000)
SECOND = Stage(date(2026, 4, 16), 50_000_000)
CONTRACT = LoanContract(
    principal_paise=100_000_000, rate_ppm=95_000, tenure_months=60, rounding=EmiRounding.RUPEE,
    interest_method=InterestMethod.MONTHLY_REST, disbursed_on=ON, first_due=date(2026, 9, 1),
    due_day=1,
)  # fmt: skip


def test_interest_alone_until_a_month_before_the_first_instalment() -> None:
    loan = staged_loan(CONTRACT, [FIRST, SECOND], RULEBOOK, ON)
    waiting, first = loan.instalments[:4], loan.instalments[4]
    assert [row.due_on for row in waiting] == [date(2026, month, 1) for month in (5, 6, 7, 8)]
    assert waiting[0].interest_paise == 585_616  # the worked figure of the rule
    assert waiting[1].interest_paise == 806_849  # 10,00,000 x 9.5 % x 31 / 365
    assert {row.principal_paise for row in waiting} == {0}
    assert first.due_on == date(2026, 9, 1)
    whole = dated_schedule(replace(CONTRACT, disbursed_on=date(2026, 8, 1)), RULEBOOK, ON)
    assert [row.interest_paise for row in loan.instalments[4:]] == [
        row.interest_paise for row in whole.instalments
    ]
    assert [row.number for row in loan.instalments] == list(range(1, 65))


def test_a_later_part_changes_no_due_before_it() -> None:
    one = staged_loan(replace(CONTRACT, principal_paise=50_000_000), [FIRST], RULEBOOK, ON)
    late = Stage(date(2026, 6, 10), 50_000_000)
    two = staged_loan(CONTRACT, [FIRST, late], RULEBOOK, ON)
    assert two.instalments[:2] == one.instalments[:2]
    assert two.instalments[2].interest_paise > one.instalments[2].interest_paise
    assert len(two.instalments) == len(one.instalments)


def test_a_part_that_comes_too_late_and_a_moratorium_are_refused() -> None:
    staged_loan(CONTRACT, [FIRST, Stage(date(2026, 8, 1), 1)], RULEBOOK, ON)
    with pytest.raises(PartTooLateError, match="01 Aug 2026"):
        staged_loan(CONTRACT, [FIRST, Stage(date(2026, 8, 2), 1)], RULEBOOK, ON)
    with pytest.raises(PartsAndMoratoriumError):
        staged_loan(replace(CONTRACT, moratorium_months=2), [FIRST], RULEBOOK, ON)


def test_without_months_to_wait_the_instalments_begin_at_once() -> None:
    near = replace(CONTRACT, first_due=add_months(ON, 1), principal_paise=50_000_000)
    loan = staged_loan(near, [FIRST], RULEBOOK, ON)
    assert loan.instalments[0].principal_paise > 0
    assert len(loan.instalments) == 60
    short = staged_loan(near, [replace(FIRST, on=ON + timedelta(days=5))], RULEBOOK, ON)
    assert short.instalments[0].interest_paise < loan.instalments[0].interest_paise


@given(
    parts=st.lists(st.integers(1, 10**9), min_size=1, max_size=5),
    gaps=st.lists(st.integers(0, 25), min_size=5, max_size=5),
    wait=st.integers(4, 14),
)
def test_principal_is_what_was_paid_out_and_the_last_due_closes(parts, gaps, wait) -> None:
    days = [ON + timedelta(days=sum(gaps[: place + 1])) for place in range(len(parts))]
    stages = [Stage(day, amount) for day, amount in zip(days, parts, strict=True)]
    first_due = add_months(days[-1], wait)
    contract = replace(
        CONTRACT, principal_paise=sum(parts), first_due=first_due, due_day=first_due.day
    )
    loan = staged_loan(contract, stages, RULEBOOK, ON)
    assert sum(row.principal_paise for row in loan.instalments) == sum(parts)
    assert loan.instalments[-1].closing_paise == 0
    assert all(row.joined_paise == 0 for row in loan.instalments)
    due_days = [row.due_on for row in loan.instalments]
    assert due_days == sorted(set(due_days))
    assert due_days[0] > days[0]
