"""The list of the queue and the case beside it, by keys and object names."""

from dataclasses import replace

from PySide6.QtCore import Qt

from app.rules.case_standing import Terms
from app.rules.maker_checker import Verdict
from app.services.decide_application import (
    CaseRequest,
    DecideApplication,
    claim_case,
    decide_application,
)
from app.services.read_application import read_application
from app.services.read_customer import customer_facts, read_customer
from app.services.read_queue import read_case, read_queue
from app.services.register_customer import UpdateCustomer, update_customer
from app.services.score_application import ScoreApplication, score_application
from app.services.steps.desk import Actor
from app.services.steps.ids import new_id
from app.services.steps.what_moved import MovedCheck, WhatMoved
from app.ui.screens.queue.changes_card import check_words
from app.ui.screens.queue.queue_list import QueueModel
from app.ui.screens.queue.queue_screen import QueueScreen
from db.vocabulary.decisions import Decision, QueueFlag
from db.vocabulary.people import Role
from tests.ui.screens.lending.checker.conftest import (
    NOTE,
    current,
    key,
    names,
    new_user,
    opened,
    propose,
    read,
)

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def test_the_model_of_the_list_keeps_qts_rules(waiting, checker, theme, qtmodeltester):
    model = QueueModel(theme)
    model.set_rows(read_queue(checker))
    qtmodeltester.check(model)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert waiting[0].reference in spoken
    assert "waits 3 h" in spoken


def test_the_longest_wait_comes_first_and_is_open(page, waiting):
    assert names(page) == [row.reference for row in waiting]
    assert current(page) == waiting[0].reference
    assert page.find("screen.queue").heading.detail == "3 waiting, oldest first"
    assert NOTE in page.words()
    assert "Your limit ₹" in page.words()
    assert "nobody has taken it up" in page.words()


def test_ctrl_down_and_up_go_through_the_list(page, waiting):
    key(page, Qt.Key.Key_Down, CONTROL)
    assert current(page) == waiting[1].reference
    page.until(lambda: f"{waiting[1].reference}, nobody" in page.words())
    key(page, Qt.Key.Key_Up, CONTROL)
    key(page, Qt.Key.Key_Up, CONTROL)
    assert current(page) == waiting[0].reference


def test_k_takes_a_case_up_and_gives_it_back(page, waiting, desk, checker):
    read(page)
    key(page, Qt.Key.Key_K)
    page.until(lambda: f"{waiting[0].reference}, taken up by you" in page.words())
    mine = read_case(waiting[0].application_id, desk).held_by
    assert mine == checker.person().user_id
    page.until(lambda: page.offers("Give back"))
    key(page, Qt.Key.Key_K)
    page.until(lambda: f"{waiting[0].reference}, nobody" in page.words())
    assert read_case(waiting[0].application_id, desk).held_by is None


def test_what_another_has_taken_up_can_be_read_only(waiting, checker, desk, workbench, drive):
    other = Actor(desk.person().user_id, "x", "x", 412, frozenset({Role.SUPERVISOR}))
    head = replace(other, user_id=new_user(desk))
    claim_case(CaseRequest(new_id(desk), waiting[0].application_id), desk.acting(head))
    page = opened(drive, workbench)
    read(page)
    assert "you can read it" in page.words()
    assert not page.find("action.queue.approve").isEnabled()
    key(page, Qt.Key.Key_A)
    assert not page.find("panel.confirm").isVisible()


def test_own_items_never_appear(desk, waiting, workbench, drive):
    maker = replace(desk.person(), roles=frozenset({Role.OFFICER, Role.SUPERVISOR}))
    workbench.shell.desk = desk.acting(maker)
    page = drive(QueueScreen(workbench))
    page.until(lambda: page.find("screen.queue")._states.words() == "Queue is clear.")


def test_who_decides_nothing_is_told(desk, waiting, workbench, drive):
    page = drive(QueueScreen(workbench))
    page.until(lambda: "Supervisor" in page.find("screen.queue")._states.words())


def test_filters_keep_what_matches(desk, cases, checker, workbench, drive):
    for row in cases[:2]:
        propose(desk, row)
    asked = Verdict(Decision.RETURN, reasons=("RET-KYC",), note="Which paper?")
    decide_application(DecideApplication(new_id(desk), cases[0].application_id, asked), checker)
    propose(desk, cases[0])
    page = opened(drive, workbench)
    assert len(names(page)) == 2
    page.find("filter.flag").set_value(QueueFlag.RESUBMITTED)
    assert names(page) == [cases[0].reference]
    page.find("filter.flag").set_value(QueueFlag.UNSCORED)
    assert names(page) == []
    assert not page.find("action.queue.approve").isEnabled()
    page.find("screen.queue").clear_filters()
    assert len(names(page)) == 2


def test_what_changed_stands_beside_the_maker_s_words(desk, cases, checker, workbench, drive):
    row = cases[0]
    terms = Terms(row.amount_paise // 2, row.tenure_months, row.rate_ppm)
    propose(
        desk,
        row,
        decision=Decision.APPROVE_WITH_CHANGES,
        terms=terms,
        conditions="Bank statement before disbursement",
    )
    page = opened(drive, workbench)
    before, after = page.cells("table.changes", 1), page.cells("table.changes", 2)
    assert before[0] != after[0]
    assert after[1:3] == ["same", "same"]
    assert page.cells("table.changes", 0)[3:5] == ["EMI", "FOIR"]
    assert before[3] != after[3]
    assert "Bank statement before disbursement" in page.words()


def test_what_moved_since_the_return_is_told(desk, cases, checker, workbench, drive):
    row = cases[0]
    propose(desk, row)
    asked = Verdict(Decision.RETURN, reasons=("RET-KYC",), note="Which months?")
    decide_application(DecideApplication(new_id(desk), row.application_id, asked), checker)
    customer = read_application(row.application_id, desk).application.customer_id
    facts = customer_facts(customer, desk)
    more = replace(facts, monthly_income_paise=facts.monthly_income_paise + 2_000_000)
    known = read_customer(customer, desk).customer
    update_customer(UpdateCustomer(new_id(desk), customer, known.version, more), desk)
    score_application(ScoreApplication(new_id(desk), row.application_id), desk)
    propose(desk, row)
    page = opened(drive, workbench)
    page.until(lambda: "Since it was sent back: score" in page.words())
    assert "Monthly income" in page.cells("table.moved", 0)


def test_a_check_is_told_when_its_result_changed_and_not_for_its_figure_alone():
    moved = WhatMoved(
        1.0,
        (),
        (
            MovedCheck("Dues", "fail, 55.95 % (limit 50 %)", "pass, 45.56 % (limit 50 %)"),
            MovedCheck("Term", "pass, 60 (limit 84)", "pass, 72 (limit 84)"),
        ),
        model_changed=True,
    )
    assert check_words(moved) == [
        "Dues: was fail, 55.95 % (limit 50 %), now pass, 45.56 % (limit 50 %)",
        "Scored by another model than before",
    ]
