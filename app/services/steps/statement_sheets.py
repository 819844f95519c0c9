"""A statement as tables of a file: for programs in the words of the verbs, for people in theirs.

Source: screens.md S64 (PDF or XLSX). The workbook carries the schedule in force beside the account.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from app.file_formats.table_out import Sheet, TableColumn, Value, ValueKind
from app.services.steps.account_statement import StatementRow
from app.services.steps.letter_statement import entry_said
from app.services.steps.letter_words import LetterWords, letter_words
from db.vocabulary.loan_life import Language

if TYPE_CHECKING:
    from app.services.steps.loan_statement import LoanStatement

CSV_HEAD = ("date", "kind", "debit", "credit", "balance", "reference")
_KINDS = (ValueKind.DATE, ValueKind.TEXT, *(ValueKind.MONEY,) * 3, ValueKind.TEXT)
_WIDTHS = (13, 34, 18, 18, 18, 24)
_LONGEST_TITLE = 31  # of a sheet, fixed by the file format


def csv_sheet(statement: "LoanStatement") -> Sheet:
    """The lines for a program: opening, every line, closing."""
    heads = zip(CSV_HEAD, _KINDS, strict=True)
    columns = tuple(TableColumn(name, name, kind) for name, kind in heads)
    return Sheet("Statement", columns, _lines(statement, _kind_code, ("Opening", "Closing")))


def statement_sheets(statement: "LoanStatement", language: Language) -> tuple[Sheet, Sheet]:
    """The lines, and the schedule in force at the end of the period, in a language."""
    words = letter_words(language)
    heads = [words.say("date"), words.say("statement.entry")]
    heads += [words.say(f"statement.{key}") for key in CSV_HEAD[2:]]
    columns = tuple(
        TableColumn(name, head, kind, width)
        for name, head, kind, width in zip(CSV_HEAD, heads, _KINDS, _WIDTHS, strict=True)
    )
    bounds = (words.say("statement.opening"), words.say("statement.closing"))
    lines = _lines(statement, lambda row: entry_said(row, words), bounds)
    title = words.say("title.statement")[:_LONGEST_TITLE]
    return Sheet(title, columns, lines), _schedule(statement, words)


def _lines(
    statement: "LoanStatement",
    said: Callable[[StatementRow], str],
    bounds: tuple[str, str],
) -> Iterator[Sequence[Value]]:
    lines = statement.lines
    yield statement.begin, bounds[0], None, None, lines.opening_paise, ""
    for row in lines.rows:
        debit, credit = row.debit_paise or None, row.credit_paise or None
        yield row.on, said(row), debit, credit, row.balance_paise, row.reference
    yield statement.end, bounds[1], None, None, lines.closing_paise, ""


def _kind_code(row: StatementRow) -> str:
    return row.kind.value if row.charge is None else f"{row.kind.value} {row.charge.value}"


def _schedule(statement: "LoanStatement", words: LetterWords) -> Sheet:
    money = ("opening", "interest", "principal", "instalment", "closing")
    columns = (
        TableColumn("number", words.say("n"), ValueKind.COUNT, 8),
        TableColumn("due_date", words.say("due"), ValueKind.DATE, 13),
        *(TableColumn(name, words.say(name), ValueKind.MONEY, 18) for name in money),
    )
    rows = (
        (
            row.number,
            row.due_date,
            row.opening_paise,
            row.interest_paise,
            row.principal_paise,
            row.interest_paise + row.principal_paise,
            row.closing_paise,
        )
        for row in statement.schedule
    )
    return Sheet(words.say("schedule")[:_LONGEST_TITLE], columns, rows)
