import pytest

from app.rules.permissions import Act, may
from app.services.steps.sandbox_staff import (
    ADMIN,
    ANALYST,
    CHECKER,
    MAKER,
    STAFF_IDS,
    sandbox_actor,
    sandbox_staff,
    staff_user_id,
)


def test_four_people_without_a_password():
    staff = sandbox_staff()
    assert tuple(user.staff_id for user in staff) == STAFF_IDS
    assert all(user.password_hash is None for user in staff)
    assert len({user.user_id for user in staff}) == 4


def test_the_one_who_proposes_may_not_decide():
    assert not may(sandbox_actor(MAKER).roles, Act.DECIDE_APPLICATION)
    assert may(sandbox_actor(CHECKER).roles, Act.DECIDE_APPLICATION)
    assert may(sandbox_actor(ANALYST).roles, Act.SEE_MONITOR)
    assert may(sandbox_actor(ADMIN).roles, Act.MANAGE_USERS)


def test_ids_are_the_same_in_every_sandbox():
    assert sandbox_actor(MAKER).user_id == staff_user_id(MAKER)
    with pytest.raises(StopIteration):
        sandbox_actor("somebody")
