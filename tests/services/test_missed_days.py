"""Days that were missed before a loan changed, ended or was paid on are closed as they were then.

The same life, its day-ends on time or late, has the same class history, provisions, interest in
suspense and month ends on both engines.
"""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.rules.money import share_of
from app.services.close_day import CloseDay, close_day
from db.tables.loan_account import month_end_snapshots
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.class_books import close_by_hand, rebuild, receive, timeline
from tests.services.running_loans import LoanPlanned
from tests.services.test_day_ends_agree import check_classes

ONE_DAY = timedelta(days=1)
CHANGES: dict[LoanAct, dict[str, object]] = {
    LoanAct.RESCHEDULE: {"months": 70},
    LoanAct.RATE_CHANGE: {"rate_ppm": 90_000, "keep": PrepaymentKeep.TENURE},
    LoanAct.MORATORIUM: {"months": 2, "treatment": MoratoriumTreatment.CAPITALISED_SIMPLE},
    LoanAct.RESTRUCTURE: {"months": 70},
    LoanAct.FORECLOSURE: {},
    LoanAct.WRITE_OFF: {},
}
TERMS = (LoanAct.RESCHEDULE, LoanAct.RATE_CHANGE, LoanAct.MORATORIUM, LoanAct.RESTRUCTURE)
ON_TIME_OR_LATE = pytest.mark.parametrize("late", [False, True], ids=["on_time", "late"])


@pytest.fixture
def life(desk, someone, submitted):
    """Start a loan that moves two days after `first`; its days are closed or missed.

    Two people change it, or money comes.
    """
    checker = someone("meera", Role.SUPERVISOR)
    maker = someone("bela", Role.OFFICER, Role.SUPERVISOR)

    def lived(planned, act, first, *, late, cured=False):
        desk.clock.day = first - ONE_DAY
        lent = two_people(desk, checker, submitted.application_id, planned)
        lent = replace(lent, maker=maker)
        close_by_hand(checker, desk.clock.day)
        rebuild(checker, lent.loan)
        for day in (first, first + ONE_DAY):
            desk.clock.day = day
            if cured and day == first:
                receive(maker, lent.loan_id, day, lent.loan.overdue_paise, today=day)
            if not late:
                close_day(CloseDay(day), checker)
        desk.clock.day += ONE_DAY
        if isinstance(act, LoanAct):
            lent.post(act, **CHANGES[act])
        else:
            receive(maker, lent.loan_id, desk.clock.day, act, today=desk.clock.day)
        desk.clock.day += ONE_DAY
        closed = close_day(CloseDay(desk.clock.day), checker)
        assert len(closed.days) == (4 if late else 2)
        check_classes(checker, [lent.loan], desk.clock.day)
        return lent

    return lived


@ON_TIME_OR_LATE
@pytest.mark.parametrize("act", TERMS)
def test_a_due_that_fell_before_the_change_is_in_arrears_from_its_day(life, act, late) -> None:
    lent = life(LoanPlanned(paid=11), act, date(2026, 12, 5), late=late)
    assert timeline(lent.checker, lent.loan_id) == [
        (date(2026, 11, 5), "SMA-0"),
        (date(2026, 12, 5), "SMA-1"),
    ]


@ON_TIME_OR_LATE
def test_an_npa_cured_before_it_was_restructured_is_standard_from_that_day(life, late) -> None:
    first = date(2026, 12, 2)
    lent = life(LoanPlanned(paid=8), LoanAct.RESTRUCTURE, first, late=late, cured=True)
    assert timeline(lent.checker, lent.loan_id)[-2:] == [
        (first, "Standard"),
        (date(2026, 12, 5), "SMA-0"),
    ]


def closed_days(lent, first):
    """The four days from `first` on."""
    with lent.checker.read_book() as book:
        return book.day_ends.between(lent.loan.branch_id, first, first + 3 * ONE_DAY)


def suspense_of(lent, first):
    """The interest that was held in suspense on the four days."""
    return [json.loads(day.details)["suspense_paise"] for day in closed_days(lent, first)]


