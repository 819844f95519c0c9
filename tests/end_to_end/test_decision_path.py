"""Two people, one application: proposed, decided with changes, its letter, and no recall after it.

Driven by object names alone through the real window, on SQLite and on PostgreSQL.
"""

from uuid import UUID

import pytest

from app.services.read_application import read_application
from app.ui.widgets.message_bar import InfoBar
from db.records.people import User
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role, UserState
from tests.end_to_end.test_first_assessment import apply, register

PASSWORD = "touchstone 0412 desk"  # noqa: S105  # of a book that lives for one test
NOTE = "Income seen on three payslips and in the bank statement."
REFERENCE = "A-1001"


@pytest.fixture
def window(desk_window):
    """A window on an empty book: a first user who is an officer, and a supervisor."""
    desk_window.wait_for_screen("sign_in")
    with desk_window.form("form.first_user") as form:
        form.type("staff_id", "anita")
        form.type("full_name", "Anita Desai")
        form.type("branch_code", "0412")
        form.type("password", PASSWORD)
    desk_window.press("action.session.create_first_user")
    desk_window.wait_for_screen("today")
    add_supervisor(desk_window.window.desk)
    return desk_window


def add_supervisor(desk):
    """The screen that adds people comes with a later step."""
    made = User(
        user_id=UUID(int=412),
        staff_id="meera",
        full_name="Meera Iyer",
        state=UserState.ACTIVE,
        branch_id=desk.person().branch_id,
        roles=frozenset({Role.SUPERVISOR}),
    )
    with desk.open_book() as book:
        book.users.add(made)
        book.users.set_password(made.user_id, book.users.hash_password(PASSWORD))
        book.commit()


def switch_to(window, staff_id):
    window.press("action.app.sign_out")
    window.wait_for_screen("sign_in")
    window.type("staff_id", staff_id)
    window.type("password", PASSWORD)
    window.press("action.session.sign_in")
    window.wait_for_screen("today")


def stored(window):
    return read_application(REFERENCE, window.window.desk)


def wait_for_status(window, status):
    window.wait_until(lambda: stored(window).application.status is status)


def set_value(window, name, value):
    window.wait_until(lambda: window._find(name).isVisible())
    window._find(name).set_value(value)


def override_if_asked(window, code):
    field = window._find("override_reason")
    if field.isVisible():
        field.set_value(code)


def propose(window):
    window.press("action.decision.approve_with_changes")
    window.type("approved_amount", "8L")
    set_value(window, "note", NOTE)
    override_if_asked(window, "OVR-LOWER-TERMS")
    window.press("action.application.propose")
    wait_for_status(window, ApplicationStatus.PROPOSED)


def open_queue(window):
    window.press("action.app.go_queue")
    window.wait_for_screen("queue")
    window.wait_until(lambda: window.rows("table.queue") == 1)
    window.wait_until(lambda: window._find("action.queue.approve").isEnabled())


def approve_tighter(window, amount):
    window.press("action.queue.approve_with_changes")
    window.wait_until(lambda: window._find("panel.confirm").isVisible())
    window.type("approved_amount", amount)
    set_value(window, "note", NOTE)
    override_if_asked(window, "OVR-LOWER-TERMS")
    window.press("action.queue.confirm")
    wait_for_status(window, ApplicationStatus.APPROVED)


def find_application(window):
    """The list of applications holds this one alone."""
    window.press("action.app.go_applications")
    window.wait_for_screen("applications")
    window.wait_until(lambda: window.rows("table.applications") == 1)
    window.press("action.application.open")
    window.wait_for_screen("decision")
    window.wait_until(lambda: window.raw("figure.credit_score") != "")


def make_statement(window):
    window.press("action.decision.show_documents")
    window.wait_for_screen("documents")
    window.wait_until(lambda: window._find("kind").value() is not None)
    set_value(window, "kind", "kfs")
    window.press("action.document.make")
    window.wait_until(lambda: window.rows("table.documents") == 1)
    window.wait_until(lambda: window._find("panel.preview").count() > 1)


def test_from_proposal_to_letter_by_two_people(window):
    register(window)
    apply(window)
    propose(window)
    switch_to(window, "meera")
    open_queue(window)
    approve_tighter(window, "7.5L")
    window.press("action.queue.recall")
    wait_for_status(window, ApplicationStatus.PROPOSED)
    open_queue(window)
    approve_tighter(window, "7L")
    assert [d.amount_paise for d in stored(window).decisions] == [75_000_000, 70_000_000]
    switch_to(window, "anita")
    find_application(window)
    make_statement(window)
    switch_to(window, "meera")
    find_application(window)
    window.press("action.queue.recall")
    window.wait_until(lambda: "letter has been issued" in message(window))
    assert stored(window).application.status is ApplicationStatus.APPROVED


def message(window):
    bars = window.window.findChildren(InfoBar, "panel.message")
    return " ".join(bar.text() for bar in bars)
