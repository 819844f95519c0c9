"""The rows of the table of classes: every class, then all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.rules.portfolio_ratios import percent
from app.services.steps.monitor_answers import ClassStanding
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.loan_life import AssetClass

_WATCHED = frozenset({AssetClass.SMA_0, AssetClass.SMA_1, AssetClass.SMA_2})


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class, or all of them: `kind` is then `all` and nothing moves in or out.

    Attributes:
        kind: standard, watch (special mention), npa or all.
        figure: what lists the loans.
    """

    words: str
    kind: str
    loans: int
    amount_paise: int
    percentage: Decimal | None
    required_paise: int
    held_paise: int | None
    moved_in: int | None
    moved_out: int | None
    change_paise: int | None
    figure: str


def kind_of(asset_class: AssetClass) -> str:
    """Standard, watch (special mention) or npa."""
    if asset_class is AssetClass.STANDARD:
        return "standard"
    return "watch" if asset_class in _WATCHED else "npa"


def class_rows(classes: Sequence[ClassStanding], all_words: str) -> tuple[ClassRow, ...]:
    """A row for each class and one for all; an unknown part makes its sum unknown."""
    rows = tuple(
        ClassRow(
            words=word_of("asset_class", each.asset_class),
            kind=kind_of(each.asset_class),
            loans=each.loans,
            amount_paise=each.amount_paise,
            percentage=each.percentage,
            required_paise=each.provision_required_paise,
            held_paise=each.provision_held_paise,
            moved_in=each.moved_in,
            moved_out=each.moved_out,
            change_paise=each.change_paise,
            figure=each.figure,
        )
        for each in classes
    )
    amount = sum(row.amount_paise for row in rows)
    whole = ClassRow(
        words=all_words,
        kind="all",
        loans=sum(row.loans for row in rows),
        amount_paise=amount,
        percentage=percent(amount, amount),
        required_paise=sum(row.required_paise for row in rows),
        held_paise=_sum([row.held_paise for row in rows]),
        moved_in=None,
        moved_out=None,
        change_paise=_sum([row.change_paise for row in rows]),
        figure="outstanding",
    )
    return (*rows, whole)


def _sum(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
