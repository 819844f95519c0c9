"""How much of the book hangs on few purposes, places, people or employers.

Source: screens.md S80 (Concentration), commands.md (`portfolio concentration`), lending-rules.md
14.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.concentration import concentration
from app.rules.exact_fractions import rounded
from app.rules.money import rupees_compact
from app.rules.portfolio_ratios import percent
from app.services.steps.figure_terms import TICKET_EDGES_PAISE
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.monitor_tabs import ConcentrationWatched, GroupRow
from app.services.steps.shipped_words import shipped_words
from db.records.monitor import GroupSum
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ProvisionSegment
from db.vocabulary.operations import ConcentrationKey

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

_PLACES = 6
# Keys whose codes have words of their own.
_LISTS: Mapping[ConcentrationKey, tuple[str, type[StrEnum]]] = {
    ConcentrationKey.PURPOSE: ("loan_purpose", LoanPurpose),
    ConcentrationKey.SEGMENT: ("provision_segment", ProvisionSegment),
}
TOP_RULE = "concentration_top_groups"


def watch_concentration(
    scope: MonitorScope, desk: "Desk", by: ConcentrationKey = ConcentrationKey.PURPOSE
) -> ConcentrationWatched:
    """The open loans by one key, largest first; bands of sizes from the smallest.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    (watched,) = watch_cuts(scope, desk, (by,))
    return watched


def watch_cuts(
    scope: MonitorScope, desk: "Desk", keys: Sequence[ConcentrationKey]
) -> tuple[ConcentrationWatched, ...]:
    """The open loans by each of several keys, as of one moment.

    Raises:
        Refused: as for one key.
    """
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        read = book.monitor.groups.groups
        cuts = [(by, read(view.cut, by, TICKET_EDGES_PAISE)) for by in keys]
        labels = [_labels(by, groups, book, rulebook) for by, groups in cuts]
    top = rulebook.count(TOP_RULE, view.as_of)
    return tuple(
        _watched(view.as_of, by, groups, known, top)
        for (by, groups), known in zip(cuts, labels, strict=True)
    )


def _watched(
    as_of: date,
    by: ConcentrationKey,
    groups: tuple[GroupSum, ...],
    labels: Mapping[str, str],
    top: int,
) -> ConcentrationWatched:
    """One cut with its shares; `top` groups are told apart from the rest."""
    total = sum(each.amount_paise for each in groups)
    found = concentration(each.amount_paise for each in groups) if total else None
    largest = sum(each.amount_paise for each in groups[:top])
    shown = sorted(groups, key=_size) if by is ConcentrationKey.TICKET else groups
    return ConcentrationWatched(
        as_of=as_of,
        by=by,
        rows=tuple(_row(each, by, labels, total) for each in shown),
        top=min(top, len(groups)),
        top_share=percent(largest, total),
        index=rounded(found.index, _PLACES) if found else None,
        points=rounded(found.index_points, 2) if found else None,
        effective_number=rounded(found.effective_number, 2) if found else None,
    )


def _size(group: GroupSum) -> int:
    """Where a band of sizes begins, in paise."""
    return int(group.key.partition("-")[0])


def size_words(key: str) -> str:
    """A band of loan sizes as people read it; its key has the edges in paise.

    >>> size_words("0-50000000"), size_words("50000000-150000000"), size_words("1000000000-")
    ('up to ₹5 L', '₹5 L to ₹15 L', 'above ₹1 Cr')
    """
    above, _, upper = key.partition("-")
    if not upper:
        return f"above {rupees_compact(int(above))}"
    low, high = int(above), rupees_compact(int(upper))
    return f"{rupees_compact(low)} to {high}" if low else f"up to {high}"


def _labels(
    by: ConcentrationKey, groups: tuple[GroupSum, ...], book: "UnitOfWork", rulebook: "Rulebook"
) -> Mapping[str, str]:
    if by is ConcentrationKey.PRODUCT:
        return rulebook.product_names()
    if by in _LISTS:
        list_name, codes = _LISTS[by]
        return {each.value: shipped_words().label(list_name, each) for each in codes}
    if by is ConcentrationKey.TICKET:
        return {each.key: size_words(each.key) for each in groups}
    if by is not ConcentrationKey.OFFICER:
        return {}
    names = book.users.names([UUID(each.key) for each in groups])
    return {str(user_id): name for user_id, name in names.items()}


def _row(group: GroupSum, by: ConcentrationKey, labels: Mapping[str, str], total: int) -> GroupRow:
    return GroupRow(
        key=group.key,
        label=labels.get(group.key, group.key),
        loans=group.loans,
        amount_paise=group.amount_paise,
        share=percent(group.amount_paise, total),
        npa_paise=group.npa_paise,
        npa_share=percent(group.npa_paise, group.amount_paise),
        figure=f"group {by} {group.key}",
        npa_figure=f"group_npa {by} {group.key}",
    )
