from datetime import date
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication

from app.ui.widgets.check_field import CheckField
from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.identity_edit import MaskedIdEdit, PhoneEdit
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.percent_edit import PercentEdit
from app.ui.widgets.picker import Choice, FilterPicker, Picker, RecordPicker
from app.ui.widgets.search_edit import SearchEdit
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text_edit import NoteEdit, TextEdit

TODAY = date(2026, 9, 30)
COLOURS = [Choice("r", "Red"), Choice("g", "Green"), Choice("b", "Blue")]


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        widget.setFocus()
        return widget

    return show


@pytest.mark.parametrize(
    ("typed", "paise"),
    [
        ("350000", 35_000_000),
        ("3.5L", 35_000_000),
        ("1.2 cr", 1_20_00_000_00),
        ("45000*12", 54_000_000),
    ],
)
def test_money_reads_what_people_type(qtbot, typed, paise):
    field = MoneyEdit("loan_amount")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.value_changed):
        field.setText(typed)
    field.tidy()
    assert field.value() == paise
    assert field.text().replace(",", "").isdigit()


def test_money_steps_echoes_and_never_falls_below_nothing(shown, qtbot):
    field = shown(MoneyEdit("loan_amount"))
    qtbot.keyClick(field, Qt.Key.Key_PageUp)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 1_10_000_00
    assert field.echo() == "One lakh ten thousand rupees"
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert field.value() == 0


@pytest.mark.parametrize(
    ("make", "before", "after"),
    [
        (partial(MoneyEdit, "amount"), 22_371_00, 12_371_00),
        (partial(CountEdit, "loan_tenure_months", "months", 6), 60, 54),
    ],
)
def test_a_step_counts_from_the_last_value_that_could_be_read(shown, qtbot, make, before, after):
    field = shown(make())
    field.set_value(before)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_R)
    assert (field.text(), field.value()) == ("r", None)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == after
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 0  # an empty field has nothing to count from


def test_money_keeps_what_it_cannot_read_and_says_so(qtbot):
    field = MoneyEdit("loan_amount")
    qtbot.addWidget(field)
    field.setText("two lakh or so")
    assert field.value() is None
    assert field.problem()
    assert field.text() == "two lakh or so"


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(text=st.text(max_size=30))
def test_no_text_breaks_a_field(qtbot, text):
    fields = (MoneyEdit("a"), PercentEdit("b"), CountEdit("c"), PhoneEdit("d"), MaskedIdEdit("e"))
    for field in (*fields, DateEdit("f", lambda: TODAY), TextEdit("g")):
        qtbot.addWidget(field)
        field.setText(text)
        field.problem()
        field.tidy()


@pytest.mark.parametrize(
    ("typed", "ppm"), [("12.25", 122_500), ("12.25 %", 122_500), ("9", 90_000)]
)
def test_percent_reads_parts_per_million(qtbot, typed, ppm):
    field = PercentEdit("interest_rate")
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value() == ppm
    field.setText("about ten")
    assert "about ten" in field.problem()


def test_count_reads_whole_numbers_and_steps(shown, qtbot):
    field = shown(CountEdit("loan_tenure_months", "months", 6))
    field.set_value(60)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 66
    field.setText("5.5")
    assert field.problem()


def test_dates_read_short_forms_and_step(shown, qtbot):
    field = shown(DateEdit("valuation_date", lambda: TODAY))
    field.setText("3/4/26")
    field.tidy()
    assert field.text() == "03 Apr 2026"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Plus)
    assert field.value() == date(2026, 4, 4)
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_T)
    assert field.value() == TODAY
    field.setText("30 Feb 2026")
    assert field.problem()


def test_a_birth_date_lies_in_the_past(qtbot):
    field = DateEdit("date_of_birth", lambda: TODAY, "past")
    qtbot.addWidget(field)
    field.setText("030485")
    assert field.value() == date(1985, 4, 3)


def test_the_calendar_opens_and_picks(shown, qtbot):
    field = shown(DateEdit("valuation_date", lambda: TODAY))
    qtbot.keyClick(field, Qt.Key.Key_F4)
    popup = field.findChild(type(field).open_calendar.__globals__["CalendarPopup"])
    popup._take(popup.focusProxy().selectedDate())
    assert field.value() == TODAY


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("98456 10214", "9845610214"),
        ("+91 98456-10214", "9845610214"),
        ("09845610214", "9845610214"),
    ],
)
def test_phone_strips_what_is_not_the_number(qtbot, typed, digits):
    field = PhoneEdit("phone")
    qtbot.addWidget(field)
    field.setText(typed)
    assert (field.value(), field.problem()) == (digits, "")


