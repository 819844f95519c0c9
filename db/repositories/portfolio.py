"""Every count and sum of the portfolio page, as few statements as possible.

Definitions: lending-rules.md 9.1, 9.4 and 14. Outstanding leaves written-off loans out and NPA
in; PARn is money on loans more than n days past due, where the due date's own day-end is day 1.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select, true

from db.identifiers import format_reference
from db.records.portfolio import BookSums, ClassSum, KeySum, LoanAmount, MonthSum
from db.repositories import portfolio_breakdowns, portfolio_trend
from db.repositories.drift_book import DriftBook
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.portfolio_scope import (
    IN_ADVANCES,
    latest_entries,
    money,
    more_days_past_due,
    of_branch,
    share_of,
)
from db.repositories.session import Session
from db.repositories.stress_book import StressBook
from db.tables.applications import applications
from db.tables.loans import disbursements, instalments, loans, repayments
from db.vocabulary.loan_life import ApplicationStatus, AssetClass, LoanStatus

APPROVED = (ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED)
DECIDED = (*APPROVED, ApplicationStatus.REJECTED)
_INSTALMENT = instalments.c.interest_paise + instalments.c.principal_paise
_PAID = instalments.c.paid_interest_paise + instalments.c.paid_principal_paise


class Portfolio:
    """Sums over one branch, or over all of them when the branch is None.

    `stress` reads the loans of a stress run, `drift` the scores and outcomes of a drift report.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.stress = StressBook(session)
        self.drift = DriftBook(session)

    def sums(self, branch_id: int | None, as_of: date) -> BookSums:
        """Return every count and sum of the summary in one statement."""
        parts = (
            _application_sums(branch_id),
            _loan_sums(branch_id, as_of),
            _money_sums(branch_id),
            _instalment_sums(branch_id, as_of),
            _provision(branch_id),
        )
        together: Any = parts[0]
        for part in parts[1:]:
            together = together.join(part, true())
        columns = [column for part in parts for column in part.c]
        row = self._session.one(select(*columns).select_from(together))._mapping  # noqa: SLF001  # SQLAlchemy's public name for a row as mapping
        return BookSums(as_of=as_of, **{name: int(value or 0) for name, value in row.items()})

    def classes(self, branch_id: int | None, as_of: date) -> tuple[ClassSum, ...]:
        """Return count, money and latest stored provision of each asset class in use."""
        return portfolio_breakdowns.classes(self._session, branch_id, as_of)

    def by_purpose(self, branch_id: int | None) -> tuple[KeySum, ...]:
        """Return open loans and their outstanding by purpose, largest first."""
        return portfolio_breakdowns.by_purpose(self._session, branch_id)

    def by_method(self, branch_id: int | None, as_of: date) -> tuple[KeySum, ...]:
        """Return receipts and their money by method of payment, largest first."""
        return portfolio_breakdowns.by_method(self._session, branch_id, as_of)

    def collateral_by_kind(self, branch_id: int | None) -> tuple[KeySum, ...]:
        """Return open loans that have a kind of security, and its value, largest first."""
        return portfolio_breakdowns.collateral_by_kind(self._session, branch_id)

    def ltv_bands(self, branch_id: int | None, edges_ppm: Sequence[int]) -> tuple[KeySum, ...]:
        """Return open loans and outstanding by outstanding over accepted security."""
        return portfolio_breakdowns.ltv_bands(self._session, branch_id, edges_ppm)

    def ticket_sizes(self, branch_id: int | None, edges_paise: Sequence[int]) -> tuple[KeySum, ...]:
        """Return loans and principal by size when disbursed."""
        return portfolio_breakdowns.ticket_sizes(self._session, branch_id, edges_paise)

    def months(self, branch_id: int | None, as_of: date, count: int = 12) -> tuple[MonthSum, ...]:
        """Return the trend of the last months, oldest first, in four statements."""
        return portfolio_trend.months(self._session, branch_id, as_of, count)

    def disbursed_between(self, branch_id: int | None, first: date, last: date) -> int:
        """Return what was paid out from one day to another, both included."""
        query = select(money(disbursements.c.amount_paise)).where(
            of_branch(disbursements, branch_id),
            disbursements.c.disbursement_date.between(first, last),
        )
        return int(self._session.one(query)[0])

    def rows(self, branch_id: int | None, as_of: date, figure: str) -> tuple[LoanAmount, ...]:
        """Return exactly the loans behind a figure; their sum is the figure.

        Raises:
            ValueError: there is no such figure.
        """
        query = _rows_behind(figure, as_of).where(of_branch(loans, branch_id))
        return tuple(
            LoanAmount(
                row["loan_id"], format_reference("L", row["number"]), int(row["amount_paise"])
            )
            for row in self._session.rows(query.order_by(loans.c.branch_id, loans.c.number))
        )


