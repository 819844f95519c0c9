"""S21: head, tabs and their jobs."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.add_note import AddNote, add_note
from app.services.steps.ids import new_id
from app.ui.screens.customer.customer_screen import CustomerScreen
from app.ui.screens.customer.fact_words import phone_shown
from app.ui.widgets.table_view import TableView
from db.records.refusals import BookUnreachable
from db.vocabulary.people import KycStatus, Role

PAN = "ACUPR7085K"
TABS = ("overview", "profile", "loans", "applications", "timeline", "notes")


@pytest.fixture
def host(workbench, place, asha):
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    yield made
    made.close()


def page(host: QWidget) -> CustomerScreen:
    return host.findChild(CustomerScreen)


def tab(host: QWidget, name: str):
    return page(host)._tabs.parts[name]


def show(host: QWidget, name: str, qtbot):
    host.findChild(QPushButton, f"tab.{name}").click()
    qtbot.waitUntil(lambda: tab(host, name).states.state != "loading")
    return tab(host, name)


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def role(workbench, *roles: Role) -> None:
    desk = workbench.shell.desk
    workbench.shell.desk = desk.acting(replace(desk.person(), roles=frozenset(roles)))


def test_the_head_says_who_in_one_line(host, asha):
    assert page(host).heading.title == "Asha Kulkarni"
    assert page(host).heading.breadcrumb[-1].words == asha.reference
    head = words_in(page(host)._head)
    for words in (
        "KYC complete to Nov 2034",
        "Retail",
        "41 years",
        "98765 43210",
        "customer since 23 Nov 2026",
        "officer Anita Desai",
        "ACUPRXXXXK",
    ):
        assert words in head
    assert PAN not in head


def test_a_phone_of_another_length_is_shown_as_it_is():
    assert (phone_shown(""), phone_shown("12345")) == ("", "12345")


def test_each_tab_is_read_when_it_is_first_shown_and_hides_the_full_pan(host, qtbot):
    known = [name for name in TABS if tab(host, name)._known is not None]
    assert known == ["overview"]
    for name in (*TABS[1:], "overview"):
        show(host, name, qtbot)
        assert page(host)._tabs.current_name == name
        assert PAN not in words_in(host)
    assert all(tab(host, name)._known is not None for name in TABS)


def test_an_error_in_one_tab_leaves_the_others(host, workbench, desk, qtbot):
    def broken():
        raise BookUnreachable

    workbench.shell.desk = replace(workbench.shell.desk, open_book=broken)
    failed = show(host, "profile", qtbot)
    assert failed.states.state == "error"
    assert tab(host, "overview").states.state == "content"
    assert page(host)._states.state == "content"
    workbench.shell.desk = desk
    again = next(
        button for button in failed.findChildren(QPushButton) if button.text() == "Try again"
    )
    again.click()
    qtbot.waitUntil(lambda: failed.states.state == "content")


def test_an_answer_for_another_customer_is_thrown_away(host, asha, ravi, qtbot):
    overview = tab(host, "overview")
    overview.refresh()
    page(host).opened(customer_id=ravi.customer_id)
    page(host).refresh()
    qtbot.waitUntil(lambda: overview.states.state == "content")
    assert overview._attention.table.model().rowCount() == 1  # Ravi's papers are missing


def test_the_pan_shows_for_a_while_and_the_look_is_audited(host, desk, asha, qtbot):
    head = page(host)._head
    host.findChild(QPushButton, "action.customer.reveal_pan").click()
    qtbot.waitUntil(lambda: PAN in words_in(head))
    with desk.open_book() as book:
        acts = [entry.act for entry in book.audit.trail(412, [asha.customer_id])]
    assert "reveal_pan" in acts
    assert head._cover.isActive()
    assert head._cover.interval() == 15_000
    page(host).busy_leaving()
    assert PAN not in words_in(head)


def test_a_pan_that_arrives_late_is_not_shown_on_another_customer(host, asha, ravi):
    page(host).opened(customer_id=ravi.customer_id)
    page(host)._show_pan((asha.customer_id, PAN))
    assert PAN not in words_in(page(host)._head)


def test_without_the_permission_there_is_no_eye(workbench, place, asha):
    role(workbench, Role.ASSISTANT)
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    assert not made.findChild(QPushButton, "action.customer.reveal_pan").isVisible()
    made.close()


def test_collections_have_no_applications_tab_and_no_scores_and_call(workbench, place, asha, qtbot):
    role(workbench, Role.COLLECTIONS)
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    assert not made.findChild(QPushButton, "tab.applications").isVisible()
    assert made.findChild(QPushButton, "tab.loans").isVisible()
    overview = tab(made, "overview")
    qtbot.waitUntil(lambda: overview.states.state == "content")
    assert overview._scores._states.state == "no_permission"
    offered = [button.objectName() for button in page(made).header_actions()]
    assert offered == ["action.customer.log_contact"]
    made.close()


def test_edit_and_start_application(host, workbench, asha, qtbot):
    host.findChild(QPushButton, "action.customer.edit").click()
    host.findChild(QPushButton, "action.customer.start_application").click()
    show(host, "profile", qtbot)
    host.findChild(QPushButton, "action.customer.edit").click()
    assert workbench.shell.visits == [
        ("customer_form", {"customer_id": asha.customer_id}),
        ("application_form", {"customer_id": asha.customer_id}),
        ("customer_form", {"customer_id": asha.customer_id, "section": "person"}),
    ]


def test_another_customer_replaces_the_first_on_the_first_tab(host, ravi, qtbot):
    show(host, "notes", qtbot)
    page(host).opened(customer_id=ravi.customer_id)
    page(host).refresh()
    qtbot.waitUntil(lambda: page(host).heading.title == "Ravi Reddy")
    assert page(host)._tabs.current_name == "overview"
    assert "Form 60" in words_in(page(host)._head)


def test_a_tab_can_be_asked_for(host, asha):
    page(host).opened(customer_id=asha.customer_id, tab="timeline")
    assert page(host)._tabs.current_name == "timeline"


def test_a_customer_who_is_not_there(workbench, place, qtbot):
    made = place(CustomerScreen(workbench), customer_id=UUID(int=9))
    states = page(made)._states
    qtbot.waitUntil(lambda: states.state == "error")
    assert "Traceback" not in states.words()
    made.close()


def test_a_change_is_read_again_by_what_shows_it(host, workbench, desk, asha, qtbot):
    notes = show(host, "notes", qtbot)
    show(host, "timeline", qtbot)
    add_note(AddNote(new_id(desk), asha.customer_id, "called"), desk)
    workbench.notices.tell("customer", asha.customer_id)
    table = host.findChild(TableView, "table.timeline").model()
    qtbot.waitUntil(lambda: table.rowCount() == 2)
    assert notes._known is None
    show(host, "notes", qtbot)
    qtbot.waitUntil(lambda: host.findChild(QPushButton, "tab.notes").text() == "Notes 1")
    workbench.notices.tell("customer", UUID(int=9))
    assert notes._known is not None


def test_left_and_right_walk_the_tabs(host):
    first = host.findChild(QPushButton, "tab.overview")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert page(host)._tabs.current_name == "profile"
    assert host.findChild(QPushButton, "tab.profile").hasFocus()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (KycStatus.COMPLETE, "KYC complete to Nov 2034"),
        (KycStatus.EXPIRED, "KYC expired Nov 2034"),
        (KycStatus.INCOMPLETE, "KYC incomplete"),
    ],
)
def test_only_complete_papers_have_a_day_to_renew_them(host, status, words):
    facts = page(host)._facts
    changed = replace(facts, customer=replace(facts.customer, kyc_status=status))
    page(host)._head.show_customer(changed, may_reveal=True)
    assert page(host)._head._kyc.text() == words
