"""The bank's summaries follow the branches' when somebody looks, and only then."""

from datetime import date

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.refresh_bank import refresh_bank
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.watch_alerts import watch_alerts
from app.services.watch_tiles import monitor_tiles
from db.records.alerts import AlertEntry
from db.records.monitor import WHOLE_BANK
from db.vocabulary.people import Role
from tests.services.alert_books import alert_book
from tests.services.monitor_books import OTHER_BRANCH, arrived, lend
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.statement_count import statements_run

BANK = MonitorScope(whole_bank=True)
SOUND = LoanPlanned(20_000_000, 24, 120_000, date(2026, 2, 9), paid=0)
YOUNG = LoanPlanned(1_200_000, 6, 120_000, date(2026, 11, 16), paid=0)


def test_what_moved_is_added_up_once(desk, someone, submitted) -> None:
    supervisor = someone("meera", Role.SUPERVISOR)
    running_loan(desk, supervisor, submitted.application_id, YOUNG)
    assert "repayment_cells" in refresh_bank(supervisor)
    assert refresh_bank(supervisor) == ()
    close_day(CloseDay(desk.clock.today()), supervisor)
    assert "position_cells" in refresh_bank(supervisor)
    with supervisor.read_book() as book:
        assert book.roll_up.differences() == {}


def test_which_summaries_moved_is_asked_for_all_at_once(desk, someone, submitted) -> None:
    running_loan(desk, someone("meera", Role.SUPERVISOR), submitted.application_id, YOUNG)
    with desk.open_book() as book, statements_run() as seen:
        assert len(book.roll_up.refresh()) > 1
    asked = [each for each in seen if each.startswith("SELECT") and "rolled" in each]
    assert len(asked) == 2, asked  # before the bank's rows are held, and again once they are
    with desk.open_book() as book:
        book.roll_up.refresh()
        with statements_run() as seen:
            assert book.roll_up.refresh() == ()
    assert len(seen) == 1


def test_the_bank_has_alerts_of_its_own_by_its_own_figures(
    blank_desk, customer_form, application_form
) -> None:
    """Two branches: one is over its limit, the bank with both is not as far over it."""
    bad = alert_book(blank_desk, (customer_form, application_form))
    good = arrived(bad.checker, OTHER_BRANCH, "checker", Role.SUPERVISOR, Role.OFFICER)
    maker = arrived(bad.checker, OTHER_BRANCH, "maker", Role.OFFICER)
    lend(maker, good, (customer_form, application_form), SOUND, 1001)
    bad.close(date(2026, 3, 10))
    refresh_bank(bad.checker)
    own = {each.rule: each for each in watch_alerts(MonitorScope(), bad.checker).standing}
    told = watch_alerts(BANK, bad.checker).standing
    banks = {each.rule: each for each in told if each.branch_id == WHOLE_BANK}
    tile = monitor_tiles(BANK, bad.checker).tile("npa_ratio")
    assert own["npa_ratio"].value == 100
    assert 5 < tile.value < 100
    assert round(banks["npa_ratio"].value, 4) == round(tile.value, 4)
    assert [each.branch_id for each in told][: len(banks)] == [WHOLE_BANK] * len(banks)
    assert watch_alerts(MonitorScope(), good).standing == ()
    bad.pay(6 * bad.loan.emi_paise)
    bad.close(date(2026, 3, 11))
    refresh_bank(bad.checker)
    rules = {each.rule for each in watch_alerts(BANK, good).standing}
    assert "npa_ratio" not in rules
    entries = [
        each.entry
        for each in watch_alerts(BANK, good).log
        if (each.branch_id, each.rule) == (WHOLE_BANK, "npa_ratio")
    ]
    assert entries == [AlertEntry.CLEARED, AlertEntry.RAISED]


def test_who_may_not_look_adds_nothing_up(desk, someone) -> None:
    with pytest.raises(Refused):
        refresh_bank(someone("kiran", Role.COLLECTIONS))
