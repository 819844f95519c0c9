"""5,000 random contracts: every row of the dated schedule equals a second implementation's."""

import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from app.rules.dated_schedule import DatedSchedule, dated_schedule
from app.rules.loan_contract import LoanContract, Prepayment, PrepaymentError
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import (
    EmiRounding,
    InterestMethod,
    MoratoriumTreatment,
    PrepaymentKeep,
)
from tests.rules.independent_schedule import Refused, Terms, Walk, day_in, ordinal
from tests.rules.lending_vectors import RULEBOOK, TODAY

BATCHES, EACH = 50, 100
MONTHS = (1, 2, 3, 6, 12, 12, 24, 24, 36, 60, 60, 84, 120, 180, 240, 360)
ROUNDINGS = ("PAISA", "RUPEE", "CEIL")


@cache
def book(by_year: bool, next_month: bool, upfront: bool) -> Rulebook:
    """The shipped rules with the bank's other choices."""
    chosen = {
        "day_count": "ACT_ACT" if by_year else "ACT_365F",
        "missing_day": "FIRST_DAY_AFTER" if next_month else "LAST_DAY_OF_MONTH",
        "broken_period_collection": "UPFRONT" if upfront else "WITH_FIRST_INSTALMENT",
    }
    rows = [replace(row, value=chosen.get(row.code, row.value)) for row in RULEBOOK.rows]
    return Rulebook(rows, RULEBOOK.products)


def drawn(state: random.Random) -> Terms:
    """A contract nobody chose."""
    months = state.choice(MONTHS) if state.random() < 0.8 else state.randint(1, 360)
    wait = state.choice((0, 0, 0, 1, 3, 6, 12, 18, 48))
    due_day = state.choice((1, 5, 10, 15, 28, 29, 30, 31, state.randint(1, 31)))
    first_month = 12 * state.randint(2023, 2029) + state.randint(0, 11)
    next_month = state.random() < 0.2
    first_paid = day_in(first_month - wait, due_day, next_month=next_month)
    before = state.choice((state.randint(20, 45), state.randint(1, 100)))
    amount = state.choice((state.randint(100, 50_000_00), state.randint(50_000_00, 10**10)))
    terms = Terms(
        amount=amount,
        rate=state.choice((0, 85_000, 122_500, 240_000, state.randint(1, 600_000))),
        months=months,
        rounding=state.choice(ROUNDINGS),
        daily=state.random() < 0.5,
        disbursed=_day(ordinal(first_paid) - before),
        first_month=first_month,
        due_day=due_day,
        wait_months=wait,
        treatment=state.choice(("SERVICED", "CAPITALISED_MONTHLY", "CAPITALISED_SIMPLE")),
        by_year=state.random() < 0.2,
        next_month=next_month,
        upfront=state.random() < 0.25,
    )
    return replace(terms, prepayments=sorted(_prepayments(state, terms), key=lambda one: one[0]))


def _day(number: int) -> tuple[int, int, int]:
    day = date.fromordinal(number)
    return day.year, day.month, day.day


def _prepayments(state: random.Random, terms: Terms) -> list[tuple[tuple[int, int, int], int, str]]:
    total, made = terms.wait_months + terms.months, []
    for _ in range(state.choice((0, 0, 1, 1, 2, 3))):
        start = ordinal(terms.disbursed)
        if state.random() < 0.3:
            on = ordinal(terms.due(state.randint(0, total)))
        else:
            span = ordinal(terms.due(total)) - start
            on = start + state.randint(1, max(1, int(span * state.random())))
        share = state.choice((0.02, 0.1, 0.3, 0.9 * state.random()))
        paid = max(1, int(terms.amount * share))
        made.append((_day(max(on, start)), paid, state.choice(("emi", "tenure"))))
    return made


def ours(terms: Terms) -> DatedSchedule:
    """The same contract through the rules of the program."""
    contract = LoanContract(
        principal_paise=terms.amount,
        rate_ppm=terms.rate,
        tenure_months=terms.months,
        rounding=EmiRounding(terms.rounding),
        interest_method=InterestMethod.DAILY if terms.daily else InterestMethod.MONTHLY_REST,
        disbursed_on=date(*terms.disbursed),
        first_due=date(*terms.due(terms.wait_months + 1)),
        due_day=terms.due_day,
        moratorium_months=terms.wait_months,
        moratorium_treatment=MoratoriumTreatment(terms.treatment),
    )
    prepayments = [
        Prepayment(date(*on), paid, PrepaymentKeep(keep)) for on, paid, keep in terms.prepayments
    ]
    rulebook = book(terms.by_year, terms.next_month, terms.upfront)
    return dated_schedule(contract, rulebook, TODAY, prepayments)


def _plain(found: DatedSchedule) -> list[tuple[object, ...]]:
    rows = []
    for number, on, *figures, kind in found.rows:
        rows.append((number, (on.year, on.month, on.day), *figures, str(kind)))
    return rows


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_row_is_the_same_to_the_paisa(batch: int) -> None:
    state = random.Random(20_261_123 + batch)  # noqa: S311  # drawn cases, no secrets
    compared = prepaid = 0
    while compared < EACH:
        terms = drawn(state)
        try:
            theirs = Walk(terms).go()
        except Refused:
            with pytest.raises(PrepaymentError):
                ours(terms)
            continue
        found = ours(terms)
        assert _plain(found) == theirs.rows, terms
        assert found.broken_interest_paise == theirs.broken, terms
        compared += 1
        prepaid += bool(terms.prepayments)
    assert prepaid > EACH // 4
