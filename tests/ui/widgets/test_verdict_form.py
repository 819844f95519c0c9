"""The form of a proposal or decision: what it asks for, what it says, how reasons are given."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.rules.case_standing import Terms
from app.rules.maker_checker import Verdict
from app.ui.widgets.given_reasons import OfferedReason, ReasonLine
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.verdict_form import TERMS, VerdictForm
from app.ui.widgets.verdict_start import VerdictStart, addable_reasons, offered_reasons
from db.vocabulary.decisions import Decision, Recommendation

ASKED = Terms(100_000_000, 60, 122_500)
OFFERED = (
    OfferedReason("REJ-M-UNSECURED", "No security is offered."),
    OfferedReason("REJ-FOIR", "Dues would take 55.95 % of income; the guide is 50 %.", stays=True),
    OfferedReason("REJ-M-RATE", "The card rate is 12.25 % a year."),
)
START = VerdictStart(ASKED, Recommendation.REFER, OFFERED)
CHOICES = [
    Choice(decision, str(decision))
    for decision in (
        Decision.APPROVE,
        Decision.APPROVE_WITH_CHANGES,
        Decision.REJECT,
        Decision.RETURN,
    )
]


@pytest.fixture
def form(qtbot):
    made = VerdictForm(CHOICES, maker=False)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.hide()


@pytest.fixture
def maker_form(qtbot):
    made = VerdictForm(CHOICES[:3], maker=True)
    qtbot.addWidget(made)
    return made


def shown(form):
    return {row.name for row in form.rows() if not row.isHidden()}


def ticks(form):
    return [line.tick for line in form.findChildren(ReasonLine) if line.isVisible()]


@pytest.mark.parametrize(
    ("decision", "fields"),
    [
        (Decision.APPROVE, {"reason", "conditions", "note"}),
        (Decision.APPROVE_WITH_CHANGES, {"reason", "conditions", "note", *TERMS}),
        (Decision.REJECT, {"reason", "note"}),
        (Decision.RETURN, {"reason", "return_questions"}),
    ],
)
def test_each_decision_asks_for_what_it_needs(form, decision, fields):
    form.start(decision, START)
    assert shown(form) == fields | {"decision"}


def test_a_maker_is_asked_for_an_interest_of_their_own(maker_form):
    maker_form.start(Decision.APPROVE, START)
    assert "conflict_of_interest" in shown(maker_form)
    maker_form.set_values({"conflict_of_interest": True})
    assert maker_form.verdict().conflict_of_interest


def test_an_approval_without_changes_names_no_terms(form):
    form.start(Decision.APPROVE, START)
    form.set_values({"note": " Seen on three payslips. "})
    assert form.verdict() == Verdict(
        Decision.APPROVE, reasons=("APP-JUDGEMENT",), note="Seen on three payslips."
    )


@pytest.mark.parametrize(
    ("recommendation", "reason", "first"),
    [
        (Recommendation.APPROVE, "APP-POLICY", ""),
        (Recommendation.REFER, "APP-JUDGEMENT", "note"),
        (Recommendation.REJECT, "APP-OVERRIDE", "note"),
        (None, "", "reason"),
    ],
)
def test_the_reason_that_fits_is_chosen_and_the_keys_go_to_what_is_missing(
    form, recommendation, reason, first
):
    form.start(Decision.APPROVE, replace(START, recommendation=recommendation))
    assert form.verdict().reasons == ((reason,) if reason else ())
    assert form.first_field() == first


def test_changed_terms_begin_with_those_that_stand(form):
    form.start(Decision.APPROVE_WITH_CHANGES, START)
    assert form.first_field() == "approved_amount"
    form.set_values({"approved_amount": 82_000_000, "conditions": "Insurance of the house"})
    said = form.verdict()
    assert said.terms == Terms(82_000_000, 60, 122_500)
    assert said.conditions == "Insurance of the house"
    form.set_values({"final_interest_rate": None})
    assert form.faults() == {"final_interest_rate": "Enter the rate"}
    form.choose(Decision.APPROVE)
    assert form.faults() == {}


def test_against_the_recommendation_asks_why_in_the_direction_of_the_decision(form):
    form.start(Decision.APPROVE, replace(START, recommendation=Recommendation.REJECT))
    assert "override_reason" in shown(form)
    field = form.row("override_reason").input
    assert isinstance(field, Picker)
    field.set_value("OVR-SECURITY")
    assert form.verdict().override_reason == "OVR-SECURITY"
    field.set_value("OVR-INCOME-DOUBT")
    assert form.verdict().override_reason == ""
    form.choose(Decision.REJECT)
    assert "override_reason" not in shown(form)


def test_a_fault_of_a_hidden_row_shows_the_row(form):
    form.start(Decision.APPROVE, START)
    form.show_faults({"override_reason": "Choose why"})
    assert "override_reason" in shown(form)
    assert form.row("override_reason").error() == "Choose why"
    assert [p.field for p in form.summary.problems()] == ["override_reason"]


def test_reasons_of_a_rejection_are_ticked_and_those_of_failed_rules_stay(form):
    form.start(Decision.REJECT, START)
    assert form.verdict().reasons == ("REJ-FOIR", "REJ-M-UNSECURED", "REJ-M-RATE")
    first, second, third = ticks(form)
    assert not first.isEnabled()
    assert "failed rule, stays" in {label.text() for label in form.findChildren(QLabel)}
    QTest.keyClick(second, Qt.Key.Key_Space)
    assert form.verdict().reasons == ("REJ-FOIR", "REJ-M-RATE")
    assert third.text() == "2  The card rate is 12.25 % a year."


def test_a_reason_moves_by_the_keys_but_never_before_a_failed_rule(form):
    form.start(Decision.REJECT, START)
    QTest.keyClick(ticks(form)[2], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert form.verdict().reasons == ("REJ-FOIR", "REJ-M-RATE", "REJ-M-UNSECURED")
    QTest.keyClick(ticks(form)[1], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert form.verdict().reasons == ("REJ-FOIR", "REJ-M-RATE", "REJ-M-UNSECURED")
    QTest.keyClick(ticks(form)[1], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert form.verdict().reasons == ("REJ-FOIR", "REJ-M-UNSECURED", "REJ-M-RATE")


def test_another_reason_of_the_bank_may_be_added(form, qtbot):
    form.start(Decision.REJECT, START)
    adder = next(p for p in form.findChildren(Picker) if p.accessibleName().startswith("Add"))
    adder.set_value("REJ-TITLE")
    adder.activated.emit(adder.currentIndex())
    qtbot.waitUntil(lambda: form.verdict().reasons[-1] == "REJ-TITLE")
    assert adder.value() is None


def test_only_whole_sentences_of_the_bank_may_be_added():
    codes = [choice.value for choice in addable_reasons()]
    assert "REJ-TITLE" in codes
    assert not [code for code in codes if code.startswith("REJ-M-")]
    assert not [choice.text for choice in addable_reasons() if "{" in choice.text]


def test_a_checker_takes_over_what_the_maker_gave(form):
    agreed = replace(START, agreed=("REJ-FOIR", "REJ-TITLE"), agreed_decision=Decision.REJECT)
    form.start(Decision.REJECT, agreed)
    assert form.verdict().reasons == ("REJ-FOIR", "REJ-TITLE")


def test_an_unscored_case_offers_what_its_rules_say():
    assert offered_reasons(None, ()) == ()


def test_questions_of_a_return_are_its_note(form):
    form.start(Decision.RETURN, START)
    form.set_values({"reason": ("RET-KYC",), "return_questions": "Which paper?"})
    assert form.verdict() == Verdict(Decision.RETURN, reasons=("RET-KYC",), note="Which paper?")
