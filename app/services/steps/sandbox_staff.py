"""The four people of a sandbox; they need no password and exist on no other book."""

from uuid import UUID, uuid5

from app.services.steps.desk import Actor
from db.records.people import User
from db.vocabulary.people import Role, UserState

SANDBOX_BRANCH = 412
_NAMESPACE = UUID("0d8a4a55-70c3-5d7d-9c1e-6a5f3e2b1c90")
_PEOPLE = (
    ("maker1", "Meera Iyer", Role.OFFICER),
    ("checker1", "Anand Kulkarni", Role.SUPERVISOR),
    ("analyst1", "Farah Sheikh", Role.RISK_ANALYST),
    ("admin1", "Joseph Mathew", Role.ADMIN),
)
STAFF_IDS = tuple(staff_id for staff_id, _, _ in _PEOPLE)
MAKER, CHECKER, ANALYST, ADMIN = STAFF_IDS


def staff_user_id(staff_id: str) -> UUID:
    """The id of one of them, the same in every sandbox."""
    return uuid5(_NAMESPACE, staff_id)


def sandbox_staff(branch_id: int = SANDBOX_BRANCH) -> tuple[User, ...]:
    """All four as users of that branch, without a password."""
    return tuple(
        User(
            user_id=staff_user_id(staff_id),
            staff_id=staff_id,
            full_name=full_name,
            state=UserState.ACTIVE,
            branch_id=branch_id,
            roles=frozenset({role}),
        )
        for staff_id, full_name, role in _PEOPLE
    )


def sandbox_actor(staff_id: str = MAKER, branch_id: int = SANDBOX_BRANCH) -> Actor:
    """One of them as the person who acts.

    Raises:
        StopIteration: nobody of that name belongs to a sandbox.
    """
    user = next(each for each in sandbox_staff(branch_id) if each.staff_id == staff_id)
    return Actor(user.user_id, user.staff_id, user.full_name, branch_id, user.roles)
