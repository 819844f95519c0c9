"""The chain names the first entry that was edited, deleted, inserted, swapped or cut."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from db.records.book import AuditAct, AuditVerdict
from db.unit_of_work import UnitOfWork

BRANCH = 412
AT = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)
RECORD = UUID(int=77)


def act(name: str, **details: object) -> AuditAct:
    return AuditAct(name, "application", RECORD, "maker1", AT, details)


@pytest.fixture
def chain(open_book: Callable[[], UnitOfWork]) -> Callable[[], UnitOfWork]:
    """Five entries in branch 412 and one in 413."""
    with open_book() as book:
        book.audit.append(BRANCH, act("apply", to="Pending"))
        book.audit.append_many(BRANCH, [act(f"act{n}", n=n) for n in range(2, 6)])
        book.audit.append(413, act("other"))
        book.commit()
    return open_book


def test_an_untouched_chain_holds(chain: Callable[[], UnitOfWork]) -> None:
    with chain() as book:
        assert book.audit.verify(BRANCH) == AuditVerdict(5, None)
        assert book.audit.verify(413) == AuditVerdict(1, None)
        assert book.audit.verify(414) == AuditVerdict(0, None)
        entries = book.audit.entries(BRANCH)
        assert [one.sequence for one in entries] == [1, 2, 3, 4, 5]
        assert [one.sequence for one in book.audit.entries(BRANCH, after=3, limit=1)] == [4]
        assert book.audit.append_many(BRANCH, []) == ()
        third = entries[2]
        assert book.audit.verify(BRANCH, (3, third.entry_hash)).first_bad is None


WHERE = "WHERE branch_id = 412 AND sequence"


@pytest.mark.parametrize(
    ("tampering", "verdict"),
    [
        ([f"UPDATE audit_entries SET actor_staff_id = 'x' {WHERE} = 3"], (5, 3)),
        ([f"UPDATE audit_entries SET details = '{{}}' {WHERE} = 2"], (5, 2)),
        ([f"DELETE FROM audit_entries {WHERE} = 2"], (4, 2)),
        ([f"DELETE FROM audit_entries {WHERE} = 1"], (4, 1)),
        ([f"DELETE FROM audit_entries {WHERE} = 5"], (4, 5)),
        (
            [
                f"""INSERT INTO audit_entries SELECT branch_id, 6, act, entity, entity_id,
                actor_staff_id, at, details, previous_hash, entry_hash FROM audit_entries
                {WHERE} = 5"""
            ],
            (6, 6),
        ),
        (
            [
                f"UPDATE audit_entries SET sequence = 99 {WHERE} = 2",
                f"UPDATE audit_entries SET sequence = 2 {WHERE} = 3",
                f"UPDATE audit_entries SET sequence = 3 {WHERE} = 99",
            ],
            (5, 2),
        ),
    ],
    ids=["edit", "edit details", "delete", "delete first", "cut", "insert", "swap"],
)
def test_tampering_is_found(
    chain: Callable[[], UnitOfWork], engine: Engine, tampering: list[str], verdict: tuple
) -> None:
    with engine.begin() as connection:
        for statement in tampering:
            connection.execute(text(statement))
    with chain() as book:
        assert book.audit.verify(BRANCH) == AuditVerdict(*verdict)


def test_a_cut_tail_with_its_head_shows_only_against_an_anchor(
    chain: Callable[[], UnitOfWork], engine: Engine
) -> None:
    with chain() as book:
        fourth, fifth = book.audit.entries(BRANCH)[3:]
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM audit_entries {WHERE} = 5"))
        connection.execute(
            text("UPDATE audit_heads SET sequence = 4, entry_hash = :hash WHERE branch_id = 412"),
            {"hash": fourth.entry_hash},
        )
    with chain() as book:
        assert book.audit.verify(BRANCH).first_bad is None
        assert book.audit.verify(BRANCH, (5, fifth.entry_hash)).first_bad == 5
        assert book.audit.verify(BRANCH, (4, "0" * 64)).first_bad == 4


def test_a_trail_tells_names_and_moves(book: UnitOfWork, samples) -> None:
    book.users.add(samples.user("Maker1"))
    book.audit.append(BRANCH, act("apply", to="Pending"))
    book.audit.append(
        BRANCH, act("withdraw", **{"from": "Pending", "to": "Withdrawn", "reason": "R", "note": ""})
    )
    first, second = book.audit.trail(BRANCH, [RECORD, UUID(int=1)])
    assert (first.act, first.by, first.at, first.to_status) == (
        "apply",
        "Anita Desai",
        AT,
        "Pending",
    )
    assert (second.from_status, second.to_status, second.reason) == ("Pending", "Withdrawn", "R")
    assert book.audit.trail(BRANCH, []) == ()
    assert book.audit.trail(413, [RECORD]) == ()
