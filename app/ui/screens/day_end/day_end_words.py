"""Words and columns of the day-end page."""

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.services.close_day import DaysClosed
from app.services.read_closing import ClosingState
from app.services.steps.day_work import Movement, WaitingAct
from app.ui.item_models.columns import Column
from app.ui.widgets.lending_cells import word_of


def tr(words: str) -> str:
    """The words in the language in force."""
    return QCoreApplication.translate("DayEnd", words)


def movement_columns() -> tuple[Column[Movement], ...]:
    """From which class to which, and how many loans."""
    return (
        Column("before", tr("From"), lambda row: word_of("asset_class", row.before), 160),
        Column("after", tr("To"), lambda row: word_of("asset_class", row.after), 160),
        Column("loans", tr("Loans"), lambda row: f"{row.loans:,}", 88, "right", strong=True),
    )


def waiting_columns() -> tuple[Column[WaitingAct], ...]:
    """What was proposed on which loan, and for which day."""
    return (
        Column("act", tr("Proposed"), lambda row: word_of("loan_act", row.act), 200),
        Column("reference", tr("Loan"), lambda row: row.reference, 88, muted=True),
        Column("value_date", tr("For the day"), lambda row: date_shown(row.value_date), 120),
    )


def standing_words(state: ClosingState) -> str:
    """Up to which day the branch is closed."""
    if state.last_closed is None:
        return tr("No day has been closed yet.")
    if not state.all_closed:
        words = tr("Closed up to %1.")
    elif state.looks_ahead:
        words = tr(
            "%1 is closed, and the clock of the sandbox stands still: no later day is closed here. "
            "A dry run of the days to come shows which loans would move."
        )
    else:
        words = tr("%1 is closed. The next day is closed once it has come.")
    return words.replace("%1", date_shown(state.last_closed))


def done_words(done: DaysClosed) -> str:
    """What a run or a dry run came to."""
    if not done.days:
        return tr("%1 has been closed before: nothing changes.").replace("%1", date_shown(done.day))
    count = len(done.days)
    if done.dry_run:
        words = tr("Dry run of 1 day. Nothing is kept.")
        many = tr("Dry run of %1 days. Nothing is kept.")
    else:
        words, many = tr("1 day is closed."), tr("%1 days are closed.")
    return (words if count == 1 else many).replace("%1", f"{count:,}")


def none_moved(done: DaysClosed | None) -> str:
    """What stands where no loan moved."""
    if done is None:
        return tr("Start a dry run to see which loans move.")
    return tr("No loan moves to another class.")
