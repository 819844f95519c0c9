"""A cancel reaches the statement that runs, on both engines, and never the next one."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from db.engine import make_engine, open_connection
from db.records.refusals import BookSlow, BookStopped
from db.running_work import StoppableWork, interruptible, refuse_if_stopped, was_stopped

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


class Lane:
    """A thread that runs one piece of work and says how it ended."""

    def __init__(self, engine: Engine, *statements: str) -> None:
        self.work = StoppableWork()
        self.outcome: object = None
        self.begun = threading.Event()
        self._engine = engine
        self._statements = statements
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def ended(self) -> object:
        self._thread.join(30)
        assert not self._thread.is_alive()
        return self.outcome

    def _run(self) -> None:
        try:
            with self.work, open_connection(self._engine) as connection:
                for statement in self._statements:
                    self.begun.set()
                    self.outcome = connection.execute(text(statement)).scalar()
        except BookStopped as stopped:
            self.outcome = stopped
        except Exception as fault:  # noqa: BLE001  # the test looks at it
            self.outcome = fault


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    with empty_engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (words TEXT)"))
    return empty_engine


def count(engine: Engine) -> object:
    with open_connection(engine, reading=True) as connection:
        return connection.execute(text("SELECT count(*) FROM notes")).scalar()


def running(engine: Engine) -> int:
    """How many statements other than ours the server works on."""
    with open_connection(engine, reading=True) as connection:
        found = connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%'"
                " AND state = 'active' AND pid <> pg_backend_pid()"
            )
        ).scalar()
    return int(found or 0)


def test_a_statement_that_runs_is_stopped_and_nothing_is_kept(engine: Engine) -> None:
    write = "INSERT INTO notes VALUES ('half')"
    lane = Lane(
        engine,
        write if engine.dialect.name == "sqlite" else f"{write} RETURNING 1",
        SLOW[engine.dialect.name],
    )
    assert lane.begun.wait(10)
    lane.work.stop()
    assert isinstance(lane.ended(), Exception)
    assert count(engine) == 0
    if engine.dialect.name == "postgresql":
        assert running(engine) == 0
    # The next piece of work is not touched.
    assert Lane(engine, "SELECT 42").ended() == 42


def test_waiting_for_another_writers_lock_is_stopped(engine: Engine) -> None:
    with open_connection(engine) as holder:
        if engine.dialect.name == "postgresql":
            holder.execute(text("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE"))
        lane = Lane(engine, "SELECT count(*) FROM notes")
        if engine.dialect.name == "postgresql":
            assert lane.begun.wait(10)
        lane.work.stop()
        assert isinstance(lane.ended(), BookStopped)


def test_work_that_was_stopped_before_it_began_opens_nothing(engine: Engine) -> None:
    work = StoppableWork()
    work.stop()
    with work, pytest.raises(BookStopped), open_connection(engine):
        pytest.fail("it was opened")


def test_between_two_statements_the_second_is_refused(engine: Engine) -> None:
    def write_twice(work: StoppableWork) -> None:
        with work, open_connection(engine) as connection:
            connection.execute(text("INSERT INTO notes VALUES ('half')"))
            work.stop()
            connection.execute(text("SELECT 1"))

    with pytest.raises(BookStopped):
        write_twice(StoppableWork())
    assert count(engine) == 0


def test_a_stop_that_comes_too_late_does_nothing(engine: Engine) -> None:
    with StoppableWork() as work:
        pass
    work.stop()
    assert not work.stopped
    assert count(engine) == 0


def test_outside_any_work_nothing_is_refused() -> None:
    with interruptible(lambda: pytest.fail("interrupted")):
        refuse_if_stopped()
    assert not was_stopped()


@pytest.fixture
def hasty(postgres_url: str) -> Iterator[Engine]:
    made = make_engine(postgres_url, statement_timeout_ms=50)
    yield made
    made.dispose()


def test_a_server_that_gave_up_is_slow_not_busy(hasty: Engine) -> None:
    with pytest.raises(BookSlow), open_connection(hasty) as connection:
        connection.execute(text("SELECT pg_sleep(600)"))
