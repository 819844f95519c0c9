"""The lines of the rules list: open proposals first, then every dated row (S110)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.rules.rule_rows import ALL_SEGMENTS, RuleRow
from app.services.read_rules import ProposalLine, RuleLine, RulesFound, find_rules
from app.services.steps.desk import Desk
from app.ui.screens.rules.rule_text import segment_words
from app.ui.widgets.dated_list import DatedBook
from app.ui.widgets.dated_rows import (
    DatedEntry,
    RowState,
    period_state,
    proposal_state,
    readable,
)

RuleEntry = DatedEntry[RuleRow]


def read_rule_book(desk: Desk, on: date) -> DatedBook:
    """Read the rules as of a day (database lane)."""
    found = find_rules(desk, on)
    return DatedBook(found, rule_entries(found))


def rule_entries(found: RulesFound) -> tuple[RuleEntry, ...]:
    """Every line; a proposal that was approved is a row by now."""
    models: dict[tuple[str, str], RuleRow] = {}
    for line in found.rules:
        models.setdefault((line.row.code, line.row.segment), line.row)
        models.setdefault((line.row.code, ""), line.row)
    proposals = [_proposed(line, models) for line in found.proposals]
    return (*(each for each in proposals if each is not None), *map(_entry, found.rules))


def key_of(code: str, segment: str) -> str:
    """What a row is a period of."""
    return f"{code} {segment}"


def values_now(entries: tuple[RuleEntry, ...], code: str, today: date) -> Mapping[str, RuleRow]:
    """The row in force today by segment, of one rule."""
    return {
        entry.record.segment: entry.record
        for entry in entries
        if entry.proposal is None and entry.record.code == code and entry.record.in_force(today)
    }


def _entry(line: RuleLine) -> RuleEntry:
    row = line.row
    return DatedEntry(
        key=key_of(row.code, row.segment),
        name=readable(row.code),
        groups=frozenset({row.segment}),
        search=_search(row),
        state=period_state(line.state, waiting=line.waiting),
        starts=row.effective_from,
        ends=row.effective_to,
        source=row.source,
        proposed_by=row.proposed_by,
        approved_by=row.approved_by,
        record=row,
    )


def _proposed(line: ProposalLine, models: Mapping[tuple[str, str], RuleRow]) -> RuleEntry | None:
    """A proposal as the row it would become; None once approved, or of an unknown rule."""
    proposal = line.proposal
    state = proposal_state(proposal.state)
    code, segment = proposal.code or "", proposal.segment or ALL_SEGMENTS
    model = models.get((code, segment)) or models.get((code, ""))
    if state is None or model is None:
        return None
    row = replace(
        model,
        segment=segment,
        value=json.loads(proposal.value),
        effective_from=proposal.effective_from,
        effective_to=proposal.effective_to,
        source=proposal.source,
    )
    return DatedEntry(
        key=key_of(code, segment),
        name=readable(code),
        groups=frozenset({segment}),
        search=_search(row),
        state=state,
        starts=proposal.effective_from,
        ends=proposal.effective_to,
        source=proposal.source,
        proposed_by=proposal.proposed_by,
        approved_by=proposal.decided_by if state is RowState.REFUSED else None,
        record=row,
        proposal=line,
    )


def _search(row: RuleRow) -> str:
    words = (row.code.replace("_", " "), segment_words(row.segment), row.description)
    return " ".join(words).casefold()
