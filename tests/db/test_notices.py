"""Every committed act is told to who waits, on both engines, and nothing about a person."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine

from db.engine import make_engine
from db.notices import Notice, open_notices
from db.records.book import AuditAct
from db.records.refusals import BookUnreachable
from db.unit_of_work import UnitOfWork

BRANCH = 412
LOAN = UUID(int=77)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ACT = AuditAct("repay", "loan", LOAN, "ravi.reddy", AT, {"amount_paise": 5})
POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
LONG = 20.0


def commit(open_book: Callable[[], UnitOfWork], *acts: AuditAct, keep: bool = True) -> None:
    with open_book() as book:
        book.audit.append_many(BRANCH, acts)
        if keep:
            book.commit()


def test_an_act_is_told_once_it_is_committed(engine: Engine, open_book) -> None:
    notices = open_notices(engine)
    commit(open_book, ACT)
    assert notices.wait(0) == ()  # what stood before is no news
    commit(open_book, ACT, keep=False)
    assert notices.wait(0) == ()
    commit(open_book, ACT)
    (told,) = notices.wait(LONG)
    assert (told.branch_id, told.version) == (BRANCH, 2)
    assert notices.wait(0) == ()
    notices.stop()


def test_another_thread_is_woken(engine: Engine, open_book) -> None:
    notices = open_notices(engine)
    notices.wait(0)
    found: list[Notice] = []
    waiting = threading.Thread(target=lambda: found.extend(notices.wait(LONG)))
    waiting.start()
    commit(open_book, ACT)
    waiting.join(LONG)
    assert [one.version for one in found] == [1]
    stopped = threading.Thread(target=lambda: found.extend(notices.wait(LONG)))
    stopped.start()
    notices.stop()
    stopped.join(LONG)
    assert not stopped.is_alive()
    assert len(found) == 1


@POSTGRESQL
def test_a_notice_names_the_record_and_no_person(engine: Engine, open_book) -> None:
    notices = open_notices(engine)
    notices.wait(0)
    commit(open_book, ACT, replace(ACT, entity="application", entity_id=None))
    assert notices.wait(LONG) == (Notice(BRANCH, 1, "loan", LOAN),)  # one a transaction
    notices.stop()


@POSTGRESQL
def test_what_was_done_during_a_silence_is_found_afterwards(engine: Engine, open_book) -> None:
    notices = open_notices(engine)
    notices.wait(0)
    killer = make_engine(str(engine.url.render_as_string(hide_password=False)))
    with killer.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    killer.dispose()
    with pytest.raises(BookUnreachable):
        notices.wait(LONG)
    commit(open_book, ACT)
    assert notices.wait(LONG) == (Notice(BRANCH, 1),)
    notices.stop()
