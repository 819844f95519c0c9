"""What is told of an application between maker and checker: who, when, which terms, how long.

Source: screens.md S40 and S50. The time from the first proposal to the decision is always told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.rules.money import percent_text, rupees_shown
from app.services.read_queue import CaseForChecker
from app.ui.widgets.lending_cells import word_of
from db.records.cases import CaseStepRecord
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_SPOKEN = frozenset({CaseStep.DECIDE, CaseStep.DECIDE_AUTOMATICALLY})


@dataclass(frozen=True, slots=True)
class CaseState:
    """Where a case stands, in words.

    Attributes:
        said: who did what, and when.
        more: what is known beside it: who has it in hand, or how long it took.
        own_proposal: the person who looks proposed it, and nobody has taken it up.
        own_decision: the person who looks decided it, so that they may recall it.
    """

    said: str = ""
    more: str = ""
    own_proposal: bool = False
    own_decision: bool = False


def moment_shown(at: datetime) -> str:
    """An instant by the bank's clock, "23 Nov 2026 14:17"."""
    return f"{date_shown(bank_day(at))} {bank_moment(at):%H:%M}"


def span_shown(span: timedelta) -> str:
    """How long something took or waits, in its largest whole unit.

    >>> span_shown(timedelta(hours=50)), span_shown(timedelta(minutes=75))
    ('2 d', '1 h')
    """
    if span >= _DAY:
        return _tr("%1 d").replace("%1", str(span // _DAY))
    if span >= _HOUR:
        return _tr("%1 h").replace("%1", str(span // _HOUR))
    return _tr("%1 min").replace("%1", str(max(span // _MINUTE, 0)))


def terms_shown(step: CaseStepRecord) -> str:
    """The terms of a step, "₹10,00,000, 60 months, 12.25 %"; empty for a step without terms."""
    if step.amount_paise is None or step.tenure_months is None or step.rate_ppm is None:
        return ""
    words = _tr("%1, %2 months, %3").replace("%1", rupees_shown(step.amount_paise))
    words = words.replace("%2", str(step.tenure_months))
    return words.replace("%3", f"{percent_text(step.rate_ppm)} %")


def case_state(case: CaseForChecker, status: ApplicationStatus, person: UUID) -> CaseState:
    """What to tell a person of a case; nothing while no proposal waits or was decided."""
    if status is ApplicationStatus.PROPOSED and case.proposal is not None:
        return _waiting(case, case.proposal, person)
    last = _last_decision(case)
    if last is None or status in {ApplicationStatus.PENDING, ApplicationStatus.RETURNED}:
        return CaseState()
    more = ""
    if case.decided_after is not None:
        took = span_shown(case.decided_after)
        if case.decided_after < _MINUTE:
            took = _tr("less than a minute")
        more = _tr("%1 after it was proposed").replace("%1", took)
    return CaseState(
        _decided(case, last),
        more,
        own_decision=last.actor_id == person and last.step is CaseStep.DECIDE,
    )


def returned_words(case: CaseForChecker) -> str:
    """By whom and when a case was sent back, with the questions; empty when it was not."""
    last = _last_decision(case)
    if last is None or last.decision is not Decision.RETURN:
        return ""
    why = " ".join(reason.text for reason in last.reasons)
    words = _tr("Sent back by %1, %2. %3").replace("%1", case.names.get(last.actor_id, ""))
    words = words.replace("%2", moment_shown(last.at)).replace("%3", why)
    return f"{words} {case.questions}".strip()


def _waiting(case: CaseForChecker, proposal: CaseStepRecord, person: UUID) -> CaseState:
    words = _tr("Proposed by %1, %2: %3").replace("%1", case.names.get(proposal.actor_id, ""))
    words = words.replace("%2", moment_shown(proposal.at)).replace("%3", _spoken(proposal))
    if case.held_by is None:
        return CaseState(
            words, _tr("A second person decides"), own_proposal=proposal.actor_id == person
        )
    more = _tr("With the checker %1").replace("%1", case.names.get(case.held_by, ""))
    return CaseState(words, more)


def _decided(case: CaseForChecker, step: CaseStepRecord) -> str:
    if step.step is CaseStep.DECIDE_AUTOMATICALLY:
        words = _tr("Decided by the bank's automatic policy, %2: %3")
    else:
        words = _tr("Decided by %1, %2: %3").replace("%1", case.names.get(step.actor_id, ""))
    return words.replace("%2", moment_shown(step.at)).replace("%3", _spoken(step))


def _spoken(step: CaseStepRecord) -> str:
    word = "" if step.decision is None else word_of("decision", step.decision).lower()
    return ", ".join(part for part in (word, terms_shown(step)) if part)


def _last_decision(case: CaseForChecker) -> CaseStepRecord | None:
    return next((step for step in reversed(case.steps) if step.step in _SPOKEN), None)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CaseWords", words)
