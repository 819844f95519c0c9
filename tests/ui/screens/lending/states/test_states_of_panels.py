"""Slow, cancelled, failing, empty and full panels: the decision page, a customer's head and tabs.

The books are real (conftest.py). A tab is read for the first time while the page around it stands,
as when somebody presses it.
"""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from app.services.find_applications import FindApplications, find_applications
from app.services.find_loans import FindLoans, find_loans
from app.services.register_customer import RegisterCustomer, register_customer
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
from app.ui.widgets.state_stack import ViewState
from db.records.lists import ApplicationFilter, LoanFilter
from db.vocabulary.loan_life import ApplicationStatus
from tests.ui.screens.lending.states.looking import button

# Each panel that is a page, and a table it cannot be read without.
PAGES = {
    "decision": "applications",
    "customer": "customers",
    "disbursement": "applications",
    "loan": "loans",
    "loan_change": "loans",
    "statement": "loans",
}
TABS = ("overview", "profile", "loans", "applications", "timeline", "notes")
EMPTY = {
    "loans": "No loans with us yet.",
    "applications": "No applications yet.",
    "notes": "No notes yet.",
}


@pytest.fixture
def row(book):
    """An application that was decided: its customer has scores, a loan and a timeline."""
    desk = book.desk.acting(sandbox_actor(CHECKER))
    wanted = ApplicationFilter(status=ApplicationStatus.DISBURSED)
    return find_applications(FindApplications(wanted, 1, None), desk).page.rows[0]


@pytest.fixture
def open_panel(open_page, book, row):
    """Open the decision page or the customer of one application, or the account of its loan."""
    desk = book.desk.acting(sandbox_actor(CHECKER))
    wanted = LoanFilter(customer_id=row.customer_id)
    loan_id = find_loans(FindLoans(wanted, 1), desk).page.rows[0].loan_id
    arguments = {
        "decision": {"application_id": row.application_id},
        "disbursement": {"application_id": row.application_id},
        "customer": {"customer_id": row.customer_id},
        "loan": {"loan_id": loan_id},
        "loan_change": {"loan_id": loan_id},
        "statement": {"loan_id": loan_id},
    }
    return lambda name: open_page(name, **arguments[name])


@pytest.fixture
def open_tab(open_panel, until, workbench):
    """Stand on another tab of the customer; the tab asked for was never read."""

    def opened(name):
        page = open_panel("customer")
        until(lambda: page._states.state is ViewState.CONTENT and not workbench.runner.active())
        page._tabs.choose("profile" if name != "profile" else "notes")
        until(lambda: not workbench.runner.active())
        tab = page._tabs.parts[name]
        tab.start(page._customer_id)
        return page, tab

    return opened


@pytest.mark.parametrize("name", PAGES)
def test_a_slow_page_says_so_and_is_cancelled_at_once(open_panel, book, workbench, until, name):
    with book.held(PAGES[name]):
        page = open_panel(name)
        states = page._states
        until(lambda: "…" in states.words())
        until(lambda: button(page, "Cancel") is not None)
        button(page, "Cancel").click()
        assert states.state is ViewState.STOPPED
        assert "nothing was changed" in states.words()
        workbench.runner.forget_receivers()  # the tab below waits as well; the person leaves
        until(lambda: not workbench.runner.active())
        if book.server is not None:
            assert book.waiting() == 0
    button(page, "Read again").click()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_fails_says_what_and_tries_again(open_panel, book, workbench, until, name):
    with book.gone():
        page = open_panel(name)
        states = page._states
        until(lambda: states.state is ViewState.ERROR)
        until(lambda: not workbench.runner.active())
        assert states.words().startswith("The book cannot be reached")
    button(page, "Try again").click()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", ["decision", "loan", "loan_change", "statement"])
def test_a_page_is_dimmed_while_it_is_read_again_and_stays_when_that_fails(
    open_panel, book, workbench, until, name
):
    page = open_panel(name)
    states = page._states
    until(lambda: states.state is ViewState.CONTENT and not workbench.runner.active())
    with book.held(PAGES[name]):
        page.refresh()
        until(lambda: states.busy_words() != "")
        assert states.words() == ""
        states.stop()
        until(lambda: not workbench.runner.active())
    with book.gone():
        page.refresh()
        until(lambda: states.state is ViewState.STALE)
        assert states._bar.text().endswith(", offline")
    page.refresh()
    until(lambda: states.state is ViewState.CONTENT)


