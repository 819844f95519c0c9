from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.keep_draft import KeepDraft, keep_draft, my_drafts
from app.services.today_work import TodayWork, ToDo
from app.ui.screens.today.today_screen import TodayScreen
from app.ui.widgets.row_delegate import lines_needed
from app.ui.widgets.table_view import TableView
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role

RECORD = UUID(int=5)


def kept(
    desk, form: str = "customer_form", record_id: UUID | None = None, title: str = "Harish Bhat"
):
    request = KeepDraft(form, record_id, 0, title, {"full_name": title}, None)
    return keep_draft(request, desk)


def work(**changes) -> TodayWork:
    plain = {"to_do": (), "drafts": (), "counts": {}, "disbursed_month_paise": 0}
    return TodayWork(**(plain | changes))


def raw(host: QWidget, name: str) -> str:
    return host.findChild(QWidget, name).property("rawValue")


def test_an_empty_desk_says_so_and_offers_one_action(workbench, place):
    page = TodayScreen(workbench)
    host = place(page)
    assert page._states.words() == "Nothing is waiting for you"
    assert raw(host, "kpi.my_pending") == "0"
    assert raw(host, "kpi.my_disbursed_month") == "0.00"
    assert page.heading.detail == "Monday, 23 Nov 2026"
    host.close()


def test_a_draft_is_offered_and_opens_its_form(workbench, desk, place, asha):
    draft = kept(desk, record_id=asha.customer_id)
    host = place(TodayScreen(workbench))
    table = host.findChild(TableView, "table.drafts")
    assert table.current_row().title == "Harish Bhat"
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert workbench.shell.visits == [
        ("customer_form", {"draft_id": draft.draft_id, "customer_id": asha.customer_id})
    ]
    host.close()


def test_it_is_read_again_after_the_minutes_of_the_rule_while_somebody_looks(workbench, place):
    page = TodayScreen(workbench)
    host = place(page)
    assert page._again.interval() == 5 * 60_000
    assert page._again.isActive()
    host.hide()
    page._read_again()
    assert not workbench.runner.active()
    assert page._again.isActive()
    host.show()
    page._read_again()
    assert workbench.runner.active()
    host.close()


def test_after_a_reading_that_failed_it_is_read_again_in_its_time(workbench, desk, place, qtbot):
    page = TodayScreen(workbench)
    host = place(page)

    def no_book():
        raise ConnectionError

    workbench.shell.desk = replace(desk, open_book=no_book)
    rings: list[None] = []
    page._again.timeout.connect(lambda: rings.append(page._again.setInterval(5 * 60_000)))
    page._again.setInterval(1)
    qtbot.waitUntil(lambda: rings != [])
    qtbot.waitUntil(lambda: page._states.state == "error")
    assert page._again.isActive()
    host.close()


def test_enter_takes_the_next_step(workbench, place):
    page = TodayScreen(workbench)
    host = place(page)
    line = ToDo("Returned", "Deepa Shetty", "A-1648", 1, 45_000_000, "decision", RECORD)
    other = ToDo("Expiring", "Mohan Rao", "C-0318", 0, None, "customer", RECORD)
    counts = {ApplicationStatus.RETURNED: 1}
    page._show(work(to_do=(line, other), counts=counts, disbursed_month_paise=62_000_000))
    table = host.findChild(TableView, "table.to_do")
    words = [table.model().index(0, n).data() for n in range(table.model().columnCount())]
    assert words == ["Returned", "A-1648", "Deepa Shetty", "1 d", "4,50,000", "Review"]
    assert table.model().index(1, 4).data() == "—"
    assert raw(host, "kpi.my_returned") == "1"
    assert raw(host, "kpi.my_disbursed_month") == "620000.00"
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.go_to(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert workbench.shell.visits == [
        ("decision", {"application_id": RECORD}),
        ("customer", {"customer_id": RECORD}),
    ]
    host.close()


def test_new_customer_and_new_application(workbench, place):
    page = TodayScreen(workbench)
    host = place(page)
    host.findChild(QPushButton, "action.customer.new").click()
    page.new_item()
    assert [name for name, _ in workbench.shell.visits] == ["customer_form", "application_form"]
    host.close()


def test_who_may_not_enter_applications_starts_none(workbench, place):
    page = TodayScreen(workbench)
    host = place(page)
    workbench.registry.hide_forbidden(page, (Role.SUPERVISOR,))
    page.new_item()
    assert workbench.shell.visits == []
    assert [b for b in host.findChildren(QPushButton) if b.isVisible() and "New" in b.text()] == []
    host.close()


def test_a_change_elsewhere_is_read_again(workbench, desk, place, qtbot):
    host = place(TodayScreen(workbench))
    table = host.findChild(TableView, "table.drafts")
    kept(desk)
    workbench.notices.tell("draft")
    qtbot.waitUntil(lambda: table.model().rowCount() == 1)
    host.close()


def test_a_failed_read_offers_to_try_again(workbench, place, qtbot):
    page = TodayScreen(workbench)
    host = place(page)
    good = workbench.shell.desk

    def broken() -> object:
        raise OSError

    workbench.shell.desk = type(good)(
        broken, good.clock, good.rulebook, good.model, good.data_dir, actor=good.actor
    )
    page.refresh()
    qtbot.waitUntil(lambda: page._states.state == "error")
    workbench.shell.desk = good
    again = next(b for b in host.findChildren(QPushButton) if b.text() == "Try again")
    again.click()
    qtbot.waitUntil(lambda: page._states.state == "empty")
    host.close()


def test_the_kept_time_is_desk_time():
    from app.ui.screens.today.work_columns import _kept

    assert _kept(datetime(2026, 11, 23, 20, 0, tzinfo=UTC)) == "24 Nov 01:30"


def test_a_draft_with_a_long_name_is_read_whole(workbench, desk, place):
    title = "A-2482 Venkatasubramanian Lakshminarayanan"
    kept(desk, title=title)
    host = place(TodayScreen(workbench))
    table = host.findChild(TableView, "table.drafts")
    look = table.look_at(0, 0)
    assert title in look.text
    lines = lines_needed(look, table.cells()[0][1], table)
    assert lines > 1
    assert table.rowHeight(0) > table.row_height
    assert table.height() >= table.rowHeight(0)


def test_old_drafts_are_asked_about_and_go_only_when_told(workbench, desk, place, qtbot):
    kept(desk)
    page = TodayScreen(workbench)
    host = place(page)
    assert not page._old.isVisible()
    page._show(work(drafts=my_drafts(desk), old_drafts=my_drafts(desk)))
    qtbot.waitUntil(page._old.isVisible)
    host.findChild(QPushButton, "old_drafts.keep").click()
    page._show(work(drafts=my_drafts(desk), old_drafts=my_drafts(desk)))
    assert not page._old.isVisible()  # not again in this session
    assert len(my_drafts(desk)) == 1
    page._old._kept.clear()
    page._show(work(drafts=my_drafts(desk), old_drafts=my_drafts(desk)))
    host.findChild(QPushButton, "old_drafts.delete").click()
    qtbot.waitUntil(lambda: my_drafts(desk) == ())
    host.close()
