"""One test for each rule of forms (screens.md A4), on the real pages over a real book."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.services.attach_document import papers_of
from app.services.keep_draft import my_drafts, open_draft
from app.services.read_customer import read_customer
from app.ui.screens.application_form.form_screen import ApplicationFormScreen
from app.ui.screens.customer_form.form_screen import CustomerFormScreen
from app.ui.theme import theme_of
from app.ui.widgets.form_line import FormRow
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_life import DocumentKind
from db.vocabulary.people import Relationship
from tests.services.steps.test_file_kinds import PDF

BANNED = ("invalid", "required", "please", "sorry", "oops")
Key = Qt.Key


@pytest.fixture
def customer(drive, workbench):
    page = CustomerFormScreen(workbench)
    yield drive(page)
    page._set_dirty(dirty=False)


@pytest.fixture
def loan(drive, workbench, asha):
    page = ApplicationFormScreen(workbench)
    driver = drive(page, customer_id=asha.customer_id)
    driver.until(lambda: page._live.context is not None)
    yield driver
    page._set_dirty(dirty=False)


def error_of(driver, name):
    row = driver.find(name).parentWidget().parentWidget()
    assert isinstance(row, FormRow)
    return row.error()


def type_keys(driver, name, text):
    field = driver.find(name)
    field.setFocus()
    QTest.keyClicks(field, text)
    return field


def test_f1_sections_stand_under_each_other_and_from_1600_side_by_side(loan):
    amount, fee = loan.find("loan_amount"), loan.find("processing_fee")

    def left(widget):
        return widget.mapTo(loan.host, widget.rect().topLeft()).x()

    loan.host.resize(1366, 768)
    loan.until(lambda: left(fee) == left(amount))
    loan.host.resize(1920, 1080)
    loan.until(lambda: left(fee) > left(amount) + amount.width())


def test_f1_optional_is_said_and_mandatory_is_the_norm(customer):
    rows = customer.host.findChildren(FormRow)
    assert {row.name for row in rows if row.optional} >= {"email", "aadhaar_number", "bureau_score"}
    assert not {row.name for row in rows if row.optional} & {"full_name", "phone", "monthly_income"}


def test_f2_keys_are_never_rejected_and_ask_nothing_of_the_lanes(loan, workbench):
    loan.until(lambda: not workbench.runner.active())
    field = type_keys(loan, "loan_amount", "12 apples, 3.5L")
    assert field.text() == "12 apples, 3.5L"
    assert not workbench.runner.active()


def test_f3_nothing_turns_red_while_typing_only_on_leaving(customer):
    field = type_keys(customer, "pan_number", "ABCPE1234")
    assert error_of(customer, "pan_number") == ""
    QTest.keyClick(field, Key.Key_Tab)
    assert error_of(customer, "pan_number") != ""
    field.setFocus()
    QTest.keyClick(field, Key.Key_End)
    QTest.keyClicks(field, "F")
    assert error_of(customer, "pan_number") == ""  # it goes the moment the value is right


def test_f3_empties_wait_for_the_submit(customer):
    field = customer.find("full_name")
    field.setFocus()
    QTest.keyClick(field, Key.Key_Tab)
    assert error_of(customer, "full_name") == ""
    customer.press("action.customer.save")
    assert error_of(customer, "full_name") == "Enter the full name"


def test_f4_submit_is_always_enabled_lists_and_clears_nothing(loan):
    type_keys(loan, "loan_amount", "12 apples")
    loan.press("action.application.submit")
    summary = loan.find("errors.summary")
    loan.until(summary.isVisible)
    assert QApplication.focusWidget() is summary
    edge = summary.grab().toImage().pixelColor(summary.width() // 2, 0)
    assert edge == theme_of().color("accent")
    assert loan.find("loan_amount").text() == "12 apples"
    assert error_of(loan, "loan_amount") in loan.words()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    loan.until(lambda: QApplication.focusWidget().objectName() == "loan_purpose")


def test_f5_a_broken_rule_is_a_note_and_no_error(loan, workbench):
    loan.find("loan_purpose").set_value(LoanPurpose.HOME_RENOVATION)
    for name, text in (("loan_amount", "30L"), ("loan_tenure_months", "12")):
        loan.type(name, text)
    notes = {note.rule_id for note in panel_of(loan).notes.notes()}
    assert {"FOIR-CAP", "PROD-TEN"} & notes
    assert error_of(loan, "loan_amount") == ""
    loan.press("action.application.submit")
    loan.until(lambda: bool(workbench.shell.visits))  # it is stored and scored all the same


def panel_of(driver):
    return driver.find("screen.application_form")._panel


def test_f6_sentences_say_what_to_do_without_banned_words(customer, loan):
    for driver, action in ((customer, "customer.save"), (loan, "application.check")):
        driver.press(f"action.{action}")
        said = [row.error() for row in driver.host.findChildren(FormRow) if row.error()]
        assert said
        assert not [s for s in said for word in BANNED if word in s.lower()]
        assert all(sentence[0].isupper() for sentence in said)


def test_f7_amounts_are_read_and_echoed(loan):
    loan.type("loan_amount", "3.5 lakh")
    assert loan.find("loan_amount").text() == "3,50,000"
    assert "Three lakh fifty thousand rupees" in loan.words()


def test_f7_dates_and_numbers_are_read_as_people_write_them(customer):
    customer.type("date_of_birth", "3/4/85")
    assert customer.find("date_of_birth").text() == "03 Apr 1985"
    customer.type("pan_number", "acupr 7085-k")
    assert customer.find("pan_number").text() == "ACUPR7085K"


def test_f8_half_an_amount_goes_to_the_draft_and_comes_back(loan, drive, workbench, desk):
    type_keys(loan, "loan_amount", "3.5 la")
    loan.press("tab.security")
    type_keys(loan.inside("form.guarantor"), "guarantor_name", "Ravi Re")
    loan.find("screen.application_form").store_draft()
    loan.until(lambda: len(my_drafts(desk)) == 1 and not workbench.runner.writing())
    [draft] = my_drafts(desk)
    page = ApplicationFormScreen(workbench)
    again = drive(page, draft_id=draft.draft_id)
    again.until(lambda: again.find("loan_amount").text() == "3.5 la")
    assert again.inside("form.guarantor").find("guarantor_name").text() == "Ravi Re"
    page._set_dirty(dirty=False)


def test_f8_typing_alone_stores_a_draft(loan, desk):
    type_keys(loan, "remarks", "Roof")
    loan.until(lambda: bool(my_drafts(desk)))
    assert open_draft(my_drafts(desk)[0].draft_id, desk)["fields"]["remarks"] == "Roof"


def test_f9_known_values_are_offered_and_taken_with_right(loan, asha, desk):
    report = read_customer(asha.customer_id, desk).customer.bureau
    loan.press("tab.obligations")
    bureau = loan.inside("form.bureau")
    score, name = bureau.find("bureau_score"), bureau.find("bureau_name")
    assert (score.text(), score.placeholderText()) == ("", str(report.score))
    for field in (score, name):
        field.setFocus()
        QTest.keyClick(field, Key.Key_Right)
    assert score.score() == report.score
    assert name.value() == report.bureau_name
    late = type_keys(bureau, "bureau_late_payments", "2")
    QTest.keyClick(late, Key.Key_Right)
    assert late.text() == "2"  # what is typed is never overwritten


def test_f10_a_paper_seen_in_original_is_a_checked_fact(loan, tmp_path, desk):
    loan.find("loan_purpose").set_value(LoanPurpose.HOME_RENOVATION)
    loan.press("tab.documents")
    (tmp_path / "payslip.pdf").write_bytes(PDF)
    form = loan.inside("form.document")
    form.find("document_kind").set_value(DocumentKind.PAYSLIP)
    form.type("document_file", str(tmp_path / "payslip.pdf"))
    loan.press("action.document.attach")

    def states():
        kinds, words = (loan.cells("table.documents", column) for column in (0, 1))
        return dict(zip(kinds, words, strict=True))

    loan.until(lambda: states().get("Payslips") == "Not checked")
    table = loan.find("table.documents")
    table.setCurrentIndex(
        table.model().index(loan.cells("table.documents", 0).index("Payslips"), 0)
    )
    loan.press("action.document.check")
    loan.until(lambda: states()["Payslips"] == "Checked")
    assert states()["Photograph"] == "Missing"
    notes = {note.rule_id: note.words for note in panel_of(loan).notes.notes()}
    assert "Photograph" in notes["DOC-SET"]
    assert "DOC-INCOME" not in notes
    [paper] = loan.find("screen.application_form")._pages.documents.papers
    assert papers_of([paper.attachment_id], desk)[0].checked_by == desk.person().user_id


def test_f12_a_removed_row_comes_back_with_undo(loan):
    section = loan.find("screen.application_form")._pages.security
    loan.press("tab.security")
    form = loan.inside("form.collateral")
    form.find("collateral_type").set_value(CollateralType.PROPERTY)
    form.type("collateral_value", "20L")
    loan.press("action.collateral.add")
    kept = section.collateral.entries
    table = loan.find("table.collateral")
    table.setFocus()
    QTest.keyClick(table, Key.Key_Delete)
    assert section.collateral.entries == ()
    assert "Removed security." in loan.words()
    next(b for b in loan.host.findChildren(QPushButton, "undo") if b.isVisible()).click()
    assert section.collateral.entries == kept
    loan.press("action.collateral.remove")
    assert section.collateral.entries == ()


def test_f12_ctrl_z_takes_typing_back(loan):
    field = type_keys(loan, "loan_amount", "10L")
    QTest.keyClick(field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""


def test_f13_every_control_has_its_name_its_error_and_its_size(customer, loan):
    for driver in (customer, loan):
        for row in driver.host.findChildren(FormRow):
            assert row.input.accessibleName() == row.words
            assert row.input.objectName() == row.input.accessibleIdentifier()
            assert row.input.sizeHint().height() >= 24 or row.input.height() >= 24
    loan.press("action.application.check")
    assert loan.find("loan_amount").accessibleDescription() == error_of(loan, "loan_amount")
    tables = [w for w in loan.host.findChildren(QWidget) if w.objectName().startswith("table.")]
    assert all(table.accessibleName() for table in tables)


def test_a_fifth_guarantor_and_a_wrong_phone_are_refused_at_their_fields(loan):
    section = loan.find("screen.application_form")._pages.security.guarantors
    loan.press("tab.security")
    form = loan.inside("form.guarantor")
    for number in range(5):
        form.find("guarantor_relationship").set_value(Relationship.SPOUSE)
        form.type("guarantor_name", f"Ravi {'abcde'[number]}")
        loan.press("action.guarantor.add")
    assert len(section.entries) == 4
    assert error_of(form, "guarantor_name") == "An application has at most 4 guarantors"
    assert form.find("guarantor_name").value() == "Ravi e"  # nothing typed is cleared
    section.set_entries(())
    form.type("guarantor_phone", "12345")
    loan.press("action.guarantor.add")
    assert "10 digits" in error_of(form, "guarantor_phone")


def test_an_entry_that_stands_typed_is_taken_along_or_stops_the_submit(loan):
    page = loan.find("screen.application_form")
    loan.press("tab.security")
    form = loan.inside("form.guarantor")
    form.type("guarantor_name", "Ravi Reddy")
    loan.press("action.application.check")
    assert error_of(form, "guarantor_relationship") == "Choose how the guarantor is related"
    assert page._pages.tabs.current_name == "security"
    form.find("guarantor_relationship").set_value(Relationship.SPOUSE)
    loan.press("action.application.check")
    assert [g.full_name for g in page._pages.security.guarantors.entries] == ["Ravi Reddy"]


def test_the_review_lists_what_is_missing_and_leads_there(loan):
    loan.press("tab.review")
    loan.until(lambda: "Enter the loan amount" in loan.words())
    go = [b for b in loan.host.findChildren(QPushButton) if b.text() == "Go there"]
    next(b for b in go if "loan amount" in b.accessibleName()).click()
    loan.until(lambda: QApplication.focusWidget().objectName() == "loan_amount")
    for name, text in (("loan_amount", "10L"), ("loan_tenure_months", "60")):
        loan.type(name, text)
    loan.find("loan_purpose").set_value(LoanPurpose.HOME_RENOVATION)
    loan.press("tab.review")
    loan.until(lambda: "Nothing is missing." in loan.words())
    loan.until(lambda: "Missing: PAN card" in loan.words())
