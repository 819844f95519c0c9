"""Why a loan stands in its class; its cure, once paid, lifts it at the next day-end."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.read_classification import read_classification
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, rebuild, receive
from tests.services.running_loans import LoanPlanned, running_loan

DAY = date(2026, 11, 4)


@pytest.fixture
def two(desk, someone, submitted):
    """One loan unpaid since 5 Apr 2026, one without arrears, as of 4 Nov 2026."""
    checker = someone("meera", Role.SUPERVISOR)
    then = replace(desk, clock=replace(desk.clock, day=DAY))
    made = [
        running_loan(then, checker, submitted.application_id, LoanPlanned(paid=paid), number)
        for paid, number in ((4, 1001), (11, 1002))
    ]
    close_by_hand(then, DAY)
    rebuild(then, made[0])
    return replace(checker, clock=then.clock), *made


def test_the_cure_amount_once_paid_upgrades_both_loans(two) -> None:
    desk, bad, good = two
    own = read_classification(bad.loan_id, desk)
    assert (own.asset_class, own.npa_since) == (AssetClass.SUB_STANDARD, date(2026, 7, 4))
    assert (own.oldest_unpaid_due, own.days_past_due) == (date(2026, 4, 5), 214)
    assert own.pulled_by is None
    assert own.provision_rate_ppm == 250_000
    pulled = read_classification("L-1002", desk)
    assert (pulled.asset_class, pulled.days_past_due) == (AssetClass.SUB_STANDARD, 0)
    assert (pulled.pulled_by, pulled.cause) == ("L-1001", "another loan of the borrower")
    assert pulled.cure_paise == own.cure_paise == bad.emi_paise * 7
    receive(desk, bad.loan_id, DAY, own.cure_paise)
    for loan in (bad, good):
        after = read_classification(loan.loan_id, desk)
        assert (after.asset_class, after.cure_paise) == (AssetClass.STANDARD, 0)
        assert after.cause == "all arrears paid"


def test_the_cure_holds_for_the_day_end_that_follows(two) -> None:
    desk, bad, good = two
    later = replace(desk, clock=replace(desk.clock, day=date(2026, 11, 5)))
    owing = read_classification(good.loan_id, later).cure_paise
    assert owing > read_classification(good.loan_id, desk).cure_paise  # two dues fall today
    receive(later, bad.loan_id, date(2026, 11, 5), bad.emi_paise * 8)
    receive(later, good.loan_id, date(2026, 11, 5), owing - bad.emi_paise * 8)
    close_day(CloseDay(date(2026, 11, 5)), later)
    assert read_classification(good.loan_id, later).asset_class is AssetClass.STANDARD
