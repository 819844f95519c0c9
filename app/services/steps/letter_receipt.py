"""The receipt of a payment as values for its letter, in English and Hindi."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.rules.bank_time import bank_day
from app.rules.money import amount_in_words
from app.services.steps.letter_page import PageHead, page_values
from app.services.steps.letter_words import Column, LetterWords, fact, letter_words, table
from app.services.steps.loan_ledger import LoanLedger
from db.records.loans import Repayment
from db.records.people import Customer
from db.vocabulary.loan_life import Language, LetterKind

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class PaymentTaken:
    """A payment on its account, and whose loan it is."""

    row: Repayment
    ledger: LoanLedger
    customer: Customer

    @property
    def reversed(self) -> bool:
        """Whether it was taken back since."""
        return self.row.repayment_id in self.ledger.reversed_ids

    @property
    def number(self) -> str:
        """Of its receipt: the loan's number and which of its payments it is, as recorded."""
        taken = sorted(
            (row for row in self.ledger.rows if row.amount_paise > 0),
            key=lambda row: (row.recorded_at, row.repayment_id),
        )
        place = [row.repayment_id for row in taken].index(self.row.repayment_id) + 1
        return f"RECEIPT-{self.ledger.loan.reference.removeprefix('L-')}-{place}"


def receipt_values(taken: PaymentTaken, language: Language, desk: "Desk") -> Mapping[str, Any]:
    """What the template of a receipt prints; one that was taken back is marked so.

    Raises:
        Refused: the bank's own file cannot be used.
    """
    words = letter_words(language)
    head = PageHead(
        LetterKind.RECEIPT,
        taken.number,
        taken.customer,
        bank_day(taken.row.recorded_at),
        words.say("receipt.reversed") if taken.reversed else "",
    )
    content = {
        "terms": _terms(taken, words),
        "split": _split(taken, words),
        "note": words.say("receipt.note"),
    }
    return page_values(head, content, words, desk)


def _terms(taken: PaymentTaken, words: LetterWords) -> list[dict[str, str]]:
    row, loan = taken.row, taken.ledger.loan
    lines = [
        fact(words.say("statement.loan"), loan.reference),
        fact(words.say("loan_type"), words.word("loan_purpose", loan.loan_purpose)),
        fact(words.say("receipt.received"), words.exact(row.amount_paise)),
    ]
    if words.language is Language.EN:
        lines.append(fact(words.say("receipt.in_words"), amount_in_words(row.amount_paise)))
    lines += [
        fact(words.say("receipt.value_date"), words.day(row.value_date)),
        fact(words.say("receipt.method"), words.word("payment_method", row.method)),
    ]
    for key, text in (("statement.reference", row.reference), ("receipt.payer", row.payer)):
        if text:
            lines.append(fact(words.say(key), text))
    return lines


def _split(taken: PaymentTaken, words: LetterWords) -> dict[str, object]:
    """Where the money stands now, later corrections among it; nothing once it was taken back."""
    split = taken.ledger.net_split(taken.row.repayment_id)
    columns = (
        Column(words.say("receipt.used_for"), width=1),
        Column(words.say("amount"), numbers=True),
    )
    parts = (
        ("interest", split.interest_paise),
        ("principal", split.principal_paise),
        ("receipt.charges", split.charges_paise),
        ("receipt.advance", split.excess_paise),
    )
    rows = [[words.say(key), words.exact(paise)] for key, paise in parts if paise]
    return table(columns, rows)
