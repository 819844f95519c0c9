"""The people of the desk and their roles by branch."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, select, update

from db.records.people import User
from db.records.refusals import NotFound
from db.repositories.session import Session
from db.security import password_hash as hashing
from db.tables.reference import user_branches, users
from db.vocabulary.people import Role

_SAME_NAMES = (
    "user_id",
    "staff_id",
    "full_name",
    "state",
    "branch_id",
    "password_hash",
    "failed_tries",
    "locked_until",
    "last_sign_in_at",
)


class Users:
    """The users of the book. Hashing takes 0.2 s of processor: do it outside the transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def any(self) -> bool:
        """Whether the desk has a user yet."""
        return self._session.first(select(users.c.user_id).limit(1)) is not None

    def add(self, user: User) -> None:
        """Write a user and the roles in the home branch."""
        values: dict[str, object] = {name: getattr(user, name) for name in _SAME_NAMES}
        self._session.write(users, [values | {"staff_key": _staff_key(user.staff_id)}])
        key = {"branch_id": user.branch_id, "user_id": user.user_id}
        self._session.write(user_branches, [key | {"role": role} for role in sorted(user.roles)])

    def by_staff_id(self, staff_id: str) -> User | None:
        """Find a user by staff id, capitals and outer spaces ignored."""
        found = self._read(users.c.staff_key == _staff_key(staff_id))
        return found[0] if found else None

    def get(self, user_id: UUID) -> User:
        """Read one user.

        Raises:
            NotFound: there is no such user.
        """
        found = self._read(users.c.user_id == user_id)
        if not found:
            message = "There is no such user"
            raise NotFound(message)
        return found[0]

    def list(self) -> tuple[User, ...]:
        """Return all users by staff id, in two statements."""
        return self._read()

    def names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        """The names of some people in one statement; an id that nobody has is left out."""
        query = select(users.c.user_id, users.c.full_name).where(users.c.user_id.in_(ids))
        return {row["user_id"]: row["full_name"] for row in self._session.rows(query)}

    def in_role(self, branch_id: int, role: Role) -> dict[UUID, str]:
        """The names of the people of a branch who hold a role, by name."""
        held = (user_branches.c.branch_id == branch_id, user_branches.c.role == role)
        query = select(users.c.user_id, users.c.full_name).join_from(
            users, user_branches, users.c.user_id == user_branches.c.user_id
        )
        rows = self._session.rows(query.where(*held).order_by(users.c.full_name, users.c.user_id))
        return {row["user_id"]: row["full_name"] for row in rows}

    def set_password(self, user_id: UUID, password_hash: str) -> None:
        """Store a new hash and forget failed tries."""
        self._change(user_id, password_hash=password_hash, failed_tries=0, locked_until=None)

    def note_failed_try(
        self, user_id: UUID, failed_tries: int, locked_until: datetime | None
    ) -> None:
        """Store how many tries failed in a row and until when the next has to wait."""
        self._change(user_id, failed_tries=failed_tries, locked_until=locked_until)

    def note_sign_in(self, user_id: UUID, at: datetime) -> None:
        """Store a sign-in and forget failed tries."""
        self._change(user_id, last_sign_in_at=at, failed_tries=0, locked_until=None)

    @staticmethod
    def hash_password(password: str) -> str:
        """Return the argon2id hash to be stored."""
        return hashing.hash_password(password)

    @staticmethod
    def verify_password(user: User | None, password: str) -> bool:
        """Say whether the password is the user's; nobody takes as long as somebody."""
        return hashing.verify_password(user.password_hash if user else None, password)

    def _change(self, user_id: UUID, **values: object) -> None:
        self._session.change(update(users).where(users.c.user_id == user_id).values(values))

    def _read(self, *conditions: ColumnElement[bool]) -> tuple[User, ...]:
        rows = self._session.rows(select(users).where(*conditions).order_by(users.c.staff_key))
        ids = [row["user_id"] for row in rows]
        roles: dict[tuple[int, UUID], set[Role]] = defaultdict(set)
        if ids:
            query = select(user_branches)
            if conditions:  # else all are wanted
                query = query.where(user_branches.c.user_id.in_(ids))
            for row in self._session.rows(query):
                roles[row["branch_id"], row["user_id"]].add(row["role"])
        return tuple(_user(row, frozenset(roles[row["branch_id"], row["user_id"]])) for row in rows)


def _staff_key(staff_id: str) -> str:
    return staff_id.strip().casefold()


def _user(row: RowMapping, roles: frozenset[Role]) -> User:
    return User(roles=roles, **{name: row[name] for name in _SAME_NAMES})
