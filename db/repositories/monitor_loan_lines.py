"""The open loans behind a figure of the monitor, one line a loan."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Select, case, cast, null, or_, select

from db.records.monitor import CLOSED, NO_CLASS, NO_SECURITY, WRITTEN_OFF, BookCut, FigureTerms
from db.repositories import monitor_groups
from db.repositories.monitor_positions import LATE_BUCKETS, is_active, is_npa, positions
from db.repositories.monitor_shifts import shifted_buckets, shifted_classes
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from db.vocabulary.operations import ConcentrationKey
from db.vocabulary.people import State

NO_NUMBER, NO_DAY = cast(null(), Integer), cast(null(), Date)
_KEY_TYPES: Mapping[ConcentrationKey, Callable[[str], object]] = {
    ConcentrationKey.PURPOSE: LoanPurpose,
    ConcentrationKey.SEGMENT: ProvisionSegment,
    ConcentrationKey.STATE: State,
    ConcentrationKey.OFFICER: UUID,
}


def line(source: Any, amount: ColumnElement[Any], **given: ColumnElement[Any]) -> Select[Any]:  # noqa: ANN401  # a table or a subquery
    """One line a row of the source: whose it is, what it adds, its number and day if any."""
    return select(
        source.c.branch_id,
        source.c.loan_id,
        source.c.number,
        amount.label("amount"),
        given.get("item", NO_NUMBER).label("item"),
        given.get("day", NO_DAY).label("day"),
    )


def open_loans(cut: BookCut, amount: str = "outstanding_paise") -> tuple[Any, Select[Any]]:
    """The open loans of the day and their lines."""
    each = positions(cut).subquery()
    return each, line(each, each.c[amount])


def outstanding(cut: BookCut) -> Select[Any]:
    """What every open loan owes."""
    return open_loans(cut)[1]


def active(cut: BookCut) -> Select[Any]:
    """Open loans that have not turned Defaulted."""
    each, query = open_loans(cut)
    return query.where(is_active(each.c.defaulted_on, cut))


def npa_loans(cut: BookCut, amount: str = "outstanding_paise") -> Select[Any]:
    """What NPAs owe, or have set aside for them."""
    each, query = open_loans(cut, amount)
    return query.where(is_npa(each.c.asset_class))


def net_npa(cut: BookCut) -> Select[Any]:
    """What NPAs owe less what is set aside for them."""
    each = positions(cut).subquery()
    net = each.c.outstanding_paise - each.c.provision_paise
    return line(each, net).where(is_npa(each.c.asset_class))


def net_advances(cut: BookCut) -> Select[Any]:
    """What open loans owe less what is set aside for NPAs."""
    each = positions(cut).subquery()
    aside = case((is_npa(each.c.asset_class), each.c.provision_paise), else_=0)
    return line(each, each.c.outstanding_paise - aside)


def npa_provision(cut: BookCut) -> Select[Any]:
    """What is set aside for NPAs."""
    return npa_loans(cut, "provision_paise")


def provision(cut: BookCut) -> Select[Any]:
    """What is set aside for all open loans."""
    return open_loans(cut, "provision_paise")[1]


def late_by(days: int) -> Callable[[BookCut], Select[Any]]:
    """What loans owe that are more than so many days late."""

    def lines(cut: BookCut) -> Select[Any]:
        each, query = open_loans(cut)
        return query.where(each.c.dpd_bucket.in_(LATE_BUCKETS[days]))

    return lines


def of_class(cut: BookCut, _terms: FigureTerms, word: str) -> Select[Any]:
    """Open loans of one class."""
    each, query = open_loans(cut)
    return query.where(each.c.asset_class == AssetClass(word))


def of_group(*, only_npa: bool) -> Callable[..., Select[Any]]:
    """Open loans of one key of a concentration; an empty key is an unknown one."""

    def lines(cut: BookCut, terms: FigureTerms, by: str, key: str) -> Select[Any]:
        wanted = ConcentrationKey(by)
        each = monitor_groups.grouped(cut, wanted, terms.ticket_edges_paise).subquery()
        query = line(each, each.c.amount)
        if key:
            query = query.where(each.c.key == _KEY_TYPES.get(wanted, str)(key))
        elif wanted is ConcentrationKey.STATE:
            query = query.where(each.c.key.is_(None))
        else:
            query = query.where(or_(each.c.key.is_(None), each.c.key == ""))
        return query.where(is_npa(each.c.asset_class)) if only_npa else query

    return lines


def of_kind(cut: BookCut, _terms: FigureTerms, kind: str) -> Select[Any]:
    """Open loans with one kind of security, and its value."""
    each = monitor_groups.behind(cut, CollateralType(kind)).subquery()
    return line(each, each.c.amount)


def of_band(cut: BookCut, terms: FigureTerms, key: str) -> Select[Any]:
    """Open loans of one band of loan to value."""
    each = monitor_groups.secured(cut).subquery()
    if key not in (NO_SECURITY, *monitor_groups.band_keys(terms.ltv_edges_ppm)):
        raise ValueError(key)
    band = monitor_groups.ltv_band(each, terms.ltv_edges_ppm)
    return line(each, each.c.amount).where(band == key)


def breaching_loans(cut: BookCut, terms: FigureTerms) -> Select[Any]:
    """Open loans that owe more than their security may carry."""
    each = monitor_groups.breaching(cut, terms.caps).subquery()
    return line(each, each.c.amount)


def stale_loans(cut: BookCut, terms: FigureTerms) -> Select[Any]:
    """Open loans with a valuation that is missing or too old."""
    each = monitor_groups.stale(cut, terms.valued_from).subquery()
    return line(each, each.c.amount)


def moved(cut: BookCut, _terms: FigureTerms, since: str, before: str, after: str) -> Select[Any]:
    """Loans that stood in one class at a month end and stand in another now."""
    each = shifted_classes(cut, date.fromisoformat(since)).subquery()
    query = line(each, each.c.amount)
    for column, word in ((each.c.was, before), (each.c.now, after)):
        same = column.is_(None) if word == NO_CLASS else column == AssetClass(word)
        query = query.where(same)
    return query


def rolled(cut: BookCut, _terms: FigureTerms, ended: str, before: str, after: str) -> Select[Any]:
    """Loans by bucket at two month ends, with what they owed at the first."""
    end = date.fromisoformat(ended)
    opened = end.replace(day=1) - timedelta(days=1)
    at_end = replace(cut, day=end, present=False)
    each = shifted_buckets(at_end, opened).subquery()
    query = line(each, each.c.amount).where(each.c.was == DpdBucket(before))
    if after in (CLOSED, WRITTEN_OFF):
        gone = each.c.written_off == int(after != CLOSED)
        return query.where(each.c.now.is_(None), gone)
    return query.where(each.c.now == DpdBucket(after))
