"""A filtered list as a file: every loan once, written down, stopped without a trace."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from app.services import export_loans as export
from app.services.export_loans import ENDINGS, ExportLoans, export_loans
from app.services.find_loans import count_loans
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.sandbox_staff import MAKER, sandbox_actor
from db.records.lists import LoanDue, LoanFilter
from db.vocabulary.people import Role
from tests.file_formats.sheet_reading import sheet_of
from tests.services.sample_desks import own_sandbox


@pytest.fixture
def desk(request, tmp_path):
    """A book of its own: an export is written down in it."""
    return own_sandbox(request, tmp_path).acting(sandbox_actor(MAKER))


def audited(desk) -> list:
    with desk.read_book() as book:
        entries = book.audit.entries(desk.person().branch_id, 0, 5_000)
    return [entry for entry in entries if entry.act == "export_rows"]


def read(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_loan_of_the_filter_stands_in_the_file(desk, tmp_path, monkeypatch, ending) -> None:
    monkeypatch.setattr(export, "PAGE", 2)  # several pages
    wanted, target, told = LoanFilter(due=LoanDue.OVERDUE), tmp_path / f"loans{ending}", []
    made = export_loans(ExportLoans(wanted, target), desk, lambda *where: told.append(where))
    totals = count_loans(wanted, desk).totals
    assert made.loans == totals.loans > 2
    assert told[-1] == (totals.loans, totals.loans)
    (entry,) = audited(desk)
    assert f'"rows":{totals.loans}' in entry.details.replace(" ", "")
    if ending == ".csv":
        rows = read(target)
        numbers = [row["reference"] for row in rows]
        paise = sum(round(float(row["overdue_amount"]) * 100) for row in rows)
        assert all(int(row["days_past_due"]) > 0 for row in rows)
    else:
        head, *lines = sheet_of(target, "Loans")
        numbers = [line[0] for line in lines]
        paise = sum(round(float(line[head.index("Overdue ₹")]) * 100) for line in lines)
    assert len(set(numbers)) == totals.loans
    assert paise == totals.overdue_paise


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_that_is_stopped_leaves_nothing(desk, tmp_path, ending) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    request = ExportLoans(LoanFilter(), folder / f"loans{ending}")
    with pytest.raises(StoppedError):
        export_loans(request, desk, cancelled=lambda: True)
    assert audited(desk) == []
    assert list(folder.iterdir()) == []


def test_another_ending_is_refused_before_anything_is_read(desk, tmp_path) -> None:
    with pytest.raises(Refused, match=r"ends in .xlsx or .csv"):
        export_loans(ExportLoans(LoanFilter(), tmp_path / "loans.txt"), desk)


def test_who_may_export(desk, tmp_path) -> None:
    caller = replace(desk.person(), roles=frozenset({Role.ASSISTANT}))
    with pytest.raises(Refused) as refused:
        export_loans(ExportLoans(LoanFilter(), tmp_path / "loans.csv"), desk.acting(caller))
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