def _application_sums(branch_id: int | None) -> Subquery:
    status = applications.c.status
    return (
        select(
            func.count().label("applications"),
            share_of(status.in_(DECIDED)).label("decided"),
            share_of(status.in_(APPROVED)).label("approved"),
        )
        .where(of_branch(applications, branch_id))
        .subquery()
    )


def _loan_sums(branch_id: int | None, as_of: date) -> Subquery:
    owed = loans.c.outstanding_paise
    return (
        select(
            func.count().label("loans"),
            share_of(loans.c.status == LoanStatus.ACTIVE).label("active_loans"),
            share_of(loans.c.defaulted_on.is_not(None)).label("defaulted_loans"),
            _owed_where(IN_ADVANCES).label("outstanding_paise"),
            _owed_where(IN_ADVANCES & loans.c.asset_class.in_(NPA_CLASSES)).label(
                "npa_outstanding_paise"
            ),
            *(
                _owed_where(IN_ADVANCES & more_days_past_due(days, as_of)).label(
                    f"outstanding_above_{days}_paise"
                )
                for days in (30, 60, 90)
            ),
        )
        .where(of_branch(loans, branch_id), owed >= 0)
        .subquery()
    )


def _owed_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return money(case((condition, loans.c.outstanding_paise), else_=0))


def _money_sums(branch_id: int | None) -> Subquery:
    paid_out = select(money(disbursements.c.amount_paise)).where(
        of_branch(disbursements, branch_id)
    )
    return (
        select(
            paid_out.scalar_subquery().label("disbursed_paise"),
            money(repayments.c.amount_paise).label("repaid_paise"),
            money(repayments.c.charges_paise).label("late_fees_paise"),
        )
        .where(of_branch(repayments, branch_id))
        .subquery()
    )


def _instalment_sums(branch_id: int | None, as_of: date) -> Subquery:
    """On time = paid in full by the due date; current demand = dues of the month of `as_of`."""
    due, paid_on = instalments.c.due_date, instalments.c.paid_on
    current = due >= as_of.replace(day=1)
    return (
        select(
            func.count().label("instalments_due"),
            share_of(paid_on <= due).label("instalments_on_time"),
            share_of(paid_on > due).label("instalments_late"),
            share_of(paid_on.is_(None)).label("instalments_unpaid"),
            money(case((current, _INSTALMENT), else_=0)).label("current_demand_paise"),
            money(case((current, _PAID), else_=0)).label("collected_on_current_paise"),
        )
        .where(of_branch(instalments, branch_id), due <= as_of)
        .subquery()
    )


def _provision(branch_id: int | None) -> Subquery:
    latest = latest_entries(branch_id)
    own = (latest.c.branch_id == loans.c.branch_id) & (latest.c.loan_id == loans.c.loan_id)
    return (
        select(money(latest.c.provision_paise).label("npa_provision_paise"))
        .select_from(loans.join(latest, own))
        .where(of_branch(loans, branch_id), IN_ADVANCES, loans.c.asset_class.in_(NPA_CLASSES))
        .subquery()
    )


def _rows_behind(figure: str, as_of: date) -> "Select[Any]":
    owed, paid_out = loans.c.outstanding_paise, loans.c.principal_paise
    kind, _, key = figure.partition(":")
    plain: dict[str, tuple[ColumnElement[bool], ColumnElement[int]]] = {
        "loans": (true(), paid_out),
        "active_loans": (loans.c.status == LoanStatus.ACTIVE, owed),
        "defaulted_loans": (loans.c.defaulted_on.is_not(None), paid_out),
        "disbursed": (true(), _paid_out()),
        "outstanding": (IN_ADVANCES, owed),
        "npa": (IN_ADVANCES & loans.c.asset_class.in_(NPA_CLASSES), owed),
        **{
            f"par{days}": (IN_ADVANCES & more_days_past_due(days, as_of), owed)
            for days in (30, 60, 90)
        },
    }
    if kind in plain and not key:
        condition, amount = plain[kind]
    elif kind == "class":
        condition = portfolio_breakdowns.OPEN & (loans.c.asset_class == AssetClass(key))
        amount = owed
    else:
        condition, amount = portfolio_breakdowns.rows_of(kind, key)
    columns = (loans.c.loan_id, loans.c.number, amount.label("amount_paise"))
    return select(*columns).where(condition)


def _paid_out() -> ColumnElement[int]:
    query = select(money(disbursements.c.amount_paise)).where(
        disbursements.c.branch_id == loans.c.branch_id,
        disbursements.c.loan_id == loans.c.loan_id,
    )
    return query.scalar_subquery()
