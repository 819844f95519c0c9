"""The receipt of a payment as PDF, for the person who paid.

Source: screens.md S62 (posting prints a receipt). It shows a name and an account, so making one is
written down; it is not kept, since the payment itself is.
"""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.file_formats.pdf_out import pages_in
from app.rules.permissions import Act
from app.services.steps.letter_receipt import PaymentTaken, receipt_values
from app.services.steps.letter_render import rendered
from app.services.steps.letter_work import LANGUAGES
from app.services.steps.loan_ledger import read_ledger
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.book import AuditAct
from db.vocabulary.loan_life import Language, LetterKind

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class MakeReceipt:
    """Of which payment, in which language."""

    repayment_id: UUID
    language: Language = Language.EN


@dataclass(frozen=True, slots=True)
class ReceiptMade:
    """The letter and its number; `pages` says how long it is."""

    number: str
    pdf: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """Hash of the PDF."""
        return hashlib.sha256(self.pdf).hexdigest()


def make_receipt(request: MakeReceipt, desk: "Desk") -> ReceiptMade:
    """Make the receipt of a payment; the audit chain says that it was made.

    Raises:
        Refused: the person may not post payments, there is no such language, the row of the
            account is no payment, or the template is damaged.
        NotFound: the branch has no such payment.
    """
    person = permit(desk, Act.POST_REPAYMENT)
    if request.language not in LANGUAGES:
        raise bad_input({"language": "Receipts are made in English and in Hindi"})
    with desk.read_book() as book:
        row = book.accounts.repayment(person.branch_id, request.repayment_id)
        if row.amount_paise <= 0:
            words = "This row of the account is no payment: choose the payment itself"
            raise Refused(RefusalKind.BAD_INPUT, words)
        loan = book.loans.get(person.branch_id, row.loan_id)
        customer = book.customers.get(person.branch_id, loan.customer_id)
        taken = PaymentTaken(row, read_ledger(book, loan), customer)
    pdf = rendered(LetterKind.RECEIPT, receipt_values(taken, request.language, desk)).pdf
    made = ReceiptMade(taken.number, pdf, pages_in(pdf))
    details = {"number": made.number, "sha256": made.sha256}
    with desk.open_book() as book:
        at = desk.clock.now()
        entry = AuditAct("make_receipt", "loan", loan.loan_id, person.staff_id, at, details)
        book.audit.append(person.branch_id, entry)
        book.commit()
    return made
