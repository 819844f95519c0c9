"""Figures at the head of an account: what is owed, what is next, how late by which day-end."""

from dataclasses import replace
from datetime import date

from app.services.steps.account_figures import loan_figures, plan_points
from app.services.steps.loan_day import LoanPast, loan_on
from tests.services.steps.test_loan_day import BEGUN, FIRST, LEDGER, OUT, paid

ONE = replace(LEDGER, schedule=FIRST, rows=(paid(1, date(2026, 2, 5), 100_00),))


def test_arrears_and_days_are_those_of_the_day_and_of_its_day_end(rulebook) -> None:
    on = date(2026, 4, 9)
    day = loan_on(ONE, LoanPast((OUT,)), on)
    figures = loan_figures(day, date(2026, 4, 3), rulebook)
    assert (figures.outstanding_paise, figures.overdue_paise, figures.dues_open) == (
        200_00, 220_00, 2,
    )  # fmt: skip
    assert figures.oldest_unpaid_due == date(2026, 3, 5)
    assert figures.days_late == 30  # by the day-end of 3 April, the due day counts
    assert (figures.next_due_on, figures.next_due_paise) == (None, 0)
    early = loan_figures(loan_on(ONE, LoanPast((OUT,)), date(2026, 2, 6)), on, rulebook)
    assert (early.next_due_on, early.next_due_paise) == (date(2026, 3, 5), 110_00)
    assert early.days_late == 0


def test_the_plan_runs_from_the_payment_out_to_nothing() -> None:
    day = loan_on(ONE, LoanPast((OUT,)), date(2026, 2, 6))
    assert plan_points(day) == (
        (BEGUN, 300_00),
        *((row.due_date, row.closing_paise) for row in FIRST),
    )
    assert plan_points(loan_on(replace(ONE, schedule=()), LoanPast((OUT,)), BEGUN)) == ()
