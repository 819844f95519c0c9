"""Rubbish is collected in the window's thread, and by Python itself once no lane runs."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from app.ui.tasks.task import Lane, Task
from app.ui.tasks.window_collector import WindowCollector


class Cycle:
    """Refers to itself; tells in which thread it went."""

    def __init__(self, gone: list[threading.Thread]) -> None:
        self.me = self
        self.gone = gone

    def __del__(self) -> None:
        self.gone.append(threading.current_thread())


class Receiver(QObject):
    """Keeps what a task answered."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []

    def take(self, answer: object) -> None:
        self.answers.append(answer)


@pytest.fixture
def collector(qapp):
    made = WindowCollector(qapp)
    yield made
    made.stop()
    made.setParent(None)


def make_rubbish(gone: list[threading.Thread]) -> int:
    """Far more cycles than Python's first mark."""
    for _ in range(3 * gc.get_threshold()[0]):
        Cycle(gone)
    return len(gone)


def test_cycles_made_on_a_lane_are_freed_in_the_windows_thread(runner, qtbot):
    gone: list[threading.Thread] = []
    receiver = Receiver()
    task = Task("Making rubbish", Lane.COMPUTE, lambda _control: make_rubbish(gone))
    runner.submit(task, receiver.take)
    qtbot.waitUntil(lambda: receiver.answers == [0])
    qtbot.waitUntil(lambda: len(gone) > 0)
    assert set(gone) == {threading.main_thread()}


def test_python_collects_again_when_the_last_one_stops(collector, qapp):
    assert gc.isenabled()
    other = WindowCollector(qapp)
    collector.start()
    collector.start()
    other.start()
    assert not gc.isenabled()
    collector.stop()
    collector.stop()
    assert not gc.isenabled()
    other.stop()
    other.setParent(None)
    assert gc.isenabled()


def test_the_oldest_passed_mark_is_collected(collector):
    gc.collect()
    before = gc.get_count()
    collector.collect()
    assert gc.get_count()[1:] == before[1:]


def test_what_was_loaded_before_the_first_window_is_never_walked_over(collector):
    collector.start()
    assert gc.get_freeze_count() > 10_000


def test_the_oldest_generation_waits_until_the_lanes_rest(qapp):
    work = [True]
    collector = WindowCollector(qapp, lambda: work[0])
    walked: list[int] = []

    def note(phase: str, facts: dict[str, int]) -> None:
        if phase == "start":
            walked.append(facts["generation"])

    marks = gc.get_threshold()
    gc.collect()
    gc.disable()
    gc.set_threshold(marks[0], 1, 1)
    gc.callbacks.append(note)
    try:
        for _ in range(12):
            make_rubbish([])
            collector.collect()
        assert max(walked) == 1
        work[0] = False
        collector.collect()
        assert walked[-1] == 2
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*marks)
        gc.enable()
        collector.setParent(None)
