"""A statement as tables: the same lines in every form, the schedule beside them."""

import pytest

from app.services.steps.letter_statement import statement_values
from app.services.steps.loan_statement import StatementWanted, statement_of
from app.services.steps.statement_sheets import csv_sheet, statement_sheets
from db.vocabulary.loan_life import Language
from tests.services.sample_desks import small_sandbox


@pytest.fixture
def read(request):
    desk = small_sandbox(request)[0]
    with desk.read_book() as book:
        wanted = StatementWanted("L-1002")
        return statement_of(book, desk.person().branch_id, wanted, desk.clock.today()), desk


@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_letter_csv_and_workbook_hold_the_same_lines(read, language) -> None:
    statement, desk = read
    letter = statement_values(statement, language, desk)["statement"]["rows"]
    sheet, _schedule = statement_sheets(statement, language)
    rows, plain = list(sheet.rows), list(csv_sheet(statement).rows)
    assert len(rows) == len(plain) == len(letter) == len(statement.lines.rows) + 2
    assert [row[1] for row in rows] == [line[1] for line in letter]
    assert [(row[0], *row[2:]) for row in rows] == [(row[0], *row[2:]) for row in plain]
    assert len(sheet.columns) == len(rows[0])
    assert plain[0][1] == "Opening"


def test_the_schedule_in_force_stands_beside_the_account(read) -> None:
    statement, _desk = read
    _sheet, schedule = statement_sheets(statement, Language.EN)
    rows = list(schedule.rows)
    assert len(rows) == statement.loan.tenure_months
    assert rows[-1][-1] == 0  # the last instalment closes it
    assert all(row[3] + row[4] == row[5] for row in rows)
    assert sum(row[4] for row in rows) == statement.loan.principal_paise
