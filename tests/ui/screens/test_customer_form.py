import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.services.find_customers import FindCustomers, find_customers
from app.services.keep_draft import my_drafts
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import ObligationEntry
from app.ui.screens.customer_form.form_screen import CustomerFormScreen
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.error_summary import ErrorSummary
from app.ui.widgets.picker import Picker
from app.ui.widgets.table_view import TableView
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import KycStatus

TYPED = (
    ("full_name", "Meena Rao"), ("date_of_birth", "3/4/85"), ("phone", "+91 98765 43211"),
    ("address", "4 Lake View"), ("city", "Mysuru"), ("pincode", "570 001"),
    ("pan_number", "acupr 7085 k"), ("employer_name", "Deccan Mills"),
    ("job_title", "Supervisor"), ("employment_start_date", "1 jun 2019"),
    ("monthly_income", "60k"), ("years_of_experience", "12"),
)  # fmt: skip
CHOSEN = (("state", "Karnataka"), ("employment_type", "Salaried"))


@pytest.fixture
def host(workbench, place):
    made = place(CustomerFormScreen(workbench))
    yield made
    page(made)._set_dirty(dirty=False)
    made.close()


def page(host: QWidget) -> CustomerFormScreen:
    return host.findChild(CustomerFormScreen)


def field(host: QWidget, name: str) -> QWidget:
    return host.findChild(QWidget, name)


def press(host: QWidget, action: str) -> None:
    host.findChild(QPushButton, f"action.{action}").click()


def type_everything(host: QWidget) -> None:
    for name, words in TYPED:
        QTest.keyClicks(field(host, name), words)
    for name, code in CHOSEN:
        host.findChild(Picker, name).set_value(code)
    host.findChild(CheckField, "consent_data_use").setChecked(True)


def errors(host: QWidget) -> dict[str, str]:
    summary = host.findChild(ErrorSummary, "errors.summary")
    return {problem.field: problem.sentence for problem in summary.problems()}


def stored(desk) -> list[str]:
    return [row.full_name for row in find_customers(FindCustomers(), desk).page.rows]


def test_a_new_customer_is_registered_and_opened(host, workbench, desk, qtbot):
    type_everything(host)
    press(host, "customer.save")
    qtbot.waitUntil(lambda: workbench.shell.visits != [])
    name, arguments = workbench.shell.visits[0]
    assert name == "customer"
    customer = read_customer(arguments["customer_id"], desk).customer
    assert (customer.full_name, customer.phone) == ("Meena Rao", "9876543211")
    assert customer.employment.monthly_income_paise == 6_000_000
    assert customer.pan_masked
    assert "7085" not in customer.pan_masked


def test_two_presses_register_once(host, workbench, desk, qtbot):
    type_everything(host)
    press(host, "customer.save")
    press(host, "customer.save")
    qtbot.waitUntil(lambda: workbench.shell.visits != [])
    qtbot.waitUntil(lambda: not page(host)._commit.busy)
    assert stored(desk) == ["Meena Rao"]


def test_save_and_start_an_application(host, workbench, qtbot):
    type_everything(host)
    press(host, "customer.save_and_apply")
    qtbot.waitUntil(lambda: workbench.shell.visits != [])
    assert workbench.shell.visits[0][0] == "application_form"


def test_enter_goes_through_every_field_to_the_consents(host, qtbot):
    form = page(host)._inputs.form
    form.row("full_name").input.setFocus()
    seen = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        seen.append(focus.objectName())
        if seen[-1] == "consent_contact":
            break
        QTest.keyClick(focus, Qt.Key.Key_Return)
    assert seen[-1] == "consent_contact"
    wanted = [name for name, _ in TYPED] + [name for name, _ in CHOSEN]
    assert set(wanted) <= set(seen)
    fields = [name for name in seen if name in {row.name for row in form.rows()}]
    assert fields == [row.name for row in form.rows()]


def test_enter_in_an_empty_due_goes_to_what_is_missing(host):
    QTest.keyClicks(field(host, "full_name"), "Meena Rao")
    field(host, "end_date").setFocus()
    QTest.keyClick(field(host, "end_date"), Qt.Key.Key_Return)
    assert QApplication.focusWidget().objectName() == "date_of_birth"


