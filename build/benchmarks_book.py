"""Benchmarks of the book: lists against raw SQL for the same page, instalments in a batch.

The book is the sandbox (1,000 customers, 1,500 applications), made once in a temporary folder by
the program's own verb.
"""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench import ROOT, Measured, interleaved, milliseconds

DAY = date(2026, 9, 30)
PAGE_ROWS = 500
INSTALMENTS = 3_600


def emi_batch(runs: int) -> Measured:
    """3,600 equal instalments in Decimal."""
    from app.rules.emi import emi
    from db.vocabulary.lending import EmiRounding

    rounding = next(iter(EmiRounding))
    cases = [
        (5_000_000 + 100_000 * step, 80_000 + 10 * step, 12 + step % 228)
        for step in range(INSTALMENTS)
    ]

    def batch() -> None:
        for principal_paise, rate_ppm, tenure_months in cases:
            emi(principal_paise, rate_ppm, tenure_months, rounding)

    ours, _ = interleaved(lambda: milliseconds(batch), None, runs)
    return Measured(ours, [], "ms", f"{INSTALMENTS} different loans")


@contextmanager
def sandbox() -> Iterator[Path]:
    """A data folder with a sandbox book in it."""
    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        command = [sys.executable, str(ROOT / "main.py"), "sample-data", "--data-dir", folder]
        done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-500:])
        yield next(Path(folder).rglob("*.sqlite3"))


def _against_sql(list_name: str, sql: str, runs: int) -> Measured:
    from db.engine import make_engine
    from db.records.lists import ApplicationFilter, CustomerFilter, Viewer
    from db.security.key_store import open_key_store
    from db.unit_of_work import open_unit_of_work

    wanted: Any = {"customers": CustomerFilter, "applications": ApplicationFilter}[list_name]()
    with sandbox() as book:
        raw = sqlite3.connect(book)
        (branch_id,) = raw.execute("SELECT branch_id FROM customers LIMIT 1").fetchone()
        engine = make_engine(f"sqlite:///{book}")
        keys = open_key_store(book.parent).keys()
        viewer = Viewer(branch_id, None, DAY)
        with open_unit_of_work(engine, keys, reading=True) as unit:
            find: Callable[..., Any] = getattr(unit, list_name).find
            ours, reference = interleaved(
                lambda: milliseconds(lambda: find(viewer, wanted, PAGE_ROWS)),
                lambda: milliseconds(lambda: raw.execute(sql, (branch_id, PAGE_ROWS)).fetchall()),
                runs,
            )
        engine.dispose()
        raw.close()
    return Measured(ours, reference, "ms", f"a page of {PAGE_ROWS} rows from the sandbox book")


def customer_list(runs: int) -> Measured:
    """The first page of the customers list, and the same rows without loans by raw SQL."""
    sql = "SELECT * FROM customers WHERE branch_id = ? ORDER BY search_name, customer_id LIMIT ?"
    return _against_sql("customers", sql, runs)


def applications_list(runs: int) -> Measured:
    """The first page of the applications list, and the same join by raw SQL."""
    sql = (
        "SELECT a.*, c.full_name, s.risk_probability FROM applications a "
        "JOIN customers c USING (branch_id, customer_id) "
        "LEFT JOIN assessments s ON s.branch_id = a.branch_id "
        "AND s.assessment_id = a.assessment_id WHERE a.branch_id = ? "
        "ORDER BY a.application_date DESC, a.application_id DESC LIMIT ?"
    )
    return _against_sql("applications", sql, runs)
