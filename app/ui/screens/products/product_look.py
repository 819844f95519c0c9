"""What the side panel says of a product version or of a proposal for one."""

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.services.steps.desk import Actor
from app.ui.screens.products.product_entries import ProductEntry
from app.ui.screens.products.product_fields import differences
from app.ui.widgets.dated_look import Look
from app.ui.widgets.dated_rows import RowState, person_words
from app.ui.widgets.decide_words import waiting_words


def _tr(words: str) -> str:
    return QCoreApplication.translate("ProductsScreen", words)


def look_of_product(entry: ProductEntry, person: Actor) -> Look:
    """The version in short; of a proposal, what it changes and who decides."""
    record, line = entry.record, entry.proposal
    code = record.product.product_code
    about = ((_tr("Purposes"), record.purposes), (_tr("Source"), entry.source))
    if line is None:
        return Look(entry.name, code, entry.state, _version_lines(entry), texts=about)
    proposal = line.proposal
    return Look(
        entry.name,
        code,
        entry.state,
        _proposal_lines(entry),
        before_after=changed_lines(entry),
        texts=(
            (_tr("Reason"), proposal.reason),
            (_tr("Why it was refused"), proposal.note),
            *about,
        ),
        waits_for=waiting_words(line, person) if entry.state is RowState.PROPOSED else "",
    )


def changed_lines(entry: ProductEntry) -> tuple[tuple[str, str, str], ...]:
    """What a proposal changes: (words, now, then)."""
    before = entry.record.before
    if before is None:
        return ()
    same = {"effective_from", "effective_to", "source"}
    fields = {name: value for name, value in entry.record.definition.items() if name not in same}
    return differences(before, fields)


def question(entry: ProductEntry, *, approve: bool) -> str:
    """The change once more, as the strip asks it."""
    words = _tr("Approve %1: %2, from %3?") if approve else _tr("Refuse %1: %2, from %3?")
    one = _tr("%1 %2 instead of %3")
    changes = "; ".join(
        one.replace("%1", what).replace("%2", then).replace("%3", now)
        for what, now, then in changed_lines(entry)
    )
    words = words.replace("%1", entry.name).replace("%2", changes)
    return words.replace("%3", date_shown(entry.starts))


def _version_lines(entry: ProductEntry) -> tuple[tuple[str, str], ...]:
    return (
        *_days(entry),
        (_tr("Proposed by"), person_words(entry.proposed_by)),
        (_tr("Approved by"), person_words(entry.approved_by)),
    )


def _proposal_lines(entry: ProductEntry) -> tuple[tuple[str, str], ...]:
    line = entry.proposal
    at = "" if line is None else f", {date_shown(bank_day(line.proposal.proposed_at))}"
    lines = (*_days(entry), (_tr("Proposed by"), person_words(entry.proposed_by) + at))
    if entry.state is RowState.REFUSED:
        return (*lines, (_tr("Refused by"), person_words(entry.approved_by)))
    return lines


def _days(entry: ProductEntry) -> tuple[tuple[str, str], ...]:
    ends = _tr("open") if entry.ends is None else date_shown(entry.ends)
    return ((_tr("From"), date_shown(entry.starts)), (_tr("To"), ends))
