"""S21 Profile: provenance, corrections at once and by two people."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer import read_customer
from app.services.steps.ids import new_id
from app.ui.screens.customer.customer_screen import CustomerScreen
from app.ui.screens.customer.fact_words import fact_label, months_words, value_words
from app.ui.screens.customer_form.form_screen import CustomerFormScreen
from db.vocabulary.people import FactSource, Role


@pytest.fixture
def host(workbench, place, asha):
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id, tab="profile")
    yield made
    made.close()


@pytest.fixture
def profile(host, qtbot):
    found = host.findChild(CustomerScreen)._tabs.profile
    qtbot.waitUntil(lambda: found.states.state == "content")
    return found


def go_to(profile, name: str) -> None:
    rows = profile._rows.rows()
    profile.table.go_to(next(n for n, r in enumerate(rows) if r.fact and r.fact.name == name))


def row_of(profile, name: str) -> list[str]:
    go_to(profile, name)
    model, row = profile.table.model(), profile.table.currentIndex().row()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def settled(profile, qtbot):
    runner = profile.workbench.runner
    qtbot.waitUntil(lambda: not any(runner.is_open(n) for n in tuple(runner._entries)))


def test_each_fact_says_where_it_comes_from(profile):
    assert row_of(profile, "city") == ["City", "Mysuru", "Not checked: told", "", "23 Nov 2026"]
    assert row_of(profile, "pan_number")[1] == "ACUPRXXXXK"
    assert row_of(profile, "monthly_income")[1] == "₹60,000"
    assert row_of(profile, "full_name_local")[1:] == ["—", "", "", ""]
    assert row_of(profile, "bureau_score")[2] == "Not checked: bureau"
    heads = [row.section.value for row in profile._rows.rows() if row.fact is None]
    assert heads == ["person", "work", "papers", "bureau"]


def test_a_fact_of_the_form_alone_is_not_corrected_here(profile):
    go_to(profile, "bureau_score")
    assert not profile.correct.isEnabled()
    assert "changed in the form" in words_in(profile.card)
    QTest.keyClick(profile.table, Qt.Key.Key_Return)
    assert profile.card.form is None


def test_enter_corrects_another_fact_at_once_and_the_old_value_stays(profile, desk, asha, qtbot):
    go_to(profile, "city")
    QTest.keyClick(profile.table, Qt.Key.Key_Return)
    form = profile.card.form
    assert form._input.value() == "Mysuru"
    form._input.set_value("Hubballi")
    form._form._fields["source"].set_value(FactSource.DOCUMENT)
    QTest.keyClick(form._input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: form._form.error("document") == "Name the paper you saw")
    form._form._fields["document"].set_value("voter card")
    form.send()
    qtbot.waitUntil(lambda: profile.card.form is None)
    settled(profile, qtbot)
    assert row_of(profile, "city")[1:4] == ["Hubballi", "Checked: voter card", "Anita Desai"]
    assert "Mysuru to Hubballi" in words_in(profile.card)
    assert read_customer(asha.customer_id, desk).customer.city == "Hubballi"


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        ("date_of_birth", "03 Apr 1985"),
        ("state", "Karnataka"),
        ("phone", "98765 43210"),
        ("years_of_experience", "10 years 5 months"),
        ("monthly_income", "₹60,000"),
    ],
)
def test_the_form_starts_from_what_is_stored(profile, qtbot, fact, shown):
    assert row_of(profile, fact)[1] == shown
    profile.correct.trigger()
    form = profile.card.form
    form._form._fields["reason"].set_value("because")
    form.send()
    qtbot.waitUntil(lambda: form._form.error("value") == "This is what is on record already")
    form.back_asked.emit()
    assert profile.card.form is None


def test_what_does_not_fit_is_said_at_once(profile):
    go_to(profile, "phone")
    profile.correct.trigger()
    form = profile.card.form
    form._input.setText("123")
    form.send()
    assert "10 digits" in form._form.error("value")
    form._input.setText("9845011111")
    assert form._form.error("value") == ""


def test_a_name_is_proposed_and_the_proposer_cannot_decide(profile, desk, asha, qtbot):
    go_to(profile, "full_name")
    profile.correct.trigger()
    form = profile.card.form
    form._input.set_value("Asha Rao")
    form._form._fields["reason"].set_value("married")
    host_button = form.findChild(QPushButton, "action.customer.send_correction")
    assert host_button.text() == "Propose to a second person"
    host_button.click()
    qtbot.waitUntil(lambda: profile.card.form is None)
    settled(profile, qtbot)
    assert row_of(profile, "full_name")[1:3] == ["Asha Kulkarni", "Correction waits"]
    said = words_in(profile.card)
    assert "Proposed: Asha Rao. By Anita Desai on 23 Nov 2026. married." in said
    assert "Another person has to decide it: Supervisor" in said
    assert not profile.correct.isEnabled()
    approve = profile.card.findChild(QPushButton, "action.customer.approve_correction")
    assert not approve.isVisible()
    assert read_customer(asha.customer_id, desk).customer.full_name == "Asha Kulkarni"


def test_the_proposer_withdraws_and_the_fact_can_be_corrected_again(profile, waiting, qtbot):
    profile.refresh()
    settled(profile, qtbot)
    go_to(profile, "full_name")
    withdraw = profile.card.findChild(QPushButton, "action.customer.withdraw_correction")
    assert withdraw.isVisible()
    assert withdraw.text() == "Withdraw"
    withdraw.click()
    qtbot.waitUntil(lambda: not profile.card._decision.isVisible())
    settled(profile, qtbot)
    assert not withdraw.isVisible()
    assert profile.correct.isEnabled()
    said = words_in(profile.card)
    assert "Asha Kulkarni to Asha Rao" in said
    assert "23 Nov 2026, Anita Desai, withdrawn, married" in said


def test_another_person_cannot_withdraw_it(profile, waiting, workbench, desk, qtbot):
    other = replace(desk.person(), staff_id="mohan", roles=frozenset({Role.OFFICER}))
    workbench.shell.desk = desk.acting(other)
    profile.refresh()
    settled(profile, qtbot)
    go_to(profile, "full_name")
    withdraw = profile.card.findChild(QPushButton, "action.customer.withdraw_correction")
    assert profile.card._decision.isVisible()
    assert not withdraw.isVisible()


@pytest.fixture
def waiting(desk, asha):
    """A proposal by the officer."""
    request = ProposeCorrection(
        new_id(desk), asha.customer_id, 1, "full_name", "Asha Rao", reason="married"
    )
    return propose_correction(request, desk)


@pytest.fixture
def checking(workbench, place, asha, waiting, qtbot):
    """The Profile as the supervisor sees it."""
    desk = workbench.shell.desk
    other = replace(
        desk.person(), staff_id="anand", full_name="Anand", roles=frozenset({Role.SUPERVISOR})
    )
    workbench.shell.desk = desk.acting(other)
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id, tab="profile")
    found = made.findChild(CustomerScreen)._tabs.profile
    qtbot.waitUntil(lambda: found.states.state == "content")
    go_to(found, "full_name")
    yield found
    made.close()


def test_a_second_person_approves(checking, desk, asha, qtbot):
    checking.card.findChild(QPushButton, "action.customer.approve_correction").click()
    qtbot.waitUntil(lambda: row_of(checking, "full_name")[1] == "Asha Rao")
    assert "approved by anand" in words_in(checking.card)
    assert read_customer(asha.customer_id, desk).customer.full_name == "Asha Rao"


def test_a_refusal_needs_a_note(checking, desk, asha, qtbot):
    decision = checking._decision
    decision.refuse()
    qtbot.waitUntil(lambda: decision._form.error("note") == "Say why the correction is refused")
    decision._form._fields["note"].set_value("no paper")
    decision.refuse()
    qtbot.waitUntil(lambda: row_of(checking, "full_name")[2] == "Not checked: told")
    said = words_in(checking.card)
    assert "refused by anand" in said
    assert "no paper" in said
    assert read_customer(asha.customer_id, desk).customer.full_name == "Asha Kulkarni"


def test_a_reader_sees_who_decides(workbench, place, asha, waiting, qtbot):
    desk = workbench.shell.desk
    workbench.shell.desk = desk.acting(
        replace(desk.person(), staff_id="uma", roles=frozenset({Role.AUDITOR}))
    )
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id, tab="profile")
    found = made.findChild(CustomerScreen)._tabs.profile
    qtbot.waitUntil(lambda: found.states.state == "content")
    go_to(found, "full_name")
    assert "This waits for the decision of: Supervisor" in words_in(found.card)
    made.close()


def test_a_conflict_is_said_on_the_page(profile, host, desk, asha, qtbot):
    go_to(profile, "city")
    profile.correct.trigger()
    form = profile.card.form
    propose_correction(
        ProposeCorrection(new_id(desk), asha.customer_id, 1, "job_title", "Manager"), desk
    )
    form._input.set_value("Hubballi")
    form.send()
    qtbot.waitUntil(lambda: "Somebody changed this record" in words_in(host))
    assert profile.card.form is form


def test_words_of_values():
    assert months_words(0) == "0 years"
    assert months_words(13) == "1 year 1 month"
    assert months_words(7) == "7 months"
    assert value_words("employment_type", "Self-Employed") == "Self-employed"
    assert fact_label("some_fact") == "Some fact"


@pytest.mark.parametrize(
    ("section", "field"),
    [("work", "employment_type"), ("bureau", "bureau_name"), ("", "full_name")],
)
def test_editing_begins_at_the_section_of_the_profile(workbench, place, asha, section, field):
    host = place(CustomerFormScreen(workbench), customer_id=asha.customer_id, section=section)
    assert host.focusWidget().objectName() == field
    host.close()
