from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.services.read_application import read_application
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import UpdateCustomer, update_customer
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from app.ui.screens.decision.decision_screen import DecisionScreen
from app.ui.tasks.change_notice import Change

REFUSED = "No score: the model could not be used"


@pytest.fixture
def asked(ask):
    return ask()


@pytest.fixture
def view(asked, desk):
    return read_application(asked.application_id, desk)


@pytest.fixture
def page(workbench, drive, asked):
    driver = drive(DecisionScreen(workbench), application_id=asked.application_id)
    driver.until(lambda: driver.raw("figure.credit_score") != "")
    return driver


@pytest.fixture
def unscored(desk, workbench):
    def refuse() -> object:
        raise Refused(RefusalKind.MODEL, REFUSED)

    without_model = replace(desk, model=refuse)
    workbench.shell.desk = without_model
    return without_model


def test_facts_and_ratios_of_the_worked_case(page):
    said = page.words()
    assert "₹60,000" in said
    assert page.raw("figure.fixed_obligation_to_income_ratio") == "55.95"
    assert page.raw("figure.debt_to_income_ratio") == "52.62"
    assert page.raw("figure.loan_to_income_ratio") == "1.39"
    assert page.raw("figure.annual_percentage_rate") == "13.31"
    assert page.raw("figure.loan_to_value_ratio") == ""
    assert page.find("screen.decision").heading.title == "Asha Kulkarni"


def test_policy_fails_first_with_value_limit_and_rule(page, view):
    assert page.cells("table.policy_checks", 0)[0] in {"Fail", "Refer"}
    breached = [row.rule for row in view.policy if row.breached]
    rules = page.cells("table.policy_checks", 4)
    assert set(rules[: len(breached)]) >= {"FOIR-CAP"}
    assert len(rules) == len(view.policy)
    place = rules.index("FOIR-CAP")
    assert page.cells("table.policy_checks", 2)[place] == "55.95 %"


def test_the_estimate_is_the_stored_one(page, view):
    estimate = view.estimate
    assert page.raw("figure.credit_score") == str(estimate.credit_score)
    assert page.raw("figure.risk_probability") == repr(estimate.risk_probability)
    assert page.raw("figure.risk_level") == str(estimate.risk_level)
    assert page.raw("figure.band") == str(estimate.band)
    assert page.raw("figure.recommendation") == str(estimate.recommendation)
    assert page.raw("figure.base_score") == str(estimate.base_score)
    assert page.raw("figure.model_id") == estimate.model_id
    assert page.raw("figure.probability_of_default") == ""
    assert "No probability of default yet" in page.text("figure.probability_of_default")
    assert page.find("chart.gauge").accessibleName()


def test_reasons_are_the_stored_ones_policy_first(page, view):
    texts = page.cells("table.reasons", 1)
    stored = [*view.estimate.reasons, *view.estimate.favourable]
    assert texts == [reason.text for reason in stored]
    assert page.cells("table.reasons", 2)[0].startswith("policy, ")
    assert len(view.estimate.reasons) <= 4


def test_bars_waterfall_and_factors_are_one_vector(page, view):
    estimate = view.estimate
    for name in ("chart.bars", "chart.waterfall"):
        parts = page.find(name).parts
        assert parts.start + sum(row.points for row in parts.rows) == parts.score
        assert parts.score == int(page.text("figure.credit_score"))
        assert len(parts.rows) == len(estimate.groups)
    assert len(page.cells("table.contributors", 0)) == 28
    shown = [float(cell) for cell in page.cells("table.contributors", 3)]
    total = float(estimate.base_score) + sum(shown)
    assert total == pytest.approx(float(estimate.credit_score), abs=0.2)


def test_enter_on_a_bar_opens_its_factors(page, view):
    page.press("tab.bars")
    bars = page.find("chart.bars")
    bars.setFocus()
    with page.qtbot.waitSignal(bars.row_opened) as opened:
        for _step in ("starting point", "first group"):
            QTest.keyClick(bars, Qt.Key.Key_Down)
        QTest.keyClick(bars, Qt.Key.Key_Return)
    assert opened.args == [bars.parts.rows[0].key]
    current = page.find("table.contributors").current_row()
    assert str(current.group) == opened.args[0]


def test_factors_are_copied_as_text(page, view):
    QGuiApplication.clipboard().clear()
    page.press("action.decision.copy_factors")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 28
    heaviest = max(view.estimate.contributors, key=lambda c: abs(c.score_points))
    assert lines[0].split("\t")[0] == heaviest.label
    page.press("action.decision.show_source")
    assert page.find("table.contributors").isVisible()


def test_a_fact_is_corrected_on_the_customer(page, workbench, asha):
    page.press("action.decision.correct_fact")
    assert workbench.shell.visits == [("customer_form", {"customer_id": asha.customer_id})]


def test_a_changed_fact_asks_for_a_new_score(page, workbench, desk, asked, asha):
    before = page.raw("figure.credit_score")
    stored = read_customer(asha.customer_id, desk).customer
    told = replace(customer_facts(asha.customer_id, desk), monthly_income_paise=15_000_000)
    update_customer(UpdateCustomer(new_id(desk), asha.customer_id, stored.version, told), desk)
    page.find("screen.decision").refresh()
    page.until(lambda: "A fact changed after this score" in page.words())
    assert page.raw("figure.credit_score") == before
    with page.qtbot.waitSignal(workbench.notices.changed, timeout=20_000) as notice:
        page.press("action.decision.rescore")
    assert notice.args == [Change("application", (asked.application_id,))]
    page.until(lambda: page.raw("figure.credit_score") != before)
    page.until(lambda: "A fact changed" not in page.words())
    assert page.raw("figure.fixed_obligation_to_income_ratio") == "22.38"


def test_without_a_model_there_is_no_score_and_no_stand_in(unscored, workbench, drive, ask, desk):
    asked = ask(unscored)
    assert asked.estimate is None
    page = drive(DecisionScreen(workbench), application_id=asked.application_id)
    page.until(lambda: REFUSED in page.words())
    assert "₹60,000" in page.words()
    assert not page.find("panel.estimate").isVisible()
    assert not page.find("table.reasons").isVisible()
    assert not page.find("chart.waterfall").isVisible()
    assert page.raw("figure.credit_score") == ""
    assert page.find("table.policy_checks").isVisible()
    workbench.shell.desk = desk
    page.press("action.decision.rescore")
    page.until(lambda: page.raw("figure.credit_score") != "")
    assert page.find("panel.estimate").isVisible()


def test_a_case_outside_the_model_says_so(workbench, drive, ask):
    asked = ask(amount_paise=5_000_000_000, tenure_months=400)
    page = drive(DecisionScreen(workbench), application_id=asked.application_id)
    page.until(lambda: page.raw("figure.band") == "out_of_range")
    page.until(lambda: "Model not designed for this case: " in page.words())


def test_an_application_that_cannot_be_read_offers_to_try_again(workbench, drive, asked, desk):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    page = drive(DecisionScreen(workbench), application_id=asked.application_id)
    page.until(lambda: page.offers("Try again"))
    workbench.shell.desk = desk
    page.button("Try again").click()
    page.until(lambda: page.raw("figure.credit_score") != "")
