import pytest

from app.ui.tasks.job_book import KEPT_JOBS, NOTICE_AFTER_S, SHOWN_AFTER_S, Entry, JobBook
from app.ui.tasks.task import (
    Job,
    JobState,
    Lane,
    Outcome,
    Task,
    TaskControl,
    TaskFailed,
    TaskProgress,
)


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def book(clock):
    return JobBook(clock)


def add(book, number, **rest):
    task = Task(f"Job {number}", Lane.DATABASE, lambda _c: None, **rest)
    job = Job(number, task.title, JobState.RUNNING, TaskProgress(0, 0), writes=task.writes)
    entry = Entry(job, task, TaskControl(lambda _p: None), None, None, None, book.now())
    book.entries[number] = entry
    return entry


def titles(book):
    return [job.title for job in book.shown()]


def test_a_quiet_job_is_shown_once_it_is_a_second_old(book, clock):
    add(book, 1, quiet=True)
    assert titles(book) == []
    clock.now += SHOWN_AFTER_S
    assert titles(book) == ["Job 1"]
    clock.now += 11
    assert book.shown()[0].seconds == 12


def test_quiet_jobs_that_end_at_once_push_nobody_out(book):
    book.close(add(book, 1), JobState.DONE)
    for number in range(2, 100):
        book.close(add(book, number, quiet=True), JobState.DONE)
    assert titles(book) == ["Job 1"]


def test_the_last_twenty_that_ended_are_kept(book):
    for number in range(30):
        book.close(add(book, number), JobState.DONE)
    add(book, 30)
    assert titles(book) == [f"Job {n}" for n in range(30 - KEPT_JOBS, 31)]


def test_a_failure_keeps_its_sentence_and_reference(book):
    failure = TaskFailed(1, "Job 1", "The book cannot be reached", "AB12")
    book.close(add(book, 1, quiet=True), JobState.FAILED, Outcome(1, failure=failure))
    job = book.shown()[0]
    assert (job.state, job.sentence, job.report_id) == (
        JobState.FAILED,
        "The book cannot be reached",
        "AB12",
    )


def test_half_a_minute_is_long(book, clock):
    entry = add(book, 1)
    clock.now += NOTICE_AFTER_S - 1
    assert not book.took_long(entry)
    clock.now += 1
    assert book.took_long(entry)
    book.close(entry, JobState.DONE)
    clock.now += 500
    assert book.seconds(entry) == NOTICE_AFTER_S


def test_writes_are_known_while_they_are_open(book):
    entry = add(book, 1, writes=True, quiet=True)
    add(book, 2)
    assert book.writing() == (1,)
    book.close(entry, JobState.STOPPED)
    assert book.writing() == ()
    assert book.any_open()
