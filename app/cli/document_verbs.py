"""The verb `document`: a letter about an application, made or copied, written to a file.

Source: commands.md (loan life). It prints without a window; the answer names the letter's hash.
"""

import argparse
from pathlib import Path

from app.cli.customer_verbs import customer_key
from app.cli.verb import Access, Verb
from app.services.issue_documents import MakeDocument, make_document
from app.services.read_application import read_application
from app.services.read_documents import open_document
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.letter_work import LANGUAGES, MADE_HERE
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import Language, LetterKind


def run_document(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `document ID --kind KIND --out FILE`."""
    target = Path(arguments.out)
    _check_target(target)
    seen = read_application(arguments.application, desk).application
    request = MakeDocument(
        new_id(desk), seen.application_id, LetterKind(arguments.kind), Language(arguments.language)
    )
    made = make_document(request, desk)
    pdf = open_document(made.document_id, desk).pdf
    _write(target, pdf)
    return {
        "document_id": made.document_id,
        "number": made.number,
        "copy": made.copy_number,
        "sha256": made.pdf_sha256,
        "pages": made.pages,
        "file": str(target),
    }


def _check_target(target: Path) -> None:
    """Refuse before a letter is made that could not be written."""
    if target.suffix.lower() != ".pdf" or target.is_dir():
        raise Refused(RefusalKind.BAD_INPUT, "Name a file that ends in .pdf")
    if not target.absolute().parent.is_dir():
        raise Refused(RefusalKind.BAD_INPUT, "The folder of the file is not there")


def _write(target: Path, pdf: bytes) -> None:
    """Write beside the file and rename, so that no half letter is ever left."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(pdf)
        beside.replace(target)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise Refused(
            RefusalKind.BAD_INPUT, "The letter cannot be written there: check the folder"
        ) from fault


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "application", metavar="ID", type=customer_key, help="its id or number, A-1662"
    )
    parser.add_argument("--kind", required=True, choices=sorted(each.value for each in MADE_HERE))
    parser.add_argument(
        "--language",
        default=Language.EN.value,
        choices=sorted(each.value for each in LANGUAGES),
        help="language of the letter",
    )
    parser.add_argument("--out", required=True, metavar="FILE", help="a file that ends in .pdf")


VERBS = (Verb("document", "make a letter as PDF", _arguments, run_document, Access.WRITES),)
