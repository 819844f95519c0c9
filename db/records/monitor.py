"""What the portfolio monitor reads of a book. Counts whole, money in paise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass

WHOLE_BANK = 0
"""The branch under which summaries and alerts of the whole bank stand."""

# How figures are named where there is no class, no security, or no bucket any more.
NO_CLASS = "-"
NO_SECURITY = "none"
CLOSED, WRITTEN_OFF = "CLOSED", "WRITTEN-OFF"


@dataclass(frozen=True, slots=True)
class CapTerms:
    """How much of the accepted value of one kind of security loans of one product may reach.

    Attributes:
        sanctioned_from, sanctioned_to: the product's own days; None = no end.
        up_to_paise: the largest loan that this cap is for; None = any larger one.
        cap_ppm: None where no rule gives one: then nothing is said of a loan with such security.
    """

    product_code: str
    sanctioned_from: date
    sanctioned_to: date | None
    kind: CollateralType
    up_to_paise: int | None
    cap_ppm: int | None


@dataclass(frozen=True, slots=True)
class FigureTerms:
    """The limits that some figures are cut by, as the rules or tables give them."""

    ltv_edges_ppm: Sequence[int] = ()
    ticket_edges_paise: Sequence[int] = ()
    valued_from: Mapping[CollateralType, date] = field(default_factory=dict)
    caps: Sequence[CapTerms] = ()


@dataclass(frozen=True, slots=True)
class BookCut:
    """The part of a book that is looked at.

    Attributes:
        branch_id: one branch; None for every one.
        day: the day-end or month end looked at.
        present: whether the loans count as they stand now; else as the month end kept them.
    """

    branch_id: int | None
    day: date
    present: bool
    product_code: str | None = None
    officer_id: UUID | None = None

    @property
    def filtered(self) -> bool:
        """Whether only some products or officers count."""
        return self.product_code is not None or self.officer_id is not None


@dataclass(frozen=True, slots=True)
class PositionSum:
    """The open loans of one day: counts, what they owe and what is set aside."""

    day: date
    loans: int
    active_loans: int
    outstanding_paise: int
    overdue_paise: int
    npa_loans: int
    npa_paise: int
    npa_provision_paise: int
    provision_paise: int
    above_30_paise: int
    above_60_paise: int
    above_90_paise: int


@dataclass(frozen=True, slots=True)
class DayFlow:
    """What one day, or the month that it begins, brought: loans lent, defaulted, money out."""

    day: date
    lent_loans: int
    defaulted_loans: int
    paid_out_paise: int


@dataclass(frozen=True, slots=True)
class DueSum:
    """The instalments of one due date, or of the month that it begins, as paid until now.

    Attributes:
        due_paise: what fell due.
        collected_paise: what has been paid of it, parts of instalments too.
    """

    day: date
    due: int
    on_time: int
    late: int
    unpaid: int
    due_paise: int
    collected_paise: int


@dataclass(frozen=True, slots=True)
class ApplicationSum:
    """Applications received by the day, and those among them that are approved now."""

    received: int
    approved: int


@dataclass(frozen=True, slots=True)
class DecisionSum:
    """Final decisions of one month."""

    month: date
    decided: int
    approved: int


@dataclass(frozen=True, slots=True)
class ClassPosition:
    """Open loans of one class and bucket at one day."""

    asset_class: AssetClass
    loans: int
    outstanding_paise: int
    provision_paise: int


@dataclass(frozen=True, slots=True)
class ClassShift:
    """Loans that stood in one class at a month end and stand in another now.

    Attributes:
        before, after: None for a loan that was not open then, or is not any more.
        amount_paise: owed now; by those that are gone, owed then.
    """

    before: AssetClass | None
    after: AssetClass | None
    loans: int
    amount_paise: int


@dataclass(frozen=True, slots=True)
class BucketShift:
    """The balance of one bucket at a month end that stood somewhere else at the next.

    Attributes:
        after: None for a loan that is closed; `written_off` tells how.
        opening_paise: what these loans owed at the first month end.
    """

    before: DpdBucket
    after: DpdBucket | None
    written_off: bool
    loans: int
    opening_paise: int


@dataclass(frozen=True, slots=True)
class CohortSum:
    """Loans of a month of disbursement that first were 90 days late in one month on book.

    Attributes:
        loans, principal_paise: paid out in the month; they stand at month 0.
    """

    month: date
    months_on_book: int
    loans: int
    principal_paise: int
    bad_loans: int
    bad_paise: int


@dataclass(frozen=True, slots=True)
class GroupSum:
    """Open loans of one key of a concentration."""

    key: str
    loans: int
    amount_paise: int
    npa_loans: int
    npa_paise: int


@dataclass(frozen=True, slots=True)
class SecuritySum:
    """Security of one kind behind open loans.

    Attributes:
        value_paise: as valued; `accepted_paise` after the share that counts.
    """

    kind: str
    loans: int
    value_paise: int
    accepted_paise: int


@dataclass(frozen=True, slots=True)
class ReceiptSum:
    """Rows of the ledger of one method or kind."""

    key: str
    rows: int
    amount_paise: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line behind a figure, with what it adds to it.

    Attributes:
        loan_id: None for an application that is no loan.
        item: the instalment's number, where instalments are counted.
        day: due date, value date or day of decision, where the line has one.
    """

    branch_id: int
    loan_id: UUID | None
    reference: str
    amount_paise: int
    item: int | None = None
    day: date | None = None
