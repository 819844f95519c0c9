"""Cancel, close and failure of a task as the window sees them."""

import threading

import pytest
from PySide6.QtCore import QObject

from app.services.steps.refusal import RefusalKind, Refused
from app.ui.tasks.task import JobState, Lane, Task
from app.ui.tasks.task_runner import TaskRunner
from db.records.refusals import BookUnreachable


class Receiver(QObject):
    def __init__(self):
        super().__init__()
        self.answers = []
        self.failures = []

    def done(self, answer):
        self.answers.append(answer)

    def failed(self, failure):
        self.failures.append(failure)


@pytest.fixture
def receiver(qapp):
    return Receiver()


def task(work, **rest):
    return Task("Reading", Lane.DATABASE, work, **rest)


class Interrupted(Exception):  # noqa: N818  # as the book calls its own
    sentence = "Stopped; nothing was saved"


class Statement:
    """A statement that waits until it is interrupted, as one of a database does."""

    def __init__(self):
        self.stopped = threading.Event()
        self.running = threading.Event()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def stop(self):
        self.stopped.set()

    def __call__(self, _control):
        self.running.set()
        assert self.stopped.wait(10)
        raise Interrupted


@pytest.fixture
def statement():
    return Statement()


@pytest.fixture
def stoppable(qapp, statement):
    made = TaskRunner(make_stop=lambda: statement)
    yield made
    assert made.shut_down()


def test_cancel_interrupts_the_statement_of_a_read(stoppable, statement, receiver, qtbot):
    handle = stoppable.submit(task(statement), receiver.done, receiver.failed)
    qtbot.waitUntil(statement.running.is_set)
    handle.cancel()
    assert stoppable.jobs()[0].state is JobState.STOPPING
    qtbot.waitUntil(lambda: stoppable.jobs()[0].state is JobState.STOPPED)
    assert (receiver.answers, receiver.failures) == ([], [])


def test_a_write_that_was_stopped_says_so(stoppable, statement, receiver, qtbot):
    handle = stoppable.submit(task(statement, writes=True), receiver.done, receiver.failed)
    qtbot.waitUntil(statement.running.is_set)
    assert stoppable.writing() == ("Reading",)
    stoppable.stop_writing()
    qtbot.waitUntil(lambda: bool(receiver.failures))
    assert receiver.failures[0].sentence == Interrupted.sentence
    assert not handle.waiting
    job = stoppable.jobs()[0]
    assert (job.state, job.sentence) == (JobState.STOPPED, Interrupted.sentence)


def test_closing_interrupts_a_read_but_no_write(qapp, receiver, qtbot):
    statement = Statement()
    runner = TaskRunner(make_stop=lambda: statement)
    runner.submit(task(statement), receiver.done)
    qtbot.waitUntil(statement.running.is_set)
    assert runner.shut_down()
    assert statement.stopped.is_set()


def test_the_end_of_a_long_job_is_told(qapp, receiver, qtbot):
    now = [0.0]
    runner = TaskRunner(clock=lambda: now[0])
    gate = threading.Event()
    with qtbot.waitSignal(runner.long_job_ended) as told:
        runner.submit(task(lambda _c: gate.wait(10)), receiver.done)
        now[0] = 42.0
        gate.set()
    assert (told.args[0].seconds, told.args[0].state) == (42, JobState.DONE)
    assert runner.shut_down()


def test_a_refusal_for_a_role_is_marked(runner, receiver, qtbot):
    def work(_control):
        raise Refused(RefusalKind.NOT_PERMITTED, "It can be done by: Supervisor")

    runner.submit(task(work), receiver.done, receiver.failed)
    qtbot.waitUntil(lambda: bool(receiver.failures))
    assert receiver.failures[0].forbidden


def test_what_the_book_refused_has_a_reference_and_no_trace(runner, receiver, qtbot, caplog):
    def work(_control):
        raise BookUnreachable from OSError("password=secret")

    runner.submit(task(work), receiver.done, receiver.failed)
    qtbot.waitUntil(lambda: bool(receiver.failures))
    failure = receiver.failures[0]
    assert failure.report_id
    assert failure.offline
    assert "secret" not in caplog.text
