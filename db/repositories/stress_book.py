"""The book as a stress run reads it: one pass in the order of borrowers, nothing loan by loan.

Source: lending-rules.md 10 and 14. Which valuations count comes as dates from the rule itself, as
at a day-end.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    text,
)

from db.engine import JOB_TIMEOUT_MS
from db.records.day_end import ProvisionTerms
from db.records.monitor import BookCut
from db.records.stress import DefaultExperience, StressRow
from db.repositories.portfolio_scope import IN_ADVANCES, of_branch, share_of
from db.repositories.session import Session
from db.tables.applications import applications, assessments, closed_obligations, collateral
from db.tables.customers import customers, employment, obligations
from db.tables.loans import loans
from db.vocabulary.lending import CollateralType, RateType

_BLOCK = 2_000


class StressBook:
    """Reads for a stress run."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self, cut: BookCut, terms: ProvisionTerms) -> Iterator[StressRow]:
        """Yield every loan with money owed, borrower by borrower, while the book is open.

        Rows are fetched in blocks, so that memory does not grow with the book.
        """
        connection = self._session.connection
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL statement_timeout = {JOB_TIMEOUT_MS}"))
        query = _loans(cut, terms)
        found = connection.execute(query, execution_options={"yield_per": _BLOCK})
        for row in found:
            yield StressRow(*row)

    def count(self, cut: BookCut) -> int:
        """Return how many loans `rows` would yield."""
        query = select(func.count()).select_from(loans).where(*_wanted(cut))
        return int(self._session.one(query)[0])

    def experience(self, branch_id: int | None, until: date) -> tuple[DefaultExperience, ...]:
        """Return loans paid out up to a day by risk level, and how many have defaulted."""
        level = assessments.c.risk_level
        query = (
            select(level, func.count(), share_of(loans.c.defaulted_on.is_not(None)))
            .select_from(_assessed())
            .where(of_branch(loans, branch_id), loans.c.disbursement_date <= until)
            .group_by(level)
            .order_by(level)
        )
        return tuple(
            DefaultExperience(level, int(matured), int(defaulted))
            for level, matured, defaulted in self._session.connection.execute(query)
        )


def _wanted(cut: BookCut) -> tuple[ColumnElement[bool], ...]:
    own = [of_branch(loans, cut.branch_id), IN_ADVANCES, loans.c.outstanding_paise > 0]
    if cut.product_code is not None:
        own.append(loans.c.product_code == cut.product_code)
    if cut.officer_id is not None:
        own.append(loans.c.officer_id == cut.officer_id)
    return tuple(own)


def _assessed() -> Any:  # noqa: ANN401  # a join of tables
    """Loans with their application and its newest assessment, if it has one."""
    application = and_(
        applications.c.branch_id == loans.c.branch_id,
        applications.c.application_id == loans.c.application_id,
    )
    newest = and_(
        assessments.c.branch_id == applications.c.branch_id,
        assessments.c.assessment_id == applications.c.assessment_id,
    )
    return loans.join(applications, application).outerjoin(assessments, newest)


def _loans(cut: BookCut, terms: ProvisionTerms) -> "Select[Any]":
    branch_id = cut.branch_id
    dues, held = _dues(branch_id, cut.day), _security(branch_id, terms, cut.day)
    tables = (
        _assessed()
        .join(customers, _of_customer(customers))
        .outerjoin(employment, _of_customer(employment))
        .outerjoin(dues, _of_customer(dues))
        .outerjoin(
            held,
            and_(
                held.c.branch_id == loans.c.branch_id,
                held.c.application_id == loans.c.application_id,
            ),
        )
    )
    columns: dict[str, ColumnElement[Any]] = {
        "floating": applications.c.rate_type == RateType.FLOATING,
        "restructured": loans.c.restructured_on.is_not(None),
        "risk_level": assessments.c.risk_level,
        "income_paise": employment.c.monthly_income_paise,
        "employment_type": employment.c.employment_type,
        "state": customers.c.state,
        "dues_paise": func.coalesce(dues.c.dues, 0),
        "security_paise": func.coalesce(held.c.fresh, 0),
        "gold_paise": func.coalesce(held.c.gold, 0),
        "security_start_paise": func.coalesce(held.c.whole, 0),
    }
    wanted = [columns[name] if name in columns else loans.c[name] for name in StressRow._fields]
    order = (loans.c.branch_id, loans.c.customer_id, loans.c.number)
    return select(*wanted).select_from(tables).where(*_wanted(cut)).order_by(*order)


def _of_customer(table: Any) -> ColumnElement[bool]:  # noqa: ANN401  # any table of customers
    return and_(table.c.branch_id == loans.c.branch_id, table.c.customer_id == loans.c.customer_id)


def _dues(branch_id: int | None, as_of: date) -> Subquery:
    """What each customer owes elsewhere a month; a due that a loan of ours closed is gone."""
    closed = closed_obligations.c
    gone = exists().where(
        closed.branch_id == obligations.c.branch_id,
        closed.obligation_id == obligations.c.obligation_id,
        loans.c.branch_id == closed.branch_id,
        loans.c.application_id == closed.application_id,
    )
    runs = or_(obligations.c.end_date.is_(None), obligations.c.end_date >= as_of)
    total = cast(func.sum(obligations.c.monthly_amount_paise), BigInteger).label("dues")
    return (
        select(obligations.c.branch_id, obligations.c.customer_id, total)
        .where(of_branch(obligations, branch_id), runs, ~gone)
        .group_by(obligations.c.branch_id, obligations.c.customer_id)
        .subquery("dues")
    )


def _security(branch_id: int | None, terms: ProvisionTerms, as_of: date) -> Subquery:
    """The security of each application: what counts today, the gold of it, and all of it."""
    kind, valued = collateral.c.collateral_type, collateral.c.valuation_date
    fresh = and_(
        valued <= as_of,
        or_(*(and_(kind == each, valued >= since) for each, since in terms.valued_from.items())),
    )

    def total(condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
        value = case((condition, collateral.c.value_paise), else_=0)
        return cast(func.sum(value), BigInteger).label(name)

    return (
        select(
            collateral.c.branch_id,
            collateral.c.application_id,
            total(fresh, "fresh"),
            total(and_(fresh, kind == CollateralType.GOLD), "gold"),
            cast(func.sum(collateral.c.value_paise), BigInteger).label("whole"),
        )
        .where(of_branch(collateral, branch_id))
        .group_by(collateral.c.branch_id, collateral.c.application_id)
        .subquery("held")
    )
