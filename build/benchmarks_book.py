"""Benchmarks of the book: lists against raw SQL for the same page, instalments in a batch.

The book is the sandbox (1,000 customers, 1,500 applications), made once in a temporary folder by
the program's own verb.
"""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench import ROOT, Measured, interleaved, milliseconds

DAY = date(2026, 9, 30)
PAGE_RUNS = 60  # a page takes less than a millisecond, so a few runs say little
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


def _against_sql(list_name: str, rows: int, sql: str, runs: int) -> Measured:
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

        def page() -> None:
            with open_unit_of_work(engine, keys, reading=True) as unit:
                getattr(unit, list_name).find(viewer, wanted, rows)

        ours, reference = interleaved(
            lambda: milliseconds(page),
            lambda: milliseconds(lambda: raw.execute(sql, (branch_id, rows)).fetchall()),
            max(runs, PAGE_RUNS),
        )
        engine.dispose()
        raw.close()
    return Measured(ours, reference, "ms", f"{rows} rows of the sandbox book, transaction included")


def customer_list(runs: int) -> Measured:
    """The first page of the customers list, and one raw statement that returns the same fields."""
    sql = (
        "SELECT c.customer_id, c.number, c.full_name, c.phone, c.email, c.city, c.state, "
        "c.segment, c.kyc_status, count(l.loan_id), coalesce(sum(l.outstanding_paise), 0), "
        "min(l.oldest_unpaid_due), c.created_at FROM customers c LEFT JOIN loans l "
        "ON l.branch_id = c.branch_id AND l.customer_id = c.customer_id "
        "AND l.status IN ('Active', 'Defaulted') WHERE c.branch_id = ? "
        "GROUP BY c.search_name, c.customer_id ORDER BY c.search_name, c.customer_id LIMIT ?"
    )
    return _against_sql("customers", 100, sql, runs)


def applications_list(runs: int) -> Measured:
    """The first page of the applications list, and one raw statement with the same fields."""
    sql = (
        "SELECT a.application_id, a.number, a.customer_id, c.full_name, a.loan_purpose, "
        "a.product_code, a.amount_paise, a.tenure_months, a.rate_ppm, a.status, a.status_since, "
        "a.application_date, u.full_name, s.credit_score_hundredths, s.risk_probability, "
        "s.risk_level, a.import_id FROM applications a "
        "JOIN customers c ON c.branch_id = a.branch_id AND c.customer_id = a.customer_id "
        "LEFT JOIN assessments s ON s.branch_id = a.branch_id "
        "AND s.assessment_id = a.assessment_id LEFT JOIN users u ON u.user_id = a.officer_id "
        "WHERE a.branch_id = ? ORDER BY a.application_date DESC, a.application_id DESC LIMIT ?"
    )
    return _against_sql("applications", 50, sql, runs)
