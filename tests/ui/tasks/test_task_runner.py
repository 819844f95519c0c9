import logging
import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThread

from app.ui.tasks.change_notice import Change, ChangeNotice
from app.ui.tasks.task import JobState, Lane, Task, TaskFailed, TaskProgress
from app.ui.tasks.task_runner import ReceiverError, RunnerStoppedError, TaskRunner


class Receiver(QObject):
    def __init__(self):
        super().__init__()
        self.answers = []
        self.failures = []
        self.steps = []
        self.threads = []

    def done(self, answer):
        self.threads.append(QThread.currentThread())
        self.answers.append(answer)

    def failed(self, failure):
        self.failures.append(failure)

    def step(self, progress):
        self.steps.append(progress)


class KnownError(Exception):
    sentence = "Staff id or password is not right"

    def __init__(self):
        super().__init__()
        self.fields = {"staff_id": "Enter your staff id"}


class Gate:
    """Work that waits until the test lets it go."""

    def __init__(self):
        self.open = threading.Event()
        self.begun = threading.Event()

    def __call__(self, control):
        self.begun.set()
        assert self.open.wait(10)
        return "late"


@pytest.fixture
def receiver(qapp):
    return Receiver()


def task(work, **rest):
    return Task("Reading", Lane.DATABASE, work, **rest)


def test_an_answer_comes_back_in_the_window_thread(runner, receiver, qtbot, qapp):
    runner.submit(task(lambda _c: threading.current_thread().name), receiver.done)
    qtbot.waitUntil(lambda: bool(receiver.answers))
    assert receiver.answers == ["kasauti-database"]
    assert receiver.threads == [qapp.thread()]


def test_lanes_work_side_by_side(runner, receiver, qtbot):
    gate = Gate()
    runner.submit(task(gate), receiver.done)
    runner.submit(Task("Scoring", Lane.COMPUTE, lambda _c: "score"), receiver.done)
    qtbot.waitUntil(lambda: receiver.answers == ["score"])
    gate.open.set()
    qtbot.waitUntil(lambda: receiver.answers == ["score", "late"])


def test_a_lane_lets_go_of_pythons_lock_soon(qapp):
    sys.setswitchinterval(0.005)
    runner = TaskRunner()
    assert sys.getswitchinterval() == pytest.approx(0.001)
    runner.shut_down()


def test_the_newest_read_of_a_key_wins(runner, receiver, qtbot):
    gate = Gate()
    handles = [runner.submit(task(gate, key="preview"), receiver.done)]
    qtbot.waitUntil(gate.begun.is_set)
    handles += [
        runner.submit(task(lambda _c, n=n: n, key="preview"), receiver.done) for n in (2, 3)
    ]
    gate.open.set()
    qtbot.waitUntil(lambda: bool(receiver.answers))
    assert receiver.answers == [3]
    assert [handle.waiting for handle in handles] == [False, False, False]


def test_writes_keep_their_order_and_none_is_dropped(runner, receiver, qtbot):
    gate = Gate()
    runner.submit(task(gate, writes=True), receiver.done)
    for n in range(5):
        runner.submit(task(lambda _c, n=n: n, writes=True), receiver.done)
    assert runner.writing()
    gate.open.set()
    qtbot.waitUntil(lambda: receiver.answers == ["late", 0, 1, 2, 3, 4])
    assert not runner.writing()


def test_a_write_may_not_have_a_key():
    with pytest.raises(ValueError, match="never replaced"):
        task(lambda _c: None, key="x", writes=True)


def test_a_cancelled_read_gives_no_answer(runner, receiver, qtbot):
    gate = Gate()
    handle = runner.submit(task(gate), receiver.done, receiver.failed)
    qtbot.waitUntil(gate.begun.is_set)
    handle.cancel()
    assert runner.jobs()[0].state is JobState.STOPPING
    gate.open.set()
    qtbot.waitUntil(lambda: runner.jobs()[0].state is JobState.STOPPED)
    assert (receiver.answers, receiver.failures) == ([], [])


def test_work_sees_the_cancel(runner, receiver, qtbot):
    def work(control):
        while not control.cancelled():
            control.progress(1, 2, "rows")
        return "stopped"

    handle = runner.submit(task(work, writes=True), receiver.done, on_progress=receiver.step)
    qtbot.waitUntil(lambda: bool(receiver.steps))
    handle.cancel()
    qtbot.waitUntil(lambda: receiver.answers == ["stopped"])
    assert receiver.steps[0] == TaskProgress(1, 2, "rows")


def test_a_known_error_keeps_its_sentence(runner, receiver, qtbot):
    def work(_control):
        raise KnownError

    handle = runner.submit(task(work), receiver.done, receiver.failed)
    qtbot.waitUntil(lambda: bool(receiver.failures))
    assert receiver.failures == [
        TaskFailed(handle.request_id, "Reading", KnownError.sentence, "", KnownError().fields)
    ]


