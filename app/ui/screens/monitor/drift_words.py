"""Words, rows and columns of the drift tab."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.rules.money import count_shown
from app.services.steps.drift_figures import (
    BandLine,
    DecidedLine,
    DriftLine,
    DriftReport,
    OutcomeFigures,
)
from app.ui.item_models.columns import Column
from app.ui.widgets.figure_words import percent_words
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.vocabulary.operations import PsiStatus

_ICONS = {
    PsiStatus.STABLE: ("circle-check", "good"),
    PsiStatus.WATCH: ("alert-triangle", "warning"),
    PsiStatus.SHIFTED: ("alert-circle", "bad"),
    PsiStatus.TOO_FEW: ("circle-dashed", "muted"),
}
_PLACES = Decimal("0.001")


def tr(words: str) -> str:
    """The words in the language in force."""
    return QCoreApplication.translate("DriftTab", words)


def number_words(value: Decimal | None) -> str:
    """A pure number with three places; a dash when unknown."""
    return UNKNOWN if value is None else f"{value.quantize(_PLACES):f}"


def state_words(line: DriftLine) -> str:
    """The state; one that chance explains says so."""
    if line.index is None:
        return tr("Nothing to compare")
    words = {
        PsiStatus.STABLE: tr("Stable"),
        PsiStatus.WATCH: tr("Watch"),
        PsiStatus.SHIFTED: tr("Shifted"),
        PsiStatus.TOO_FEW: tr("Too few"),
    }[line.state]
    moved = line.state in (PsiStatus.WATCH, PsiStatus.SHIFTED)
    return tr("%1, may be chance").replace("%1", words) if moved and not line.alarm else words


def drift_columns() -> tuple[Column[DriftLine], ...]:
    """What is measured, its index, what chance explains, rows, state."""
    return (
        Column("value", tr("Score and inputs"), lambda row: row.label, 240, strong=_is_score),
        Column("index", tr("Stability index"), lambda row: number_words(row.index), 96, "right"),
        Column(
            "chance",
            tr("By chance up to"),
            lambda row: number_words(row.chance),
            96,
            "right",
            muted=True,
        ),
        Column("rows", tr("Scored"), lambda row: count_shown(row.rows), 60, "right"),
        Column("state", tr("State"), state_words, 140, icon=lambda row: _ICONS[row.state]),
    )


def _is_score(line: DriftLine) -> bool:
    return line.name == "credit_score"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One figure now, what it is held against, and whether that is a cause for alarm."""

    name: str
    now: str
    against: str
    alarm: bool | None


def check_lines(report: DriftReport) -> tuple[CheckLine, ...]:
    """The mean of debt to income and the figures on matured loans."""
    shift, found = report.mean_dti, report.outcomes
    mean = CheckLine(tr("Mean debt to income"), UNKNOWN, UNKNOWN, None)
    if shift is not None:
        against = tr("%1, at most %2 off")
        against = against.replace("%1", percent_words(shift.before))
        mean = CheckLine(
            tr("Mean debt to income"),
            percent_words(shift.now),
            against.replace("%2", percent_words(shift.limit)),
            shift.level is not None,
        )
    limit = tr("at least %1").replace("%1", percent_words(found.accuracy_limit))
    accuracy = CheckLine(
        tr("Accuracy on outcomes"),
        percent_words(found.accuracy),
        limit,
        found.accuracy_level is not None if found.enough else None,
    )
    return (mean, accuracy, *_model_lines(found))


def _model_lines(found: OutcomeFigures) -> tuple[CheckLine, ...]:
    own = found.own_test
    rows = (
        ("AUC_DROP", tr("AUC"), found.auc, None if own is None else own.auc),
        ("KS_DROP", tr("KS"), found.ks, None if own is None else own.ks),
        ("BRIER_RISE", tr("Brier"), found.brier, None if own is None else own.brier),
    )
    return tuple(
        CheckLine(
            name,
            number_words(now),
            tr("%1 in its own test").replace("%1", number_words(before)),
            code in found.worsened if found.enough and now is not None else None,
        )
        for code, name, now, before in rows
    )


def check_columns() -> tuple[Column[CheckLine], ...]:
    """The figure, its value now, what it is held against, the verdict."""
    return (
        Column("name", tr("Figure"), lambda row: row.name, 164, strong=True),
        Column("now", tr("Now"), lambda row: row.now, 72, "right"),
        Column("against", tr("Held against"), lambda row: row.against, 190, muted=True),
        Column("verdict", tr("Verdict"), _verdict_words, 96, icon=_verdict_icon),
    )


def _verdict_words(line: CheckLine) -> str:
    if line.alarm is None:
        return tr("Too few")
    return tr("Alert") if line.alarm else tr("Sound")


def _verdict_icon(line: CheckLine) -> tuple[str, str]:
    if line.alarm is None:
        return ("circle-dashed", "muted")
    return ("alert-triangle", "warning") if line.alarm else ("circle-check", "good")


def band_columns() -> tuple[Column[BandLine], ...]:
    """The level, its matured loans, expected and observed defaults."""
    return (
        Column("level", tr("Risk level"), lambda row: word_of("risk_level", row.level), 92),
        Column("rows", tr("Loans"), lambda row: count_shown(row.rows), 60, "right"),
        Column("defaults", tr("Defaults"), lambda row: count_shown(row.defaults), 72, "right"),
        Column("expected", tr("Expected"), lambda row: percent_words(row.expected), 80, "right"),
        Column(
            "observed", tr("Observed"), lambda row: percent_words(row.observed), 80, "right",
            strong=True,
        ),
        Column("note", "", lambda row: "" if row.enough else tr("too few"), 60, muted=True),
    )  # fmt: skip


def decided_columns() -> tuple[Column[DecidedLine], ...]:
    """The recommendation, what was decided, what went against it."""
    return (
        Column(
            "recommendation",
            tr("Recommended"),
            lambda row: word_of("recommendation", row.recommendation),
            100,
        ),
        Column("approved", tr("Approved"), lambda row: count_shown(row.approved), 76, "right"),
        Column("rejected", tr("Rejected"), lambda row: count_shown(row.rejected), 76, "right"),
        Column(
            "overrides", tr("Overrides"), _override_words, 120, "right",
            strong=lambda row: bool(row.overrides),
        ),
    )  # fmt: skip


def _override_words(line: DecidedLine) -> str:
    if not line.decided:
        return UNKNOWN
    share = percent_words(Decimal(100 * line.overrides) / line.decided)
    return f"{count_shown(line.overrides)}  ({share})"


def measured_words(report: DriftReport) -> str:
    """How many applications were measured."""
    if report.rows < report.of_rows:
        words = tr("the newest %1 of %2 applications scored in 12 months")
        words = words.replace("%2", count_shown(report.of_rows))
    else:
        words = tr("%1 applications scored in 12 months")
    return words.replace("%1", count_shown(report.rows))
