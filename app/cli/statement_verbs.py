"""The verb `statement`: a loan's account for a period, printed or made as a file.

Source: commands.md (loan life).
"""

import argparse
from pathlib import Path

from app.cli.customer_verbs import customer_key
from app.cli.json_messages import money
from app.cli.letter_language import add_letter_language, letter_language
from app.cli.verb import Access, Verb, day_of
from app.services.read_statement import (
    LoanStatement,
    MakeStatement,
    StatementFormat,
    StatementWanted,
    make_statement,
    read_statement,
)
from app.services.steps.account_statement import StatementRow
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.services.steps.refusal import RefusalKind, Refused


def run_statement(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `statement LOAN --from --to [--out FILE]`."""
    wanted = StatementWanted(
        arguments.loan, arguments.begin, arguments.end, charges=not arguments.without_charges
    )
    if arguments.out is None:
        return _answer(read_statement(wanted, desk))
    target = Path(arguments.out)
    chosen = _format_of(target)
    check_target(target, f".{chosen}")
    request = MakeStatement(wanted, letter_language(arguments), chosen)
    made = make_statement(request, desk)
    write_letter(target, made.content)
    file: dict[str, object] = {"file": str(target), "sha256": made.sha256, "pages": made.pages}
    return _answer(made.statement) | file


def _format_of(target: Path) -> StatementFormat:
    ending = target.suffix.lower().removeprefix(".")
    if ending not in list(StatementFormat):
        raise Refused(RefusalKind.BAD_INPUT, "Name a file that ends in .pdf, .xlsx or .csv")
    return StatementFormat(ending)


def _answer(statement: LoanStatement) -> dict[str, object]:
    lines = statement.lines
    return {
        "loan_id": statement.loan.loan_id,
        "reference": statement.loan.reference,
        "from": statement.begin,
        "to": statement.end,
        "opening": money(lines.opening_paise),
        "rows": [_row(row) for row in lines.rows],
        "closing": money(lines.closing_paise),
        "outstanding_balance": money(statement.outstanding_paise),
        "overdue_amount": money(statement.overdue_paise),
    }


def _row(row: StatementRow) -> dict[str, object]:
    return {
        "date": row.on,
        "kind": row.kind,
        "debit": money(row.debit_paise),
        "credit": money(row.credit_paise),
        "balance": money(row.balance_paise),
        "reference": row.reference,
        "charge": row.charge,
    }


def add_period(parser: argparse.ArgumentParser) -> None:
    """Add the first and the last day of a statement."""
    parser.add_argument("--from", dest="begin", type=day_of, metavar="DATE", help="first day")
    parser.add_argument("--to", dest="end", type=day_of, metavar="DATE", help="last day")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("loan", metavar="LOAN", type=customer_key, help="its id or number, L-1004")
    add_period(parser)
    parser.add_argument("--without-charges", action="store_true", help="leave charges out")
    add_letter_language(parser)
    parser.add_argument("--out", metavar="FILE", help="a file that ends in .pdf, .xlsx or .csv")


VERBS = (Verb("statement", "a loan's account", _arguments, run_statement, Access.WRITES),)
