"""Columns of the follow-up list and of the contact log beside it."""

from app.services.find_follow_ups import FollowUpRow
from app.services.read_follow_up import LoggedContact
from app.ui.item_models.columns import Column
from app.ui.screens.follow_up.follow_up_words import (
    PROMISE_ICONS,
    contact_cell,
    contact_tip,
    ended_word,
    promise_cell,
    promise_word,
    sign_sentence,
    step_tip,
    step_word,
    tr,
    when_word,
)
from app.ui.widgets.lending_cells import UNKNOWN, whole_rupees, word_of
from app.ui.widgets.loan_cells import class_icon


def follow_up_columns() -> tuple[Column[FollowUpRow], ...]:
    """Loan, customer, days late, overdue, signs, last contact, promise, next step, officer."""
    return (
        Column(
            "reference",
            tr("Loan"),
            lambda r: r.reference,
            90,
            muted=True,
            icon=lambda r: class_icon(r.asset_class),
            tip=lambda r: word_of("asset_class", r.asset_class),
        ),
        Column("name", tr("Customer"), lambda r: r.full_name, 158, strong=True),
        Column(
            "late",
            tr("Days"),
            lambda r: f"{r.days_past_due:,}",
            48,
            "right",
            muted=lambda r: not r.days_past_due,
            tip=lambda _row: tr("Days late"),
        ),
        Column(
            "overdue",
            tr("Overdue ₹"),
            lambda r: whole_rupees(r.overdue_paise),
            74,
            "right",
            muted=lambda r: not r.overdue_paise,
        ),
        Column("signs", tr("Signs"), _signs, 48, "right", muted=_no_signs, tip=_sentences),
        Column("contact", tr("Last contact"), contact_cell, 136, muted=_never, tip=contact_tip),
        Column("promise", tr("Promise ₹"), _promise, 126, icon=_promise_icon),
        Column("next", tr("Next step"), step_word, 104, strong=True, tip=step_tip),
        Column("officer", tr("Officer"), lambda r: r.officer_name or UNKNOWN, 94, muted=True),
    )


def contact_columns() -> tuple[Column[LoggedContact], ...]:
    """When, how it was made and ended, what was promised."""
    return (
        Column("when", tr("When"), when_word, 96, muted=True),
        Column("ended", tr("Ended"), ended_word, 106, strong=True),
        Column("promise", tr("Promise ₹"), _made, 118, icon=_kept_icon, tip=promise_word),
    )


def _signs(row: FollowUpRow) -> str:
    return str(len(row.signals))


def _no_signs(row: FollowUpRow) -> bool:
    return not row.signals


def _sentences(row: FollowUpRow) -> str:
    return "\n".join(sign_sentence(each) for each in row.signals)


def _never(row: FollowUpRow) -> bool:
    return row.last_contact is None


def _promise(row: FollowUpRow) -> str:
    return promise_cell(row.promise).replace("₹", "")


def _promise_icon(row: FollowUpRow) -> tuple[str, str] | None:
    return None if row.promise is None else PROMISE_ICONS[row.promise.status]


def _made(logged: LoggedContact) -> str:
    """Amount and day; the icon says how it stands, the tooltip and the lines below in words."""
    promise = logged.promise
    if promise is None:
        return ""
    return f"{whole_rupees(promise.amount_paise)} {promise.due_on:%d %b}"


def _kept_icon(logged: LoggedContact) -> tuple[str, str] | None:
    return None if logged.standing is None else PROMISE_ICONS[logged.standing.status]
