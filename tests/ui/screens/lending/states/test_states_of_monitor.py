"""Later reads of the monitor on a book that is slow or goes away: old numbers stay (S80).

Books: conftest.py, on both engines.
"""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QTableView, QWidget

from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.monitor import book_watch
from app.ui.screens.monitor.monitor_tabs import tab_places
from app.ui.widgets.state_stack import ViewState
from db.notices import open_notices
from db.records.book import AuditAct
from tests.ui.screens.lending.states.looking import button, stack_of


@pytest.fixture
def monitor(open_page, until, workbench):
    page = open_page("monitor")
    until(lambda: stack_of(page).state is ViewState.CONTENT and not workbench.runner.active())
    return page


def raw(page, name):
    return page.findChild(QWidget, name).property("rawValue")


def said(page, name):
    return page.findChild(QWidget, name).text()


def test_numbers_stay_undimmed_while_they_are_read_again(monitor, book, workbench, until):
    before = raw(monitor, "kpi.active_loans")
    with book.held("portfolio_cells"):
        monitor.refresh()
        assert said(monitor, "status.data_time") == "reading…"
        states = stack_of(monitor)
        assert states.state is ViewState.CONTENT
        assert states.busy_words() == ""
        assert raw(monitor, "kpi.active_loans") == before
    until(lambda: not workbench.runner.active())
    assert said(monitor, "status.data_time").startswith("Day-end 30 Sep, read ")


def test_a_book_gone_in_mid_refresh_leaves_the_old_numbers_and_says_since_when(
    monitor, book, workbench, until
):
    before = raw(monitor, "kpi.active_loans")
    read_at = said(monitor, "status.data_time")[-5:]
    with book.gone():
        monitor.refresh()
        until(lambda: not workbench.runner.active())
        states = stack_of(monitor)
        assert states.state is ViewState.STALE
        assert said(monitor, "status.data_time") == f"Not refreshed since {read_at}"
        assert states._bar.text().startswith(f"Not refreshed since {read_at}: ")
        assert raw(monitor, "kpi.active_loans") == before
    until(lambda: button(monitor, "Try again") is not None)
    button(monitor, "Try again").click()
    until(lambda: said(monitor, "status.data_time").startswith("Day-end 30 Sep, read "))
    assert stack_of(monitor).state is ViewState.CONTENT


def test_a_tab_whose_first_read_fails_does_not_show_another_ones_numbers(
    monitor, book, workbench, until
):
    with book.gone():
        monitor.findChild(QWidget, "tab.class").click()
        until(lambda: not workbench.runner.active())
        assert stack_of(monitor).state is ViewState.STALE
        assert monitor.findChild(QWidget, "table.classes") is None
    until(lambda: button(monitor, "Try again") is not None)
    button(monitor, "Try again").click()
    until(lambda: monitor.findChild(QWidget, "table.classes") is not None)
    until(lambda: monitor.findChild(QWidget, "table.classes").model().rowCount() == 10)


def test_another_part_of_the_book_never_shows_the_figures_of_the_one_before(
    monitor, book, workbench, until
):
    with book.gone():
        monitor.findChild(QWidget, "filter.product").setCurrentIndex(1)
        until(lambda: not workbench.runner.active())
        states = stack_of(monitor)
        assert states.state is ViewState.ERROR
        assert not monitor.findChild(QWidget, "kpi.active_loans").isVisible()
    until(lambda: button(monitor, "Try again") is not None)
    button(monitor, "Try again").click()
    until(lambda: states.state is ViewState.CONTENT)
    assert monitor.findChild(QWidget, "kpi.active_loans").isVisible()


@pytest.fixture
def watched(open_page, book, until, workbench, monkeypatch):
    """The monitor on a book that tells of its acts, looked at often."""
    monkeypatch.setattr(book_watch, "LOOK_MS", 20)
    workbench.shell.desk = replace(book.desk, open_notices=lambda: open_notices(book.engine))
    page = open_page("monitor")
    until(lambda: page._watch._notices != [])
    until(lambda: not page._clock._soon.isActive())
    return page


def test_an_act_of_another_desk_is_read_soon(watched, book, until, workbench):
    assert not watched._clock._soon.isActive()
    other = book.desk.acting(sandbox_actor(CHECKER))
    with other.open_book() as unit:
        entry = AuditAct("look", "book", None, CHECKER, other.clock.now(), {})
        unit.audit.append(other.person().branch_id, entry)
        unit.commit()
    until(watched._clock._soon.isActive)
    watched.busy_leaving()
    until(lambda: not workbench.runner.active())


def test_nothing_is_asked_any_more_once_the_window_is_closed(watched, until, workbench):
    watched.busy_leaving()
    until(lambda: not workbench.runner.active())
    watched._watch.resume()
    assert not watched._watch._timer.isActive()


def table_words(tab):
    """What every table of a tab says, cell by cell."""
    models = [table.model() for table in tab.findChildren(QTableView) if table.model()]
    return [
        each.index(row, column).data()
        for each in models
        for row in range(each.rowCount())
        for column in range(each.columnCount())
    ]


def test_every_tab_keeps_what_it_showed_when_the_book_goes_away(monitor, book, workbench, until):
    states, tabs = stack_of(monitor), monitor._parts.tabs
    for place in tab_places():
        monitor.findChild(QWidget, f"tab.{place.name}").click()
        until(lambda: not workbench.runner.active())
        assert states.state is ViewState.CONTENT
        before = table_words(tabs.shown())
        with book.gone():
            monitor.refresh()
            until(lambda: not workbench.runner.active())
            assert states.state is ViewState.STALE, place.name
            assert tabs.shown().name == place.name
            assert tabs.shown().isVisible()
            assert table_words(tabs.shown()) == before
        until(lambda: button(monitor, "Try again") is not None)
        button(monitor, "Try again").click()
        until(lambda: states.state is ViewState.CONTENT and not workbench.runner.active())
