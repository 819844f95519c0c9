"""A statement in the words of its letter and as rows of a file."""

from datetime import date

import pytest

from app.services.steps.account_statement import StatementKind, StatementRow
from app.services.steps.letter_statement import entry_said, statement_values
from app.services.steps.letter_words import letter_words
from app.services.steps.loan_statement import StatementWanted, statement_of
from db.vocabulary.loan_account import ChargeKind
from db.vocabulary.loan_life import Language
from tests.services.sample_desks import small_sandbox

ON = date(2026, 9, 1)


def row(kind: StatementKind, charge: ChargeKind | None = None) -> StatementRow:
    return StatementRow(ON, kind, 1, 0, 1, charge=charge)


@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_every_kind_of_line_has_words_of_its_own(language) -> None:
    words = letter_words(language)
    charged = {kind for kind in StatementKind if kind.value.startswith("Charge")}
    said = [entry_said(row(kind), words) for kind in StatementKind if kind not in charged]
    said += [entry_said(row(kind, ChargeKind.PENAL), words) for kind in sorted(charged)]
    assert len(set(said)) == len(StatementKind)
    assert all(said)


@pytest.mark.parametrize("charges", [True, False])
def test_the_letter_holds_every_line(request, charges) -> None:
    desk = small_sandbox(request)[0]
    branch, today = desk.person().branch_id, desk.clock.today()
    with desk.read_book() as book:
        wanted = StatementWanted("L-1001", charges=charges)
        statement = statement_of(book, branch, wanted, today)
    values = statement_values(statement, Language.EN, desk)
    lines = values["statement"]["rows"]
    assert len(lines) == len(statement.lines.rows) + 2
    assert len(values["statement"]["columns"]) == len(lines[0])
    assert lines[0][1] == "Opening balance"
    assert lines[-1][1] == "Closing balance"
    assert ("Charges and payments of charges are left out" in values["note"]) is not charges
    assert values["customer"]["name"] == statement.customer.full_name
    assert values["number"] == "STATEMENT-1001"
    assert values["footer"].startswith("Account statement STATEMENT-1001")
