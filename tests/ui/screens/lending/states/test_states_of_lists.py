"""Slow, cancelled, failing, late and broken reads of every list (books: conftest.py).

Each statement that a cancel must reach is looked for on the server itself.
"""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.tasks.task import JobState
from app.ui.widgets.state_stack import ViewState
from tests.ui.screens.lending.states.looking import button, stack_of

# Each list, and a table it cannot be read without.
LISTS = {
    "today": "applications",
    "customers": "customers",
    "applications": "applications",
    "loans": "loans",
    "follow_up": "loans",
    "rules": "rule_values",
    "products": "products",
}
FIRST_READS = LISTS | {"monitor": "portfolio_cells"}  # its later reads: test_states_of_monitor.py


@pytest.mark.parametrize("name", FIRST_READS)
def test_a_slow_read_is_cancelled_at_once_and_leaves_the_server(
    open_page, book, workbench, until, name
):
    with book.held(FIRST_READS[name]):
        page = open_page(name)
        states = stack_of(page)
        until(lambda: "…" in states.words())
        until(lambda: button(page, "Cancel") is not None)
        if book.server is not None:
            until(lambda: book.waiting() > 0)
        button(page, "Cancel").click()
        # Answered in the same turn of the loop, whatever the lane still does.
        assert states.state is ViewState.STOPPED
        assert "nothing was changed" in states.words()
        until(lambda: not workbench.runner.active())
        if book.server is not None:
            assert book.waiting() == 0
        assert states.state is ViewState.STOPPED
    button(page, "Read again").click()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", LISTS)
def test_old_rows_are_dimmed_while_they_are_read_again_and_stay_when_it_fails(
    open_page, book, workbench, until, name
):
    page = open_page(name)
    states = stack_of(page)
    until(lambda: states.state is ViewState.CONTENT and not workbench.runner.active())
    with book.held(LISTS[name]):
        page.refresh()
        until(lambda: states.busy_words() != "")
        assert states.words() == ""  # no cover: the old values are there
        button(page, "Cancel") or until(lambda: button(page, "Cancel") is not None)
        states.stop()
        assert states.state is ViewState.STOPPED
        assert states.busy_words() == ""
        until(lambda: not workbench.runner.active())
    with book.gone():
        page.refresh()
        until(lambda: states.state is ViewState.STALE)
        until(lambda: not workbench.runner.active())
        assert states.words() == ""
        assert "Data as of 30 Sep 2026" in states._bar.text()
        assert states._bar.text().endswith(", offline")
    page.refresh()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", FIRST_READS)
def test_a_first_read_that_fails_says_what_and_offers_to_try_again(
    open_page, book, workbench, until, name
):
    with book.gone():
        page = open_page(name)
        states = stack_of(page)
        until(lambda: states.state is ViewState.ERROR)
        until(lambda: not workbench.runner.active())
        assert states.words().startswith("The book cannot be reached")
        button(page, "Copy details").click()
        copied = QGuiApplication.clipboard().text()
        assert "SELECT" not in copied
        failed = [job for job in workbench.runner.jobs() if job.state is JobState.FAILED]
        assert copied.split(": ")[1] in {job.report_id for job in failed}
    button(page, "Try again").click()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", ["customers", "applications", "loans"])
def test_the_latest_search_wins_over_one_that_still_waits(open_page, book, workbench, until, name):
    page = open_page(name)
    states = stack_of(page)
    until(lambda: states.state is ViewState.CONTENT and not workbench.runner.active())
    box = page.findChild(QWidget, "search_text")
    table = page.findChild(QWidget, f"table.{name}")
    everybody = table.model().rowCount()
    with book.held(LISTS[name]):
        for words in ("nobody is called this", "nor this"):
            box.setText(words)
            box._send()
        assert table.model().rowCount() == everybody
        box.setText("")
        box._send()
    until(lambda: not workbench.runner.active())
    until(lambda: states.state is ViewState.CONTENT)
    assert table.model().rowCount() == everybody


def test_a_crash_shows_in_its_panel_and_the_page_lives_on(
    open_page, book, workbench, until, caplog
):
    def crashing() -> object:
        raise ZeroDivisionError("pan ABCPE1234F")

    good = workbench.shell.desk
    workbench.shell.desk = replace(good, open_book=crashing)
    page = open_page("loans")
    states = stack_of(page)
    until(lambda: states.state is ViewState.ERROR)
    until(lambda: not workbench.runner.active())
    assert "did not work" in states.words()
    assert "ABCPE" not in states.words()
    workbench.shell.desk = good.acting(sandbox_actor(CHECKER))
    button(page, "Try again").click()
    until(lambda: states.state is ViewState.CONTENT)
