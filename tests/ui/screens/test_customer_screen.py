from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.read_customer import ScorePoint
from app.ui.screens.customer.act_words import act_words
from app.ui.screens.customer.customer_screen import CustomerScreen
from app.ui.screens.customer.score_history import ScoreHistory, whole_score
from app.ui.widgets.table_view import TableView
from db.records.applications import TrailEntry
from db.vocabulary.people import Role

PAN = "ACUPR7085K"


@pytest.fixture
def host(workbench, place, asha):
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    yield made
    made.close()


def page(host: QWidget) -> CustomerScreen:
    return host.findChild(CustomerScreen)


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_head_and_the_sums(host, asha):
    assert page(host).heading.title == "Asha Kulkarni"
    assert page(host).heading.breadcrumb[-1].words == asha.reference
    for name in ("kpi.sanctioned", "kpi.outstanding", "kpi.overdue"):
        assert host.findChild(QWidget, name).property("rawValue") == "0.00"
    dues = host.findChild(TableView, "table.obligations").model()
    shown = sorted(dues.index(row, 0).data() for row in range(dues.rowCount()))
    assert shown == ["HDFC Bank", "Landlord"]
    assert "Together ₹11,200 a month" in words_in(host)


def test_every_tab_shows_and_hides_the_full_pan(host):
    for name in ("profile", "loans", "applications", "timeline", "notes", "overview"):
        host.findChild(QPushButton, f"tab.{name}").click()
        assert page(host)._tabs.current_name == name
        assert PAN not in words_in(host)
    timeline = host.findChild(TableView, "table.timeline").model()
    assert timeline.index(0, 1).data() == "Customer registered"


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


def test_without_the_permission_there_is_no_eye(workbench, place, asha):
    desk = workbench.shell.desk
    workbench.shell.desk = desk.acting(replace(desk.person(), roles=frozenset({Role.ASSISTANT})))
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    assert not made.findChild(QPushButton, "action.customer.reveal_pan").isVisible()
    made.close()


def test_edit_and_start_application(host, workbench, asha):
    host.findChild(QPushButton, "action.customer.edit").click()
    host.findChild(QPushButton, "action.customer.start_application").click()
    assert workbench.shell.visits == [
        ("customer_form", {"customer_id": asha.customer_id}),
        ("application_form", {"customer_id": asha.customer_id}),
    ]


def test_another_customer_replaces_the_first(host, ravi, qtbot):
    page(host).opened(customer_id=ravi.customer_id)
    page(host).refresh()
    qtbot.waitUntil(lambda: page(host).heading.title == "Ravi Reddy")
    assert "Form 60" in words_in(page(host)._head)


def test_a_customer_who_is_not_there(workbench, place, qtbot):
    made = place(CustomerScreen(workbench), customer_id=UUID(int=9))
    states = page(made)._states
    qtbot.waitUntil(lambda: states.state == "error")
    assert "Traceback" not in states.words()
    made.close()


def test_a_change_of_this_customer_is_read_again(host, workbench, asha, qtbot):
    page(host)._view = None
    workbench.notices.tell("customer", asha.customer_id)
    qtbot.waitUntil(lambda: page(host)._view is not None)


def score(hundredths: int, day: int = 1) -> ScorePoint:
    return ScorePoint(datetime(2026, 9, day, 6, tzinfo=UTC), hundredths, "RF 2026.11")


def test_a_shown_score_is_rounded_half_up():
    assert whole_score(score(61_250)) == 613
    assert whole_score(score(61_249)) == 612


def test_the_history_speaks_and_paints_none_one_and_many(qtbot):
    chart = ScoreHistory()
    qtbot.addWidget(chart)
    for points in ((), (score(61_200),), (score(61_200), score(70_000, 2))):
        chart.show_scores(points)
        picture = QPixmap(chart.sizeHint())
        chart.render(picture)
        assert not picture.isNull()
    assert chart.accessibleDescription() == (
        "01 Sep 2026: 612, RF 2026.11; 02 Sep 2026: 700, RF 2026.11"
    )


def test_notes_on_decisions_and_words_of_acts(host, qtbot):
    note = TrailEntry("decide_application", "Anand", datetime(2026, 9, 1, tzinfo=UTC), note="Fine")
    page(host)._notes.show_rows((note,), "")
    table = host.findChild(TableView, "table.notes")
    assert table.model().index(0, 1).data() == "Fine"
    assert act_words("decide_application") == "Decided"
    assert act_words("some_new_act") == "Some new act"


def test_enter_opens_the_assessment_of_an_application(host, workbench):
    from app.ui.screens.customer.record_columns import application_columns
    from db.records.lists import ApplicationRow
    from db.vocabulary.lending import LoanPurpose
    from db.vocabulary.loan_life import ApplicationStatus

    at = datetime(2026, 9, 1, tzinfo=UTC)
    row = ApplicationRow(
        UUID(int=3), "A-1662", UUID(int=1), "Asha Kulkarni", LoanPurpose.HOME_RENOVATION,
        "HOME_RENOVATION", 100_000_000, 60, 122_500, ApplicationStatus.PENDING, at, at.date(),
        "Anita", None, None, None, False,
    )  # fmt: skip
    page(host)._applications.show_rows((row,), "")
    table = host.findChild(TableView, "table.applications")
    words = [column.text(row) for column in application_columns()]
    assert words[:5] == ["A-1662", "Home renovation", "10,00,000", "60", "12.25"]
    assert words[6] == "—"
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert workbench.shell.visits == [("decision", {"application_id": row.application_id})]


def test_a_loan_shows_days_late_by_the_rules(host, workbench, desk):
    from datetime import timedelta

    from db.records.lists import LoanRow
    from db.vocabulary.loan_life import AssetClass, LoanStatus

    today = desk.clock.today()
    due = today - timedelta(days=29)
    row = LoanRow(
        UUID(int=4), "L-3341", UUID(int=1), "Asha Kulkarni", UUID(int=3), 12_300_000, 8_042_500,
        410_000, 410_000, 115_000, 36, today - timedelta(days=400), due, due,
        LoanStatus.ACTIVE, AssetClass.SMA_0,
    )  # fmt: skip
    page(host)._loans.show_rows((row,), "")
    model = host.findChild(TableView, "table.loans").model()
    words = [model.index(0, column).data() for column in range(model.columnCount())]
    assert words[:5] == ["L-3341", "1,23,000", "80,425", "4,100", "30"]
    assert words[7:] == ["25 Oct 2026", "4,100"]
