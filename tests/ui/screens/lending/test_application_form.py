from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.find_applications import count_applications
from app.services.keep_draft import my_drafts
from app.services.read_application import read_application
from app.services.steps.refusal import RefusalKind, Refused
from app.ui.screens.application_form.form_screen import ApplicationFormScreen
from app.ui.tasks.change_notice import Change
from app.ui.widgets.picker import Choice
from db.records.lists import ApplicationFilter
from db.vocabulary.lending import CollateralType, LoanPurpose, RateType
from db.vocabulary.people import Relationship

LOAN = {
    "loan_purpose": "Home renovation",
    "loan_amount": "10L",
    "loan_tenure_months": "60",
    "interest_rate": "12.25",
}
WORKED = {
    "figure.estimated_emi": "22371.00",
    "figure.fixed_obligation_to_income_ratio": "55.95",
    "figure.debt_to_income_ratio": "52.62",
    "figure.loan_to_income_ratio": "1.39",
    "figure.loan_to_value_ratio": "",
    "figure.annual_percentage_rate": "13.31",
    "figure.total_interest": "342258.96",
    "figure.last_instalment": "22369.96",
}


@pytest.fixture
def page(workbench, drive, asha):
    driver = drive(ApplicationFormScreen(workbench), customer_id=asha.customer_id)
    driver.until(lambda: "Asha Kulkarni" in driver.text("customer_id"))
    return driver


@pytest.fixture
def filled(page):
    for name, text in LOAN.items():
        page.type(name, text)
    return page


def count(desk):
    return count_applications(ApplicationFilter(), desk).total


def test_the_worked_case_to_the_paisa(filled):
    assert {name: filled.raw(name) for name in WORKED} == WORKED
    assert "₹3,42,258.96" in filled.text("figure.total_interest")
    assert "16.67 months" in filled.text("figure.loan_to_income_ratio")
    assert filled.find("product_code").value() == "HOME_RENOVATION"
    assert "FOIR-CAP" in filled.words()
    assert "Ten lakh rupees" in filled.words()
    assert "on the card, 11.75 to 13.50 %" in filled.words()
    assert "₹20,000 and GST ₹3,600" in filled.words()


def test_nothing_of_one_customer_stays_for_the_next(page):
    assert "Net monthly income" in page.words()
    page.host.findChild(ApplicationFormScreen).opened()
    assert "Net monthly income" not in page.words()
    assert page.text("customer_id") == ""
    assert page.cells("table.obligations", 0) == []


def test_typing_begins_at_the_purpose_once_the_customer_is_known(workbench, drive, asha):
    known = drive(ApplicationFormScreen(workbench), customer_id=asha.customer_id)
    assert known.host.focusWidget() is known.find("loan_purpose")
    nobody = drive(ApplicationFormScreen(workbench))
    assert nobody.host.focusWidget() is nobody.find("customer_id")


def test_figures_say_what_is_missing_and_never_zero(page):
    assert page.text("figure.estimated_emi") == "—"
    assert page.raw("figure.fixed_obligation_to_income_ratio") == ""
    assert "Still needed: the amount, the tenure" in page.words()


def test_the_schedule_closes_at_nothing(filled):
    filled.press("action.schedule.preview")
    filled.until(lambda: filled.find("table.schedule").isVisible())
    payments = filled.cells("table.schedule", 2)
    assert len(payments) == 60
    assert payments[0] == "22,371"
    assert payments[-1] == "22,369.96"
    assert filled.cells("table.schedule", 5)[-1] == "0"


def test_submit_lists_what_is_missing_and_keeps_the_typing(page):
    page.type("loan_amount", "10L")
    page.press("action.application.submit")
    page.until(lambda: page.find("errors.summary").isVisible())
    said = page.words()
    for banned in ("invalid", "required", "please", "sorry"):
        assert banned not in said.lower()
    assert page.find("loan_amount").value() == 100_000_000
    page.type("loan_tenure_months", "abc")
    page.press("action.application.check")
    assert page.find("loan_tenure_months").problem() in page.words()


