"""Who may do what."""

import pytest

from app.rules.permissions import ROLE_ACTS, Act, NotPermittedError, may, require, roles_for
from db.vocabulary.people import Role


def test_every_role_stands_in_the_table_and_every_act_belongs_to_someone() -> None:
    assert set(ROLE_ACTS) == set(Role)
    assert all(roles_for(act) for act in Act)


@pytest.mark.parametrize(
    ("role", "act"),
    [
        (Role.OFFICER, Act.DECIDE_APPLICATION),
        (Role.OFFICER, Act.PROPOSE_RULE),
        (Role.OFFICER, Act.APPROVE_RULE),
        (Role.ASSISTANT, Act.PROPOSE_DECISION),
        (Role.ASSISTANT, Act.SCORE_APPLICATION),
        (Role.RISK_ANALYST, Act.DECIDE_APPLICATION),
        (Role.COLLECTIONS, Act.DECIDE_APPLICATION),
        (Role.ADMIN, Act.REVEAL_PAN),
        (Role.ADMIN, Act.DECIDE_APPLICATION),
        (Role.AUDITOR, Act.POST_REPAYMENT),
    ],
)
def test_what_a_role_cannot_do(role: Role, act: Act) -> None:
    assert not may([role], act)
    with pytest.raises(NotPermittedError, match="It can be done by: "):
        require([role], act)


def test_several_roles_add_up() -> None:
    require([Role.ADMIN, Role.OFFICER], Act.ENTER_APPLICATION)
    assert not may([], Act.READ_RULES)


def test_a_refusal_names_the_act_and_who_may() -> None:
    assert roles_for(Act.MANAGE_USERS) == (Role.ADMIN,)
    with pytest.raises(NotPermittedError) as refused:
        require([Role.ADMIN], Act.SCORE_APPLICATION)
    assert refused.value.act is Act.SCORE_APPLICATION
    assert str(refused.value).endswith(f": {Role.OFFICER.value}, {Role.SUPERVISOR.value}")


def test_everyone_reads_the_rules_that_bind_them():
    assert roles_for(Act.READ_RULES) == tuple(Role)