def test_nothing_acts_on_a_decision_that_is_not_read(open_panel, book, workbench, until):
    with book.gone():
        page = open_panel("decision")
        foot = page.footer()
        until(lambda: page._states.state is ViewState.ERROR)
        assert not page._rescore.isEnabled()
        assert not page._documents.isEnabled()
        assert not any(action.isEnabled() for action in foot._actions.values())
        shown = [each for each in foot.findChildren(QPushButton) if each.isVisibleTo(foot)]
        assert shown == []
        assert foot._said.text() == ""
    page.refresh()
    until(lambda: page._states.state is ViewState.CONTENT)
    assert page._rescore.isEnabled()
    assert foot._said.text() != ""


def test_another_decision_shows_nothing_of_the_one_before(open_panel, book, workbench, until, row):
    page = open_panel("decision")
    until(lambda: page._states.state is ViewState.CONTENT and not workbench.runner.active())
    assert row.full_name in page.heading.title
    desk = book.desk.acting(sandbox_actor(CHECKER))
    rows = find_applications(FindApplications(ApplicationFilter(), 5, None), desk).page.rows
    other = next(each for each in rows if each.customer_id != row.customer_id)
    page.opened(application_id=other.application_id)
    with book.held("applications"):
        page.refresh()
        assert page._states.state is ViewState.LOADING
        assert page._states.waiting() is not None
        assert row.full_name not in page.heading.title
        page._states.stop()
        until(lambda: not workbench.runner.active())


def test_an_application_that_is_nowhere_is_said(open_page, book, until):
    page = open_page("decision", application_id=new_id(book.desk))
    until(lambda: page._states.state is ViewState.ERROR)
    assert "no such application" in page._states.words()


@pytest.mark.parametrize("name", TABS)
def test_a_slow_tab_is_cancelled_alone(open_tab, book, workbench, until, name):
    page, tab = open_tab(name)
    with book.held("customers"):
        page._tabs.choose(name)
        until(lambda: "…" in tab.states.words())
        until(lambda: button(tab, "Cancel") is not None)
        if book.server is not None:
            until(lambda: book.waiting() > 0)
        button(tab, "Cancel").click()
        assert tab.states.state is ViewState.STOPPED
        until(lambda: not workbench.runner.active())
        if book.server is not None:
            assert book.waiting() == 0
        assert tab.states.state is ViewState.STOPPED
        assert page._states.state is ViewState.CONTENT
    button(tab, "Read again").click()
    until(lambda: tab.states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", TABS)
def test_a_tab_that_fails_says_so_alone_then_keeps_what_it_had(
    open_tab, book, workbench, until, name
):
    page, tab = open_tab(name)
    with book.gone():
        page._tabs.choose(name)
        until(lambda: tab.states.state is ViewState.ERROR)
        assert tab.states.words().startswith("The book cannot be reached")
        assert page._states.state is ViewState.CONTENT
    button(tab, "Try again").click()
    until(lambda: tab.states.state is ViewState.CONTENT and not workbench.runner.active())
    with book.held("customers"):
        tab.refresh()
        until(lambda: tab.states.busy_words() != "")
        assert tab.states.words() == ""  # the old values are there
        tab.states.stop()
        until(lambda: not workbench.runner.active())
    with book.gone():
        tab.refresh()
        until(lambda: tab.states.state is ViewState.STALE)
        assert tab.states._bar.text().endswith(", offline")
    tab.refresh()
    until(lambda: tab.states.state is ViewState.CONTENT)


def test_tabs_of_a_new_customer_say_what_is_not_there_yet(open_page, book, workbench, until, facts):
    maker = book.desk.acting(sandbox_actor(MAKER))
    reported = replace(facts.bureau, report_date=maker.clock.today())
    new = RegisterCustomer(new_id(maker), replace(facts, bureau=reported))
    made = register_customer(new, maker)
    page = open_page("customer", customer_id=made.customer_id)
    until(lambda: page._states.state is ViewState.CONTENT)
    for name, words in EMPTY.items():
        page._tabs.choose(name)
        until(lambda: not workbench.runner.active())
        tab = page._tabs.parts[name]
        states = tab._inner if name == "notes" else tab.states
        assert states.state is ViewState.EMPTY
        assert states.words() == words


def test_a_kind_of_event_that_never_happened_leads_back_to_all(open_tab, workbench, until):
    page, tab = open_tab("timeline")
    page._tabs.choose("timeline")
    until(lambda: tab.states.state is ViewState.CONTENT and not workbench.runner.active())
    for choice in tab._choices():
        tab._kind.set_value(choice.value)
        until(lambda: not workbench.runner.active())
        if tab.states.state is ViewState.NO_MATCH:
            break
    assert tab.states.state is ViewState.NO_MATCH
    assert tab.states.words().startswith("Nothing of this kind: ")
    button(tab, "Show every event").click()
    until(lambda: tab.states.state is ViewState.CONTENT)
