"""What the why card says of an account."""

from app.rules.asset_classification import is_npa
from app.rules.dates import date_shown
from app.rules.money import rupees, rupees_shown, rupees_text
from app.services.read_classification import Classification
from app.services.read_loan import LoanAccount
from app.services.steps.account_lines import DueState
from app.ui.cards.class_card import ClassCure, ClassReason
from app.ui.screens.loan_account.account_words import tr
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.loan_cells import days_late_words

OLDEST, COUNTED = "figure.oldest_unpaid_due", "figure.days_counted"
SINCE, OTHERS = "figure.npa_since", "figure.same_borrower"


def why_lines() -> tuple[tuple[str, str], ...]:
    """The lines of the card: object name and label."""
    return (
        (OLDEST, tr("Oldest unpaid")),
        (COUNTED, tr("Day count")),
        (SINCE, tr("NPA since")),
        (OTHERS, tr("Same borrower")),
    )


def why_title(account: LoanAccount) -> str:
    """Why Sub-standard."""
    return tr("Why %1").replace("%1", word_of("asset_class", account.class_then.asset_class))


def why_corner(account: LoanAccount) -> str:
    """The day-end, or the entry, by which the class stands."""
    entered = account.class_then.entered_on
    return "" if entered is None else tr("stored %1").replace("%1", date_shown(entered))


def why_reasons(account: LoanAccount, why: Classification | None) -> tuple[ClassReason, ...]:
    """The answers, in the order of the lines."""
    figures, then = account.figures, account.class_then
    oldest, since = figures.oldest_unpaid_due, then.npa_since
    count = days_late_words(figures.days_late) if figures.days_late else tr("nothing is late")
    return (
        ClassReason("", _oldest(account), "" if oldest is None else oldest.isoformat(), OLDEST),
        ClassReason("", count, str(figures.days_late), COUNTED),
        ClassReason(
            "",
            tr("not an NPA") if since is None else date_shown(since),
            "" if since is None else since.isoformat(),
            SINCE,
        ),
        ClassReason("", _others(account, why), "", OTHERS),
    )


def why_cure(account: LoanAccount, why: Classification | None) -> ClassCure | None:
    """What must be paid; nothing where nothing is late, and none for an earlier day."""
    npa = is_npa(account.class_then.asset_class)
    if why is None or not (why.cure_paise is None or why.cure_paise or npa):
        return None
    if why.cure_paise is None:
        return ClassCure(tr("Identified as a loss"), "", "", tr("Paying arrears does not help."))
    words = [_on_the_way(account)]
    charges = account.figures.charges_due_paise
    if charges:
        words.append(tr("Charges of %1 stand apart.").replace("%1", rupees_shown(charges)))
    head = tr("To be paid for an upgrade") if npa else tr("To be paid to be standard")
    said = " ".join(each for each in words if each)
    return ClassCure(head, rupees(why.cure_paise), rupees_text(why.cure_paise), said)


def _on_the_way(account: LoanAccount) -> str:
    """What a part of it does."""
    seen = account.outlook
    if is_npa(account.class_then.asset_class):
        return tr("All arrears of all loans of the borrower. A part payment does not upgrade.")
    if seen is None or seen.better_class is None:
        return ""
    words = tr("%1 makes it %2 at the next day-end.")
    words = words.replace("%1", rupees_shown(seen.better_paise))
    return words.replace("%2", word_of("asset_class", seen.better_class))


def _oldest(account: LoanAccount) -> str:
    open_states = (DueState.PART, DueState.UNPAID)
    first = next((line for line in account.schedule if line.state in open_states), None)
    if first is None:
        return tr("none")
    words = tr("Due %1, %2 of %3 open").replace("%1", date_shown(first.due_on))
    words = words.replace("%2", rupees_shown(first.due_paise - first.paid_paise))
    return words.replace("%3", rupees_shown(first.due_paise))


def _others(account: LoanAccount, why: Classification | None) -> str:
    """The loan that pulls this one down, or how the others stand."""
    days = {each.row.reference: each.days_late for each in account.others}
    if why is not None and why.pulled_by in days:
        words = tr("%1, %2: NPA for all loans").replace("%1", why.pulled_by)
        return words.replace("%2", days_late_words(days[why.pulled_by]))
    rows = (each.row for each in account.others if each.row.outstanding_paise)
    said = [f"{row.reference} {word_of('asset_class', row.asset_class)}" for row in rows]
    return ", ".join(said) or tr("no other running loan")