def sums_of(lent, first):
    """What the four days from `first` on set aside: by segment, loans, balance and provision."""
    closed = closed_days(lent, first)
    found = [
        [
            (each["provision_segment"], each["loans"], each["outstanding_paise"],
             each["provision_paise"])
            for each in json.loads(day.details)["provisions"]
        ]
        for day in closed
    ]  # fmt: skip
    assert [day.loans for day in closed] == [len(each) for each in found]
    assert [day.provision_paise for day in closed] == [sum(e[-1] for e in each) for each in found]
    return found


@ON_TIME_OR_LATE
def test_a_loan_is_provided_for_as_restructured_from_that_day(life, late) -> None:
    first = date(2026, 12, 6)
    lent = life(LoanPlanned(paid=12), LoanAct.RESTRUCTURE, first, late=late)
    owed = lent.loan.outstanding_paise
    own, eased = (
        [(segment, 1, owed, (owed * ppm + 500_000) // 1_000_000)]
        for segment, ppm in (("OTHER", 4_000), ("RESTRUCTURED", 50_000))
    )
    assert sums_of(lent, first) == [own, own, eased, eased]


@ON_TIME_OR_LATE
@pytest.mark.parametrize(
    ("act", "paid"), [(LoanAct.FORECLOSURE, 12), (LoanAct.WRITE_OFF, 5)], ids=str
)
def test_a_loan_is_provided_for_until_the_day_on_which_it_ended(life, act, paid, late) -> None:
    first = date(2026, 12, 30)
    lent = life(LoanPlanned(paid=paid), act, first, late=late)
    before, month_end, *after = sums_of(lent, first)
    owed = sum(row.principal_paise for row in lent.ledger.schedule[paid:])
    assert before == month_end
    assert [(each[:3], each[3] > 0) for each in month_end] == [(("OTHER", 1, owed), True)]
    assert after == [[], []]
    late_dues = lent.ledger.schedule[paid:13]
    overdue = sum(row.interest_paise + row.principal_paise for row in late_dues)
    assert kept_of(lent, first + ONE_DAY) == [(owed, overdue, month_end[0][3])]
    held = 0 if act is LoanAct.FORECLOSURE else sum(row.interest_paise for row in late_dues)
    assert suspense_of(lent, first) == [held, held, 0, 0]


@ON_TIME_OR_LATE
def test_money_of_a_later_day_moves_nothing_of_a_day_before_it(life, late) -> None:
    first, paid, brought = date(2026, 12, 30), 5, 5_555_555  # two instalments and some more
    lent = life(LoanPlanned(paid=paid), brought, first, late=late)
    before, month_end, *after = sums_of(lent, first)
    rows = lent.ledger.schedule[paid:13]
    received = lent.ledger.net_split(lent.ledger.receipts()[-1].repayment_id)
    owed = lent.loan.outstanding_paise + received.principal_paise
    rate = lent.checker.rulebook().ppm("provision_sub_standard", first, "UNSECURED_AB_INITIO")
    standing = [("OTHER", 1, owed, share_of(owed, rate))]
    assert before == month_end == standing
    assert [each[2] for (each,) in after] == [lent.loan.outstanding_paise] * 2
    overdue = sum(row.interest_paise + row.principal_paise for row in rows)
    assert kept_of(lent, first + ONE_DAY) == [(owed, overdue, standing[0][3])]
    held = sum(row.interest_paise for row in rows)
    left = held - received.interest_paise
    assert suspense_of(lent, first) == [held, held, left, left]
    assert lent.loan.overdue_paise == overdue - brought


def kept_of(lent, day):
    """What a month end kept of the branch's loans: balance, arrears and provision."""
    kept = month_end_snapshots.c
    with lent.checker.read_book() as book:
        rows = book._connection.execute(
            select(kept.outstanding_paise, kept.overdue_paise, kept.provision_paise).where(
                kept.month_end == day
            )
        )
        return [tuple(row) for row in rows]
