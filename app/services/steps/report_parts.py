"""Everything a report of the portfolio monitor is made of, read by the acts that watch the book."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.services.steps.drift_figures import DriftReport
from app.services.steps.monitor_answers import (
    ClassesWatched,
    FigureLines,
    MonitorHead,
    MonitorTiles,
    MonitorTrend,
)
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import (
    CohortsWatched,
    ConcentrationWatched,
    RepaymentWatched,
    RollRatesWatched,
    SecurityWatched,
)
from app.services.steps.portfolio_figures import AlertLine
from db.vocabulary.operations import ConcentrationKey

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

# What the report prints; the window offers every key.
PRINTED_KEYS = (
    ConcentrationKey.PURPOSE,
    ConcentrationKey.PRODUCT,
    ConcentrationKey.STATE,
    ConcentrationKey.SEGMENT,
)
MOST_LOANS = 500_000  # half of what a worksheet can hold


@dataclass(frozen=True, slots=True)
class ReportParts:
    """The answers of every tab for one scope.

    Attributes:
        alerts: those that stand by the figures of the scope.
        concentrations: one for each key that is printed.
        drift: a sentence where the model may not be used.
        loans: the open loans behind the outstanding amount, counted; a workbook lists them.
    """

    tiles: MonitorTiles
    trend: MonitorTrend
    alerts: tuple[AlertLine, ...]
    classes: ClassesWatched
    cohorts: CohortsWatched
    rolls: RollRatesWatched
    concentrations: tuple[ConcentrationWatched, ...]
    security: SecurityWatched
    repayment: RepaymentWatched
    drift: DriftReport | str
    loans: FigureLines


def scope_words(scope: MonitorScope, head: MonitorHead, desk: "Desk") -> str:
    """The part of the book in words, as the foot of each page has it."""
    branch = desk.person().branch_id if scope.branch_id is None else scope.branch_id
    count = len(head.branches)
    whole = "the bank's only branch" if count == 1 else f"all {count} branches"
    words = [whole if scope.whole_bank else f"branch {branch:04d}"]
    if scope.product_code is not None:
        words.append(head.products.get(scope.product_code, scope.product_code))
    if scope.officer_id is not None:
        words.append(head.officers.get(scope.officer_id, "one officer"))
    return ", ".join(words)
