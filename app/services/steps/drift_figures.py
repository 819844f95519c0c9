"""What the drift report says: score and inputs against development, outcomes, decisions.

Source: screens.md S80, machine-learning.md 9, lending-rules.md 13.4 to 13.8. Shares are unrounded
Decimal per cent; unknown is None.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.services.steps.development_sample import ReferenceKind
from db.vocabulary.decisions import Recommendation, RiskLevel
from db.vocabulary.operations import AlertLevel, PsiStatus


@dataclass(frozen=True, slots=True)
class DriftLine:
    """One measured value.

    Attributes:
        name: "credit_score" or a feature; `label` is what people read.
        index: population stability; None while there is nothing to compare.
        rows: applications measured now.
        chance: the index that chance alone may reach with so many rows.
    """

    name: str
    label: str
    index: Decimal | None
    rows: int
    state: PsiStatus
    chance: Decimal | None

    @property
    def alarm(self) -> bool:
        """Whether it has moved further than its limit and than chance explains."""
        moved = self.state in (PsiStatus.WATCH, PsiStatus.SHIFTED)
        return (
            moved
            and self.index is not None
            and self.chance is not None
            and (self.index > self.chance)
        )


@dataclass(frozen=True, slots=True)
class MeanShift:
    """Mean debt to income now against development.

    Attributes:
        percent: the relative change, unsigned; an alert above `limit`.
    """

    before: Decimal
    now: Decimal
    percent: Decimal
    limit: Decimal
    level: AlertLevel | None


@dataclass(frozen=True, slots=True)
class OwnTest:
    """What the model's card says of loans later in time than its training."""

    auc: Decimal
    ks: Decimal
    brier: Decimal


@dataclass(frozen=True, slots=True)
class BandLine:
    """One risk level on matured loans.

    Attributes:
        expected: defaults that the model's table expects, of its development loans.
        enough: whether the rows suffice for a verdict.
    """

    level: RiskLevel
    rows: int
    defaults: int
    expected: Decimal | None
    observed: Decimal | None
    enough: bool


@dataclass(frozen=True, slots=True)
class OutcomeFigures:
    """Scores against what happened, on loans old enough to tell.

    Attributes:
        window_months: what a loan must have behind it before it counts.
        matured_until: loans paid out up to that day count.
        waiting: loans paid out since, whose outcome is not known yet.
        indeterminate: late by 30 days and more, but not defaulted: not counted.
        accuracy: called bad from the High level on, an alert below `accuracy_limit`; None without
            a row.
        worsened: which of AUC, KS and Brier fell behind the model's own test by more than allowed.
    """

    window_months: int
    matured_until: date
    rows: int
    bads: int
    indeterminate: int
    waiting: int
    accuracy: Decimal | None
    accuracy_limit: Decimal
    accuracy_level: AlertLevel | None
    auc: Decimal | None
    ks: Decimal | None
    brier: Decimal | None
    own_test: OwnTest | None
    worsened: tuple[str, ...]
    enough: bool


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """How applications with one recommendation were decided; `overrides` went against it."""

    recommendation: Recommendation
    approved: int
    rejected: int
    overrides: int

    @property
    def decided(self) -> int:
        """All of them."""
        return self.approved + self.rejected


@dataclass(frozen=True, slots=True)
class DriftReport:
    """Everything of the tab.

    Attributes:
        rows, of_rows: newest applications measured, of all scored since `since`.
        reference: where the distributions held against come from; None = there are none.
        bands_synthetic: the expected defaults come from synthetic loans only.
        notes: how it was measured, sentence by sentence.
    """

    as_of: date
    model_id: str
    since: date
    rows: int
    of_rows: int
    reference: ReferenceKind | None
    reference_rows: int
    lines: tuple[DriftLine, ...]
    mean_dti: MeanShift | None
    outcomes: OutcomeFigures
    bands: tuple[BandLine, ...]
    bands_synthetic: bool
    decisions: tuple[DecidedLine, ...]
    notes: tuple[str, ...]
