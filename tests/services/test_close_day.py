"""Closing days: what moves is what the pure rules say, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from app.rules.borrower_class import classes_until
from app.services.close_day import CloseDay, close_day
from app.services.steps.borrower_loans import read_borrowers_loan
from app.services.steps.ids import new_id
from app.services.steps.loan_provision import provision_at
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import Refused
from db.tables.applications import collateral
from db.tables.loans import loans
from db.vocabulary.lending import CollateralStatus, CollateralType
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, rebuild, receive, timeline
from tests.services.running_loans import LoanPlanned, running_loan


@pytest.fixture
def branch(desk, someone, submitted):
    """A supervisor's desk, and two loans of one borrower as they stood on 31 Mar 2026."""
    checker = someone("meera", Role.SUPERVISOR)
    early = replace(desk, clock=replace(desk.clock, day=date(2026, 3, 31)))
    two = [
        running_loan(early, checker, submitted.application_id, LoanPlanned(paid=4), number)
        for number in (1001, 1002)
    ]
    close_by_hand(desk, date(2026, 3, 31))
    return checker, *two


def stored(desk, loan):
    with desk.read_book() as book:
        return book.loans.get(loan.branch_id, loan.loan_id)


def check_against_rules(desk, *theirs) -> None:
    """Every loan, its entries and the cells are what a replay of the ledgers gives."""
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        until = book.day_ends.last_closed(theirs[0].branch_id)
        owned = [
            read_borrowers_loan(book, book.loans.get(each.branch_id, each.loan_id))
            for each in theirs
        ]
        assert book.cells.all(theirs[0].branch_id) == book.cells.counted(theirs[0].branch_id)
        assert book.cells.differences(theirs[0].branch_id) == 0
    found = classes_until([each.classed for each in owned], until, rulebook)
    for own in owned:
        standing, loan = found.standings[own.loan.loan_id], own.loan
        assert (loan.asset_class, loan.npa_since, loan.defaulted_on) == (
            standing.asset_class, standing.npa_since, standing.defaulted_on,
        )  # fmt: skip
        at = (loan.asset_class, own.balance_on(until))
        if loan.closed_on is None:
            assert loan.provision_paise == provision_at(own.secured, at, until, rulebook)


def test_missed_days_are_caught_up_and_a_second_time_changes_nothing(branch) -> None:
    desk, one, other = branch
    receive(desk, other.loan_id, date(2026, 4, 5), other.emi_paise, today=date(2026, 4, 5))
    done = close_day(CloseDay(date(2026, 7, 5)), desk)
    assert done.days[0].day == date(2026, 4, 1)
    assert timeline(desk, one.loan_id) == [
        (date(2026, 4, 5), "SMA-0"),
        (date(2026, 5, 5), "SMA-1"),
        (date(2026, 6, 4), "SMA-2"),
        (date(2026, 7, 4), "Sub-Standard"),
    ]
    assert timeline(desk, other.loan_id)[-1] == (date(2026, 7, 4), "Sub-Standard")
    assert {each.cause for each in entries(desk, other)} >= {"days past due"}
    check_against_rules(desk, one, other)
    again = close_day(CloseDay(date(2026, 7, 5)), desk)
    assert again.days == ()
    assert (again.loans, again.provision_paise) == (done.loans, done.provision_paise)
    assert stored(desk, one).asset_class is AssetClass.SUB_STANDARD


def entries(desk, loan):
    with desk.read_book() as book:
        return book.loans.npa_entries(loan.branch_id, loan.loan_id)


def test_a_dry_run_says_what_would_move_and_keeps_nothing(branch) -> None:
    desk, one, other = branch
    before = stored(desk, one)
    told = close_day(CloseDay(date(2026, 4, 6), dry_run=True), desk)
    assert [(str(m.before), str(m.after), m.loans) for m in told.movements] == [
        ("Standard", "SMA-0", 2)
    ]
    assert stored(desk, one) == before
    assert entries(desk, one) == ()
    done = close_day(CloseDay(date(2026, 4, 6)), desk)
    assert done.movements == told.movements
    assert done.provision_paise == told.provision_paise
    check_against_rules(desk, one, other)


def test_an_advance_is_used_on_its_day_and_a_receipt_cures(branch) -> None:
    desk, one, other = branch
    for loan in (one, other):
        receive(desk, loan.loan_id, date(2026, 3, 20), one.emi_paise, today=date(2026, 3, 31))
    close_day(CloseDay(date(2026, 4, 5)), desk)
    assert stored(desk, one).advance_paise == 0
    assert stored(desk, one).asset_class is AssetClass.STANDARD
    close_day(CloseDay(date(2026, 8, 10)), desk)
    check_against_rules(desk, one, other)
    assert stored(desk, one).npa_since == date(2026, 8, 3)
    owing = stored(desk, one).overdue_paise
    receive(desk, one.loan_id, date(2026, 8, 12), owing, today=date(2026, 8, 12))
    close_day(CloseDay(date(2026, 8, 12)), desk)
    assert stored(desk, one).asset_class is AssetClass.SUB_STANDARD  # the other is still behind
    receive(desk, other.loan_id, date(2026, 8, 14), owing - 1, today=date(2026, 8, 14))
    close_day(CloseDay(date(2026, 8, 14)), desk)
    assert stored(desk, one).asset_class is AssetClass.SUB_STANDARD  # V112: one paisa short
    receive(desk, other.loan_id, date(2026, 8, 15), 1, today=date(2026, 8, 15))
    close_day(CloseDay(date(2026, 8, 15)), desk)
    for loan in (one, other):
        assert stored(desk, loan).asset_class is AssetClass.STANDARD  # V113
    check_against_rules(desk, one, other)


