"""What PostgreSQL refuses of alerts to whoever writes past the services."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from db.guards import monitor as guards
from db.migrations import frozen_ddl
from db.records.refusals import BookDamaged
from db.unit_of_work import UnitOfWork
from db.vocabulary.people import Role

BRANCH = 412
pytestmark = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
RAISED = (
    "INSERT INTO alerts (branch_id, alert_id, rule, level, value_ppm, limit_ppm, since, "
    "raised_at, note, version) VALUES ({branch}, '{alert}', 'NPA_RATIO', 'critical', 61000, 50000, "
    "'2026-11-01', now(), '', 1)"
)
LOGGED = (
    "INSERT INTO alert_log (branch_id, entry_id, alert_id, entry, level, value_ppm, note, "
    "business_date, actor_id, recorded_at) VALUES ({branch}, gen_random_uuid(), '{alert}', "
    "'{entry}', 'critical', 61000, '', '2026-11-01', {actor}, now())"
)


class Raised:
    """An alert of a branch that was raised with its line, and who works there."""

    def __init__(self, open_book: Callable[[], UnitOfWork], samples) -> None:
        self.open_book, self.alert, self.branch = open_book, uuid4(), BRANCH
        with open_book() as book:
            user = samples.user("ravi", user_id=samples.new_id(), roles=frozenset({Role.OFFICER}))
            book.users.add(user)
            book.commit()
        self.person = user.user_id
        self.run(RAISED, self.line("Raised"))

    def line(self, entry: str, actor: UUID | None = None) -> str:
        who = "NULL" if actor is None else f"'{actor}'"
        return LOGGED.replace("{entry}", entry).replace("{actor}", who)

    def run(self, *statements: str) -> None:
        with self.open_book() as book:
            for one in statements:
                words = one.replace("{branch}", str(self.branch))
                book._connection.execute(text(words.replace("{alert}", str(self.alert))))
            book.commit()


@pytest.fixture
def raised(open_book: Callable[[], UnitOfWork], samples) -> Raised:
    return Raised(open_book, samples)


def test_the_frozen_guards_are_those_of_the_program(engine) -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0014", engine.dialect.name)}
    assert set(guards.CREATE) <= frozen


ACKNOWLEDGED = (
    "UPDATE alerts SET acknowledged_by = '{person}', acknowledged_at = now(), version = 2"
)
REFUSED = {
    "raised without its line": lambda _of: (RAISED.replace("{alert}", str(uuid4())),),
    "a second one of its kind": lambda of: (
        RAISED.replace("{alert}", str(UUID(int=9))),
        of.line("Raised").replace("{alert}", str(UUID(int=9))),
    ),
    "acknowledged without a line": lambda of: (ACKNOWLEDGED.format(person=of.person),),
    "acknowledged by nobody of the branch": lambda of: (
        ACKNOWLEDGED.format(person=uuid4()),
        of.line("Acknowledged", of.person),
    ),
    "a line by nobody": lambda of: (of.line("Snoozed"),),
    "a line of somebody else": lambda of: (of.line("Acknowledged", uuid4()),),
    "another since": lambda of: (
        "UPDATE alerts SET since = '2026-01-01', version = 2",
        of.line("Moved"),
    ),
    "the same version": lambda of: ("UPDATE alerts SET note = 'x'", of.line("Moved")),
    "taken away": lambda _of: ("DELETE FROM alerts",),
    "an edited line": lambda _of: ("UPDATE alert_log SET note = 'x'",),
    "a line taken away": lambda _of: ("DELETE FROM alert_log",),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_postgresql_refuses(raised: Raised, name: str) -> None:
    with pytest.raises(BookDamaged):
        raised.run(*REFUSED[name](raised))


def test_what_a_person_acknowledges_and_what_ends_stands(raised: Raised) -> None:
    raised.run(
        ACKNOWLEDGED.format(person=raised.person), raised.line("Acknowledged", raised.person)
    )
    raised.run("UPDATE alerts SET cleared_on = '2026-11-20', version = 3", raised.line("Cleared"))
    with pytest.raises(BookDamaged):  # it ended once
        raised.run("UPDATE alerts SET note = 'x', version = 4", raised.line("Moved"))
