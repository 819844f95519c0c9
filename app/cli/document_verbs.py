"""The verb `document`: a letter about an application or a loan, written to a file.

Source: commands.md (loan life). It prints without a window; the answer names the letter's hash.
"""

import argparse
from pathlib import Path

from app.cli.customer_verbs import customer_key
from app.cli.letter_language import add_letter_language, letter_language
from app.cli.statement_verbs import add_period
from app.cli.verb import Access, Verb
from app.services.issue_documents import MakeDocument, make_document
from app.services.read_application import read_application
from app.services.read_documents import open_document
from app.services.read_statement import MakeStatement, StatementWanted, make_statement
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.letter_file import check_target, write_letter
from app.services.steps.letter_work import MADE_HERE
from db.vocabulary.loan_life import LetterKind


def run_document(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `document ID --kind KIND --out FILE`."""
    target = Path(arguments.out)
    check_target(target)
    if arguments.kind == LetterKind.STATEMENT:
        return _statement(arguments, desk, target)
    seen = read_application(arguments.application, desk).application
    request = MakeDocument(
        new_id(desk), seen.application_id, LetterKind(arguments.kind), letter_language(arguments)
    )
    made = make_document(request, desk)
    pdf = open_document(made.document_id, desk).pdf
    write_letter(target, pdf)
    return {
        "document_id": made.document_id,
        "number": made.number,
        "copy": made.copy_number,
        "language": made.language.value,
        "sha256": made.pdf_sha256,
        "pages": made.pages,
        "file": str(target),
    }


def _statement(arguments: argparse.Namespace, desk: Desk, target: Path) -> dict[str, object]:
    """A statement is of an account and is not kept: it has a number and no id."""
    wanted = StatementWanted(arguments.application, arguments.begin, arguments.end)
    made = make_statement(MakeStatement(wanted, letter_language(arguments)), desk)
    write_letter(target, made.content)
    return {
        "document_id": None,
        "number": made.number,
        "copy": 0,
        "language": letter_language(arguments).value,
        "sha256": made.sha256,
        "pages": made.pages,
        "file": str(target),
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "application",
        metavar="ID",
        type=customer_key,
        help="an application's id or number, A-1662; of a statement the loan's, L-1004",
    )
    kinds = sorted(each.value for each in (*MADE_HERE, LetterKind.STATEMENT))
    parser.add_argument("--kind", required=True, choices=kinds)
    add_period(parser)
    add_letter_language(parser)
    parser.add_argument("--out", required=True, metavar="FILE", help="a file that ends in .pdf")


VERBS = (Verb("document", "make a letter as PDF", _arguments, run_document, Access.WRITES),)
