"""Every sign of a branch by trigger; what the book does not hold has no count."""

import pytest

from app.services.read_early_warnings import read_early_warnings
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.sandbox_staff import ADMIN, CHECKER, MAKER, sandbox_actor
from db.vocabulary.operations import EarlyWarningTrigger as Trigger
from tests.services.sample_desks import small_sandbox


def test_each_trigger_adds_up_its_lines(request) -> None:
    desk, _ = small_sandbox(request)
    found = read_early_warnings(desk)
    assert found.as_of == desk.clock.today()
    assert [each.trigger for each in found.triggers] == list(Trigger)
    for each in found.triggers:
        own = [line for line in found.lines if line.signal.trigger is each.trigger]
        if each.loans is None:
            assert each.amount_paise is None
            assert own == []
        else:
            assert (each.loans, each.amount_paise) == (
                len(own),
                sum(line.amount_paise for line in own),
            )
    pairs = [(line.loan_id, line.signal.trigger) for line in found.lines]
    assert len(pairs) == len(set(pairs)) > 0


def test_what_the_book_does_not_hold_is_unknown(request) -> None:
    desk, _ = small_sandbox(request)
    unknown = {each.trigger for each in read_early_warnings(desk).triggers if each.loans is None}
    assert unknown == {
        Trigger.INSURANCE_LAPSED,
        Trigger.SALARY_DROP,
        Trigger.HIGH_UTILISATION,
        Trigger.BUREAU_DEFAULT,
    }


def test_who_follows_up_and_who_sees_the_monitor_read_it(request) -> None:
    desk, _ = small_sandbox(request)
    for staff in (MAKER, CHECKER):
        assert read_early_warnings(desk.acting(sandbox_actor(staff))).lines
    with pytest.raises(Refused) as refused:
        read_early_warnings(desk.acting(sandbox_actor(ADMIN)))
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
