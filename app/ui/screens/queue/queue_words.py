"""How one waiting case reads: risk, flags, age, in whose hands."""

from PySide6.QtCore import QCoreApplication

from app.services.read_queue import QueueRow
from app.ui.widgets.case_words import span_shown
from app.ui.widgets.figure_words import amount_words
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.decisions import QueueFlag, RiskLevel

RISK_MARKS = {
    RiskLevel.LOW: ("arrow-down", "lowers"),
    RiskLevel.MEDIUM: ("equal", "muted"),
    RiskLevel.HIGH: ("arrow-up", "raises"),
}
NO_RISK = ("help-circle", "muted")
FLAG_ICONS = {
    QueueFlag.OVERRIDE: "user-check",
    QueueFlag.BORDERLINE: "circle-dot",
    QueueFlag.UNSCORED: "help-circle",
    QueueFlag.RESUBMITTED: "arrow-back-up",
    QueueFlag.ABOVE_LIMIT: "alert-triangle",
}


def risk_words(row: QueueRow) -> str:
    """The risk level, "None" for an unscored case."""
    return _tr("None") if row.risk_level is None else word_of("risk_level", row.risk_level)


def flag_words(flag: QueueFlag) -> str:
    """A flag in one or two words, for the list."""
    return {
        QueueFlag.OVERRIDE: _tr("Override"),
        QueueFlag.BORDERLINE: _tr("Borderline"),
        QueueFlag.UNSCORED: _tr("Unscored"),
        QueueFlag.RESUBMITTED: _tr("Sent again"),
        QueueFlag.ABOVE_LIMIT: _tr("Above limit"),
    }[flag]


def flags_shown(row: QueueRow) -> str:
    """All flags of a case."""
    return ", ".join(flag_words(flag) for flag in row.flags)


def age_words(row: QueueRow) -> str:
    """How long a case has waited."""
    return span_shown(row.waiting)


def spoken(row: QueueRow) -> str:
    """A whole line as it is read aloud."""
    parts = [
        row.full_name,
        row.reference,
        amount_words(row.amount_paise),
        _tr("risk %1").replace("%1", risk_words(row)),
        flags_shown(row),
        _tr("waits %1").replace("%1", age_words(row)),
    ]
    if row.late:
        parts.append(_tr("longer than it should"))
    if row.held_by:
        parts.append(_tr("with %1").replace("%1", row.held_by))
    return ", ".join(part for part in parts if part)


def _tr(words: str) -> str:
    return QCoreApplication.translate("QueueWords", words)
