"""Words of what waits on loans: the names of figures, and their values as people read them."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.money import percent_shown, rupees
from app.services.read_loan_acts import ActFigure, Plain, WaitingAct
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.vocabulary.lending import PrepaymentKeep

_DATE_LENGTH = 10
_SUFFIXES = ("_paise", "_ppm", "_on", "_date")
_LISTS = {
    "method": "payment_method",
    "mode": "disbursement_mode",
    "treatment": "moratorium_treatment",
    "charge_kind": "charge_kind",
    "reason": "reversal_reason",
}


def tr(words: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("LoanActsScreen", words)


def act_word(row: WaitingAct) -> str:
    """The kind of act."""
    return word_of("loan_act", row.act)


def figure_word(name: str) -> str:
    """How a figure is called; an unknown one by its own name."""
    known = {
        "act": "",
        "amount_paise": tr("Amount"),
        "asset_class": tr("Class"),
        "charges_due_paise": tr("Charges unpaid"),
        "emi_paise": tr("EMI"),
        "instalments_left": tr("Instalments left"),
        "interest_left_paise": tr("Interest left"),
        "keep": tr("Kept"),
        "last_due_on": tr("Last due date"),
        "last_instalment_paise": tr("Last instalment"),
        "months": tr("Months"),
        "outstanding_paise": tr("Outstanding"),
        "rate_ppm": tr("Rate"),
        "schedule_version": tr("Version of the schedule"),
        "written_off_paise": tr("Written off"),
    }
    if name in known:
        return known[name]
    plain = name
    for suffix in _SUFFIXES:
        plain = plain.removesuffix(suffix)
    return plain.replace("_", " ").capitalize()


def value_word(name: str, value: Plain) -> str:
    """A value as people read it, by the unit in its name."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, str):
        return _text_word(name, value)
    if isinstance(value, int) and name.endswith("_paise"):
        return rupees(value)
    if isinstance(value, int) and name.endswith("_ppm"):
        return percent_shown(value)
    return str(value)


def _text_word(name: str, value: str) -> str:
    if name == "keep":
        return tr("EMI") if value == PrepaymentKeep.EMI else tr("Term")
    if name in _LISTS:
        return word_of(_LISTS[name], value)
    day = _day(value)
    return value if day is None else date_shown(day)


def figure_line(figure: ActFigure) -> tuple[str, str, str]:
    """A figure with its value before and after."""
    return (
        figure_word(figure.name),
        value_word(figure.name, figure.before),
        value_word(figure.name, figure.after),
    )


def term_pairs(row: WaitingAct) -> list[tuple[str, str, str]]:
    """What is asked, named; empty terms are left out."""
    pairs = [(tr("Value date"), date_shown(row.value_date), "body")]
    for name, value in row.terms:
        if value in (None, "") or name in {"act", "value_date"}:
            continue
        pairs.append((figure_word(name), value_word(name, value), "body"))
    pairs.append((tr("Proposed by"), row.maker_name, "body"))
    return pairs


def _day(text: str) -> date | None:
    if len(text) != _DATE_LENGTH:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