def test_sections_stand_side_by_side_in_a_wide_window(host, qtbot):
    columns = page(host)._inputs.columns
    assert not columns.wide
    host.resize(1920, 900)
    qtbot.waitUntil(lambda: columns.wide)
    host.resize(1366, 900)
    qtbot.waitUntil(lambda: not columns.wide)


def test_an_empty_submit_lists_what_is_missing_and_keeps_the_typing(host, desk):
    QTest.keyClicks(field(host, "city"), "Mysuru")
    QTest.keyClicks(field(host, "date_of_birth"), "no day")
    press(host, "customer.save")
    found = errors(host)
    assert found["full_name"] == "Enter the full name"
    assert "no day" in found["date_of_birth"]
    assert "city" not in found
    assert field(host, "city").text() == "Mysuru"
    assert stored(desk) == []
    banned = ("invalid", "required", "please", "sorry")
    assert not [words for words in found.values() if any(b in words.lower() for b in banned)]
    QTest.keyClicks(field(host, "full_name"), "Meena")
    assert "full_name" not in errors(host)


def test_a_wrong_check_shows_on_leaving_and_not_while_typing(host):
    row = page(host)._inputs.form.row("pan_number")
    QTest.keyClicks(row.input, "ABCDE1234F")
    assert row.error() == ""
    row.field.left.emit()
    assert "PAN" in row.error()


def test_notes_echo_what_was_read(host):
    form = page(host)._inputs.form
    QTest.keyClicks(field(host, "monthly_income"), "60k")
    QTest.keyClicks(field(host, "bureau_score"), "NH")
    assert form.row("monthly_income").note() == "Sixty thousand rupees"
    assert form.row("bureau_score").note() == "No credit history"


def test_the_side_panel_follows(host, qtbot):
    QTest.keyClicks(field(host, "date_of_birth"), "3/4/2012")
    age, kyc = field(host, "figure.age"), field(host, "figure.kyc_status")
    assert age.property("rawValue") == "14"
    notes = page(host)._panel._notes.notes()
    assert [note.rule_id for note in notes] == ["AGE-MIN"]
    assert kyc.property("rawValue") == KycStatus.INCOMPLETE
    host.findChild(CheckField, "form_60").setChecked(True)
    host.findChild(Picker, "other_id_type").set_value("Voter Id")
    QTest.keyClicks(field(host, "other_id_number"), "WKH1186253")
    assert kyc.property("rawValue") == KycStatus.COMPLETE


