from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from app.ui.screens.customers.customers_screen import CustomersScreen
from app.ui.screens.customers.late_days import LateDays
from app.ui.widgets.picker import FilterPicker
from app.ui.widgets.table_view import TableView
from db.vocabulary.people import KycStatus, Role


@pytest.fixture
def host(workbench, place, asha, ravi):
    made = place(CustomersScreen(workbench))
    yield made
    made.close()


def table(host: QWidget) -> TableView:
    return host.findChild(TableView, "table.customers")


def names(host: QWidget) -> list[str]:
    model = table(host).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def page(host: QWidget) -> CustomersScreen:
    return host.findChild(CustomersScreen)


def count_words(host: QWidget) -> str:
    return host.findChild(QLabel, "status.count").text()


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_rows_count_and_masked_phone(host, qtbot):
    qtbot.waitUntil(lambda: names(host) == ["Asha Kulkarni", "Ravi Reddy"])
    assert count_words(host) == "2 customers, in this branch"
    assert table(host).model().index(0, 2).data() == "98XXX XX210"


def test_search_filter_and_no_match(host, qtbot):
    search = host.findChild(QLineEdit, "search_text")
    QTest.keyClicks(search, "ravi")
    qtbot.waitUntil(lambda: names(host) == ["Ravi Reddy"])
    search.setText("nobody at all")
    states = page(host)._list.states
    qtbot.waitUntil(lambda: states.words() == "No customer matches “nobody at all”.")
    assert "Choose a customer" in words_in(page(host).context_panel())
    next(b for b in host.findChildren(QPushButton) if b.text() == "Clear filters").click()
    qtbot.waitUntil(lambda: len(names(host)) == 2)
    assert states.state == "content"
    host.findChild(FilterPicker, "filter.kyc_status").set_value(KycStatus.COMPLETE)
    qtbot.waitUntil(lambda: names(host) == ["Asha Kulkarni"])


def test_a_misspelt_name_is_offered_as_it_was_meant(host, qtbot):
    states = page(host)._list.states
    host.findChild(QLineEdit, "search_text").setText("kulkarnee")
    asked = "No customer matches “kulkarnee”. Did you mean “Kulkarni”?"
    qtbot.waitUntil(lambda: states.words() == asked)
    next(b for b in host.findChildren(QPushButton) if b.text() == "Search for Kulkarni").click()
    qtbot.waitUntil(lambda: names(host) == ["Asha Kulkarni"])
    assert host.findChild(QLineEdit, "search_text").text() == "Kulkarni"


def test_the_cities_of_the_rows_are_offered(host, qtbot):
    picker = host.findChild(FilterPicker, "filter.city")
    qtbot.waitUntil(lambda: picker.count() == 3)
    picker.set_value("Hubballi")
    qtbot.waitUntil(lambda: names(host) == ["Ravi Reddy"])


def test_a_head_sorts(host, qtbot):
    qtbot.waitUntil(lambda: len(names(host)) == 2)
    table(host).sort_asked.emit("full_name", True)
    qtbot.waitUntil(lambda: names(host) == ["Ravi Reddy", "Asha Kulkarni"])


def test_enter_opens_and_the_key_starts_an_application(host, workbench, asha, qtbot):
    qtbot.waitUntil(lambda: len(names(host)) == 2)
    QTest.keyClick(table(host), Qt.Key.Key_Return)
    host.findChild(QPushButton, "action.customer.start_application").click()
    host.findChild(QPushButton, "action.customer.open").click()
    page(host).new_item()
    assert workbench.shell.visits == [
        ("customer", {"customer_id": asha.customer_id}),
        ("application_form", {"customer_id": asha.customer_id}),
        ("customer", {"customer_id": asha.customer_id}),
        ("customer_form", {}),
    ]


