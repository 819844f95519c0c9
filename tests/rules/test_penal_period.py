"""The charge of a period is what was overdue at each of its day-ends, counted one by one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.measure_inputs import MeasureInputError
from app.rules.penal_charges import MissedInstalment, PenalRuleError, penal_charge
from app.rules.penal_period import (
    Missed,
    PenalDue,
    PenalPaid,
    PenalSpan,
    PenalTerms,
    longest_grace,
    missed_in,
    penal_terms,
    period_charge,
)
from app.rules.products import Penal
from db.vocabulary.lending import PenalMethod
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY

BY_RATE = Penal(PenalMethod.PERCENT_PER_YEAR, 240_000, None)
FLAT = Penal(PenalMethod.FLAT, None, 500_00)
JULY = PenalSpan(date(2026, 7, 1), date(2026, 7, 31))
FIRST = date(2026, 4, 1)

AMOUNTS = st.lists(st.integers(1, 900), min_size=1, max_size=5)
PAYMENTS = st.lists(st.tuples(st.integers(0, 130), st.integers(1, 1500)), max_size=6)


def terms(penal: Penal = BY_RATE, grace_days: int = 0) -> PenalTerms:
    return PenalTerms(penal, TODAY, grace_days)


def charge(missed: Missed, penal: Penal = BY_RATE) -> int:
    return period_charge(missed, terms(penal), RULEBOOK, TODAY).charge_paise


@pytest.mark.parametrize(
    ("overdue", "days", "rate"), [(21_002_00, 15, 240_000), (11_378_00, 30, 180_000)]
)
def test_one_instalment_paid_late_is_charged_as_the_vectors_say(overdue, days, rate) -> None:
    due, penal = date(2026, 7, 1), Penal(PenalMethod.PERCENT_PER_YEAR, rate, None)
    paid = PenalPaid(due + timedelta(days=days), overdue)
    missed = missed_in([PenalDue(due, 0, overdue)], [paid], JULY, 0)
    known = penal_charge(MissedInstalment(overdue, days), penal, RULEBOOK, TODAY, TODAY)
    assert charge(missed, penal) == known.charge_paise > 0
    assert missed == Missed(overdue * days, 1, due)


class Account:
    """Instalments and payments of any size, and what was left at every day-end."""

    def __init__(self, amounts: list[int], payments: list[tuple[int, int]]) -> None:
        self.dues = [(FIRST + timedelta(days=27 * n), paise) for n, paise in enumerate(amounts)]
        self.payments = sorted((FIRST + timedelta(days=n), paise) for n, paise in payments)

    def at(self, until: date) -> tuple[list[int], list[PenalPaid]]:
        """What is left at a day-end, and what each payment brought to instalments."""
        left, used, day = [paise for _, paise in self.dues], [], FIRST
        while day <= until:
            rest = started = sum(paise for on, paise in self.payments if on == day)
            for place, (due_on, _) in enumerate(self.dues):
                part = min(rest, left[place]) if due_on <= day else 0
                left[place] -= part
                rest -= part
            if started - rest:
                used.append(PenalPaid(day, started - rest))
            day += timedelta(days=1)
        return left, used

    def counted(self, span: PenalSpan, grace: int) -> tuple[int, int]:
        """The same by walking over every day-end of the period, and of the grace before it."""
        product = begun = 0
        for place, (due_on, _) in enumerate(self.dues):
            starts = due_on + timedelta(days=grace)
            if starts > span.last or not self.at(starts)[0][place]:
                continue
            begun += starts >= span.first
            day = due_on if starts >= span.first else span.first
            while day <= span.last:
                product += self.at(day)[0][place]
                day += timedelta(days=1)
        return product, begun


@given(AMOUNTS, PAYMENTS, st.sampled_from([0, 0, 3, 9]))
def test_every_day_end_counts_what_was_left_at_it(amounts, payments, grace) -> None:
    account, span = Account(amounts, payments), PenalSpan(date(2026, 6, 1), date(2026, 6, 30))
    left, used = account.at(span.last)
    fallen = [
        PenalDue(due_on, rest, paise - rest)
        for (due_on, paise), rest in zip(account.dues, left, strict=True)
        if due_on <= span.last
    ]
    found = missed_in(fallen, used, span, grace)
    assert (found.paise_days, found.instalments) == account.counted(span, grace)
    since = span.first - timedelta(days=grace)
    recent = [each for each in used if each.on >= since]
    before = account.at(since - timedelta(days=1))[0]
    open_then = [
        due for due, rest in zip(fallen, before, strict=False) if rest or due.due_on >= since
    ]
    assert missed_in(open_then, recent, span, grace) == found


@given(AMOUNTS, PAYMENTS)
def test_two_halves_of_a_period_are_the_whole(amounts, payments) -> None:
    account, parts = Account(amounts, payments), Missed()
    whole = PenalSpan(date(2026, 6, 1), date(2026, 6, 30))
    for span in (
        PenalSpan(whole.first, date(2026, 6, 17)),
        PenalSpan(date(2026, 6, 18), whole.last),
    ):
        left, used = account.at(span.last)
        dues = [
            PenalDue(due_on, rest, paise - rest)
            for (due_on, paise), rest in zip(account.dues, left, strict=True)
            if due_on <= span.last
        ]
        parts += missed_in(dues, used, span, 0)
    assert (parts.paise_days, parts.instalments) == account.counted(whole, 0)


def test_a_flat_charge_counts_each_missed_instalment_once() -> None:
    dues = [PenalDue(date(2026, 6, 5), 7, 0), PenalDue(date(2026, 7, 5), 7, 0)]
    assert charge(missed_in(dues, [], JULY, 0), FLAT) == 500_00
    assert charge(missed_in(dues, [], PenalSpan(date(2026, 6, 1), JULY.last), 0), FLAT) == 1000_00
    assert charge(Missed(), FLAT) == charge(Missed()) == 0
    assert period_charge(missed_in(dues, [], JULY, 0), terms(FLAT), RULEBOOK, TODAY).gst_paise == 0


def test_paid_on_its_day_or_within_grace_costs_nothing() -> None:
    on_time = [PenalDue(date(2026, 7, 5), 0, 9)]
    assert missed_in(on_time, [PenalPaid(date(2026, 7, 5), 9)], JULY, 0) == Missed()
    late = [PenalPaid(date(2026, 7, 8), 9)]
    assert missed_in(on_time, late, JULY, 3) == Missed()
    assert missed_in(on_time, late, JULY, 2).paise_days == 9 * 3  # from the due date on


def test_the_oldest_of_two_parts_is_kept() -> None:
    early, later = Missed(1, 1, date(2026, 1, 5)), Missed(2, 1, date(2026, 2, 5))
    assert early + later == later + early == Missed(3, 2, date(2026, 1, 5))


def test_terms_are_those_of_the_day_of_sanction() -> None:
    assert penal_terms(BY_RATE, RULEBOOK, TODAY, TODAY) == terms()
    old = date(2023, 5, 1)
    assert penal_terms(BY_RATE, RULEBOOK, old, date(2024, 6, 29)) is None  # its rate may rise
    assert penal_terms(BY_RATE, RULEBOOK, old, date(2024, 6, 30)) is not None
    wrong = book_with(penal_compounding_allowed=True)
    with pytest.raises(PenalRuleError):
        penal_terms(BY_RATE, wrong, TODAY, TODAY)


def test_a_product_without_an_amount_is_refused() -> None:
    missed = Missed(100, 1, TODAY)
    with pytest.raises(MeasureInputError):
        charge(missed, replace(FLAT, amount_paise=None))
    with pytest.raises(MeasureInputError):
        charge(missed, replace(BY_RATE, rate_ppm=None))


def test_the_longest_grace_of_all_rows_is_known() -> None:
    assert longest_grace(RULEBOOK) == 0
    assert longest_grace(book_with(penal_grace_days=7)) == 7