def test_similar_customers_are_found_and_opened(host, workbench, asha, qtbot):
    QTest.keyClicks(field(host, "phone"), "9876543210")
    table = host.findChild(TableView, "table.similar_customers")
    qtbot.waitUntil(lambda: table.model().rowCount() == 1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    press(host, "customer.open_similar")
    expected = ("customer", {"customer_id": asha.customer_id})
    assert workbench.shell.visits == [expected, expected]


def test_a_known_pan_names_the_existing_record(host, asha, qtbot):
    type_everything(host)
    press(host, "customer.save")
    qtbot.waitUntil(lambda: "pan_number" in errors(host))
    assert asha.reference in errors(host)["pan_number"]
    assert "ACUPR7085K" not in errors(host)["pan_number"]
    assert page(host)._inputs.isEnabled()


def test_dues_are_added_by_keyboard_and_removed(host):
    grid = page(host)._inputs.dues
    QTest.keyClicks(field(host, "lender_name"), "Landlord")
    press(host, "obligation.add")
    assert grid.value() == ()
    host.findChild(Picker, "obligation_type").set_value(ObligationType.RENT)
    QTest.keyClicks(field(host, "monthly_amount"), "2000")
    field(host, "end_date").setFocus()
    QTest.keyClick(field(host, "end_date"), Qt.Key.Key_Return)
    assert grid.value() == (ObligationEntry("Landlord", ObligationType.RENT, 200_000),)
    press(host, "obligation.remove")
    assert grid.value() == ()


def test_a_due_left_in_the_entry_line_is_saved_too(host, workbench, desk, qtbot):
    type_everything(host)
    QTest.keyClicks(field(host, "lender_name"), "HDFC Bank")
    press(host, "customer.save")
    assert workbench.shell.visits == []
    host.findChild(Picker, "obligation_type").set_value(ObligationType.HOME_LOAN)
    QTest.keyClicks(field(host, "monthly_amount"), "12k")
    press(host, "customer.save")
    qtbot.waitUntil(lambda: workbench.shell.visits != [])
    customer = read_customer(workbench.shell.visits[0][1]["customer_id"], desk).customer
    assert [due.monthly_amount_paise for due in customer.obligations] == [1_200_000]


def test_typing_goes_to_a_sealed_draft_that_comes_back(workbench, place, desk, qtbot):
    made = place(CustomerFormScreen(workbench))
    words = []
    page(made).draft_changed.connect(words.append)
    QTest.keyClicks(field(made, "full_name"), "Meena Rao")
    QTest.keyClicks(field(made, "date_of_birth"), "03 apr 19")
    page(made)._inputs.dues.set_value((ObligationEntry("X", ObligationType.RENT, 100),))
    page(made).store_draft()
    qtbot.waitUntil(lambda: any("Draft saved" in said for said in words))
    assert page(made).heading.dirty
    draft = my_drafts(desk)[0]
    assert json.loads(draft.content)["date_of_birth"] == "03 apr 19"
    page(made).opened(draft_id=draft.draft_id)
    qtbot.waitUntil(lambda: field(made, "full_name").text() == "Meena Rao")
    assert field(made, "date_of_birth").text() == "03 apr 19"
    assert page(made)._inputs.dues.value()[0].lender_name == "X"
    page(made).discard_draft()
    qtbot.waitUntil(lambda: my_drafts(desk) == ())
    assert field(made, "full_name").text() == ""
    made.close()


def answer_with(name: str) -> None:
    """Press a button of the question that is about to open."""

    def press_it() -> None:
        box = QApplication.activeModalWidget()
        box.findChild(QPushButton, name).click()

    QTimer.singleShot(0, press_it)


def test_leaving_asks_once_and_obeys(host, desk, qtbot):
    form = page(host)
    assert form.can_leave()
    QTest.keyClicks(field(host, "full_name"), "Meena Rao")
    answer_with("leave.stay")
    assert not form.can_leave()
    answer_with("leave.keep_draft")
    assert form.can_leave()
    qtbot.waitUntil(lambda: len(my_drafts(desk)) == 1)
    QTest.keyClicks(field(host, "full_name"), "!")
    answer_with("leave.discard")
    assert form.can_leave()
    qtbot.waitUntil(lambda: my_drafts(desk) == ())


def test_an_edit_keeps_numbers_months_and_ids(workbench, place, desk, asha, qtbot):
    before = customer_facts(asha.customer_id, desk)
    made = place(CustomerFormScreen(workbench), customer_id=asha.customer_id)
    qtbot.waitUntil(lambda: field(made, "full_name").text() == "Asha Kulkarni")
    assert field(made, "pan_number").text() == ""
    assert "X" in field(made, "pan_number").placeholderText()
    assert page(made)._inputs.facts() == before
    field(made, "city").setText("Hubballi")
    press(made, "customer.save")
    qtbot.waitUntil(lambda: workbench.shell.visits != [])
    after = read_customer(asha.customer_id, desk).customer
    assert (after.city, after.version) == ("Hubballi", 2)
    assert after.employment.experience_months == 125
    assert after.pan_masked == read_customer(asha.customer_id, desk).customer.pan_masked
    assert customer_facts(asha.customer_id, desk) == replace(before, city="Hubballi")
    made.close()


def test_a_change_by_somebody_else_is_told(workbench, place, desk, asha, qtbot):
    made = place(CustomerFormScreen(workbench), customer_id=asha.customer_id)
    qtbot.waitUntil(lambda: field(made, "full_name").text() == "Asha Kulkarni")
    page(made)._stored = replace(page(made)._stored, version=7)
    field(made, "city").setText("Hubballi")
    press(made, "customer.save")
    qtbot.waitUntil(lambda: made.findChild(QWidget, "panel.message") is not None)
    words = " ".join(
        w.text() for w in made.findChild(QWidget, "panel.message").findChildren(QLabel)
    )
    assert words
    assert field(made, "city").text() == "Hubballi"
    page(made)._set_dirty(dirty=False)
    made.close()
