"""Post a receipt on a loan, once; and show beforehand what it would do.

Source: screens.md S62, commands.md (`repay`), lending-rules.md 6. Oldest instalment first, interest
before principal, charges last; what is left over stays as an advance. A back-dated receipt adds
rows that move the splits after it. Preview and posting share `plan_with_charges`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.asset_classification import is_npa
from app.rules.money import rupees_shown
from app.rules.permissions import Act
from app.rules.receipt_terms import (
    ReceiptDay,
    ReceiptTerms,
    money_faults,
    needs_identity,
    paper_faults,
    tidy_reference,
)
from app.services.steps.check_identity_numbers import check_pan
from app.services.steps.closing_receipt import plan_with_charges
from app.services.steps.command import Command, Done, run_command
from app.services.steps.free_text import text_fault, tidy_text
from app.services.steps.loan_ledger import LoanLedger
from app.services.steps.loan_owed import loan_of
from app.services.steps.open_account import refuse_closed, row_maker
from app.services.steps.open_ledger import Receipt, ledger_to_post
from app.services.steps.permission import permit
from app.services.steps.plain_json import from_plain, to_plain
from app.services.steps.receipt_effect import ReceiptEffect, RowMoved, effect_in, rows_moved
from app.services.steps.receipt_plan import PlannedRow, ReceiptEntry
from app.services.steps.refusal import RefusalKind, bad_input
from app.services.steps.row_posting import BookDay, book_day, post_row
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_life import PaymentMethod

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk
    from db.records.loans import Loan
    from db.unit_of_work import UnitOfWork

LONGEST_PAYER = 100
_REPEATED = "This reference was posted before, on {loan}: check that it is not the same money"
_LATE = "It pays the loan off late: penal charges of {charged} come with it and have to be paid too"
_TOO_MUCH = "This is more than everything still to be paid on the loan: check the amount"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A receipt as entered.

    Attributes:
        amount_paise: received.
        value_date: None = today.
        pan_number: of the borrower, where much cash asks for it; only whether it fits is kept.
        form_60: taken from a payer without PAN.
    """

    amount_paise: int
    method: PaymentMethod
    value_date: date | None = None
    reference: str = ""
    payer_name: str = ""
    pan_number: str = field(default="", repr=False)
    form_60: bool = False


@dataclass(frozen=True, slots=True)
class PostRepayment:
    """Post a receipt; the command id is the idempotency key, or made from it.

    Attributes:
        loan: id or reference.
    """

    command_id: UUID
    loan: UUID | str
    facts: ReceiptFacts


@dataclass(frozen=True, slots=True)
class RepaymentPreview:
    """What a receipt would do; `warnings` do not stop it."""

    loan_id: UUID
    reference: str
    effect: ReceiptEffect
    needs_identity: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepaymentPosted:
    """A receipt as it was posted, with the corrections that it brought about."""

    repayment_id: UUID
    loan_id: UUID
    reference: str
    value_date: date
    amount_paise: int
    effect: ReceiptEffect
    corrections: tuple[RowMoved, ...]
    warnings: tuple[str, ...]
    version: int


def preview_repayment(loan: UUID | str, facts: ReceiptFacts, desk: "Desk") -> RepaymentPreview:
    """Work a receipt out and write nothing; the reference may still be missing.

    Raises:
        Refused: not permitted; the loan takes no receipts; amount or value date do not do.
        NotFound: the branch has no such loan.
    """
    person, rulebook = permit(desk, Act.POST_REPAYMENT), desk.rulebook()
    with desk.read_book() as book:
        found = loan_of(book, person.branch_id, loan)
        terms = _terms(facts, desk)
        _check(found, facts, terms, (person, desk), papers=False)
        day = book_day(book, person.branch_id, desk)
        ledger = ledger_to_post(book, found, _receipt(terms, desk), day)
        plan = _planned(book, ledger, terms, facts, desk)
        effect = effect_in(book, plan, day, rulebook)
        warnings = _warnings(book, plan)
    asks = needs_identity(terms, desk.clock.today(), rulebook)
    return RepaymentPreview(found.loan_id, found.reference, effect, asks, warnings)


def post_repayment(request: PostRepayment, desk: "Desk") -> RepaymentPosted:
    """Post a receipt; the same command again answers the same and changes nothing.

    Raises:
        Refused: not permitted; the loan takes no receipts; a field does not do (`fields`); the
            command was sent before with other content.
        NotFound: the branch has no such loan.
    """
    person = permit(desk, Act.POST_REPAYMENT)
    desk.rulebook()  # read before the book is held
    facts = request.facts

    def act(book: "UnitOfWork") -> Done:
        day = book_day(book, person.branch_id, desk)
        loan, others = book.accounts.open_accounts.lock(person.branch_id, request.loan)
        terms = _terms(facts, desk, identified=_identified(book, loan, facts))
        _check(loan, facts, terms, (person, desk), papers=True)
        ledger = ledger_to_post(book, loan, _receipt(terms, desk), day)
        plan = _planned(book, ledger, terms, facts, desk)
        posted = _write(book, plan, (day, others), desk)
        how = {"method": terms.method.value, "value_date": terms.value_date.isoformat()}
        return _done(posted, how)

    payload = {"loan": str(request.loan), "facts": to_plain(facts)}
    command = Command(request.command_id, "repay", payload, clash=RefusalKind.BAD_INPUT)
    return from_plain(RepaymentPosted, run_command(desk, command, act)["posted"])


