"""What waits for the person at the desk: one bundled read.

Source: screens.md S10 (minimal): what waits for a second person, what was returned, promises to
pay that are due, payments out, then what waits, oldest first; drafts; counts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.permissions import Act, may
from app.services.steps.acts_to_decide import acts_to_decide
from app.services.steps.book_person import viewer_of
from app.services.steps.draft_age import old_drafts
from app.services.steps.promises_due import PromiseDue, promises_due
from db.records.book import Draft
from db.records.lists import ApplicationRow
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

WAITING_DAYS = 7  # older ones are called waiting, not new; it only sorts a list
_ORDER = (ApplicationStatus.RETURNED, ApplicationStatus.APPROVED, ApplicationStatus.PENDING)
_RETURNED = "Returned"
_PAYMENTS = frozenset({LoanAct.DISBURSEMENT, LoanAct.DISBURSEMENT_REVERSAL})


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line: what, who, since when, how much, and where it is done."""

    what: str
    who: str
    reference: str
    age_days: int
    amount_paise: int | None
    screen: str
    record_id: UUID


@dataclass(frozen=True, slots=True)
class TodayWork:
    """The page: lines, drafts, counts of my applications, disbursed this month in paise.

    Attributes:
        old_drafts: drafts untouched for so long that they are offered for deletion.
        refresh_minutes: after how many the page is read again while it is looked at.
    """

    to_do: tuple[ToDo, ...]
    drafts: tuple[Draft, ...]
    counts: Mapping[ApplicationStatus, int]
    disbursed_month_paise: int
    old_drafts: tuple[Draft, ...] = ()
    refresh_minutes: int = 0


def today_work(desk: "Desk") -> TodayWork:
    """Read what waits for the person at the desk.

    Raises:
        Refused: nobody has signed in.
    """
    person = desk.person()
    viewer = viewer_of(desk)
    rulebook, today = desk.rulebook(), desk.clock.today()
    minutes = rulebook.number("today_refresh_minutes", today, unit="minutes")
    with desk.read_book() as book:
        may_read = may(person.roles, Act.READ_APPLICATIONS)
        waiting = book.applications.to_do(viewer, _ORDER) if may_read else ()
        to_confirm = _to_confirm(book, desk)
        follows = may(person.roles, Act.FOLLOW_UP_BORROWER)
        promised = promises_due(book, person, viewer.today) if follows else ()
        counts = book.applications.counts_by_status(viewer)
        drafts = book.drafts.of_user(person.branch_id, person.user_id)
        disbursed = book.portfolio.disbursed_between(
            person.branch_id, viewer.today.replace(day=1), viewer.today
        )
    lines = list(_lines(waiting, to_confirm, desk))
    returned = [each for each in lines if each.what == _RETURNED]
    later = [each for each in lines if each.what != _RETURNED]
    due = [_promise_line(each) for each in promised]
    return TodayWork(
        to_do=(*to_confirm, *returned, *due, *later),
        drafts=drafts,
        counts=counts,
        disbursed_month_paise=disbursed,
        old_drafts=old_drafts(drafts, desk),
        refresh_minutes=minutes,
    )


def _to_confirm(book: "UnitOfWork", desk: "Desk") -> tuple[ToDo, ...]:
    """Payments out and acts on loans that another person proposed, oldest first."""
    branch_id = desk.person().branch_id
    acts = acts_to_decide(book, desk)
    if not acts:
        return ()
    asked = book.applications.get_many(branch_id, [each.application_id for each in acts])
    owners = book.customers.get_many(branch_id, [each.customer_id for each in asked])
    names = {each.customer_id: each.full_name for each in owners}
    known = {each.application_id: each for each in asked}
    lines = []
    for each in acts:
        application = known[each.application_id]
        line = ToDo(
            what="Payment",
            who=names.get(application.customer_id, ""),
            reference=application.reference,
            age_days=_age_days(each.made_at, desk),
            amount_paise=json.loads(each.terms).get("amount_paise"),
            screen="disbursement",
            record_id=each.application_id,
        )
        if each.act not in _PAYMENTS and each.loan_id is not None:
            reference = book.loans.get(branch_id, each.loan_id).reference
            line = replace(
                line,
                what="Reversal" if each.act is LoanAct.RECEIPT_REVERSAL else "Loan change",
                reference=reference,
                screen="loan_acts",
                record_id=each.act_id,
            )
        lines.append(line)
    return tuple(lines)


def _lines(
    rows: Iterable[ApplicationRow], to_confirm: Iterable[ToDo], desk: "Desk"
) -> Iterator[ToDo]:
    """The lines of applications; one whose payment is to be confirmed has its line already."""
    shown = {each.record_id for each in to_confirm}
    may_pay = may(desk.person().roles, Act.DISBURSE_LOAN)
    for row in rows:
        approved = row.status is ApplicationStatus.APPROVED
        if row.application_id not in shown and (may_pay or not approved):
            yield _line(row, desk)


def _line(row: ApplicationRow, desk: "Desk") -> ToDo:
    age = _age_days(row.status_since, desk)
    what = "Waiting" if age > WAITING_DAYS else "New"
    approved = row.status is ApplicationStatus.APPROVED
    if approved or row.status is ApplicationStatus.RETURNED:
        what = "Approved" if approved else _RETURNED
    return ToDo(
        what=what,
        who=row.full_name,
        reference=row.reference,
        age_days=age,
        amount_paise=row.amount_paise,
        screen="disbursement" if approved else "decision",
        record_id=row.application_id,
    )


def _promise_line(due: PromiseDue) -> ToDo:
    return ToDo(
        what="Promise due",
        who=due.full_name,
        reference=due.reference,
        age_days=0,
        amount_paise=due.missing_paise,
        screen="loan",
        record_id=due.loan_id,
    )


def _age_days(since: datetime, desk: "Desk") -> int:
    return max((desk.clock.today() - bank_day(since)).days, 0)
