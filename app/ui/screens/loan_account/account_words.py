"""Postings, charges, acts and classes of an account in plain words."""

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.services.steps.account_lines import ChargeLine, DueState, LedgerLine, ScheduleLine
from app.services.steps.account_provision import ProvisionPart
from app.services.steps.account_timeline import HappenedLine, Happening
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.loan_cells import days_late_words
from db.vocabulary.loan_account import ActState, ChargeEntry, LoanAct, RepaymentKind
from db.vocabulary.loan_life import AssetClass

_CAUSES = {
    "age": "Time as NPA",
    "days past due": "Days late",
    "another loan of the borrower": "Another loan of the borrower",
    "all arrears paid": "All arrears paid",
    "receipt": "Payment received",
    "day-end": "Day-end",
}
_PARTS = {
    ("provision_sub_standard", "SECURED"): (AssetClass.SUB_STANDARD, "%1, with security"),
    ("provision_sub_standard", "UNSECURED_AB_INITIO"): (
        AssetClass.SUB_STANDARD,
        "%1, without security",
    ),
    ("provision_doubtful_secured_part", "D1"): (AssetClass.DOUBTFUL_1, "%1, part that is secured"),
    ("provision_doubtful_secured_part", "D2"): (AssetClass.DOUBTFUL_2, "%1, part that is secured"),
    ("provision_doubtful_secured_part", "D3"): (AssetClass.DOUBTFUL_3, "%1, part that is secured"),
    ("provision_loss", "ALL"): (AssetClass.LOSS, "%1"),
}
_STATE_ICONS = {
    DueState.PAID: ("circle-check", "good"),
    DueState.PART: ("circle-dot", "bad"),
    DueState.UNPAID: ("alert-triangle", "bad"),
    DueState.NOT_DUE: ("circle", "muted"),
    DueState.NOTHING: ("circle-minus", "muted"),
}
HAPPENING_ICONS = {
    Happening.MONEY_OUT: "building-bank",
    Happening.MONEY_IN: "check",
    Happening.CHARGE: "alert-circle",
    Happening.CLASS: "chart-line",
    Happening.ACT: "user-check",
    Happening.LETTER: "file-text",
    Happening.CONTACT: "phone",
}


def tr(words: str) -> str:
    """Words of the account page in the language in force."""
    return QCoreApplication.translate("LoanScreen", words)


def due_words(line: ScheduleLine) -> str:
    """How an instalment stands: paid on time, part paid and how late, not yet due."""
    if line.state is DueState.NOT_DUE:
        return tr("Not yet due")
    if line.state is DueState.NOTHING:
        return tr("Nothing due")
    if line.state is DueState.PAID:
        if not line.days_late:
            return tr("Paid on time")
        return tr("Paid %1").replace("%1", days_late_words(line.days_late))
    head = tr("Part paid") if line.state is DueState.PART else tr("Unpaid")
    return f"{head}, {days_late_words(line.days_late)}" if line.days_late else head


def due_icon(line: ScheduleLine) -> tuple[str, str]:
    """The icon of that state."""
    return _STATE_ICONS[line.state]


def entry_words(line: LedgerLine) -> str:
    """What a posting is; a reversal or correction names the payment it speaks of."""
    about = "" if line.about is None else date_shown(line.about)
    if isinstance(line.kind, LoanAct):
        return word_of("loan_act", line.kind)
    if line.kind is RepaymentKind.REVERSAL:
        return tr("Payment of %1 reversed").replace("%1", about)
    if line.kind is RepaymentKind.REALLOCATION:
        return tr("Split of the payment of %1 corrected").replace("%1", about)
    words = word_of("repayment_kind", line.kind)
    return tr("%1, reversed later").replace("%1", words) if line.undone else words


def charge_words(line: ChargeLine) -> str:
    """What was charged, or what became of a charge."""
    words = word_of("charge_kind", line.kind)
    if line.entry is ChargeEntry.LEVIED:
        return words
    return f"{words}, {word_of('charge_entry', line.entry).lower()}"


def cause_words(cause: str) -> str:
    """Why a class moved; an entry of another system keeps its own words."""
    return tr(_CAUSES[cause]) if cause in _CAUSES else cause


def part_words(part: ProvisionPart) -> str:
    """For what a share of the provision is."""
    if part.code == "provision_standard":
        segment = word_of("provision_segment", part.segment)
        return tr("Standard and SMA loans, %1").replace("%1", segment)
    if part.code == "provision_doubtful_rest":
        return tr("Doubtful, the rest")
    asset_class, words = _PARTS[part.code, part.segment]
    return tr(words).replace("%1", word_of("asset_class", asset_class))


def happened_words(line: HappenedLine) -> str:
    """What happened, in a few words."""
    if line.kind is Happening.CLASS:
        return tr("Class %1").replace("%1", word_of("asset_class", line.code))
    if line.kind is Happening.ACT:
        return word_of("loan_act", line.code)
    return word_of(line.kind.value, line.code)


def happened_details(line: HappenedLine) -> str:
    """What came of it, in one line."""
    if line.kind is Happening.CLASS:
        return f"{cause_words(line.note)}, {_detail(line)}" if line.note else _detail(line)
    return ", ".join(part for part in (_detail(line), line.note) if part)


def happened_when(line: HappenedLine) -> str:
    """The day; with the time of day where the line was written on that day."""
    day = date_shown(line.on)
    if line.at is None or bank_day(line.at) != line.on:
        return day
    return f"{day} {bank_moment(line.at):%H:%M}"


_DETAIL_LISTS = {
    Happening.MONEY_OUT: "disbursement_mode",
    Happening.MONEY_IN: "payment_method",
    Happening.CHARGE: "charge_entry",
    Happening.ACT: "act_state",
    Happening.LETTER: "letter_status",
    Happening.CONTACT: "call_outcome",
}


def _detail(line: HappenedLine) -> str:
    if line.kind is Happening.CLASS:
        return tr("from %1").replace("%1", word_of("asset_class", line.detail))
    if line.detail == ActState.PROPOSED:
        return tr("Proposed")
    return word_of(_DETAIL_LISTS[line.kind], line.detail) if line.detail else ""
