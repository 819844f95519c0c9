"""The list of what waits: every kind of act, who may decide it, and what it moves."""

from datetime import date

import pytest

from app.services.read_loan_acts import figures_of, read_waiting_acts, waiting_change
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.running_loans import LoanPlanned


@pytest.fixture
def lent(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return two_people(desk, checker, submitted.application_id, LoanPlanned())


def test_a_proposal_waits_with_its_figures_until_it_is_decided(lent) -> None:
    assert read_waiting_acts(lent.checker) == ()
    answer = lent.propose(LoanAct.RESCHEDULE, months=40, reason="lower income")
    (row,) = read_waiting_acts(lent.checker)
    assert (row.act, row.reference, row.full_name) == (
        LoanAct.RESCHEDULE, "L-1042", "Asha Kulkarni",
    )  # fmt: skip
    assert (row.reason, row.value_date, row.maker_name) == (
        "lower income", date(2026, 11, 23), "Ravi.Reddy",
    )  # fmt: skip
    moved = {each.name: (each.before, each.after) for each in row.figures}
    assert moved["instalments_left"] == (48, 40)
    assert moved["schedule_version"] == (1, 2)
    assert "status" not in moved
    assert dict(row.terms)["months"] == 40
    assert (row.own, row.decides) == (False, True)
    (mine,) = read_waiting_acts(lent.maker)
    assert (mine.own, mine.decides) == (True, False)
    assert waiting_change("L-1042", LoanAct.RESCHEDULE, lent.checker) == answer.act_id


def test_nothing_waits(lent) -> None:
    with pytest.raises(Refused) as refusal:
        waiting_change(lent.loan_id, LoanAct.RESCHEDULE, lent.checker)
    assert refusal.value.kind is RefusalKind.CONFLICT


def test_who_may_not_look(lent, someone) -> None:
    with pytest.raises(Refused):
        read_waiting_acts(someone("it", Role.ADMIN))


def test_only_plain_figures_that_differ_are_told() -> None:
    found = figures_of('{"a":1,"b":2,"loan_id":"x"}', '{"b":3,"c":[1],"d":"e","loan_id":"y"}')
    assert [(each.name, each.before, each.after) for each in found] == [
        ("a", 1, None), ("b", 2, 3), ("d", None, "e"),
    ]  # fmt: skip
