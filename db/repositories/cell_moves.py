"""What an act has moved in the summaries, kept until it is committed.

The repositories tell it every row that they add, take away or settle; the unit of work writes the
sums once, before it commits, so that an act moves each table of summaries with one statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from db.records.loans import Disbursement, Instalment, Loan, Repayment
from db.records.months import INDIA
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_account import RepaymentKind

APPROVALS = (Decision.APPROVE, Decision.APPROVE_WITH_CHANGES)
FINAL = (*APPROVALS, Decision.REJECT)
EARLY = (RepaymentKind.PREPAYMENT, RepaymentKind.CLOSURE)
_NO_DUE = (0,) * 6

Moved = tuple[int, ...]
Receipt = tuple[int, UUID, date, str]
KeyT = TypeVar("KeyT")


@dataclass(slots=True)
class CellMoves:
    """Changes by branch and by what they hang on; products are looked up when they are written.

    Attributes:
        products: of loans that the act has read.
        dues: by branch, loan and due date.
        receipts: by branch, loan, value date and method.
        undone: rows taken back, by branch and id: where they stand, and what the reversal adds.
        paid_out: by branch, loan and month.
        decided: by branch, application and month.
        started: by branch, month of disbursement and product.
        turned: by branch and loan: months on book at which it turned bad, with a sign.
        grown: by branch and loan: what was paid out more since.
        defaulted: by branch, month and product.
    """

    products: dict[UUID, str] = field(default_factory=dict)
    dues: dict[tuple[int, UUID, date], list[int]] = field(default_factory=dict)
    receipts: dict[Receipt, list[int]] = field(default_factory=dict)
    undone: dict[tuple[int, UUID], tuple[Receipt, int]] = field(default_factory=dict)
    paid_out: dict[tuple[int, UUID, date], list[int]] = field(default_factory=dict)
    decided: dict[tuple[int, UUID, date], list[int]] = field(default_factory=dict)
    started: dict[tuple[int, date, str], list[int]] = field(default_factory=dict)
    turned: list[tuple[int, UUID, int, int]] = field(default_factory=list)
    grown: dict[tuple[int, UUID], int] = field(default_factory=dict)
    defaulted: dict[tuple[int, date, str], list[int]] = field(default_factory=dict)

    def know(self, loans: Iterable[Loan]) -> None:
        """Remember whose product is which."""
        self.products.update((loan.loan_id, loan.product_code) for loan in loans)

    def start(self, loans: Iterable[Loan]) -> None:
        """Loans were added."""
        for loan in loans:
            _add(self.started, _cohort(loan), (1, loan.principal_paise))
            if loan.defaulted_on is not None:
                self.turn_defaulted(loan.branch_id, loan.defaulted_on, loan.product_code)

    def turn_defaulted(self, branch_id: int, on: date, product_code: str, count: int = 1) -> None:
        """Loans turned Defaulted; a count below 0 takes that back."""
        _add(self.defaulted, (branch_id, on.replace(day=1), product_code), (count,))

    def grow(self, before: Loan, after: Loan) -> None:
        """A later part was paid out, or taken back; the loan turned Defaulted, or did not."""
        for loan, sign in ((before, -1), (after, 1)):
            if loan.defaulted_on is not None and before.defaulted_on != after.defaulted_on:
                self.turn_defaulted(loan.branch_id, loan.defaulted_on, loan.product_code, sign)
        more = after.principal_paise - before.principal_paise
        if more:
            _add(self.started, _cohort(after), (0, more))
            place = (after.branch_id, after.loan_id)
            self.grown[place] = self.grown.get(place, 0) + more

    def turn(self, branch_id: int, loan_id: UUID, months_on_book: int, sign: int = 1) -> None:
        """A loan turned bad; with a sign of -1 a back-dated entry takes that back."""
        self.turned.append((branch_id, loan_id, months_on_book, sign))

    def due(self, branch_id: int, rows: Iterable[Instalment], sign: int = 1) -> None:
        """Instalments were added, or taken away, as they are."""
        for row in rows:
            change = [sign * each for each in due_figures(row)]
            _add(self.dues, (branch_id, row.loan_id, row.due_date), change)

    def receive(self, branch_id: int, rows: Iterable[Repayment]) -> None:
        """Rows of the ledger were added."""
        for row in rows:
            place = (branch_id, row.loan_id, row.value_date, str(row.method))
            _add(self.receipts, place, receipt_figures(row))
            if row.reverses_id is not None:
                self.undone[branch_id, row.reverses_id] = (place, row.amount_paise)

    def pay_out(self, branch_id: int, rows: Iterable[Disbursement]) -> None:
        """Payments out, or those taken back, were added."""
        for row in rows:
            place = (branch_id, row.loan_id, row.disbursement_date.replace(day=1))
            _add(self.paid_out, place, (row.amount_paise,))

    def decide(
        self, branch_id: int, application_id: UUID, decision: Decision, at: datetime
    ) -> None:
        """A decision was written; one that is not final counts for nothing."""
        if decision in FINAL:
            month = at.astimezone(INDIA).date().replace(day=1)
            change = (1, int(decision in APPROVALS))
            _add(self.decided, (branch_id, application_id, month), change)

    def forget(self) -> None:
        """Nothing waits any more: it is written, or all is counted anew."""
        for moved in (self.dues, self.receipts, self.paid_out, self.decided, self.started):
            moved.clear()
        self.undone.clear()
        self.defaulted.clear()
        self.turned.clear()
        self.grown.clear()


def due_figures(row: Instalment) -> Moved:
    """dues, due_paise, on_time, late, unpaid, paid_paise of one instalment."""
    asked = row.interest_paise + row.principal_paise
    if not asked:
        return _NO_DUE  # a month of a pause asks for nothing
    paid = row.paid_interest_paise + row.paid_principal_paise
    unpaid = row.paid_on is None
    on_time = row.paid_on is not None and row.paid_on <= row.due_date
    return (1, asked, int(on_time), int(not unpaid and not on_time), int(unpaid), paid)


def receipt_figures(row: Repayment) -> Moved:
    """receipts, received, interest, principal, fees and prepaid paise of one row of a ledger.

    Whether a reversal takes prepaid money back, only the row that it names can tell.
    """
    count = (row.amount_paise > 0) - (row.amount_paise < 0)
    early = row.amount_paise if row.kind in EARLY else 0
    return (
        count, row.amount_paise, row.interest_paise, row.principal_paise, row.charges_paise, early,
    )  # fmt: skip


def _cohort(loan: Loan) -> tuple[int, date, str]:
    return loan.branch_id, loan.disbursement_date.replace(day=1), loan.product_code


def _add(into: dict[KeyT, list[int]], key: KeyT, change: Sequence[int]) -> None:
    stands = into.get(key)
    if stands is None:
        into[key] = list(change)
        return
    for place, by in enumerate(change):
        stands[place] += by
