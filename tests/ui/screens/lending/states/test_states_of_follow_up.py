"""The loan beside the follow-up list has states of its own: slow, stopped, failing, read again."""

from PySide6.QtWidgets import QPushButton

from app.ui.screens.follow_up.loan_beside import LoanBeside
from app.ui.widgets.state_stack import StateStack, ViewState
from app.ui.widgets.table_view import TableView
from tests.ui.screens.lending.states.looking import button


def beside(page) -> StateStack:
    """The states of the pane, not of the log inside it."""
    return page.findChild(LoanBeside).findChild(StateStack)


def opened(open_page, workbench, until):
    page = open_page("follow_up")
    until(lambda: beside(page).state is ViewState.CONTENT and not workbench.runner.active())
    return page, page.findChild(TableView, "table.follow_up")


def test_the_loan_fails_alone_and_is_read_again(open_page, book, workbench, until) -> None:
    page, table = opened(open_page, workbench, until)
    with book.gone():
        table.go_to(1)
        until(lambda: beside(page).state in (ViewState.ERROR, ViewState.STALE))
        assert table.isVisible()
        call = page.findChild(QPushButton, "action.follow_up.log_call")
        assert not call.isEnabled()  # nothing is written on a loan that was not read
    again = button(page, "Try again")
    if again is not None:
        again.click()
    else:
        page.refresh()
    until(lambda: beside(page).state is ViewState.CONTENT)
    until(call.isEnabled)


def test_a_slow_loan_is_stopped_and_the_list_stays(open_page, book, workbench, until) -> None:
    page, table = opened(open_page, workbench, until)
    with book.held("contacts"):
        table.go_to(1)
        until(lambda: beside(page).busy_words() != "" or "…" in beside(page).words())
        beside(page).stop()
        assert beside(page).state is ViewState.STOPPED
        until(lambda: not workbench.runner.active())
        assert table.isVisible()
    table.go_to(0)
    until(lambda: beside(page).state is ViewState.CONTENT)
