"""The monitor on real books in a rare state: empty, all closed, one loan (S80)."""

import pytest
from PySide6.QtWidgets import QWidget

from app.services.decide_loan_change import DecideLoanChange, confirm_loan_change
from app.services.find_loans import FindLoans, find_loans
from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
from app.services.steps.ids import new_id
from app.services.steps.loan_change import LoanChange
from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
from app.ui.item_models.heat_model import HeatModel
from app.ui.screens.monitor.cohorts_tab import CohortsTab
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from app.ui.screens.monitor.monitor_tab import DrillWish
from app.ui.screens.monitor.monitor_tabs import tab_places
from app.ui.screens.monitor.roll_tab import RollTab
from app.ui.screens.monitor.tile_row import tile_names
from db.records.lists import LoanFilter
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import PaymentMethod
from tests.ui.screens.lending.conftest import desk_at

DASH = "\u2014"


@pytest.fixture
def book(tmp_path, empty_book, rulebook, champion):
    file = tmp_path / "rare.sqlite3"
    file.write_bytes(empty_book.read_bytes())
    made, close = desk_at(file, rulebook, champion)
    yield made
    close()


def lent(desk, kept):
    """A few loans; all but some are foreclosed by two people."""
    make_sample_book(MakeSampleBook(customers=4, applications=6), desk)
    maker, checker = (desk.acting(sandbox_actor(each)) for each in (MAKER, CHECKER))
    rows = find_loans(FindLoans(LoanFilter()), checker).page.rows
    assert len(rows) > kept
    for row in rows[kept:]:
        change = LoanChange(LoanAct.FORECLOSURE, desk.clock.today(), method=PaymentMethod.UPI)
        request = ProposeLoanChange(new_id(maker), row.loan_id, change, "asked for")
        waiting = propose_loan_change(request, maker)
        confirm_loan_change(DecideLoanChange(new_id(checker), waiting.act_id), checker)


@pytest.fixture
def opened(workbench, drive, book):
    def on_book():
        workbench.shell.desk = book.acting(sandbox_actor(CHECKER))
        driver = drive(MonitorScreen(workbench))
        driver.until(lambda: not workbench.runner.active())
        return driver

    return on_book


def assert_no_figure_shows(page, sentence):
    assert sentence in page.words()
    for names in tile_names():
        assert not page.find(f"kpi.{names.name}").isVisible()
    for place in tab_places():
        assert not page.find(f"tab.{place.name}").isVisible()
    assert page.host.findChild(QWidget, "table.classes") is None


def test_an_empty_book_shows_a_sentence_and_no_figure(opened):
    assert_no_figure_shows(opened(), "No loan has been disbursed yet")


def test_a_book_whose_loans_are_all_closed_shows_a_sentence_and_no_figure(opened, book):
    lent(book, 0)
    assert_no_figure_shows(opened(), "Every loan is closed")


@pytest.fixture
def one(opened, book):
    lent(book, 1)
    return opened()


def choose(page, name):
    page.find(f"tab.{name}").click()
    runner = page.host.findChild(MonitorScreen).workbench.runner
    page.until(lambda: not runner.active())


def test_one_loan_is_counted_and_what_nobody_decided_is_a_dash(one):
    assert one.raw("kpi.active_loans") == "1"
    assert one.find("kpi.approval_rate").text() == DASH
    assert one.find("chart.approval_trend").table_rows()[-1][1] == DASH


def test_one_loan_is_called_one(one):
    one.host.findChild(MonitorScreen)._open_drill(DrillWish("active_loans", "Active loans"))
    one.until(lambda: "1 loan, \u20b9" in one.words())


def test_of_one_loan_a_bucket_that_owed_nothing_has_no_rate(one):
    choose(one, "roll")
    grid = one.host.findChild(RollTab).findChild(HeatModel)
    empty = [row for row in range(grid.rowCount()) if grid.look_at(row, 1).text == "\u20b90"]
    assert empty
    for row in empty:
        assert {grid.look_at(row, cell).text for cell in range(2, grid.columnCount())} == {""}
    said = one.find("chart.roll_rates").accessibleDescription().splitlines()
    assert [said[row].endswith(": nothing was owed") for row in empty] == [True] * len(empty)
    last = one.find("chart.rolled_worse").table_rows()[-1]
    assert [last[row + 1] for row in empty if row < 4] == [DASH] * len([r for r in empty if r < 4])


def test_of_one_loan_no_cohort_is_read_as_a_rate(one):
    choose(one, "cohorts")
    grid = one.host.findChild(CohortsTab).findChild(HeatModel)
    cells = [grid.look_at(r, c) for r in range(grid.rowCount()) for c in range(2, 3)]
    assert all(look.few and look.text == "" for look in cells if look.step is not None)
    one.until(lambda: one.host.findChild(QWidget, "chart.cohorts") is not None)
    assert "No month has enough loans" in one.words()
    assert not one.find("chart.cohorts").isVisible()


def test_of_one_loan_every_drift_says_too_few(one):
    choose(one, "drift")
    model = one.find("table.drift").model()
    columns = [each.key for each in model.columns]
    states = {model.look_at(r, columns.index("state")).text for r in range(model.rowCount())}
    assert states == {"Too few"}


def test_of_one_loan_every_tab_stands(one):
    for place in tab_places():
        choose(one, place.name)
        assert one.host.findChild(MonitorScreen)._parts.tabs.shown().isVisible()
        assert "Not refreshed" not in one.words()
