"""From what was read of the book to the figures of the drift report: pure computing.

Source: machine-learning.md 1 and 9, lending-rules.md 13.4 to 13.8. Bins and limits are rule rows.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules.day_count import add_months
from app.rules.maker_checker import is_override
from app.rules.measure_inputs import MeasureInputError
from app.rules.model_statistics import (
    BAD,
    GOOD,
    ModelStatistics,
    confusion_of,
    model_statistics,
    worsened,
)
from app.rules.money import PPM, PPM_PER_PERCENT
from app.rules.population_stability import stability_of_counts
from app.rules.portfolio_ratios import alert_level, percent
from app.rules.rulebook import Rulebook
from app.services.steps.development_sample import (
    DTI,
    SCORE,
    Bins,
    Reference,
    ScoredRow,
    columns,
    mean,
)
from app.services.steps.drift_figures import (
    BandLine,
    DecidedLine,
    DriftLine,
    MeanShift,
    OutcomeFigures,
    OwnTest,
)
from app.services.steps.feature_labels import FEATURE_LABELS
from db.records.drift import DecidedCount, ScoredApplication, ScoredLoan
from db.vocabulary.decisions import Decision, Recommendation, RiskLevel
from db.vocabulary.operations import Alert, AlertLevel, PsiStatus
from ml.features import FEATURE_NAMES
from ml.monitoring.drift import counts_over, no_drift_bound

if TYPE_CHECKING:
    from ml.runtime.risk_model import RiskModel

_HUNDREDTHS = 100
_READER = json.JSONDecoder()
_CONTRIBUTORS = '"contributors":'


def scored_row(found: ScoredApplication) -> ScoredRow:
    """The values of a stored score; only that part of its text is read.

    Raises:
        ValueError: the text holds no such values.
    """
    place = found.payload.index(_CONTRIBUTORS) + len(_CONTRIBUTORS)
    rows: list[list[Any]] = _READER.raw_decode(found.payload, place)[0]
    values = {row[0]: float(row[2]) for row in rows}
    return ScoredRow(
        on=found.application_date,
        score=found.credit_score_hundredths / _HUNDREDTHS,
        values=tuple(values[name] for name in FEATURE_NAMES),
    )


def drift_lines(
    rows: Sequence[ScoredRow], reference: Reference | None, rulebook: Rulebook, on: date
) -> tuple[DriftLine, ...]:
    """One line for the score and each feature, the furthest moved first."""
    if reference is None or not rows:
        return tuple(
            DriftLine(name, _label(name), None, len(rows), PsiStatus.TOO_FEW, None)
            for name in (SCORE, *FEATURE_NAMES)
        )
    bins = {each.name: each for each in reference.bins}
    tail = rulebook.millionths("drift_no_drift_tail", on) / PPM / (1 + len(FEATURE_NAMES))
    lines = [
        _line(bins[name], values, reference.rows, tail, (rulebook, on))
        for name, values in columns(rows)
    ]
    return (lines[0], *sorted(lines[1:], key=lambda line: -(line.index or Decimal(0))))


def _line(
    bins: Bins, values: list[float], before: int, tail: float, rules: tuple[Rulebook, date]
) -> DriftLine:
    found = stability_of_counts(bins.counts, counts_over(bins.edges, values), *rules)
    chance = no_drift_bound(len(bins.counts), (len(values), before), tail)
    return DriftLine(
        bins.name,
        _label(bins.name),
        found.index,
        found.rows,
        found.status,
        Decimal(repr(chance)),
    )


def _label(name: str) -> str:
    return FEATURE_LABELS.get(name, "Credit score of the model")


def mean_shift(
    rows: Sequence[ScoredRow], reference: Reference | None, rulebook: Rulebook, on: date
) -> MeanShift | None:
    """Mean debt to income against development; None while too few rows say anything."""
    enough = rulebook.row("drift_min_rows", on)
    if reference is None or not rows or not enough.holds(len(rows)):
        return None
    place = FEATURE_NAMES.index(DTI)
    before = Decimal(repr(reference.mean_dti))
    now = Decimal(repr(mean(row.values[place] for row in rows)))
    if before <= 0:
        return None
    moved = abs(now - before) / before * _HUNDREDTHS
    level = alert_level(Alert.DTI_MEAN_SHIFT, moved, None, rulebook, on)
    return MeanShift(before, now, moved, _limit("alert_dti_mean_shift", rulebook, on), level)


def _limit(code: str, rulebook: Rulebook, on: date) -> Decimal:
    return Decimal(rulebook.ppm(code, on, AlertLevel.WARNING.name)) / PPM_PER_PERCENT


def matured(
    loans: Iterable[ScoredLoan], months: int, until: date
) -> tuple[list[tuple[ScoredLoan, int]], int, int]:
    """Loans with an outcome, how many are indeterminate, and how many still wait.

    Bad = an NPA or written off inside the window; good = never past 30 days in it.
    """
    told, between, waiting = list[tuple[ScoredLoan, int]](), 0, 0
    for loan in loans:
        end = add_months(loan.disbursed_on, months)
        if loan.disbursed_on > until:
            waiting += 1
        elif loan.defaulted_on is not None and loan.defaulted_on <= end:
            told.append((loan, BAD))
        elif loan.first_late is not None and loan.first_late <= end:
            between += 1
        else:
            told.append((loan, GOOD))
    return told, between, waiting


def outcome_figures(
    loans: Sequence[ScoredLoan], model: "RiskModel", rulebook: Rulebook, on: date
) -> tuple[OutcomeFigures, tuple[BandLine, ...]]:
    """Accuracy, discrimination and calibration by band on matured loans."""
    months = rulebook.months("label_window_months", on)
    until = add_months(on, -months)
    told, between, waiting = matured(loans, months, until)
    outcomes = [outcome for _loan, outcome in told]
    chances = [Decimal(repr(loan.risk_probability)) for loan, _outcome in told]
    enough = rulebook.row("drift_min_rows", on).holds(len(told))
    accuracy = _accuracy(outcomes, chances, rulebook, on)
    level = None
    if accuracy is not None and enough:
        level = alert_level(Alert.MODEL_ACCURACY, accuracy, None, rulebook, on)
    found = _statistics(told, model)
    before = _own_test(model)
    figures = OutcomeFigures(
        window_months=months,
        matured_until=until,
        rows=len(told),
        bads=sum(outcomes),
        indeterminate=between,
        waiting=waiting,
        accuracy=accuracy,
        accuracy_limit=_limit("alert_model_accuracy", rulebook, on),
        accuracy_level=level,
        auc=None if found is None else _decimal(found.auc),
        ks=None if found is None else _decimal(found.ks),
        brier=None if found is None else _decimal(found.brier),
        own_test=None if before is None else OwnTest(*map(_decimal, _parts(before))),
        worsened=worsened(before, found, rulebook, on) if found and before and enough else (),
        enough=enough,
    )
    return figures, tuple(_band(each, told, model, rulebook, on) for each in RiskLevel)


def _accuracy(
    outcomes: Sequence[int], chances: Sequence[Decimal], rulebook: Rulebook, on: date
) -> Decimal | None:
    cut = Decimal(rulebook.millionths("risk_high_from", on)) / PPM
    if not outcomes:
        return None
    share = confusion_of(outcomes, chances, cut).accuracy
    return None if share is None else _decimal(share) * _HUNDREDTHS


def _statistics(
    told: Sequence[tuple[ScoredLoan, int]], model: "RiskModel"
) -> ModelStatistics | None:
    """Order by the model's index, distance by its table of default rates; None without both."""
    outcomes = [outcome for _loan, outcome in told]
    indices = [Decimal(repr(loan.risk_probability)) for loan, _outcome in told]
    rates = [
        Decimal(repr(model.facts.table.rate(loan.risk_probability))) for loan, _outcome in told
    ]
    try:
        order, distance = model_statistics(outcomes, indices), model_statistics(outcomes, rates)
    except MeasureInputError:
        return None
    return ModelStatistics(order.auc, order.ks, distance.brier)


