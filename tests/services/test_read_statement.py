"""A statement of a loan on both engines: read, made as PDF, XLSX and CSV, written down, stopped."""

import csv
import io
from datetime import date, timedelta

import pytest

from app.services.read_statement import (
    MakeStatement,
    StatementFormat,
    StatementWanted,
    make_statement,
    preview_statement,
    read_statement,
)
from app.services.steps.account_statement import StatementKind
from app.services.steps.ids import new_id
from app.services.steps.letter_words import letter_words
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.loan_life import Language
from db.vocabulary.people import Role
from tests.file_formats.letter_reading import pages_of
from tests.file_formats.sheet_reading import sheet_of
from tests.services.running_loans import LoanPlanned, running_loan


@pytest.fixture
def loan(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return running_loan(desk, checker, submitted.application_id, LoanPlanned())


def audited(desk) -> list:
    with desk.read_book() as book:
        entries = book.audit.entries(desk.person().branch_id)
    return [entry for entry in entries if entry.act == "make_statement"]


def test_the_whole_life_ends_with_the_principal_owed(desk, loan) -> None:
    seen = read_statement(StatementWanted("L-1042"), desk)
    assert (seen.begin, seen.end) == (loan.disbursement_date, desk.clock.today())
    first, *rest = seen.lines.rows
    assert (first.kind, first.debit_paise) == (StatementKind.PAID_OUT, loan.principal_paise)
    assert {row.kind for row in rest} == {StatementKind.INTEREST, StatementKind.RECEIPT}
    assert seen.lines.closing_paise == seen.outstanding_paise == loan.outstanding_paise
    assert seen.overdue_paise == 0


def test_a_period_begins_with_what_was_owed_before_it(desk, loan) -> None:
    whole = read_statement(StatementWanted(loan.loan_id), desk).lines
    begin = whole.rows[5].on
    part = read_statement(StatementWanted(loan.loan_id, begin), desk).lines
    before = [row for row in whole.rows if row.on < begin]
    assert part.opening_paise == before[-1].balance_paise
    assert part.rows == whole.rows[len(before) :]
    early = read_statement(StatementWanted(loan.loan_id, date(2020, 1, 1)), desk).lines
    assert (early.opening_paise, early.rows) == (0, whole.rows)


@pytest.mark.parametrize(
    ("begin", "end", "field"),
    [
        (None, date(2027, 1, 1), "to_date"),
        (None, date(2020, 1, 1), "to_date"),
        (date(2026, 9, 1), date(2026, 8, 1), "from_date"),
    ],
)
def test_a_period_that_is_none_is_refused(desk, loan, begin, end, field) -> None:
    with pytest.raises(Refused) as refused:
        read_statement(StatementWanted(loan.loan_id, begin, end), desk)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_a_pdf_carries_the_lines_and_is_written_down(desk, loan, language) -> None:
    wanted = StatementWanted(loan.loan_id, loan.disbursement_date + timedelta(days=90))
    made = make_statement(MakeStatement(wanted, language), desk)
    text = "".join(pages_of(made.content))
    assert made.pages == len(pages_of(made.content)) > 0
    assert loan.reference in text
    for row in made.statement.lines.rows:
        assert f"{row.balance_paise % 100:02d}" in text
    (entry,) = audited(desk)
    assert made.sha256 in entry.details
    assert entry.entity_id == loan.loan_id
    assert made.content == make_statement(MakeStatement(wanted, language), desk).content
    preview = preview_statement(MakeStatement(wanted, language), desk, 40.0)
    assert (len(preview.pages), preview.statement) == (made.pages, made.statement)


def test_a_csv_holds_opening_lines_and_closing(desk, loan) -> None:
    wanted = StatementWanted(loan.loan_id)
    made = make_statement(MakeStatement(wanted, format=StatementFormat.CSV), desk)
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert [rows[0]["kind"], rows[-1]["kind"]] == ["Opening", "Closing"]
    assert len(rows) == len(made.statement.lines.rows) + 2
    assert rows[-1]["balance"] == f"{loan.outstanding_paise / 100:.2f}"
    assert made.pages == 0


@pytest.mark.parametrize(
    ("language", "title"), [(Language.EN, "Account statement"), (Language.HI, "खाता विवरण")]
)
def test_a_workbook_holds_the_account_and_the_schedule(
    desk, loan, tmp_path, language, title
) -> None:
    wanted = StatementWanted(loan.loan_id)
    made = make_statement(MakeStatement(wanted, language, StatementFormat.XLSX), desk)
    file = tmp_path / "account.xlsx"
    file.write_bytes(made.content)
    head, first, *_lines, last = sheet_of(file, title)
    assert first[1] == letter_words(language).say("statement.opening")
    assert float(last[head.index(head[4])]) * 100 == loan.outstanding_paise
    schedule = sheet_of(file, letter_words(language).say("schedule"))
    assert len(schedule) == loan.tenure_months + 1
    (entry,) = audited(desk)
    assert '"xlsx"' in entry.details


def test_who_may_and_what_there_is(desk, loan, someone) -> None:
    request = MakeStatement(StatementWanted(loan.loan_id))
    with pytest.raises(Refused) as refused:
        make_statement(request, someone("assist", Role.ASSISTANT))
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
    with pytest.raises(Refused):
        make_statement(MakeStatement(StatementWanted(loan.loan_id), Language.KN), desk)
    with pytest.raises(NotFound):
        read_statement(StatementWanted(new_id(desk)), desk)
    assert audited(desk) == []


@pytest.mark.parametrize("answers", [1, 2])
def test_a_statement_that_is_stopped_writes_nothing(desk, loan, answers) -> None:
    left = iter([False] * (answers - 1) + [True])
    with pytest.raises(StoppedError):
        make_statement(MakeStatement(StatementWanted(loan.loan_id)), desk, lambda: next(left))
    assert audited(desk) == []
