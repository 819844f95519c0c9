"""The lines behind what flowed: loans paid out, instalments, ledger rows, decisions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select, text, union_all

from db.records.monitor import BookCut, FigureTerms
from db.records.months import month_of
from db.repositories.closing_sql import LEFT, of_loan
from db.repositories.monitor_dues import ASKED, due_by, how_paid, received_by, taken_back
from db.repositories.monitor_loan_lines import NO_DAY, NO_NUMBER, line, open_loans
from db.repositories.monitor_positions import defaulted_by, lent_by, of_cut, until
from db.repositories.portfolio_scope import money
from db.tables.applications import applications, decisions
from db.tables.loans import EARLY_ROWS, disbursements, instalments, loans, repayments
from db.tables.monitor import first_bads
from db.vocabulary.loan_life import PaymentMethod


def lent(cut: BookCut) -> Select[Any]:
    """Every loan paid out by the day, with what was lent."""
    return line(loans, loans.c.principal_paise).where(lent_by(cut))


def ever_defaulted(cut: BookCut) -> Select[Any]:
    """Every loan that had ever turned Defaulted by the day."""
    return line(loans, loans.c.principal_paise).where(of_cut(cut), defaulted_by(cut))


def disbursed(cut: BookCut) -> Select[Any]:
    """What was paid out on every loan by the day."""
    own = select(money(disbursements.c.amount_paise)).where(
        of_loan(disbursements), until(disbursements.c.disbursement_date, cut)
    )
    return line(loans, own.correlate(loans).scalar_subquery()).where(lent_by(cut))


def dues(cut: BookCut, state: str, amount: ColumnElement[Any] = ASKED) -> Select[Any]:
    """Instalments that had fallen due, of one state."""
    query = line(loans, amount, item=instalments.c.number, day=instalments.c.due_date)
    joined = query.select_from(instalments.join(loans, of_loan(instalments)))
    return joined.where(due_by(cut), how_paid()[state])


def all_dues(state: str) -> Callable[[BookCut], Select[Any]]:
    """Every instalment of one state that has fallen due."""
    return lambda cut: dues(cut, state)


def dues_on(state: str) -> Callable[..., Select[Any]]:
    """The instalments of one state and due date."""

    def lines(cut: BookCut, _terms: FigureTerms, day: str) -> Select[Any]:
        return dues(cut, state).where(instalments.c.due_date == date.fromisoformat(day))

    return lines


def month_dues(amount: ColumnElement[Any]) -> Callable[..., Select[Any]]:
    """Instalments of one month up to the day, with one of their amounts."""

    def lines(cut: BookCut, _terms: FigureTerms, month: str) -> Select[Any]:
        span = month_of(month)
        return dues(cut, "due", amount).where(instalments.c.due_date.between(span.first, span.last))

    return lines


def ledger(cut: BookCut, amount: ColumnElement[Any]) -> Select[Any]:
    """Ledger rows up to the day, with one of their amounts."""
    query = line(loans, amount, day=repayments.c.value_date)
    # Every row has its loan; so written SQLite begins with the ledger, of which an index may know
    # the few rows that are meant, and not with every loan of a bank.
    joined = query.select_from(repayments.outerjoin(loans, of_loan(repayments)))
    return joined.where(received_by(cut))


def repaid(cut: BookCut, *such: ColumnElement[bool]) -> Select[Any]:
    """Such receipts up to the day that nobody has taken back."""
    return ledger(cut, repayments.c.amount_paise).where(*such, ~taken_back())


def fees(cut: BookCut) -> Select[Any]:
    """Charges received up to the day."""
    charges = repayments.c.charges_paise
    return ledger(cut, charges).where(charges != 0)


def by_method(cut: BookCut, _terms: FigureTerms, method: str) -> Select[Any]:
    """What came in by one method."""
    return repaid(cut).where(repayments.c.method == PaymentMethod(method))


def prepaid(cut: BookCut, _terms: FigureTerms, month: str) -> Select[Any]:
    """Prepayments and closings of one month."""
    span = month_of(month)
    early: ColumnElement[bool] = text(f"repayments.{EARLY_ROWS}")  # type: ignore[assignment]  # a condition
    return repaid(cut, early, repayments.c.value_date.between(span.first, span.last))


def receipts(cut: BookCut, _terms: FigureTerms, month: str) -> Select[Any]:
    """Ledger rows of one month that move money; prepayments that stand are left out."""
    span, amount = month_of(month), repayments.c.amount_paise
    return ledger(cut, amount).where(
        amount != 0,
        or_(text(f"NOT (repayments.{EARLY_ROWS})"), taken_back()),
        repayments.c.value_date.between(span.first, span.last),
    )


def with_arrears(amount: ColumnElement[Any], *, left: bool) -> Callable[..., Select[Any]]:
    """A month's instalments and the arrears at the month end before.

    Args:
        amount: of each instalment of the month.
        left: less what is unpaid of the dues before the month, so that the payments remain.
    """

    def lines(cut: BookCut, terms: FigureTerms, month: str) -> Select[Any]:
        first = month_of(month).first
        opened = replace(cut, day=first - timedelta(days=1), present=False)
        each, arrears = open_loans(opened, "overdue_paise")
        parts = [month_dues(amount)(cut, terms, month), arrears.where(each.c.overdue_paise != 0)]
        if left:
            unpaid = dues(cut, "due", -LEFT).where(instalments.c.due_date < first, LEFT != 0)
            parts.append(unpaid)
        return select(union_all(*parts).subquery())

    return lines


def lent_in(cut: BookCut, _terms: FigureTerms, month: str) -> Select[Any]:
    """Loans paid out first in one month."""
    span = month_of(month)
    return lent(cut).where(loans.c.disbursement_date.between(span.first, span.last))


def turned_bad(cut: BookCut, _terms: FigureTerms, month: str, place: str) -> Select[Any]:
    """Loans of one month that were 90 days late by a month on book, with what was lent."""
    bads = first_bads.c
    query = line(loans, loans.c.principal_paise, day=bads.first_bad_on)
    joined = query.select_from(first_bads.join(loans, of_loan(first_bads)))
    span = month_of(month)
    return joined.where(
        lent_by(cut), until(bads.first_bad_on, cut), bads.months_on_book <= int(place),
        loans.c.disbursement_date.between(span.first, span.last),
    )  # fmt: skip


def paid_out_in(cut: BookCut, _terms: FigureTerms, month: str) -> Select[Any]:
    """Payments out of one month."""
    span, out = month_of(month), disbursements.c
    query = line(loans, out.amount_paise, day=out.disbursement_date)
    joined = query.select_from(disbursements.join(loans, of_loan(disbursements)))
    return joined.where(
        of_cut(cut), until(out.disbursement_date, cut),
        out.disbursement_date.between(span.first, span.last),
    )  # fmt: skip


def decided_in(words: Sequence[Any]) -> Callable[..., Select[Any]]:
    """Decisions of one month, with the amount applied for."""

    def lines(cut: BookCut, _terms: FigureTerms, month: str) -> Select[Any]:
        span = month_of(month)
        own = (applications.c.branch_id == decisions.c.branch_id) & (
            applications.c.application_id == decisions.c.application_id
        )
        return (
            select(
                applications.c.branch_id,
                literal(None, loans.c.loan_id.type).label("loan_id"),
                applications.c.number,
                applications.c.amount_paise.label("amount"),
                NO_NUMBER.label("item"),
                NO_DAY.label("day"),
            )
            .select_from(decisions.join(applications, own))
            .where(
                of_cut(cut, applications), decisions.c.decision.in_(words),
                decisions.c.decided_at >= span.starts_at, decisions.c.decided_at < span.ends_at,
            )
        )  # fmt: skip

    return lines
