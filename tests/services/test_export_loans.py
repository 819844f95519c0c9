"""A filtered list as a file: every loan once, written down, stopped without a trace."""

import csv
import io
from dataclasses import replace

import pytest

from app.services import export_loans as export
from app.services.export_loans import export_loans
from app.services.find_loans import count_loans
from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.sandbox_staff import MAKER, sandbox_actor
from db.records.lists import LoanDue, LoanFilter
from db.vocabulary.people import Role
from tests.services.sample_desks import empty_sandbox


@pytest.fixture
def desk(tmp_path, empty_book, rulebook, champion):
    """A book of its own: an export is written down in it."""
    made = empty_sandbox(tmp_path / "book.sqlite3", empty_book, rulebook, champion)
    make_sample_book(MakeSampleBook(customers=40, applications=60), made)
    return made.acting(sandbox_actor(MAKER))


def audited(desk) -> list:
    with desk.read_book() as book:
        entries = book.audit.entries(desk.person().branch_id, 0, 5_000)
    return [entry for entry in entries if entry.act == "export_rows"]


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_loan_of_the_filter_stands_in_the_file(desk, monkeypatch) -> None:
    monkeypatch.setattr(export, "PAGE", 7)  # several pages
    wanted = LoanFilter(due=LoanDue.OVERDUE)
    told = []
    made = export_loans(wanted, desk, lambda *where: told.append(where))
    rows, totals = read(made.content), count_loans(wanted, desk).totals
    assert made.loans == len(rows) == len({row["reference"] for row in rows}) == totals.loans
    paise = sum(round(float(row["overdue_amount"]) * 100) for row in rows)
    assert paise == totals.overdue_paise
    assert all(int(row["days_past_due"]) > 0 for row in rows)
    assert told[-1] == (totals.loans, totals.loans)
    (entry,) = audited(desk)
    assert f'"rows":{totals.loans}' in entry.details.replace(" ", "")


def test_an_export_that_is_stopped_leaves_nothing(desk) -> None:
    with pytest.raises(StoppedError):
        export_loans(LoanFilter(), desk, cancelled=lambda: True)
    assert audited(desk) == []


def test_who_may_export(desk) -> None:
    caller = replace(desk.person(), roles=frozenset({Role.ASSISTANT}))
    with pytest.raises(Refused) as refused:
        export_loans(LoanFilter(), desk.acting(caller))
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