def _terms(facts: ReceiptFacts, desk: "Desk", *, identified: bool = False) -> ReceiptTerms:
    return ReceiptTerms(
        amount_paise=facts.amount_paise,
        value_date=facts.value_date or desk.clock.today(),
        method=facts.method,
        reference=tidy_reference(facts.reference),
        identified=identified,
    )


def _identified(book: "UnitOfWork", loan: "Loan", facts: ReceiptFacts) -> bool:
    """Whether Form 60 was taken, or the PAN is the one on the borrower's record."""
    if facts.form_60 or not facts.pan_number.strip():
        return facts.form_60
    checked = check_pan(facts.pan_number)
    if checked.value is None:
        raise bad_input({"pan_number": checked.sentence})
    if book.customers.id_by_pan(loan.branch_id, checked.value) != loan.customer_id:
        sentence = "This is not the PAN on the borrower's record: take Form 60 from another payer"
        raise bad_input({"pan_number": sentence})
    return True


def _check(
    loan: "Loan",
    facts: ReceiptFacts,
    terms: ReceiptTerms,
    who: "tuple[Actor, Desk]",
    *,
    papers: bool,
) -> None:
    person, desk = who
    refuse_closed(loan)
    rulebook = desk.rulebook()
    when = ReceiptDay(desk.clock.today(), loan.disbursement_date, person.roles)
    faults = money_faults(terms, when, rulebook)
    payer = text_fault("The payer", tidy_text(facts.payer_name), LONGEST_PAYER)
    if payer:
        faults["payer_name"] = payer
    if papers:
        faults |= paper_faults(terms, when, rulebook, shipped_words())
    if faults:
        raise bad_input(faults)


def _receipt(terms: ReceiptTerms, desk: "Desk") -> Receipt:
    return Receipt(terms.value_date, desk.clock.now())


def _planned(
    book: "UnitOfWork",
    ledger: LoanLedger,
    terms: ReceiptTerms,
    facts: ReceiptFacts,
    desk: "Desk",
) -> PlannedRow:
    today, rulebook = desk.clock.today(), desk.rulebook()
    segment = "NPA" if is_npa(ledger.loan.asset_class) else "ALL"
    entry = ReceiptEntry(
        amount_paise=terms.amount_paise,
        value_date=terms.value_date,
        method=terms.method,
        reference=terms.reference,
        policy=AppropriationOrder(rulebook.word("appropriation_order", today, segment)),
        payer=tidy_text(facts.payer_name) or None,
    )
    return plan_with_charges(book, (ledger, entry), today, rulebook, row_maker(desk))


def _warnings(book: "UnitOfWork", plan: PlannedRow) -> tuple[str, ...]:
    loan, row = plan.ledger.loan, plan.row
    found = []
    if row.reference:
        twins = book.accounts.same_reference(loan.branch_id, row)
        found += [_REPEATED.format(loan=reference) for reference in twins]
    if row.amount_paise > plan.left_paise:
        found.append(_TOO_MUCH)
    if plan.charged_paise > 0:
        found.append(_LATE.format(charged=rupees_shown(plan.charged_paise)))
    return tuple(found)


def _write(
    book: "UnitOfWork",
    plan: PlannedRow,
    known: "tuple[BookDay, tuple[Loan, ...]]",
    desk: "Desk",
) -> RepaymentPosted:
    loan, (day, others) = plan.ledger.loan, known
    effect = effect_in(book, plan, day, desk.rulebook(), others)
    warnings = _warnings(book, plan)
    settled = post_row(book, plan, day, desk)
    return RepaymentPosted(
        repayment_id=plan.row.repayment_id,
        loan_id=loan.loan_id,
        reference=loan.reference,
        value_date=plan.row.value_date,
        amount_paise=plan.row.amount_paise,
        effect=effect,
        corrections=rows_moved(settled.corrections),
        warnings=warnings,
        version=settled.loan.version,
    )


def _done(posted: RepaymentPosted, how: dict[str, str]) -> Done:
    split = posted.effect.split
    details: dict[str, object] = {
        "repayment_id": str(posted.repayment_id),
        "amount_paise": posted.amount_paise,
        "split": to_plain(split),
        "corrections": len(posted.corrections),
        **how,
    }
    return Done({"posted": to_plain(posted)}, "loan", posted.loan_id, details)
