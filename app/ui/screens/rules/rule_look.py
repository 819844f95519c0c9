"""What the side panel says of a rule row or of a proposal for one."""

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.services.read_rules import ProposalLine
from app.services.steps.desk import Actor
from app.ui.screens.rules.rule_entries import RuleEntry
from app.ui.screens.rules.rule_text import (
    confirm_words,
    row_value,
    segment_words,
    used_by_words,
    value_word,
)
from app.ui.widgets.dated_look import Look
from app.ui.widgets.dated_rows import RowState, person_words
from app.ui.widgets.decide_words import waiting_words
from app.ui.widgets.lending_cells import UNKNOWN


def _tr(words: str) -> str:
    return QCoreApplication.translate("RulesScreen", words)


def look_of_rule(entry: RuleEntry, person: Actor) -> Look:
    """The row in full; of a proposal, what it changes and who decides."""
    row, line = entry.record, entry.proposal
    about = (
        (_tr("What it says"), row.description),
        (_tr("Source"), row.source),
    )
    if line is None:
        last = ((_tr("Confirmation"), confirm_words(row)), (_tr("Used by"), _used(entry)))
        return Look(entry.name, row.code, entry.state, _row_lines(entry), texts=(*about, *last))
    proposal = line.proposal
    return Look(
        entry.name,
        row.code,
        entry.state,
        _proposal_lines(entry),
        before_after=((_segment(entry), _before(entry, line), row_value(row)),),
        texts=(
            (_tr("Reason"), proposal.reason),
            (_tr("Why it was refused"), proposal.note),
            *about,
            (_tr("Used by"), _used(entry)),
        ),
        waits_for=waiting_words(line, person) if entry.state is RowState.PROPOSED else "",
    )


def question(entry: RuleEntry, *, approve: bool) -> str:
    """The change once more, as the strip asks it."""
    line = entry.proposal
    before = "" if line is None else _before(entry, line)
    words = _tr("Approve %1: %2, from %3?") if approve else _tr("Refuse %1: %2, from %3?")
    change = row_value(entry.record)
    if before:
        change = _tr("%1 instead of %2").replace("%1", change).replace("%2", before)
    name = entry.name
    if entry.record.segment != "ALL":
        name = f"{name}, {segment_words(entry.record.segment)}"
    return words.replace("%1", name).replace("%2", change).replace("%3", date_shown(entry.starts))


def _segment(entry: RuleEntry) -> str:
    words = segment_words(entry.record.segment)
    return _tr("Segment: %1").replace("%1", words)


def _before(entry: RuleEntry, line: ProposalLine) -> str:
    shown = line.fields[0][1]
    return value_word(entry.record.code, shown) if entry.record.unit == "word" else shown


def _row_lines(entry: RuleEntry) -> tuple[tuple[str, str], ...]:
    ends = _tr("open") if entry.ends is None else date_shown(entry.ends)
    return (
        (_tr("Value"), row_value(entry.record)),
        (_tr("Segment"), segment_words(entry.record.segment)),
        (_tr("From"), date_shown(entry.starts)),
        (_tr("To"), ends),
        (_tr("Proposed by"), person_words(entry.proposed_by)),
        (_tr("Approved by"), person_words(entry.approved_by)),
    )


def _proposal_lines(entry: RuleEntry) -> tuple[tuple[str, str], ...]:
    line = entry.proposal
    ends = _tr("open") if entry.ends is None else date_shown(entry.ends)
    at = UNKNOWN if line is None else date_shown(bank_day(line.proposal.proposed_at))
    lines = (
        (_tr("From"), date_shown(entry.starts)),
        (_tr("To"), ends),
        (_tr("Proposed by"), f"{person_words(entry.proposed_by)}, {at}"),
    )
    if entry.state is RowState.REFUSED:
        return (*lines, (_tr("Refused by"), person_words(entry.approved_by)))
    return lines


def _used(entry: RuleEntry) -> str:
    return used_by_words(entry.record.used_by)
