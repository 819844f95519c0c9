"""S70 on a real book: the list, one loan beside it, entries by keys, refusals at their fields."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from app.services.find_follow_ups import FollowUpFilter, find_follow_ups
from app.services.read_follow_up import read_follow_up
from app.ui.screens.follow_up.follow_up_pane import WIDTH
from app.ui.screens.follow_up.follow_up_screen import FollowUpScreen
from app.ui.theme import theme_of
from app.ui.widgets import rail
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.row_delegate import one_line_width
from db.vocabulary.operations import CallOutcome, ContactChannel


@pytest.fixture
def follow_up(workbench, drive, first):
    driver = drive(FollowUpScreen(workbench), loan_id=first.loan_id)
    driver.until(lambda: driver.cells("table.follow_up", 0) != [])
    driver.until(lambda: first.full_name in driver.words())
    driver.until(lambda: driver.find("action.follow_up.log_call").isEnabled())
    return driver


@pytest.fixture
def first(desk):
    """The most urgent loan whose borrower nobody has called yet."""
    rows = find_follow_ups(FollowUpFilter(), desk).rows
    return next(row for row in rows if row.last_contact is None)


def log_of(desk, row) -> list:
    return [each.contact for each in read_follow_up(row.loan_id, desk).log]


def save(driver) -> None:
    driver.press("action.follow_up.save")


def test_the_list_shows_what_the_service_found(follow_up, desk) -> None:
    rows = find_follow_ups(FollowUpFilter(), desk).rows
    assert follow_up.cells("table.follow_up", 0) == [row.reference for row in rows]
    assert follow_up.cells("table.follow_up", 1) == [row.full_name for row in rows]
    QAbstractItemModelTester(follow_up.find("table.follow_up").model())
    QAbstractItemModelTester(follow_up.find("table.contacts").model())
    assert follow_up.text("status.count").startswith(f"{len(rows)} need a call")


def test_beside_the_rail_of_the_smallest_usual_screen_heads_and_cells_stand_in_full(
    follow_up,
) -> None:
    table = follow_up.find("table.follow_up")
    follow_up.host.layout().setContentsMargins(0, 0, 0, 0)
    follow_up.host.resize(1366 - rail.WIDTH, 768)
    follow_up.until(lambda: table.width() == 1366 - rail.WIDTH - WIDTH - 1)
    columns, cells = table.model().columns, table.cells()
    cut = [
        look.text
        for row in range(table.model().rowCount())
        for column, (_left, room, _right) in enumerate(cells)
        if one_line_width(look := table.look_at(row, column), table) > room
    ]
    heads = QFontMetrics(theme_of().font("small"), table)
    cut += [
        each.title
        for each, (_left, room, _right) in zip(columns, cells, strict=True)
        if heads.horizontalAdvance(each.title) > room
    ]
    assert cut == []


def test_the_loan_beside_it_says_why(follow_up, first) -> None:
    words = follow_up.words()
    assert first.full_name in words
    assert "instalments in a row were late." in words or "days late" in words
    assert "Nobody was contacted yet." in words
    assert follow_up.find("chart.story").accessibleDescription()


def test_in_a_low_window_the_signs_scroll_and_lie_under_nothing(follow_up, desk, first) -> None:
    follow_up.press("action.follow_up.log_call")
    follow_up.type("outcome", "No answer")
    follow_up.type("contact_note", "rang for a long time " * 60)
    save(follow_up)
    follow_up.until(lambda: "is written down." in follow_up.words())
    follow_up.find("table.follow_up").go_to(0)
    for height in (900, 620):
        follow_up.host.resize(1218, height)
        tab, story = follow_up.find("tab.contacts"), follow_up.find("chart.story")
        scroll = next(each for each in parents_of(story) if isinstance(each, FormScroll))
        follow_up.until(lambda: bottom(scroll) <= top(tab))  # noqa: B023  # asked at once


def parents_of(widget):
    while (widget := widget.parentWidget()) is not None:
        yield widget


def top(widget) -> int:
    return widget.mapTo(widget.window(), QPoint()).y()


def bottom(widget) -> int:
    return top(widget) + widget.height()


def test_a_call_is_logged_and_the_loan_leaves_the_list(follow_up, desk, first) -> None:
    follow_up.press("action.follow_up.log_call")
    follow_up.type("outcome", "In diff")
    follow_up.type("contact_note", "lost the job")
    save(follow_up)
    follow_up.until(lambda: "is written down." in follow_up.words())
    (entry,) = log_of(desk, first)
    assert (entry.channel, entry.outcome) == (ContactChannel.CALL, CallOutcome.HARDSHIP)
    follow_up.until(lambda: first.reference not in follow_up.cells("table.follow_up", 0))
    assert follow_up.find("table.follow_up").currentIndex().isValid()


def test_a_promise_asks_for_amount_and_day(follow_up, desk, first) -> None:
    follow_up.press("action.follow_up.promise")
    assert QApplication.focusWidget() in {None, follow_up.find("promise_amount")}
    save(follow_up)
    follow_up.until(lambda: "Enter the amount that was promised" in follow_up.words())
    follow_up.type("promise_amount", "5000")
    follow_up.type("promise_date", "+5")
    save(follow_up)
    follow_up.until(lambda: "is written down." in follow_up.words())
    (logged,) = read_follow_up(first.loan_id, desk).log
    assert logged.promise.amount_paise == 500_000
    assert logged.promise.due_on == desk.clock.today() + timedelta(days=5)


def test_what_is_not_asked_is_not_shown(follow_up) -> None:
    shown = {
        "action.follow_up.log_call": {"outcome", "contact_note"},
        "action.follow_up.promise": {
            "outcome", "promise_amount", "promise_date", "contact_note",
        },
        "action.follow_up.visit": {"outcome", "contact_note"},
        "action.follow_up.message": {"contact_note"},
        "action.follow_up.snooze": {"snooze_until", "snooze_reason", "contact_note"},
    }  # fmt: skip
    every = set().union(*shown.values()) | {"override_reason"}
    for action, names in shown.items():
        follow_up.press(action)
        visible = {name for name in every if follow_up.find(name).isVisible()}
        assert visible == names, action


def test_a_call_is_offered_no_visit_as_its_end(follow_up, first) -> None:
    def offered() -> list[str]:
        field = follow_up.find("outcome")
        return [field.itemText(place) for place in range(field.count())]

    follow_up.press("action.follow_up.log_call")
    assert "Visited" not in offered()
    follow_up.press("action.follow_up.visit")
    assert "Visited" in offered()
    save(follow_up)
    follow_up.until(lambda: first.reference not in follow_up.cells("table.follow_up", 0))
    follow_up.press("filter.need.1")
    follow_up.until(lambda: first.reference in follow_up.cells("table.follow_up", 0))
    place = follow_up.cells("table.follow_up", 0).index(first.reference)
    follow_up.find("table.follow_up").go_to(place)
    follow_up.until(lambda: follow_up.cells("table.contacts", 1) == ["Visited"])
    table = follow_up.find("table.contacts")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert follow_up.find("outcome").value() is CallOutcome.VISITED


def test_a_message_shows_its_words_and_is_logged(follow_up, desk, first) -> None:
    follow_up.press("action.follow_up.message")
    assert f"on your loan {first.reference}" in follow_up.words()
    save(follow_up)
    follow_up.until(lambda: "is written down." in follow_up.words())
    assert [each.channel for each in log_of(desk, first)] == [ContactChannel.MESSAGE]


def test_a_snooze_rests_and_is_found_under_rest(follow_up, first) -> None:
    follow_up.press("action.follow_up.snooze")
    follow_up.type("snooze_until", "+3")
    follow_up.type("snooze_reason", "Customer")
    save(follow_up)
    follow_up.until(lambda: "is put off." in follow_up.words())
    follow_up.until(lambda: first.reference not in follow_up.cells("table.follow_up", 0))
    follow_up.press("filter.need.1")
    follow_up.until(lambda: first.reference in follow_up.cells("table.follow_up", 0))
    assert "Until 03 Oct" in follow_up.cells("table.follow_up", 7)


def test_an_own_entry_is_corrected_in_its_minutes(follow_up, desk, first) -> None:
    follow_up.press("action.follow_up.log_call")
    follow_up.type("outcome", "No answer")
    save(follow_up)
    follow_up.until(lambda: follow_up.cells("table.contacts", 1) == ["No answer"])
    table = follow_up.find("table.contacts")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    follow_up.type("outcome", "Disputes")
    save(follow_up)
    follow_up.until(lambda: "is corrected." in follow_up.words())
    assert [each.outcome for each in log_of(desk, first)] == [CallOutcome.DISPUTE]


def test_outside_the_hours_the_form_asks_why(follow_up, workbench, desk, first) -> None:
    late = replace(desk, clock=Evening())
    workbench.shell.desk = late
    follow_up.press("action.follow_up.log_call")
    follow_up.type("outcome", "Refused")
    save(follow_up)
    follow_up.until(lambda: "outside 08:00 to 19:00: say why" in follow_up.words())
    follow_up.type("override_reason", "The customer called")
    save(follow_up)
    follow_up.until(lambda: "is written down." in follow_up.words())
    assert len(log_of(desk, first)) == 1


class Evening:
    """Half past eight in the evening of the sandbox day."""

    def today(self):
        return date(2026, 9, 30)

    def now(self):
        return datetime(2026, 9, 30, 15, 0, tzinfo=UTC)


def test_escape_closes_the_form_and_next_goes_on(follow_up) -> None:
    follow_up.press("action.follow_up.visit")
    QTest.keyClick(follow_up.find("outcome"), Qt.Key.Key_Escape)
    assert not follow_up.find("outcome").isVisible()
    follow_up.find("table.follow_up").go_to(0)
    before = follow_up.find("table.follow_up").currentIndex().row()
    follow_up.press("action.follow_up.next")
    assert follow_up.find("table.follow_up").currentIndex().row() == before + 1


def test_a_filter_without_loans_says_so_and_is_cleared(follow_up) -> None:
    follow_up.type("search_text", "nobody of that name")
    follow_up.until(lambda: "No loan matches these filters." in follow_up.words())
    follow_up.button("Clear filters").click()
    follow_up.until(lambda: follow_up.cells("table.follow_up", 0) != [])


def test_an_empty_list_says_that_no_call_is_needed(drive, workbench, new_desk) -> None:
    workbench.shell.desk = new_desk
    driver = drive(FollowUpScreen(workbench))
    driver.until(lambda: "No loan needs a call today." in driver.words())


def test_a_loan_named_at_opening_is_current(drive, workbench, desk) -> None:
    row = find_follow_ups(FollowUpFilter(), desk).rows[-1]
    driver = drive(FollowUpScreen(workbench), loan_id=row.loan_id)
    driver.until(lambda: row.full_name in driver.words())
    assert driver.find("table.follow_up").current_row().loan_id == row.loan_id


def test_a_loan_that_is_over_is_refused_in_a_bar(follow_up, desk, first) -> None:
    with desk.open_book() as book:
        book._connection.exec_driver_sql("UPDATE loans SET status = 'Closed'")
        book.commit()
    follow_up.press("action.follow_up.visit")
    save(follow_up)
    follow_up.until(lambda: "This loan is over" in follow_up.words())