def _own_test(model: "RiskModel") -> ModelStatistics | None:
    """What the card says of loans later in time than the training."""
    facts: Mapping[str, Any] = model.card.get("default_only") or {}
    if not {"auc", "ks", "brier"} <= facts.keys():
        return None
    return ModelStatistics(*(Fraction(repr(facts[name])) for name in ("auc", "ks", "brier")))


def _parts(found: ModelStatistics) -> tuple[Fraction, Fraction, Fraction]:
    return found.auc, found.ks, found.brier


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / exact.denominator


def _band(
    level: RiskLevel,
    told: Sequence[tuple[ScoredLoan, int]],
    model: "RiskModel",
    rulebook: Rulebook,
    on: date,
) -> BandLine:
    own = [(loan, outcome) for loan, outcome in told if loan.risk_level is level]
    bads = sum(outcome for _loan, outcome in own)
    rates = [Decimal(repr(model.facts.table.rate(loan.risk_probability))) for loan, _ in own]
    expected = sum(rates, Decimal(0)) / len(rates) * _HUNDREDTHS if rates else None
    return BandLine(
        level=level,
        rows=len(own),
        defaults=bads,
        expected=expected,
        observed=percent(bads, len(own)),
        enough=rulebook.row("drift_min_rows", on).holds(len(own)),
    )


def decided_lines(counts: Iterable[DecidedCount]) -> tuple[DecidedLine, ...]:
    """Approvals, rejections and overrides by recommendation, in the order of the vocabulary."""
    listed = list(counts)
    return tuple(_decided(each, listed) for each in Recommendation)


def _decided(recommendation: Recommendation, counts: Sequence[DecidedCount]) -> DecidedLine:
    own = [each for each in counts if each.recommendation is recommendation]
    rejected = sum(each.cases for each in own if each.decision is Decision.REJECT)
    return DecidedLine(
        recommendation=recommendation,
        approved=sum(each.cases for each in own) - rejected,
        rejected=rejected,
        overrides=sum(each.cases for each in own if is_override(each.decision, recommendation)),
    )