def test_a_double_submit_makes_one_application(filled, workbench, desk, asha):
    before = count(desk)
    with filled.qtbot.waitSignal(workbench.notices.changed, timeout=20_000) as told:
        filled.press("action.application.submit")
        filled.press("action.application.submit")
    filled.until(lambda: not workbench.runner.writing())
    [(screen, arguments)] = workbench.shell.visits
    assert screen == "decision"
    assert told.args == [Change("application", (arguments["application_id"],))]
    assert count(desk) == before + 1
    view = read_application(arguments["application_id"], desk)
    assert view.estimate is not None
    assert view.customer.customer_id == asha.customer_id
    assert my_drafts(desk) == ()


def test_ctrl_enter_submits_and_enter_goes_on(filled, workbench):
    rate = filled.find("interest_rate")
    rate.setFocus()
    QTest.keyClick(rate, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is not rate
    action = next(
        a
        for a in filled.find("screen.application_form").actions()
        if a.objectName() == "action.application.submit"
    )
    assert action.shortcut().toString() in {"Ctrl+Return", "Ctrl+Enter"}
    action.trigger()
    filled.until(lambda: bool(workbench.shell.visits))


def test_a_draft_is_kept_and_opened_again(filled, workbench, drive, desk):
    security = filled.inside("form.collateral")
    filled.press("tab.security")
    security.find("collateral_type").set_value(CollateralType.PROPERTY)
    security.type("collateral_value", "20L")
    filled.press("action.collateral.add")
    screen = filled.find("screen.application_form")
    with filled.qtbot.waitSignal(screen.draft_changed, timeout=20_000) as said:
        screen.store_draft()
    assert said.args[0].startswith("Draft saved ")
    [draft] = my_drafts(desk)
    assert draft.title == "Asha Kulkarni, new application"
    again = drive(ApplicationFormScreen(workbench), draft_id=draft.draft_id)
    again.until(lambda: again.raw("figure.estimated_emi") == WORKED["figure.estimated_emi"])
    assert again.find("loan_purpose").value() == LoanPurpose.HOME_RENOVATION
    assert again.cells("table.collateral", 1) == ["20,00,000"]
    assert again.raw("figure.loan_to_value_ratio") == "50.00"


def test_collateral_and_guarantor_entries(filled):
    filled.press("tab.security")
    filled.press("action.collateral.add")
    assert "Choose the kind of collateral" in filled.words()
    security = filled.inside("form.collateral")
    security.find("collateral_type").set_value(CollateralType.PROPERTY)
    security.type("collateral_value", "15L")
    filled.press("action.collateral.add")
    assert filled.raw("figure.loan_to_value_ratio") == "66.67"
    filled.press("action.guarantor.add")
    assert "Enter the guarantor's name" in filled.words()
    guarantor = filled.inside("form.guarantor")
    guarantor.type("guarantor_name", "Ravi Reddy")
    guarantor.find("guarantor_relationship").set_value(Relationship.SPOUSE)
    filled.press("action.guarantor.add")
    assert filled.cells("table.guarantors", 0) == ["Ravi Reddy"]
    assert guarantor.find("guarantor_name").value() == ""


def test_a_due_closed_by_this_loan_leaves_the_ratios(filled):
    filled.press("tab.obligations")
    table = filled.find("table.obligations")
    lenders = filled.cells("table.obligations", 0)
    table.go_to(lenders.index("HDFC Bank"))
    filled.inside("form.obligation").tick("closed_by_this_loan")
    assert filled.raw("figure.fixed_obligation_to_income_ratio") == "40.62"
    assert filled.raw("figure.debt_to_income_ratio") == "37.29"
    filled.inside("form.obligation").tick("closed_by_this_loan")
    assert filled.raw("figure.fixed_obligation_to_income_ratio") == "55.95"


def test_a_co_applicant_whose_income_counts(filled, pending):
    filled.press("tab.co_applicants")
    filled.press("action.co_applicant.add")
    assert "Choose a customer of this branch" in filled.words()
    other, form = pending[0], filled.inside("form.co_applicant")
    form.find("customer_id").set_value(Choice(other.customer_id, other.full_name))
    form.find("relationship").set_value(Relationship.SPOUSE)
    form.tick("income_counted")
    filled.press("action.co_applicant.add")
    assert filled.cells("table.co_applicants", 0) == [other.full_name]
    filled.until(lambda: 0 < float(filled.raw("figure.fixed_obligation_to_income_ratio")) < 55.95)


def test_the_preview_is_off_until_asked_for_and_not_stored(filled, desk):
    assert not filled.find("figure.credit_score_preview").isVisible()
    before = count(desk)
    filled.tick("score_preview")
    filled.until(lambda: filled.raw("figure.credit_score_preview") != "")
    assert 300 <= float(filled.raw("figure.credit_score_preview")) <= 850
    assert count(desk) == before


def test_the_preview_shows_what_moved_it_and_follows_the_typing(filled):
    filled.tick("score_preview")
    filled.until(lambda: filled.raw("figure.credit_score_preview") != "")
    bars = filled.find("chart.preview")
    assert bars.isVisible()
    first, shown = bars.parts, filled.text("figure.credit_score_preview")
    assert f"{first.score}" == shown
    assert first.start + sum(row.points for row in first.rows) == first.score
    filled.type("loan_amount", "2L")
    assert filled.raw("figure.credit_score_preview") == ""  # the old number stands for nothing
    filled.until(lambda: bars.parts != first)
    assert filled.text("figure.credit_score_preview") == f"{bars.parts.score}"
    amount = filled.find("loan_amount")
    QTest.keyClick(amount, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(amount, Qt.Key.Key_Delete)
    assert not bars.isVisible()
    assert filled.raw("figure.credit_score_preview") == ""


def test_a_preview_that_is_refused_says_why_and_shows_no_bars(filled, workbench):
    def refuse():
        raise Refused(RefusalKind.MODEL, "The model is missing")

    workbench.shell.desk = replace(workbench.desk, model=refuse)
    filled.tick("score_preview")
    filled.until(lambda: filled.text("figure.credit_score_preview") == "none")
    figure = filled.find("figure.credit_score_preview")
    assert figure.accessibleDescription() == "The model is missing"
    assert not filled.find("chart.preview").isVisible()


def test_a_copy_asks_for_the_same_loan_again(workbench, drive, ask):
    made = ask()
    page = drive(ApplicationFormScreen(workbench), copy_of=made.application_id)
    page.until(lambda: page.raw("figure.estimated_emi") == "22371.00")
    assert "Asha Kulkarni" in page.text("customer_id")
    assert page.raw("figure.fixed_obligation_to_income_ratio") == "55.95"


def test_a_customer_is_found_by_name(workbench, drive, asha):
    page = drive(ApplicationFormScreen(workbench))
    picker = page.find("customer_id")
    picker.setFocus()
    QTest.keyClicks(picker, "Asha Kul")
    page.until(lambda: len(picker._offered) == 1)
    assert picker._offered[0].value == asha.customer_id
    picker._take(picker._offered[0].text)
    page.until(lambda: "exposure" in page.words().lower())


def test_floating_rates_ask_for_their_benchmark(filled):
    assert not filled.find("benchmark").isVisible()
    filled.find("rate_type").set_value(RateType.FLOATING)
    filled.find("screen.application_form")._edited("rate_type")
    assert filled.find("benchmark").isVisible()
    assert filled.find("spread").isVisible()


def test_a_book_that_cannot_be_read_is_said_on_the_page(workbench, drive, desk, asha):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    page = drive(ApplicationFormScreen(workbench), customer_id=asha.customer_id)
    page.until(lambda: "Reading the customer" in page.words() or "report" in page.words().lower())
