"""Who looks after an act has its branch counted once; figures are the same before and after."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.services.close_day import CloseDay, close_day
from app.services.count_positions import count_positions
from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.steps.ids import new_id
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.watch_alerts import watch_alerts
from app.services.watch_classes import watch_classes
from app.services.watch_security import watch_security
from db.records.monitor import WHOLE_BANK
from db.tables.loan_account import portfolio_cells
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role
from tests.services.alert_books import alert_book
from tests.services.conftest import BRANCH
from tests.services.running_loans import LoanPlanned, running_loan

SHORT = LoanPlanned(1_200_000, 6, 120_000, date(2026, 7, 5), paid=3)  # one due is open
BANK = MonitorScope(whole_bank=True)
READS = (watch_security, watch_classes)


def test_a_branch_that_moved_is_counted_by_the_first_look(desk, someone, submitted) -> None:
    supervisor = someone("meera", Role.SUPERVISOR)
    loan = running_loan(desk, supervisor, submitted.application_id, SHORT)
    assert count_positions(BANK, supervisor) == 0  # no day-end whose figures these could be
    close_day(CloseDay(desk.clock.today()), supervisor)
    assert count_positions(BANK, supervisor) == 0
    desk.clock.day += timedelta(days=1)
    cash = ReceiptFacts(300_000, PaymentMethod.CASH, desk.clock.today(), form_60=True)
    post_repayment(PostRepayment(new_id(desk), loan.reference, cash), desk)
    with supervisor.read_book() as book:
        assert book.summaries.positions.holding(BRANCH) == {}
    seen = [read(scope, supervisor) for scope in (BANK, MonitorScope()) for read in READS]
    assert count_positions(BANK, supervisor) == 1
    assert count_positions(MonitorScope(), supervisor) == 0
    with supervisor.read_book() as book:
        assert book.summaries.positions.holding(BRANCH)
        assert book.roll_up.differences() == {}
    again = [read(scope, supervisor) for scope in (BANK, MonitorScope()) for read in READS]
    assert again == seen
    owed = sum(band.amount_paise for band in again[0].bands)
    with supervisor.read_book() as book:
        assert owed == book.loans.get(BRANCH, loan.loan_id).outstanding_paise


def test_the_banks_alerts_follow_what_is_added_up_with_it(
    blank_desk, customer_form, application_form
) -> None:
    bad = alert_book(blank_desk, (customer_form, application_form))
    bad.close(date(2026, 3, 10))
    bad.pay(100_000)
    assert count_positions(BANK, bad.checker) == 1
    told = watch_alerts(BANK, bad.checker).standing
    assert "npa_ratio" in {each.rule for each in told if each.branch_id == WHOLE_BANK}


def test_a_day_end_that_puts_cells_right_counts_the_branch_too(desk, someone, submitted) -> None:
    supervisor = someone("meera", Role.SUPERVISOR)
    running_loan(desk, supervisor, submitted.application_id, SHORT)
    close_day(CloseDay(desk.clock.today()), supervisor)
    desk.clock.day += timedelta(days=1)
    with desk.open_book() as book:
        wrong = update(portfolio_cells).values(overdue_paise=portfolio_cells.c.overdue_paise + 1)
        book._connection.execute(wrong)
        book.commit()
    today = desk.clock.today()
    (closed,) = close_day(CloseDay(today), supervisor).days
    assert closed.cells_differed
    with supervisor.read_book() as book:
        assert book.summaries.positions.holding(BRANCH) == {BRANCH: today}


def test_who_may_not_look_counts_nothing(desk, someone) -> None:
    with pytest.raises(Refused):
        count_positions(BANK, someone("kiran", Role.COLLECTIONS))
