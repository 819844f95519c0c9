from datetime import date, timedelta
from uuid import UUID

from app.services.steps.class_history import Facility, classify_borrower
from app.services.steps.loan_history import LoanLife, Receipt, live
from db.records.loans import Instalment
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_life import AssetClass, ProvisionSegment

FIRST, SECOND = UUID(int=1), UUID(int=2)
FIFO = AppropriationOrder.FIFO_IPC


def life(loan_id, first_due, receipts=()) -> LoanLife:
    """Ten instalments of 10,000 rupees and 1,000 of interest, thirty days apart."""
    dues = [
        Instalment(
            loan_id,
            number,
            first_due + timedelta(days=30 * (number - 1)),
            10_000_000 - 1_000_000 * (number - 1),
            100_000,
            1_000_000,
            10_000_000 - 1_000_000 * number,
        )
        for number in range(1, 11)
    ]
    return live(dues, receipts, FIFO)


def facility(loan_id, lived, collateral=()):
    start = lived.instalments[0].due_date - timedelta(days=30)
    return Facility(loan_id, start, lived, ProvisionSegment.OTHER, collateral)


def moves(history, loan_id):
    return [
        (m.business_date, m.asset_class) for m in history.moves if m.loan_id == loan_id and m.moved
    ]


def test_a_loan_never_paid_walks_through_every_class(rulebook):
    # Vector V103: due 2026-04-05, never paid.
    found = classify_borrower(
        [facility(FIRST, life(FIRST, date(2026, 4, 5)))], date(2028, 8, 1), rulebook
    )
    assert moves(found, FIRST) == [
        (date(2026, 4, 5), AssetClass.SMA_0),
        (date(2026, 5, 5), AssetClass.SMA_1),
        (date(2026, 6, 4), AssetClass.SMA_2),
        (date(2026, 7, 4), AssetClass.SUB_STANDARD),
        (date(2027, 7, 4), AssetClass.DOUBTFUL_1),
        (date(2028, 7, 4), AssetClass.DOUBTFUL_2),
    ]
    standing = found.standings[FIRST]
    assert standing.npa_since == standing.defaulted_on == date(2026, 7, 4)


def test_one_npa_makes_all_loans_of_the_borrower_npa(rulebook):
    # Vector V111: NPA spreads, special mention does not.
    paid = [Receipt(date(2026, 4, 20) + timedelta(days=30 * n), 1_100_000) for n in range(4)]
    bad, good = life(FIRST, date(2026, 4, 5)), life(SECOND, date(2026, 4, 20), paid)
    found = classify_borrower(
        [facility(FIRST, bad), facility(SECOND, good)], date(2026, 7, 10), rulebook
    )
    assert moves(found, SECOND) == [(date(2026, 7, 4), AssetClass.SUB_STANDARD)]
    assert found.standings[SECOND].npa_since == date(2026, 7, 4)
    assert found.moves[-1].oldest_unpaid_due is None or found.moves[-1].loan_id == FIRST


def test_only_all_arrears_end_an_npa(rulebook):
    # Vectors V112 to V114: a partial payment below 91 days does not upgrade.
    part = Receipt(date(2026, 7, 10), 1_100_000)
    rest = Receipt(date(2026, 7, 20), 3_300_000)
    lived = life(FIRST, date(2026, 4, 5), [part, rest])
    found = classify_borrower([facility(FIRST, lived)], date(2026, 7, 25), rulebook)
    assert moves(found, FIRST)[-2:] == [
        (date(2026, 7, 4), AssetClass.SUB_STANDARD),
        (date(2026, 7, 20), AssetClass.STANDARD),
    ]
    assert found.standings[FIRST].defaulted_on == date(2026, 7, 4)
    assert found.standings[FIRST].npa_since is None


def test_every_open_loan_ends_with_its_provision_of_the_day(rulebook):
    lived = life(FIRST, date(2026, 4, 5))
    found = classify_borrower([facility(FIRST, lived)], date(2026, 7, 10), rulebook)
    last = found.moves[-1]
    assert (last.business_date, last.moved) == (date(2026, 7, 10), False)
    # Sub-standard and unsecured from the start: 25 % of 1,00,000 rupees (V123).
    assert last.provision_paise == 2_500_000
