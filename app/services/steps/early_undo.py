"""Put back what an early payment changed, when the payment itself is reversed.

Source: lending-rules.md 6.6: a returned cheque is reversed on its original day. A closing and a
prepayment put a schedule of their own in force; the one before it comes back as a further version,
from the same day on, and the charges that came with the payment are taken back. What was brought
with a prepayment for arrears and its charge is a receipt of its own: it goes back with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.services.steps.loan_change import change_from, look_from
from app.services.steps.penal_corrections import taken_back
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import Charge, Instalment, Loan, LoanBatch, ScheduleVersion
from db.vocabulary.loan_account import ActState, ChargeEntry, ChargeKind, LoanAct, RepaymentKind

if TYPE_CHECKING:
    from app.services.steps.loan_ledger import LoanLedger, RowMaker
    from db.records.loans import LoanActRecord, Repayment
    from db.unit_of_work import UnitOfWork

EARLY = {
    RepaymentKind.PREPAYMENT: LoanAct.PART_PREPAYMENT,
    RepaymentKind.CLOSURE: LoanAct.FORECLOSURE,
}
_FEES = frozenset({ChargeKind.PREPAYMENT_FEE, ChargeKind.GST})
_LATER = "The loan changed again since this payment: it cannot be taken back alone"


@dataclass(frozen=True, slots=True)
class EarlyUndo:
    """What comes back with the reversal of an early payment.

    Attributes:
        ledger: the account with the schedule before the payment and without its charge.
        rows: the instalments that are put back; none where the payment replaced none.
        agreed: the version they belong to.
        newest: the number of the version in force.
        taken_back: entries of the charge ledger that undo its charges.
        beside: the receipt for arrears and charge that the same money brought.
    """

    ledger: "LoanLedger"
    rows: tuple[Instalment, ...]
    agreed: ScheduleVersion
    newest: int
    taken_back: tuple[Charge, ...]
    beside: "Repayment | None" = None


def early_undo(
    book: "UnitOfWork", ledger: "LoanLedger", row: "Repayment", make: "RowMaker"
) -> EarlyUndo:
    """What the reversal of a prepayment or closing puts back.

    Raises:
        Refused: the loan changed again since.
    """
    loan = ledger.loan
    acts = _acts_of(book, loan, row)
    if not acts:
        raise Refused(RefusalKind.INTEGRITY, "No act of two people stands behind this payment")
    act = acts[0]
    versions = book.accounts.versions(loan.branch_id, loan.loan_id)
    rows: tuple[Instalment, ...] = ()
    agreed = versions[-1]
    if look_from(act.before).schedule_version != look_from(act.after).schedule_version:
        newest = [each for each in ledger.receipts() if each.kind is row.kind][-1]
        if versions[-1].act_id != act.act_id or newest != row:  # several of one day
            raise Refused(RefusalKind.CONFLICT, _LATER)
        agreed = versions[-2]
        rows = book.accounts.past_schedule(loan.branch_id, loan.loan_id, agreed.version)
    first = rows[0].number if rows else len(ledger.schedule) + 1
    kept = tuple(each for each in ledger.schedule if each.number < first)
    closed = book.day_ends.last_closed(loan.branch_id)
    undone = tuple(_taken_back(ledger, row, closed, make))
    before = replace(ledger, schedule=(*kept, *rows), charges=(*ledger.charges, *undone))
    beside = _beside(ledger, row, act)
    return EarlyUndo(before, rows, agreed, versions[-1].version, undone, beside)


def put_back(
    book: "UnitOfWork", undo: EarlyUndo, act: "LoanActRecord", row: "Repayment", make: "RowMaker"
) -> Loan:
    """Write what comes back; return the loan with its terms of before, still to be settled."""
    loan, agreed = undo.ledger.loan, undo.agreed
    book.accounts.add(loan.branch_id, LoanBatch(charges=undo.taken_back))
    if not undo.rows:
        return loan
    version = replace(
        agreed,
        version=undo.newest + 1,
        from_date=row.value_date,
        recorded_at=make.at,
        act_id=act.act_id,
    )
    book.accounts.replace_schedule(loan.branch_id, version, undo.rows)
    return replace(
        loan,
        emi_paise=agreed.emi_paise,
        rate_ppm=agreed.rate_ppm,
        tenure_months=agreed.instalments,
    )


def early_payment_of(
    book: "UnitOfWork", ledger: "LoanLedger", row: "Repayment"
) -> "Repayment | None":
    """The prepayment whose money a receipt is a part of; None for a receipt by itself."""
    for early in ledger.receipts():
        if early.kind is RepaymentKind.PREPAYMENT and early.recorded_at == row.recorded_at:
            acts = _acts_of(book, ledger.loan, early)
            if any(_beside(ledger, early, act) == row for act in acts):
                return early
    return None


def _beside(ledger: "LoanLedger", row: "Repayment", act: "LoanActRecord") -> "Repayment | None":
    """The receipt that was written with a prepayment: the rest of the money, and the charge."""
    if row.kind is not RepaymentKind.PREPAYMENT:
        return None
    together = [each for each in ledger.receipts() if each.recorded_at == row.recorded_at]
    fees = sum(
        each.amount_paise
        for each in ledger.charges
        if each.entry is ChargeEntry.LEVIED and _is_fee(each, row)
    )
    rest = (change_from(act.terms).amount_paise or 0) + fees - row.amount_paise
    found = [
        each
        for each in together
        if each.kind is RepaymentKind.RECEIPT
        and (each.amount_paise, each.value_date) == (rest, row.value_date)
    ]
    return found[-1] if found else None


def _acts_of(book: "UnitOfWork", loan: Loan, row: "Repayment") -> "list[LoanActRecord]":
    """The posted acts of the payment's kind and day, the newest first."""
    return [
        act
        for act in book.acts.of(loan.branch_id, loan_id=loan.loan_id)
        if act.act is EARLY[row.kind]
        and act.state is ActState.POSTED
        and act.value_date == row.value_date
    ]


def _taken_back(
    ledger: "LoanLedger", row: "Repayment", closed: date | None, make: "RowMaker"
) -> Iterator[Charge]:
    undone = {each.reverses_id for each in ledger.charges}
    for each in ledger.charges:
        if each.entry is not ChargeEntry.LEVIED or each.charge_id in undone:
            continue
        if _is_fee(each, row) or _levied_by_closing(each, row, closed):
            yield taken_back(each, make)


def _is_fee(charge: Charge, row: "Repayment") -> bool:
    """Whether it was charged for paying early, with the payment."""
    return charge.kind in _FEES and charge.recorded_at == row.recorded_at


def _levied_by_closing(charge: Charge, row: "Repayment", closed: date | None) -> bool:
    """Whether a day-end has levied it anew, or will: a month that ended stands once it is closed.

    The day-end that closed such a month since found the loan closed, and charged nothing.
    """
    if charge.kind is not ChargeKind.PENAL or charge.of_day_end:
        return False
    if row.kind is not RepaymentKind.CLOSURE or charge.recorded_at != row.recorded_at:
        return False
    day = charge.value_date
    return day == row.value_date or closed is None or day > closed
