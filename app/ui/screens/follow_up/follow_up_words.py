"""Words of the follow-up page: what comes next, why a loan rests, how a contact ended."""

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.rules.early_warning import Signal
from app.rules.follow_up import NextStep, PromiseFacts, Rest
from app.rules.money import rupees, rupees_shown
from app.rules.unchecked_signs import Unchecked
from app.services.find_follow_ups import FollowUpRow
from app.services.read_follow_up import FollowUpView, LoggedContact
from app.services.steps.shipped_words import shipped_words
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.vocabulary.operations import (
    CallOutcome,
    ContactChannel,
    EarlyWarningTrigger,
    PromiseStatus,
)

_RESTS_UNTIL = frozenset({Rest.SNOOZED, Rest.PROMISE_RUNNING})
PROMISE_ICONS = {
    PromiseStatus.OPEN: ("clock", "muted"),
    PromiseStatus.KEPT: ("circle-check", "good"),
    PromiseStatus.BROKEN: ("circle-x", "bad"),
}


def tr(words: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("FollowUpScreen", words)


def step_word(row: FollowUpRow) -> str:
    """What comes next; in the list of those that rest, until when they do, or why."""
    if row.rest in _RESTS_UNTIL and row.rest_until is not None:
        return tr("Until %1").replace("%1", f"{row.rest_until:%d %b}")
    return step_tip(row)


def step_tip(row: FollowUpRow) -> str:
    """What comes next; in the list of those that rest, why they do."""
    if row.rest is not None:
        return rest_word(row)
    return {
        NextStep.CALL: tr("Call"),
        NextStep.CALL_BACK: tr("Call back"),
        NextStep.AWAIT_PAYMENT: tr("Payment due"),
        NextStep.ASK_ABOUT_PROMISE: tr("Ask why"),
        NextStep.VISIT: tr("Visit"),
    }[row.step]


def rest_word(row: FollowUpRow) -> str:
    """Why no call is needed today."""
    until = "" if row.rest_until is None else f"{row.rest_until:%d %b}"
    words = {
        Rest.SNOOZED: tr("Put off to %1"),
        Rest.PROMISE_RUNNING: tr("Promise to %1"),
        Rest.DEALT_WITH: tr("Dealt with"),
        Rest.CALLS_USED_UP: tr("Called enough"),
    }
    return words[row.rest].replace("%1", until) if row.rest is not None else ""


def sign_sentence(signal: Signal) -> str:
    """The sentence of an early sign, with its figure and its limit."""
    return shipped_words().sentence(
        "early_warning_trigger", signal.trigger, signal.value, signal.limit
    )


def unchecked_words(view: FollowUpView) -> str:
    """The signs that were not looked for, each with its reason; empty where there are none."""
    signs = {
        EarlyWarningTrigger.INSURANCE_LAPSED: tr("insurance"),
        EarlyWarningTrigger.SALARY_DROP: tr("salary credits"),
        EarlyWarningTrigger.BUREAU_DEFAULT: tr("defaults elsewhere"),
    }
    kept = [signs[each] for each, why in view.unchecked if why is Unchecked.NOT_KEPT]
    parts = [tr("%1 (not kept here)").replace("%1", ", ".join(kept))] if kept else []
    reasons = {why for _, why in view.unchecked}
    if Unchecked.NO_LATER_SCORE in reasons:
        parts.append(tr("score (none since the loan was given)"))
    if Unchecked.COSIGNER_UNKNOWN in reasons:
        parts.append(tr("guarantor (no PAN on record)"))
    return tr("Not checked: %1.").replace("%1", "; ".join(parts)) if parts else ""


def promise_cell(promise: PromiseFacts | None) -> str:
    """Amount and day of a promise in a narrow column."""
    if promise is None:
        return UNKNOWN
    return f"{rupees_shown(promise.amount_paise)} {promise.due_on:%d %b}"


def contact_cell(row: FollowUpRow) -> str:
    """Day and end of the last contact in a narrow column."""
    last = row.last_contact
    if last is None:
        return UNKNOWN
    short = {
        CallOutcome.PROMISE: tr("Promise"),
        CallOutcome.PAID: tr("Says paid"),
        CallOutcome.CALL_BACK: tr("Call back"),
        CallOutcome.WRONG_NUMBER: tr("Wrong no."),
        CallOutcome.DISPUTE: tr("Dispute"),
        CallOutcome.REFUSED: tr("Refused"),
    }
    outcome = last.outcome
    said = short.get(outcome) if outcome is not None else None
    return f"{bank_day(last.made_at):%d %b}, {said or _ended(last.channel, outcome)}"


def contact_tip(row: FollowUpRow) -> str:
    """Day and end of the last contact."""
    last = row.last_contact
    if last is None:
        return ""
    return f"{date_shown(bank_day(last.made_at))}, {_ended(last.channel, last.outcome)}"


def when_word(logged: LoggedContact) -> str:
    """Day and hour of an entry."""
    return f"{bank_moment(logged.contact.made_at):%d %b %H:%M}"


def ended_word(logged: LoggedContact) -> str:
    """How an entry ended; of what is sent, what it was."""
    return _ended(logged.contact.channel, logged.contact.outcome)


def _ended(channel: ContactChannel, outcome: CallOutcome | None) -> str:
    if outcome is None:
        return word_of("contact_channel", channel)
    return word_of("call_outcome", outcome)


def promise_word(logged: LoggedContact) -> str:
    """The promise of an entry and how it stands."""
    promise, standing = logged.promise, logged.standing
    if promise is None or standing is None:
        return ""
    words = tr("%1 by %2").replace("%1", rupees_shown(promise.amount_paise))
    words = words.replace("%2", f"{promise.due_on:%d %b}")
    return f"{words}, {word_of('promise_status', standing.status).lower()}"


def log_words(logged: LoggedContact) -> str:
    """All of an entry, as it is read under the log."""
    contact, lines = logged.contact, []
    if logged.promise is not None and logged.standing is not None:
        words = tr("Promise of %1 by %2: %3, %4 received.")
        words = words.replace("%1", rupees(logged.promise.amount_paise))
        words = words.replace("%2", date_shown(logged.promise.due_on))
        words = words.replace("%3", word_of("promise_status", logged.standing.status).lower())
        lines.append(words.replace("%4", rupees(logged.standing.received_paise)))
    if contact.note:
        lines.append(contact.note)
    by = tr("%1. Written by %2").replace("%1", ended_word(logged))
    by = by.replace("%2", contact.actor_name or UNKNOWN)
    if contact.edited_at is not None:
        by += ", " + tr("corrected at %1").replace("%1", f"{bank_moment(contact.edited_at):%H:%M}")
    if contact.override_reason is not None:
        reason = word_of("contact_override_reason", contact.override_reason)
        by += ". " + tr("Outside the limits: %1").replace("%1", reason)
    lines.append(by + ".")
    return "\n".join(lines)