def test_a_crash_is_logged_and_shown_without_its_words(
    runner, receiver, qtbot, caplog, monkeypatch
):
    # Another test of this process may have switched loggers off (the layer check does).
    for name in ("app", "app.ui", "app.ui.tasks", "app.ui.tasks.lane"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    runner.submit(task(lambda _c: {}["secret ABCPE1234F"]), receiver.done, receiver.failed)
    qtbot.waitUntil(lambda: bool(receiver.failures))
    failure = receiver.failures[0]
    assert failure.report_id
    assert failure.report_id in caplog.text
    assert "ABCPE" not in failure.sentence
    runner.submit(task(lambda _c: "still alive"), receiver.done)
    qtbot.waitUntil(lambda: receiver.answers == ["still alive"])


def test_a_failed_job_can_be_tried_again(runner, receiver, qtbot):
    tries = []

    def work(_control):
        tries.append(1)
        if len(tries) == 1:
            raise KnownError
        return "second"

    handle = runner.submit(task(work), receiver.done, receiver.failed)
    qtbot.waitUntil(lambda: bool(receiver.failures))
    assert runner.retry(handle.request_id) is not None
    qtbot.waitUntil(lambda: receiver.answers == ["second"])
    assert runner.retry(handle.request_id) is None


@pytest.mark.parametrize("kind", ["lambda", "function", "other object"])
def test_only_methods_of_qobjects_of_the_window_thread_receive(runner, kind):
    class Plain:
        def done(self, answer):
            pass

    wrong = {"lambda": lambda _a: None, "function": print, "other object": Plain().done}[kind]
    with pytest.raises(ReceiverError):
        runner.submit(task(lambda _c: None), wrong)


def test_a_receiver_that_died_is_skipped(runner, qtbot):
    gate, mortal = Gate(), Receiver()
    runner.submit(task(gate), mortal.done)
    qtbot.waitUntil(gate.begun.is_set)
    del mortal
    gate.open.set()
    qtbot.waitUntil(lambda: runner.jobs()[0].state is JobState.DONE)


def test_quiet_jobs_show_only_when_they_fail(runner, receiver, qtbot):
    runner.submit(task(lambda _c: 1, quiet=True), receiver.done)
    qtbot.waitUntil(lambda: bool(receiver.answers))
    assert runner.jobs() == ()
    runner.submit(task(lambda _c: 1 / 0, quiet=True), receiver.done, receiver.failed)
    qtbot.waitUntil(lambda: bool(receiver.failures))
    assert [job.state for job in runner.jobs()] == [JobState.FAILED]


def test_held_tasks_start_with_the_release(runner, receiver, qtbot):
    runner.hold()
    runner.submit(task(lambda _c: "kept"), receiver.done)
    dropped = runner.submit(task(lambda _c: "dropped"), receiver.done)
    dropped.cancel()
    assert not [t for t in threading.enumerate() if t.name.startswith("kasauti-")]
    runner.release()
    qtbot.waitUntil(lambda: receiver.answers == ["kept"])


def test_when_a_person_leaves_a_write_ends_unheard_and_a_read_stops(runner, receiver, qtbot):
    gate, written = Gate(), []
    runner.submit(task(gate, writes=True), receiver.done, receiver.failed)
    runner.submit(task(written.append, writes=True), receiver.done)
    read = runner.submit(task(lambda _control: "seen"), receiver.done)
    runner.forget_receivers()
    assert not runner.is_open(read.request_id)
    gate.open.set()
    qtbot.waitUntil(lambda: not runner.active())
    assert len(written) == 1
    assert receiver.answers == receiver.failures == []
    assert {job.state for job in runner.jobs()} == {JobState.DONE, JobState.STOPPED}


def test_after_shut_down_nothing_is_open_any_more(runner, receiver, qtbot):
    def work(control):
        while not control.cancelled():
            control.progress(0, 0)

    runner.submit(task(work), receiver.done)
    runner.submit(task(work, writes=True), receiver.done)  # waits behind the first
    qtbot.waitUntil(lambda: runner.jobs()[0].state is JobState.RUNNING)
    assert runner.shut_down()
    assert not runner.active()
    assert not runner.writing()
    assert [job.state for job in runner.jobs()] == [JobState.STOPPED, JobState.STOPPED]
    assert receiver.answers == []


def test_a_write_that_waits_at_the_end_is_still_done_and_a_read_is_not(runner, receiver, qtbot):
    done = []

    def reading(control):
        while not control.cancelled():
            control.progress(0, 0)

    runner.submit(task(reading), receiver.done)
    qtbot.waitUntil(lambda: runner.jobs()[0].state is JobState.RUNNING)
    runner.submit(task(lambda _c: done.append("read")), receiver.done)
    runner.submit(task(lambda _c: done.append("draft"), writes=True), receiver.done)
    assert runner.shut_down()
    assert done == ["draft"]


def test_after_shut_down_nothing_is_taken(runner):
    assert runner.shut_down()
    with pytest.raises(RunnerStoppedError):
        runner.submit(task(lambda _c: None), None)


def test_a_change_reaches_those_it_touches(qtbot):
    notices = ChangeNotice()
    with qtbot.waitSignal(notices.changed) as told:
        notices.tell("customer")
    change = told.args[0]
    assert isinstance(change, Change)
    assert change.touches("customer")
    assert not change.touches("loan")
    assert Change("book").touches("loan")
