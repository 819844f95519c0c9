"""Why a loan stands in its class, and what amount lifts it out of it.

Source: commands.md (`classify`), screens.md S61 (why card), lending-rules.md 9.1 to 9.3. The class
is that of the last closed day; the cure is what is unpaid today, of all loans for an NPA.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.asset_classification import is_npa, turns_npa
from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act
from app.rules.provisioning import provision_rate, provision_required
from app.services.steps.borrower_loans import BorrowersLoan, read_borrowers_loan
from app.services.steps.closed_day import counted_to
from app.services.steps.loan_ledger import replay_ledger
from app.services.steps.loan_owed import loan_of
from app.services.steps.loan_provision import provision_case
from app.services.steps.permission import permit
from db.vocabulary.loan_life import AssetClass

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class Classification:
    """A loan's class and where it comes from; money in paise.

    Attributes:
        as_of: the last closed day.
        cause: in a few words, empty for a loan that has never moved.
        pulled_by: reference of the borrower's other loan that made this one an NPA, or None.
        cure_paise: paid by the next day-end it makes the loan Standard; 0 where it is, None where
            paying arrears does not help: an identified loss.
        provision_rate_ppm: share of the outstanding.
    """

    loan_id: UUID
    reference: str
    as_of: date
    asset_class: AssetClass
    days_past_due: int
    npa_since: date | None
    oldest_unpaid_due: date | None
    cause: str
    pulled_by: str | None
    cure_paise: int | None
    provision_rate_ppm: int
    provision_paise: int


def read_classification(loan: UUID | str, desk: "Desk") -> Classification:
    """Read a loan's class with its reasons.

    Raises:
        Refused: the person may not read loans.
        NotFound: the branch has no such loan.
        NoRuleInForceError: a rule on classes or provisions is missing on that day.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        found = loan_of(book, branch_id, loan)
        theirs = book.accounts.of_borrower(branch_id, found.customer_id)
        owned = [read_borrowers_loan(book, each) for each in theirs]
        entries = book.loans.npa_entries(branch_id, found.loan_id)
        as_of = counted_to(book, branch_id, today)
    own = next(each for each in owned if each.loan.loan_id == found.loan_id)
    newest = max(entries, key=lambda each: (each.business_date, each.recorded_at), default=None)
    oldest = own.classed.oldest_unpaid_due(as_of)
    stands = (found.asset_class, own.balance_on(as_of))
    case = provision_case(own.secured, stands, as_of, rulebook)
    return Classification(
        loan_id=found.loan_id,
        reference=found.reference,
        as_of=as_of,
        asset_class=found.asset_class,
        days_past_due=days_past_due(oldest, as_of, rulebook),
        npa_since=found.npa_since,
        oldest_unpaid_due=oldest,
        cause="" if newest is None else newest.cause,
        pulled_by=_pulled_by(own, owned, as_of, rulebook),
        cure_paise=_cure(own, owned, today),
        provision_rate_ppm=provision_rate(case, rulebook, as_of),
        provision_paise=provision_required(case, rulebook, as_of),
    )


def _pulled_by(
    own: BorrowersLoan, owned: Sequence[BorrowersLoan], as_of: date, rulebook: "Rulebook"
) -> str | None:
    """The other loan with the oldest arrears, where this one is no NPA by its own days."""
    mine = own.classed.oldest_unpaid_due(as_of)
    days = days_past_due(mine, as_of, rulebook)
    if own.loan.npa_since is None or turns_npa(days, rulebook, as_of):
        return None
    others = [
        (due, each.loan.reference)
        for each in owned
        if each is not own and (due := each.classed.oldest_unpaid_due(as_of)) is not None
    ]
    worst = min(others, default=None)
    return None if worst is None or (mine is not None and mine <= worst[0]) else worst[1]


def _cure(own: BorrowersLoan, owned: Sequence[BorrowersLoan], today: date) -> int | None:
    """What has to be paid today, on which loans the class asks for it."""
    if any(each.classed.is_loss(today) and each.classed.counts(today) for each in owned):
        return None
    concerned = owned if is_npa(own.loan.asset_class) else [own]
    return sum(
        replay_ledger(each.ledger, today).overdue_paise(today)
        for each in concerned
        if each.classed.counts(today)
    )
