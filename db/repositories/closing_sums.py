"""What stood at the end of a closed day: provisions by class, interest in suspense, month ends.

Source: data-and-sync.md 4, screens.md S66. A day that is closed late counts the loans that were
open then, with what they owed then.
"""

from datetime import date
from typing import Any

from sqlalchemy import Date, Select, case, func, insert, literal, or_, select

from db.records.day_end import ClosingTerms, ProvisionSum
from db.repositories import closing_provision as provision
from db.repositories import closing_sql as sql
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.portfolio_scope import money
from db.repositories.session import Session
from db.tables.loan_account import month_end_snapshots
from db.tables.loans import instalments, loans, repayments


class ClosingSums:
    """The figures that a day-end tells or keeps."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def provisions(self, branch_id: int, terms: ClosingTerms) -> tuple[ProvisionSum, ...]:
        """Count, money and provision of open loans by class, segment and security."""
        # Joined once: looked up by loan it takes longest of all.
        held = provision.all_security(branch_id)
        secured = case((provision.hardly_secured(held.c.value, terms.provision), 0), else_=1)
        each = (
            self._standing(branch_id, terms)
            .add_columns(secured.label("secured"))
            .outerjoin_from(loans, held, held.c.application_id == loans.c.application_id)
            .subquery()
        )
        keys = (each.c.asset_class, each.c.provision_segment, each.c.secured)
        sums = (
            func.count().label("loans"),
            money(each.c.outstanding_paise).label("outstanding"),
            money(each.c.provision_paise).label("provision"),
        )
        rows = self._session.rows(select(*keys, *sums).group_by(*keys).order_by(*keys))
        return tuple(
            ProvisionSum(
                row["asset_class"], row["provision_segment"], bool(row["secured"]),
                int(row["loans"]), int(row["outstanding"]), int(row["provision"]),
            )
            for row in rows
        )  # fmt: skip

    def unpaid_interest_of_npas(self, branch_id: int, day: date) -> int:
        """Interest that had fallen due on NPAs by the day and was not received then, in paise."""
        later = sql.later_than(self._session, branch_id, day)
        asked, paid = instalments.c.interest_paise, instalments.c.paid_interest_paise
        unpaid = sql.fallen_due(asked - paid, day)
        if later is not None:
            received = sql.received_by(repayments.c.interest_paise, day)
            unpaid = case((later, sql.fallen_due(asked, day) - received), else_=unpaid)
        of_npas = (*_stood(branch_id, day), loans.c.asset_class.in_(NPA_CLASSES))
        query = select(money(unpaid)).where(*of_npas)
        return int(self._session.connection.execute(query).scalar() or 0)

    def snapshot(self, branch_id: int, terms: ClosingTerms) -> None:
        """Keep every loan that was open at a month end."""
        each = self._standing(branch_id, terms).subquery()
        place = {"branch_id": literal(branch_id), "month_end": literal(terms.day, Date)}
        names = [column.name for column in month_end_snapshots.c if column.name not in place]
        columns: list[Any] = [*place.values(), *(each.c[name] for name in names)]
        query = select(*columns)
        self._session.change(insert(month_end_snapshots).from_select([*place, *names], query))

    def _standing(self, branch_id: int, terms: ClosingTerms) -> Select[Any]:
        """The loans that were open at the end of the day, with what they owed and needed."""
        later = sql.later_than(self._session, branch_id, terms.day)
        # A loan that was closed since needs nothing more by its own row.
        amount = case(
            (sql.IS_OPEN, loans.c.provision_paise), else_=provision.needed(branch_id, terms, later)
        )
        return select(
            loans.c.loan_id,
            loans.c.asset_class,
            loans.c.dpd_bucket,
            provision.segment_of(branch_id, terms).label("provision_segment"),
            sql.owed(terms.day, later).label("outstanding_paise"),
            _overdue(terms.day, later).label("overdue_paise"),
            amount.label("provision_paise"),
        ).where(*_stood(branch_id, terms.day))


def _stood(branch_id: int, day: date) -> tuple[sql.Flag, ...]:
    """The loans that were open at the end of the day."""
    return (
        loans.c.branch_id == branch_id,
        or_(sql.IS_OPEN, loans.c.closed_on > day),
        loans.c.disbursement_date <= day,
    )


def _overdue(day: date, later: sql.Flag | None) -> sql.Money:
    """The instalments that were due and unpaid at the end of the day."""
    stands = loans.c.overdue_paise
    if later is None:
        return stands
    row = repayments.c
    received = sql.received_by(row.interest_paise + row.principal_paise, day)
    return case((later, sql.fallen_due(sql.AGREED, day) - received), else_=stands)
