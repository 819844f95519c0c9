"""A loan's own schedule, and that of a loan that nobody has."""

import pytest

from app.rules.day_count import add_months
from app.services.read_schedule import plan_schedule, read_schedule
from app.services.steps.refusal import RefusalKind
from db.records.refusals import NotFound
from db.vocabulary.people import Role
from tests.services.disbursement_cases import LENT, accepted, paid_out
from tests.services.letter_cases import refusal


def test_the_schedule_of_a_loan_is_read(desk, someone, submitted) -> None:
    checker = someone("bela", Role.SUPERVISOR)
    done = paid_out(desk, checker, accepted(desk, checker, submitted))
    found = read_schedule(done.loan_id, desk)
    assert found == read_schedule(done.reference, desk)
    assert (found.reference, found.version, len(found.rows)) == (done.reference, 1, 60)
    plan = plan_schedule(LENT, 122_500, 60, desk)
    assert plan.rows == found.rows
    assert (plan.emi_paise, plan.total_interest_paise, plan.reference) == (
        found.emi_paise, found.total_interest_paise, "",
    )  # fmt: skip


def test_what_is_refused(desk, someone) -> None:
    with pytest.raises(NotFound):
        read_schedule("L-9999", desk)
    assert refusal(lambda: plan_schedule(0, 1, 1, desk)).kind is RefusalKind.BAD_INPUT
    admin = someone("it", Role.ADMIN)
    assert refusal(lambda: plan_schedule(1, 1, 1, admin)).kind is RefusalKind.NOT_PERMITTED


def test_the_due_day_of_a_typed_first_date_does_not_stick(desk) -> None:
    first = desk.clock.today().replace(month=12, day=31)
    plan = plan_schedule(LENT, 100_000, 4, desk, first)
    assert [row.due_on for row in plan.rows] == [add_months(first, n) for n in range(4)]