def test_the_quick_look_shows_the_current_customer_and_no_full_pan(host, qtbot):
    look = page(host).context_panel()
    qtbot.waitUntil(lambda: "Asha Kulkarni" in words_in(look))
    shown = words_in(look)
    assert "ACUPR7085K" not in shown
    assert "ACUPXXXXXK" in shown or "XXXX" in shown
    assert "₹11,200" in shown
    table(host).go_to(1)
    qtbot.waitUntil(lambda: "Ravi Reddy" in words_in(look))


def test_no_customers_yet(workbench, place, qtbot):
    made = place(CustomersScreen(workbench))
    states = page(made)._list.states
    qtbot.waitUntil(lambda: states.words() == "No customers yet.")
    made.close()


def test_who_may_not_register_sees_no_such_action(workbench, place):
    desk = workbench.shell.desk
    auditor = replace(desk.person(), roles=frozenset({Role.AUDITOR}))
    workbench.shell.desk = desk.acting(auditor)
    made = place(CustomersScreen(workbench))
    assert made.findChild(QPushButton, "action.customer.new") is None
    page(made).new_item()
    assert workbench.shell.visits == []
    made.close()


def test_a_list_that_cannot_be_read_offers_to_try_again(workbench, place, qtbot):
    good = workbench.shell.desk

    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(good, open_book=broken)
    made = place(CustomersScreen(workbench))
    states = page(made)._list.states
    qtbot.waitUntil(lambda: states.state == "error")
    workbench.shell.desk = good
    next(b for b in made.findChildren(QPushButton) if b.text() == "Try again").click()
    qtbot.waitUntil(lambda: states.state == "empty")
    made.close()


def test_days_late_need_the_rules(rulebook, desk, asha):
    from app.services.find_customers import FindCustomers, find_customers

    row = find_customers(FindCustomers(), desk).page.rows[0]
    today = desk.clock.today()
    late = LateDays(lambda: today)
    assert late.days(row) is None
    late.rulebook = rulebook
    assert (late.days(row), late.token(row), late.icon(row)) == (0, "muted", None)
    on_the_day = row._replace(oldest_unpaid_due=today)
    assert (late.days(on_the_day), late.token(on_the_day)) == (1, "warning")
    npa = row._replace(oldest_unpaid_due=today.replace(month=7))
    assert late.icon(npa) == ("alert-triangle", "bad")


def test_the_quick_look_names_the_newest_applications(host, desk, asha, qtbot):
    from datetime import UTC, datetime
    from uuid import UUID

    from app.services.read_customer import read_customer
    from db.records.lists import ApplicationRow
    from db.vocabulary.lending import LoanPurpose
    from db.vocabulary.loan_life import ApplicationStatus

    at = datetime(2026, 9, 1, tzinfo=UTC)
    row = ApplicationRow(
        UUID(int=3), "A-1662", UUID(int=1), "Asha Kulkarni", LoanPurpose.HOME_RENOVATION,
        "HOME_RENOVATION", 100_000_000, 60, 122_500, ApplicationStatus.PENDING, at, at.date(),
        "Anita", None, None, None, False,
    )  # fmt: skip
    view = replace(read_customer(asha.customer_id, desk), applications=(row,))
    look = page(host).context_panel()
    look.show_customer(view)
    assert "A-1662 Home renovation ₹10 L" in words_in(look)
    assert "Pending" in words_in(look)


def test_a_name_nobody_has_can_be_registered(host, qtbot, workbench):
    search = host.findChild(QLineEdit, "search_text")
    search.setText("redy")
    states = page(host)._list.states
    asked = "No customer matches “redy”. Did you mean “Reddy”?"
    qtbot.waitUntil(lambda: states.words() == asked)
    ways = [b.text() for b in states.findChildren(QPushButton) if b.isVisible()]
    assert ways == ["Search for Reddy", "Clear filters", "Create “redy”"]
    next(b for b in states.findChildren(QPushButton) if b.text().startswith("Create")).click()
    assert workbench.shell.visits[-1] == ("customer_form", {"full_name": "Redy"})
