import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.text_edit import NoteEdit, TextEdit


@pytest.fixture
def form(qtbot):
    made, section = Form("form.loan"), FormSection("Loan", "as asked")
    section.add(FormRow("Loan amount", MoneyEdit("loan_amount")))
    section.add(FormRow("Loan tenure", CountEdit("loan_tenure_months", "months"), width=180))
    section.add(FormRow("Purpose", TextEdit("purpose"), optional=True))
    section.add(FormRow("Remarks", NoteEdit("remarks"), optional=True))
    made.add(section)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def focused(name):
    widget = QApplication.focusWidget()
    return widget is not None and widget.objectName() == name


def test_rows_keep_their_columns_and_heights(form):
    rows = form.rows()
    assert {row.field.width() for row in rows[:2]} == {180}
    assert {row.input.mapTo(form, row.input.rect().topLeft()).x() for row in rows} == {192}
    assert rows[0].height() == 34


def test_labels_name_their_fields(form):
    assert form.row("loan_amount").input.accessibleName() == "Loan amount"


def test_enter_is_the_next_field(form, qtbot):
    form.jump_to("loan_amount")
    qtbot.keyClick(form.row("loan_amount").input, Qt.Key.Key_Return)
    assert focused("loan_tenure_months")
    qtbot.keyClick(form.row("loan_tenure_months").input, Qt.Key.Key_Return)
    assert focused("purpose")


def test_nothing_turns_red_while_typing_but_on_leaving(form, qtbot):
    row = form.row("loan_tenure_months")
    form.jump_to(row.name)
    qtbot.keyClicks(row.input, "5x")
    assert row.error() == ""
    form.jump_to("purpose")
    assert "5x" in row.error()
    assert row.input.accessibleDescription() == row.error()
    form.jump_to(row.name)
    row.input.selectAll()
    qtbot.keyClicks(row.input, "5")
    assert row.error() == ""


def test_an_empty_field_is_no_error_until_the_submit(form):
    form.jump_to("loan_amount")
    form.jump_to("purpose")
    assert form.row("loan_amount").error() == ""
    assert form.first_empty().name == "loan_amount"
    form.go_to_empty()
    assert focused("loan_amount")


def test_control_and_the_full_stop_go_to_the_next_empty_field(form, qtbot):
    form.row("loan_amount").field.set_value(1_00)
    form.jump_to("purpose")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Period, control)
    assert focused("loan_tenure_months")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Period)  # a full stop is typed
    assert focused("loan_tenure_months")


def test_the_summary_takes_focus_counts_and_jumps(form, qtbot):
    form.row("loan_amount").set_note("Ten lakh rupees")
    form.show_errors({"loan_amount": "Enter the loan amount", "customer_id": "Choose a customer"})
    assert form.summary.hasFocus()
    assert form.summary.accessibleName() == "2 things to fix"
    assert form.row("loan_amount").note() == "Enter the loan amount"
    lines = form.summary.findChildren(QPushButton)
    with qtbot.waitSignal(form.jumped) as jumped:
        lines[0].click()
    assert jumped.args == ["loan_amount"]
    assert focused("loan_amount")
    with qtbot.waitSignal(form.edited):
        qtbot.keyClicks(form.row("loan_amount").input, "5L")
    assert form.row("loan_amount").note() == "Ten lakh rupees"
    assert [p.field for p in form.summary.problems()] == ["customer_id"]
    form.show_errors({})
    assert form.summary.isHidden()


def test_what_a_submit_says_of_the_field_with_the_keys_stands_until_it_is_changed(form, qtbot):
    row = form.row("purpose")
    form.jump_to(row.name)
    qtbot.keyClicks(row.input, "gambling")
    form.show_errors({"purpose": "No loan is given for this"})  # the summary takes the keys
    assert form.summary.hasFocus()
    assert row.error() == "No loan is given for this"
    form.jump_to("loan_amount")
    assert row.error() == "No loan is given for this"
    form.jump_to(row.name)
    qtbot.keyClicks(row.input, "education")
    assert row.error() == ""
    assert form.summary.problems() == ()


def test_typing_after_a_jump_takes_the_place_of_what_stood_there(form, qtbot):
    form.jump_to("purpose")
    form.set_values({"loan_amount": 2_50_000_00})
    form.jump_to("loan_amount")
    qtbot.keyClicks(form.row("loan_amount").input, "2L")
    form.jump_to("purpose")
    assert form.values()["loan_amount"] == 2_00_000_00


def test_values_come_and_go_by_name(form):
    form.set_values({"loan_amount": 10_00_000_00, "loan_tenure_months": 60, "absent": 1})
    assert form.values() == {
        "loan_amount": 10_00_000_00,
        "loan_tenure_months": 60,
        "purpose": "",
        "remarks": "",
    }
    assert form.problems() == {}
    form.clear()
    assert form.values()["loan_amount"] is None