@pytest.mark.parametrize(("typed", "said"), [("98456", "has 5"), ("1234567890", "6, 7, 8 or 9")])
def test_phone_says_what_is_wrong(qtbot, typed, said):
    field = PhoneEdit("phone")
    qtbot.addWidget(field)
    field.setText(typed)
    assert said in field.problem()


def test_identity_numbers_are_grouped_and_masked(qtbot):
    field = MaskedIdEdit("aadhaar_number", "aadhaar", "XXXX XXXX 2346")
    qtbot.addWidget(field)
    assert (field.value(), field.placeholderText()) == ("", "XXXX XXXX 2346")
    field.setText("2341 2341-2346")
    field.tidy()
    assert (field.value(), field.text()) == ("234123412346", "2341 2341 2346")
    pan = MaskedIdEdit("pan_number", "pan")
    qtbot.addWidget(pan)
    pan.setText("abcpe1234f")
    pan.tidy()
    assert pan.text() == "ABCPE1234F"


def test_text_drops_control_characters_and_tells_its_length(qtbot):
    field = TextEdit("full_name", 5)
    qtbot.addWidget(field)
    field.setText(" Ra\u200bvi ")
    assert field.value() == "Ravi"
    field.setText("Ravindra")
    assert "8" in field.problem()
    note = NoteEdit("remarks", 5)
    qtbot.addWidget(note)
    note.setPlainText("Ravindra")
    assert "8" in note.problem()


def test_a_picker_chooses_by_value_and_by_typing(shown, qtbot):
    field = shown(Picker("colour", COLOURS))
    assert field.value() is None
    with qtbot.waitSignal(field.value_changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_G)
    assert changed.args == ["g"]
    field.set_value("b")
    field.set_choices(COLOURS[2:])
    assert field.value() == "b"
    with qtbot.waitSignal(field.value_changed):
        field.set_choices(COLOURS[:2])
    assert field.is_empty()


def test_a_filter_says_any_until_something_is_chosen(qtbot):
    field = FilterPicker("filter.colour", "Colour", COLOURS)
    qtbot.addWidget(field)
    assert (field.currentText(), field.value()) == ("Colour: any", None)
    field.set_value("r")
    assert field.currentText() == "Colour: Red"


def test_the_tip_of_a_filter_tells_its_words_as_they_are_now(qtbot):
    field = FilterPicker("filter.colour", "Colour", COLOURS)
    qtbot.addWidget(field)
    field.set_value("r")
    QApplication.sendEvent(field, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint()))
    assert field.toolTip() == "Colour: Red"
    with QSignalBlocker(field):  # as a page does that clears its filters in one go
        field.set_value(None)
    QApplication.sendEvent(field, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint()))
    assert field.toolTip() == "Colour: any"


def test_a_record_is_searched_after_a_pause_and_chosen(shown, qtbot):
    asked = []
    field = shown(RecordPicker("customer_id", asked.append))
    qtbot.keyClicks(field, "ravi")
    qtbot.waitUntil(lambda: asked == ["ravi"])
    assert field.problem()
    field.offer([Choice(7, "Ravi Reddy, C-1031")])
    with qtbot.waitSignal(field.chosen) as chosen:
        field._take("Ravi Reddy, C-1031")
    assert chosen.args == [7]
    field.completer().popup().hide()


def test_a_segment_moves_with_the_arrows(shown, qtbot):
    field = shown(Segmented("rate_type", COLOURS))
    field.setAccessibleName("Colour")
    with qtbot.waitSignal(field.value_changed) as changed:
        qtbot.keyClick(field.focusProxy(), Qt.Key.Key_Right)
    assert changed.args == ["g"]
    field.set_value("b")
    assert field.value() == "b"


def test_a_check_is_yes_or_no(shown, qtbot):
    field = shown(CheckField("score_preview", "Show while typing"))
    with qtbot.waitSignal(field.value_changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Space)
    assert changed.args == [True]
    assert field.accessibleName() == "Show while typing"
    field.grab()


def test_a_search_is_sent_once_after_a_pause(shown, qtbot):
    field = shown(SearchEdit("search_text", "Name", "Ctrl+K"))
    sent = []
    field.searched.connect(sent.append)
    qtbot.keyClicks(field, "redy")
    qtbot.waitUntil(lambda: sent == ["redy"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sent == ["redy", ""])
    field.set_value("quiet")
    assert field.value() == "quiet"
    field.grab()
