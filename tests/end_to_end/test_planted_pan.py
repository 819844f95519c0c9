"""A PAN is typed, saved, drafted, logged and part of a failure: it stands nowhere in the clear.

screens.md A9: a planted PAN is found in no log, title, notice or database file. On PostgreSQL the
database file is a real dump. The scan is proved able to fail first.
"""

import logging
import subprocess

import psycopg2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import make_url

from app.logging_setup import start_logging
from app.ui.tasks.task import Lane, Task
from tests.end_to_end.planted_number import PlantedNumber
from tests.end_to_end.test_first_assessment import CUSTOMER, apply, register, signed_in

__all__ = ["signed_in"]

PAN = CUSTOMER["pan_number"]
DRAFTED = "ABCPE1234F"  # of a customer who is never saved
AS_TYPED = ("ACUPR7085K", "ACUPR 7085 K", "acupr-7085-k", "acupr7085k")
CONTROL = "touchstone-control-7f3a"  # written on purpose, so that an empty scan is noticed


@pytest.fixture
def desk_log(tmp_path):
    """The real log of the desk, in the desk's folder."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_logging(tmp_path, "DEBUG")
    yield tmp_path / "logs" / "kasauti.log"
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = before, level


@pytest.fixture
def dump_of(book_url, tmp_path, request):
    """Write everything that the database holds into one file and return it."""

    def dump():
        if book_url.startswith("sqlite"):
            return tmp_path / "desk.sqlite3"
        server = request.getfixturevalue("postgres_server")
        name = make_url(book_url).database
        return dumped(server, name, tmp_path / "dump.sql")

    return dump


def dumped(server, name, file):
    """A dump by pg_dump; where that program is missing, a COPY of every table."""
    program = server._programs / "pg_dump"
    if program.exists():
        command = [program, "-h", server.folder, "-U", "kasauti", name]
        done = subprocess.run(command, capture_output=True, check=True, user=server._user, cwd="/")
        file.write_bytes(done.stdout)
        return file
    return copied(server, name, file)


def copied(server, name, file):
    """Every table of every schema of ours, as COPY writes it."""
    connection = psycopg2.connect(host=str(server.folder), user="kasauti", dbname=name)
    try:
        with connection.cursor() as cursor, file.open("wb") as out:
            cursor.execute(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
                "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            )
            for (table,) in cursor.fetchall():
                out.write(f"-- {table}\n".encode())
                cursor.copy_expert(f"COPY {table} TO STDOUT", out)
    finally:
        connection.close()
    return file


def fail_with_the_number(window):
    """Let the window's own tasks fail on what was typed: the log gets their traces."""
    runner = window.window.workbench.runner
    for text in AS_TYPED:
        runner.submit(
            Task("Reading a number", Lane.DATABASE, lambda _control, typed=text: int(typed)), None
        )
    window.wait_until(lambda: not runner.active())


def keep_a_draft(window):
    """Type a number into a form that is not saved, and store the draft at once."""
    window.press("action.app.go_customers")
    window.wait_for_screen("customers")
    window.press("action.customer.new")
    window.wait_for_screen("customer_form")
    window.type("full_name", CONTROL)
    window.type("pan_number", DRAFTED)
    QTest.keyClick(window.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    window.wait_until(lambda: "saved" in window.text("status.draft"))
    window.wait_until(lambda: not window.window.workbench.runner.writing())


def test_a_planted_pan_stands_nowhere(signed_in, desk_log, dump_of, tmp_path):
    window = signed_in
    titles = [window.title()]
    window.window.windowTitleChanged.connect(titles.append)
    register(window)
    apply(window)
    fail_with_the_number(window)
    for text in AS_TYPED:
        logging.getLogger("app").warning("typed %s into %s, %s", text, "pan_number", CONTROL)
    keep_a_draft(window)

    dump = dump_of()
    control, name = PlantedNumber(CONTROL), PlantedNumber("Kaveri Textiles")
    assert control.seen_in(desk_log.read_bytes())
    assert desk_log.read_text(encoding="utf-8").count("invalid literal for int()") == len(AS_TYPED)
    assert name.seen_in(dump.read_bytes() + wal_of(dump))
    assert str(desk_log) in control.files_with(tmp_path)

    for planted in (PlantedNumber(PAN), PlantedNumber(DRAFTED)):
        assert planted.files_with(tmp_path) == []
        assert [title for title in titles if planted.seen_in(title)] == []
        jobs = window.window.workbench.runner.jobs()
        assert [job for job in jobs if planted.seen_in(job.title + job.sentence)] == []
    assert any("Ravi Reddy" in title for title in titles)

    window.press("action.draft.discard")  # or closing would ask


def wal_of(file):
    """What SQLite has written but not yet moved into its file."""
    wal = file.with_name(file.name + "-wal")
    return wal.read_bytes() if wal.exists() else b""


@pytest.mark.parametrize(
    "content",
    [
        b"\0\1ACUPR7085K\xff",
        b"pan: acupr7085k",
        b"ACUPR 7085 K",
        b"A C U P R 7 0 8 5 K",
        b"ACUPR-7085-K",
        "ACUPR\u00a07085\u00a0K".encode(),
        "ACUPR7085K".encode("utf-16-le"),
        b"\\x" + b"ACUPR7085K".hex().encode(),  # how a dump shows bytes
        b"eyJwYW4iOiAiQUNVUFI3MDg1SyJ9",  # base64 of JSON
    ],
)
def test_the_scan_can_fail(content, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"before " + content + b" after")
    (tmp_path / "other").write_bytes(b"ACUPRXXXXK, ACUPR7085J")
    assert PlantedNumber(PAN).files_with(tmp_path) == [str(tmp_path / "deep" / "file")]


def test_a_copy_of_every_table_is_a_dump_too(signed_in, book_url, tmp_path, request):
    if book_url.startswith("sqlite"):
        assert PlantedNumber("Anita Desai").files_with(tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    name = make_url(book_url).database
    file = copied(server, name, tmp_path / "copy.txt")
    assert PlantedNumber("Anita Desai").seen_in(file.read_bytes())
