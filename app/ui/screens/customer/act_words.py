"""Acts of the audit chain and the records as people read them on a timeline."""

from PySide6.QtCore import QCoreApplication

from app.rules.money import rupees_shown
from app.services.steps.shipped_words import shipped_words
from app.ui.screens.customer.fact_words import fact_label, whole_score
from app.ui.widgets.lending_cells import word_of
from db.records.customer_life import TimelineEvent, TimelineKind

_WORDS = {
    "customer_since": "Became a customer",
    "register_customer": "Customer registered",
    "update_customer": "Facts changed in the form",
    "reveal_pan": "PAN looked at",
    "propose_correction": "Correction of a fact",
    "decide_correction": "Correction decided",
    "withdraw_correction": "Correction withdrawn",
    "add_note": "Note",
    "submit_application": "Application entered",
    "enter_application": "Application entered",
    "withdraw_application": "Application withdrawn",
    "score_application": "Scored again",
    "assess_application": "Scored",
    "decide_application": "Decided",
    "propose": "Decision proposed",
    "withdraw_proposal": "Proposal withdrawn",
    "claim": "Taken for decision",
    "release": "Given back to the queue",
    "decide": "Decided",
    "forward": "Sent to a higher authority",
    "recall": "Decision recalled",
    "disburse_loan": "Loan paid out",
    "post_repayment": "Payment received",
    "log_contact": "Contact about a loan",
    "correct_contact": "Contact entry corrected",
    "snooze_follow_up": "Follow-up put off",
    "class_changed": "Class changed",
    "loan_closed": "Loan closed",
    "import_rows": "Imported",
    "make_sample_book": "Made for the sample book",
}
KIND_ICONS = {
    TimelineKind.CUSTOMER: "user",
    TimelineKind.APPLICATION: "file-text",
    TimelineKind.SCORE: "chart-line",
    TimelineKind.LOAN: "building-bank",
    TimelineKind.PAYMENT: "check",
    TimelineKind.NOTE: "note",
}
_KINDS = {
    TimelineKind.CUSTOMER: "Customer",
    TimelineKind.APPLICATION: "Applications",
    TimelineKind.SCORE: "Scores",
    TimelineKind.LOAN: "Loans",
    TimelineKind.PAYMENT: "Payments",
    TimelineKind.NOTE: "Notes",
}


def act_words(act: str) -> str:
    """The words of an act; one that is not listed is spelled out."""
    words = _WORDS.get(act) or act.replace("_", " ").capitalize()
    return QCoreApplication.translate("CustomerScreen", words)


def kind_words(kind: TimelineKind) -> str:
    """The kind as the filter calls it."""
    return QCoreApplication.translate("CustomerScreen", _KINDS[kind])


def event_words(event: TimelineEvent) -> str:
    """What came of an event, in one line; empty where the act says it all."""
    parts = [_figure(event), _detail(event), _move(event), " ".join(event.text.split())]
    return ", ".join(part for part in parts if part)


def _figure(event: TimelineEvent) -> str:
    if event.amount_paise is not None:
        return rupees_shown(event.amount_paise)
    if event.score_hundredths is not None:
        return _tr("score %1").replace("%1", str(whole_score(event.score_hundredths)))
    return ""


def _detail(event: TimelineEvent) -> str:
    detail = event.detail
    if not detail:
        return ""
    if event.act in _CORRECTED:
        return fact_label(detail)
    if event.kind is TimelineKind.SCORE:
        words = _tr("%1 risk, model %2").replace("%1", word_of("risk_level", detail))
        return words.replace("%2", event.model_id or "")
    lists = {
        "post_repayment": "payment_method",
        "disburse_loan": "disbursement_mode",
        "snooze_follow_up": "snooze_reason",
    }
    return word_of(lists[event.act], detail) if event.act in lists else _reason(detail)


def _reason(code: str) -> str:
    """A reason code in words, where one of the lists has it."""
    for name in ("approve_reason", "override_reason", "withdraw_reason", "return_reason"):
        words = _word(name, code)
        if words != code:
            return words.rstrip(".")
    # Sentences of refusals carry figures that only the application has: its check is named instead.
    return next((words for rule, words in _checks() if rule == code), code)


def _checks() -> tuple[tuple[str, str], ...]:
    """Reason code and name of each policy check."""
    entries = shipped_words().lists["policy_check"].values()
    return tuple((str(each.get("reason")), str(each["en"])) for each in entries)


def _move(event: TimelineEvent) -> str:
    if event.act in _CORRECTED:
        return _CORRECTED[event.act].get(event.to_status or "", "")
    name = "asset_class" if event.act == "class_changed" else "application_status"
    before, after = (
        "" if code is None else _word(name, code) for code in (event.from_status, event.to_status)
    )
    if before and after:
        return _tr("%1 to %2").replace("%1", before).replace("%2", after)
    return after


def _word(name: str, code: str) -> str:
    try:
        return word_of(name, code)
    except KeyError:
        return code


_CORRECTED = {
    "propose_correction": {"Proposed": "waits for a second person", "Approved": "done at once"},
    "decide_correction": {"Approved": "approved", "Refused": "refused"},
    "withdraw_correction": {},
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)
