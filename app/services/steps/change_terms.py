"""Changes of the terms of a loan: rate, term, instalment, a pause, a restructuring.

Source: lending-rules.md 3 and 7.4, 9.2.2. A new rate starts with the next due date; a new term or a
pause with the month that runs. Arrears stay due: no change of terms makes a loan younger.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.rules.emi import check_terms
from app.rules.rate_reset import RateReset, ResetOption, ResetTerms, rate_reset
from app.rules.running_loan import schedule_renewed
from app.rules.schedule_change import (
    LeftDue,
    LeftStart,
    after_pause,
    rows_left,
    rows_of_pause,
)
from app.services.steps.change_checks import (
    check_instalments,
    check_value_date,
    longest,
    running,
    start_of,
)
from app.services.steps.closing_quote import ruled
from app.services.steps.loan_change import LoanChange, PlannedChange, look_of, with_left
from app.services.steps.loan_owed import LoanOwed
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.loans import Instalment
from db.vocabulary.lending import PrepaymentKeep, RateType
from db.vocabulary.loan_life import ProvisionSegment

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook


class _Agreed(NamedTuple):
    """Instalment and rate from the change on."""

    emi_paise: int
    rate_ppm: int


_NEVER = "This instalment does not cover the interest of a month: the loan would never be repaid"


def rate_change(
    change: LoanChange, owed: LoanOwed, rulebook: "Rulebook", today: date
) -> PlannedChange:
    """A new rate from the next due date on: the instalment moves, the term moves, or both.

    Raises:
        Refused: the rate does not move or may not rise, the way chosen would never repay the loan
            or passes what product and age allow, or nothing is left after the next due date.
    """
    _check(owed, today)
    rate = _new_rate(change, owed)
    if len(owed.left) == 1:
        raise Refused(RefusalKind.CONFLICT, "One instalment is left: a new rate would not reach it")
    coming = owed.left[0]
    later = replace(
        start_of(owed, rulebook),
        balance_paise=coming.closing_paise,
        rate_ppm=rate,
        first_number=coming.number + 1,
        dates=tuple(row.due_date for row in owed.left[1:]),
        period_start=coming.due_date,
        settled_to=coming.due_date,
    )
    loan = replace(
        running(owed), balance_paise=coming.closing_paise, instalments_left=len(owed.left) - 1
    )
    terms = ResetTerms(rate, longest(owed, 1), change.months)
    reset = ruled(lambda: rate_reset(loan, terms, rulebook, owed.loan.sanction_date))
    keep, option = _way(change, reset)
    if option.blocked is not None or option.schedule is None:
        field = "months" if change.months is not None else "keep"
        raise bad_input({field: option.blocked or _NEVER})
    rows = rows_left(later, option.schedule.emi_paise, len(option.schedule.rows))
    return _planned(
        replace(change, keep=keep), owed, rows, _Agreed(option.schedule.emi_paise, rate)
    )


def reschedule(
    change: LoanChange, owed: LoanOwed, rulebook: "Rulebook", today: date
) -> PlannedChange:
    """Another number of instalments, or another instalment, at the same rate.

    Raises:
        Refused: nothing moves, the instalment would never repay the loan, or the term passes what
            product and age allow.
    """
    _check(owed, today)
    start = start_of(owed, rulebook)
    if change.amount_paise is not None:
        rows, emi_paise = _at_instalment(change.amount_paise, start, longest(owed))
    else:
        rows, emi_paise = _in_months(change, owed, start, rulebook)
        if len(rows) > longest(owed):
            raise bad_input({"months": _too_long(longest(owed))})
    if len(rows) == len(owed.left) and emi_paise == owed.loan.emi_paise:
        raise bad_input({"months": "This is the schedule in force: enter another term"})
    return _planned(change, owed, rows, _Agreed(emi_paise, owed.rate_ppm))


def moratorium(
    change: LoanChange, owed: LoanOwed, rulebook: "Rulebook", today: date
) -> PlannedChange:
    """Months without an instalment; the instalments left follow on what is owed then.

    Raises:
        Refused: no months or no treatment of their interest is named.
    """
    _check(owed, today)
    months = _months(change, "Enter the months without an instalment, 1 or more")
    if change.treatment is None:
        raise bad_input({"treatment": "Choose what becomes of the interest of these months"})
    ruled(lambda: check_terms(owed.balance_paise, owed.rate_ppm, months + len(owed.left)))
    start = start_of(owed, rulebook)
    pause = rows_of_pause(start, months, change.treatment)
    later = after_pause(start, pause)
    loan = replace(running(owed), balance_paise=later.balance_paise)
    renewed = schedule_renewed(loan, rulebook, owed.loan.sanction_date)
    rows = rows_left(later, renewed.emi_paise, len(owed.left))
    return _planned(change, owed, (*pause, *rows), _Agreed(renewed.emi_paise, owed.rate_ppm))


def restructure(
    change: LoanChange, owed: LoanOwed, rulebook: "Rulebook", today: date
) -> PlannedChange:
    """Easier terms for a borrower in difficulty; classification is told.

    Raises:
        Refused: neither term nor rate moves, or the rate would rise.
    """
    _check(owed, today)
    rate = owed.rate_ppm if change.rate_ppm is None else change.rate_ppm
    if rate > owed.rate_ppm:
        raise bad_input({"interest_rate": "A restructuring does not raise the rate"})
    count = len(owed.left) if change.months is None else change.months
    if rate == owed.rate_ppm and count == len(owed.left):
        raise bad_input({"months": "Enter another term or a lower rate"})
    start = replace(start_of(owed, rulebook), rate_ppm=rate)
    asked = replace(change, months=count)
    rows, emi_paise = _in_months(asked, owed, start, rulebook)
    plan = _planned(change, owed, rows, _Agreed(emi_paise, rate))
    told = {"restructured_on": owed.on, "provision_segment": ProvisionSegment.RESTRUCTURED}
    return replace(plan, loan_fields={**plan.loan_fields, **told})


def _check(owed: LoanOwed, today: date) -> None:
    check_value_date(owed, today)
    check_instalments(owed)


def _new_rate(change: LoanChange, owed: LoanOwed) -> int:
    if change.rate_ppm is None or change.rate_ppm == owed.rate_ppm:
        raise bad_input({"interest_rate": "Enter a rate other than the one in force"})
    fixed = owed.facts.product.rate_type is RateType.FIXED
    if fixed and change.rate_ppm > owed.rate_ppm:
        raise bad_input({"interest_rate": "The rate of this loan is fixed: it may only fall"})
    return change.rate_ppm


def _way(change: LoanChange, reset: RateReset) -> tuple[PrepaymentKeep | None, ResetOption]:
    """The way chosen: a term typed, the instalment kept, or else the term kept."""
    if reset.both is not None:
        return None, reset.both
    if change.keep is PrepaymentKeep.EMI:
        return PrepaymentKeep.EMI, reset.keep_emi
    return PrepaymentKeep.TENURE, reset.keep_tenor


def _months(change: LoanChange, sentence: str) -> int:
    if change.months is None or change.months < 1:
        raise bad_input({"months": sentence})
    return change.months


def _in_months(
    change: LoanChange, owed: LoanOwed, start: LeftStart, rulebook: "Rulebook"
) -> tuple[tuple[LeftDue, ...], int]:
    """The instalment for a number of months, and its rows."""
    months = _months(change, "Enter the instalments that shall be left, 1 or more")
    loan = replace(running(owed), rate_ppm=start.rate_ppm, instalments_left=months)
    renewed = ruled(lambda: schedule_renewed(loan, rulebook, owed.loan.sanction_date))
    return rows_left(start, renewed.emi_paise, months), renewed.emi_paise


def _at_instalment(emi_paise: int, start: LeftStart, most: int) -> tuple[tuple[LeftDue, ...], int]:
    """The rows of an instalment that was typed, blocked where they would not end in time."""
    rows = rows_left(start, emi_paise, most + 1)
    if any(not row.principal_paise for row in rows):
        raise bad_input({"amount": _NEVER})
    if len(rows) > most:
        raise bad_input({"amount": _too_long(most)})
    return rows, emi_paise


def _too_long(most: int) -> str:
    return f"Product and age leave {most} instalments: enter a term of at most that many"


def _planned(
    change: LoanChange,
    owed: LoanOwed,
    rows: tuple[LeftDue, ...],
    agreed: _Agreed,
) -> PlannedChange:
    """The plan of new rows; instalments before the first of them stay."""
    kept = tuple(_due(row) for row in owed.left if row.number < rows[0].number)
    before = look_of(owed)
    after = replace(
        with_left(before, (*kept, *rows)), emi_paise=agreed.emi_paise, rate_ppm=agreed.rate_ppm
    )
    return PlannedChange(
        change=change,
        owed=owed,
        before=before,
        after=after,
        rows=rows,
        from_date=kept[-1].due_on if kept else owed.settled_to,
        loan_fields={
            "rate_ppm": agreed.rate_ppm,
            "emi_paise": agreed.emi_paise,
            "tenure_months": rows[-1].number,
        },
        saved_paise=before.interest_left_paise - after.interest_left_paise,
    )


def _due(row: Instalment) -> LeftDue:
    figures = (row.opening_paise, row.interest_paise, row.principal_paise, row.closing_paise)
    return LeftDue(row.number, row.due_date, *figures)
