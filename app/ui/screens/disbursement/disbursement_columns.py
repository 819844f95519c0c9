"""Columns of the checks before a payment and of the schedule that it starts."""

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.loan_start import PlannedInstalment
from app.rules.money import rupees
from app.services.steps.disbursement_checks import DisbursementCheck, DisbursementCheckCode
from app.ui.item_models.columns import Column
from db.vocabulary.decisions import PolicyState

_ICONS = {
    PolicyState.FAIL: ("circle-x", "bad"),
    PolicyState.UNVERIFIED: ("help-circle", "warning"),
    PolicyState.NOTE: ("info-circle", "warning"),
    PolicyState.PASS: ("circle-check", "good"),
    PolicyState.NOT_APPLICABLE: ("circle-minus", "muted"),
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("DisbursementScreen", words)


def check_columns() -> tuple[Column[DisbursementCheck], ...]:
    """What is checked, how it stands, and why."""
    return (
        Column(
            "check",
            _tr("Check"),
            lambda check: check_words(check.code),
            132,
            strong=True,
            icon=lambda check: _ICONS[check.state],
        ),
        Column("state", _tr("Result"), lambda check: state_words(check.state), 84),
        Column("sentence", _tr("Why"), lambda check: check.sentence, 330),
    )


def schedule_columns() -> tuple[Column[PlannedInstalment], ...]:
    """Every due of the loan; amounts in rupees, the sign stands in the heads."""
    return (
        Column("number", _tr("No."), lambda row: str(row.number), 44, "right", muted=True),
        Column("due", _tr("Due"), lambda row: date_shown(row.due_on), 96),
        _money("interest", _tr("Interest ₹"), "interest_paise"),
        _money("principal", _tr("Principal ₹"), "principal_paise"),
        Column(
            "instalment",
            _tr("Instalment ₹"),
            lambda row: _exact(row.interest_paise + row.principal_paise),
            100,
            "right",
            strong=True,
        ),
        _money("closing", _tr("Left ₹"), "closing_paise", 104),
    )


def check_words(code: DisbursementCheckCode) -> str:
    """What is checked."""
    return {
        DisbursementCheckCode.APPROVED: _tr("Sanction"),
        DisbursementCheckCode.KFS: _tr("Key Facts"),
        DisbursementCheckCode.AGREEMENT: _tr("Agreement"),
        DisbursementCheckCode.SECURITY: _tr("Security"),
        DisbursementCheckCode.INSURANCE: _tr("Insurance"),
        DisbursementCheckCode.MANDATE: _tr("Mandate"),
        DisbursementCheckCode.TWO_PEOPLE: _tr("Two people"),
        DisbursementCheckCode.COOLING_OFF: _tr("Cooling-off"),
    }[code]


def state_words(state: PolicyState) -> str:
    """How a check stands."""
    return {
        PolicyState.FAIL: _tr("Not met"),
        PolicyState.UNVERIFIED: _tr("To do"),
        PolicyState.NOTE: _tr("Note"),
        PolicyState.PASS: _tr("Holds"),
        PolicyState.NOT_APPLICABLE: _tr("Not needed"),
    }.get(state, "")


def _money(key: str, title: str, name: str, width: int = 92) -> Column[PlannedInstalment]:
    return Column(key, title, lambda row: _exact(getattr(row, name)), width, "right")


def _exact(paise: int) -> str:
    """With its paise always, so that the points of a column stand under each other."""
    return rupees(paise).replace("₹", "")