def test_days_missed_while_receipts_came_in_are_closed_as_they_were(branch) -> None:
    desk, one, other = branch
    receive(desk, one.loan_id, date(2026, 7, 20), one.emi_paise * 4, today=date(2026, 7, 20))
    close_day(CloseDay(date(2026, 7, 25)), desk)
    assert (date(2026, 7, 4), "Sub-Standard") in timeline(desk, one.loan_id)
    check_against_rules(desk, one, other)


def test_a_stop_acts_between_days_and_the_next_run_goes_on(branch) -> None:
    desk, one, other = branch
    seen: list[int] = []
    with pytest.raises(StoppedError):
        close_day(
            CloseDay(date(2026, 4, 10)), desk,
            lambda done, _total: seen.append(done), lambda: len(seen) >= 3,
        )  # fmt: skip
    done = close_day(CloseDay(date(2026, 4, 10)), desk)
    assert done.last_closed == date(2026, 4, 3)
    check_against_rules(desk, one, other)


def test_a_month_end_keeps_every_open_loan(branch) -> None:
    desk, one, _other = branch
    close_day(CloseDay(date(2026, 4, 30)), desk)
    with desk.read_book() as book:
        kept = book.day_ends.get(one.branch_id, date(2026, 4, 30))
    assert '"cells":[{' in kept.details
    assert kept.loans == 2


def test_a_day_to_come_and_an_officer_are_refused(branch, desk) -> None:
    with pytest.raises(Refused, match="has come"):
        close_day(CloseDay(desk.clock.today() + timedelta(days=1)), branch[0])
    with pytest.raises(Refused, match="role"):
        close_day(CloseDay(date(2026, 4, 1)), desk)


def test_only_a_sandbox_looks_at_days_to_come_and_keeps_nothing(branch, desk) -> None:
    close_by_hand(desk, desk.clock.today())  # all the days before are not what is shown
    ahead = desk.clock.today() + timedelta(days=2)
    with pytest.raises(Refused, match="has come"):
        close_day(CloseDay(ahead, dry_run=True), branch[0])
    sandbox = replace(branch[0], sandbox=True)
    with pytest.raises(Refused, match="has come"):
        close_day(CloseDay(ahead), sandbox)
    seen = close_day(CloseDay(ahead, dry_run=True), sandbox)
    assert [each.day for each in seen.days] == [ahead - timedelta(days=1), ahead]
    with desk.read_book() as book:
        assert book.day_ends.get(desk.person().branch_id, ahead) is None


def test_cells_that_differ_are_put_right_and_told(branch) -> None:
    desk, one, other = branch
    with desk.open_book() as book:
        book._connection.exec_driver_sql("UPDATE portfolio_cells SET overdue_paise = 7")
        book.commit()
    done = close_day(CloseDay(date(2026, 4, 1)), desk)
    assert done.days[0].cells_differed > 0
    check_against_rules(desk, one, other)


def test_a_branch_that_never_closed_a_day_begins_with_its_first_loan(
    desk, someone, submitted
) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned(paid=12))
    done = close_day(CloseDay(date(2025, 11, 7)), checker)
    assert [each.day for each in done.days] == [
        loan.disbursement_date + timedelta(days=n) for n in range(3)
    ]
    assert done.last_closed is None


@pytest.mark.parametrize(
    "secured",
    [
        (60_000_000, date(2026, 1, 10), date(2024, 11, 5)),  # doubtful, partly secured
        (60_000_000, date(2021, 1, 10), date(2024, 11, 5)),  # doubtful, valued too long ago
        (60_000_000, date(2026, 1, 10), date(2026, 3, 5)),  # sub-standard, secured
        (9_000_000, date(2026, 1, 10), date(2026, 3, 5)),  # sub-standard, hardly secured
    ],
)
def test_the_statement_provides_for_secured_loans_as_the_rule_does(
    desk, someone, submitted, secured
) -> None:
    value, valued_on, disbursed_on = secured
    checker = someone("meera", Role.SUPERVISOR)
    planned = LoanPlanned(disbursed_on=disbursed_on, paid=1)
    loan = running_loan(desk, checker, submitted.application_id, planned)
    with desk.open_book() as book:
        book._connection.execute(
            insert(collateral).values(
                branch_id=loan.branch_id, collateral_id=new_id(desk),
                application_id=loan.application_id, position=1,
                collateral_type=CollateralType.PROPERTY, value_paise=value,
                valuation_date=valued_on, accepted_share_ppm=1_000_000, description="",
                status=next(iter(CollateralStatus)),
            )
        )  # fmt: skip
        book.commit()
    close_by_hand(desk, date(2026, 11, 21))
    rebuild(desk, loan)
    with desk.open_book() as book:
        book._connection.execute(update(loans).values(provision_paise=1))
        book.commit()
    close_day(CloseDay(date(2026, 11, 23)), checker)
    assert stored(checker, loan).provision_paise > 1
    check_against_rules(checker, loan)
