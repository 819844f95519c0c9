"""How far scores, inputs and outcomes have moved from what the model was developed on.

Source: screens.md S80, machine-learning.md 9, lending-rules.md 13. Only reads. The newest
applications are measured; outcomes come from loans that are old enough, so they lag.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.rules.rulebook import Rulebook
from app.services.steps.development_sample import (
    Reference,
    ReferenceKind,
    reference_of,
    shipped_reference,
)
from app.services.steps.drift_figures import DriftReport, OutcomeFigures
from app.services.steps.drift_measures import (
    decided_lines,
    drift_lines,
    mean_shift,
    outcome_figures,
    scored_row,
)
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.permission import permit
from db.records.drift import DecidedCount, ScoredApplication, ScoredLoan
from db.records.months import MonthSpan, months_before

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from ml.runtime.risk_model import RiskModel

# How the report looks back; no decision hangs on these.
WINDOW_MONTHS = 12
MOST_ROWS = 3_000


@dataclass(frozen=True, slots=True)
class DriftReading:
    """What was read of the book; `report_of` computes the rest without it.

    Attributes:
        of_rows: applications scored since `since`; of them the newest were read.
        first_rows: the oldest ones, only where no reference is shipped with the model.
    """

    as_of: date
    since: date
    newest: tuple[ScoredApplication, ...]
    of_rows: int
    first_rows: tuple[ScoredApplication, ...]
    loans: tuple[ScoredLoan, ...]
    decided: tuple[DecidedCount, ...]
    shipped: Reference | None


def watch_drift(scope: MonitorScope, desk: "Desk") -> DriftReport:
    """The whole report; the window reads and computes on two lanes instead.

    Raises:
        Refused: not permitted, no such day, or the model may not be used.
    """
    return report_of(read_drift(scope, desk), desk.model(), desk.rulebook())


def read_drift(scope: MonitorScope, desk: "Desk") -> DriftReading:
    """Read scores, outcomes and decisions.

    Raises:
        Refused: as `watch_drift`.
    """
    permit(desk, Act.SEE_MONITOR)
    desk.rulebook()
    model = desk.model()
    shipped = shipped_reference(model)
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        cut, drift = view.cut, book.portfolio.drift
        since = months_before(cut.day, WINDOW_MONTHS)
        return DriftReading(
            as_of=cut.day,
            since=since,
            newest=drift.newest(cut, model.sha256, since, MOST_ROWS),
            of_rows=drift.count(cut, model.sha256, since),
            first_rows=(() if shipped is not None else drift.oldest(cut, model.sha256, MOST_ROWS)),
            loans=drift.loans(cut, model.sha256),
            decided=drift.decided(cut, model.sha256, MonthSpan(since, cut.day)),
            shipped=shipped,
        )


def report_of(reading: DriftReading, model: "RiskModel", rulebook: Rulebook) -> DriftReport:
    """Compute the report from what was read."""
    on = reading.as_of
    rows = [scored_row(each) for each in reading.newest]
    reference = reading.shipped or _first_months(reading, rulebook)
    outcomes, bands = outcome_figures(reading.loans, model, rulebook, on)
    return DriftReport(
        as_of=on,
        model_id=model.model_id,
        since=reading.since,
        rows=len(rows),
        of_rows=reading.of_rows,
        reference=None if reference is None else reference.kind,
        reference_rows=0 if reference is None else reference.rows,
        lines=drift_lines(rows, reference, rulebook, on),
        mean_dti=mean_shift(rows, reference, rulebook, on),
        outcomes=outcomes,
        bands=bands,
        bands_synthetic=model.facts.table.synthetic,
        decisions=decided_lines(reading.decided),
        notes=(_reference_words(reference), _delay_words(outcomes)),
    )


def _first_months(reading: DriftReading, rulebook: Rulebook) -> Reference | None:
    """The first months of the book as the reference, where they are old and many enough."""
    if not reading.first_rows:
        return None
    end = months_before(reading.first_rows[0].application_date, -WINDOW_MONTHS)
    rows = [scored_row(each) for each in reading.first_rows if each.application_date < end]
    enough = rulebook.row("drift_min_rows", reading.as_of).holds(len(rows))
    if not enough or end > reading.since:
        return None
    bins = rulebook.count("psi_bins", reading.as_of)
    return reference_of(ReferenceKind.FIRST_MONTHS, rows, bins)


def _reference_words(reference: Reference | None) -> str:
    if reference is None:
        return (
            "Nothing to compare with: no bins are shipped with this model, and the book's first "
            "months are too few or too near."
        )
    days = f"{reference.first:%d %b %Y} to {reference.last:%d %b %Y}"
    if reference.kind is ReferenceKind.DEVELOPMENT:
        return (
            f"Compared with {reference.rows:,} applications, {days}, from which the model's "
            "training loans were chosen: drawn, not of any bank."
        )
    return f"Compared with the first {reference.rows:,} applications of this book, {days}."


def _delay_words(outcomes: OutcomeFigures) -> str:
    return (
        f"An outcome is known {outcomes.window_months} months after pay-out: loans paid out up to "
        f"{outcomes.matured_until:%d %b %Y} count, {outcomes.waiting:,} newer ones wait, and a "
        "change in whom the bank lends to shows here that much later."
    )
