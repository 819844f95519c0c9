"""A statement as values for its letter, in English and Hindi."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.services.steps.account_statement import StatementKind, StatementRow
from app.services.steps.letter_page import PageHead, page_values
from app.services.steps.letter_words import Column, LetterWords, fact, letter_words, table
from db.vocabulary.loan_life import Language, LetterKind

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.services.steps.loan_statement import LoanStatement


def statement_values(
    statement: "LoanStatement", language: Language, desk: "Desk"
) -> Mapping[str, Any]:
    """What the template of a statement prints.

    Raises:
        Refused: the bank's own file cannot be used.
    """
    words = letter_words(language)
    number, owner = statement_number(statement), statement.customer
    head = PageHead(LetterKind.STATEMENT, number, owner, statement.end)
    content = {
        "terms": _terms(statement, words),
        "statement": _table(statement, words),
        "note": _note(statement, words),
    }
    return page_values(head, content, words, desk)


def statement_number(statement: "LoanStatement") -> str:
    """The number of a statement: the loan's."""
    return f"STATEMENT-{statement.loan.reference.removeprefix('L-')}"


def _terms(statement: "LoanStatement", words: LetterWords) -> list[dict[str, str]]:
    loan = statement.loan
    begin, end = words.day(statement.begin), words.day(statement.end)
    period = words.say("statement.days", begin=begin, end=end)
    return [
        fact(words.say("statement.loan"), loan.reference),
        fact(words.say("loan_type"), words.word("loan_purpose", loan.loan_purpose)),
        fact(words.say("sanctioned"), words.exact(loan.principal_paise)),
        fact(words.say("rate"), words.rate(loan.rate_ppm)),
        fact(words.say("statement.period"), period),
        fact(words.say("statement.outstanding"), words.exact(statement.outstanding_paise)),
        fact(words.say("statement.overdue"), words.exact(statement.overdue_paise)),
    ]


def _table(statement: "LoanStatement", words: LetterWords) -> dict[str, object]:
    columns = (
        Column(words.say("date")),
        Column(words.say("statement.entry"), width=1),
        *(Column(words.say(f"statement.{key}"), numbers=True) for key in ("debit", "credit")),
        Column(words.say("statement.balance"), numbers=True),
        Column(words.say("statement.reference")),
    )
    lines = statement.lines
    rows = [_bound("opening", statement.begin, lines.opening_paise, words)]
    rows += [_line(row, words) for row in lines.rows]
    rows.append(_bound("closing", statement.end, lines.closing_paise, words))
    return table(columns, rows)


def _bound(key: str, day: date, paise: int, words: LetterWords) -> list[str]:
    return [words.day(day), words.say(f"statement.{key}"), "", "", words.exact(paise), ""]


def _line(row: StatementRow, words: LetterWords) -> list[str]:
    return [
        words.day(row.on),
        entry_said(row, words),
        words.exact(row.debit_paise) if row.debit_paise else "",
        words.exact(row.credit_paise) if row.credit_paise else "",
        words.exact(row.balance_paise),
        row.reference,
    ]


def entry_said(row: StatementRow, words: LetterWords) -> str:
    """What a line is, in the language of the letter."""
    if row.charge is not None:
        charge = words.word("charge_kind", row.charge)
        if row.kind is StatementKind.CHARGE:
            return charge
        entry = "Waived" if row.kind is StatementKind.CHARGE_WAIVED else "Reversed"
        return f"{charge}: {words.word('charge_entry', entry)}"
    acts = {
        StatementKind.PAID_OUT: "DISBURSEMENT",
        StatementKind.TAKEN_BACK: "DISBURSEMENT_REVERSAL",
    }
    if row.kind in acts:
        return words.word("loan_act", acts[row.kind])
    if row.kind is StatementKind.INTEREST:
        return words.say("statement.interest")
    return words.word("repayment_kind", row.kind.value)


def _note(statement: "LoanStatement", words: LetterWords) -> str:
    key = "statement.with_charges" if statement.charges else "statement.without_charges"
    return words.say(key)
