"""A change of one dated rule row: which row it closes and which it adds, or why it may not.

Source: lending-rules.md rule R0; products-and-rules.md (keys and look-up). A row is closed, never
edited, and a change starts after today: so a rule's value on a day never depends on when it is
asked, and no stored result moves. Two people make a change; that is the act's business.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.rules.dates import date_shown
from app.rules.field_refusal import FieldRefusedError
from app.rules.rule_rows import RuleRow, RuleValue, rule_row_id
from app.rules.rule_values import check_value
from app.rules.rulebook import Rulebook

_ONE_DAY = timedelta(days=1)


class RuleChangeError(FieldRefusedError):
    """A change that the rule book cannot take."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One new row, as proposed. ``effective_to`` None leaves it open."""

    code: str
    segment: str
    value: RuleValue
    effective_from: date
    source: str
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What a change does to the rows of its key.

    Attributes:
        closed: the row that ends, as it stands now; None when a segment gets its first row.
        closed_on: its last day then.
        row: the row that begins.
    """

    row: RuleRow
    closed: RuleRow | None = None
    closed_on: date | None = None


def plan_change(
    change: RuleChange,
    rulebook: Rulebook,
    today: date,
    words: Collection[str] = (),
    segments: Collection[str] = (),
) -> PlannedChange:
    """What a change would do.

    Args:
        change: the new row.
        rulebook: the rows as they stand.
        today: the business date; the change starts later.
        words: what a rule of unit ``word`` may take.
        segments: the segments that this rule may have beside those it has.

    Raises:
        RuleChangeError, RuleValueError, RuleWordError: why not; ``field`` names the field.
    """
    rows = _rows_of(change.code, rulebook)
    model = _model_row(change, rows, segments)
    check_value(change.value, model.unit, words)
    _check_limit(change, model)
    _check_period(change, today)
    same_key = [row for row in rows if row.segment == change.segment]
    closed = _row_to_close(change, same_key)
    row = replace(
        model,
        row_id=rule_row_id(change.code, change.segment, change.effective_from),
        segment=change.segment,
        value=change.value,
        effective_from=change.effective_from,
        effective_to=change.effective_to,
        source=change.source.strip(),
        confirm=None,  # the bank's own people have looked at it now
        proposed_by="",
        approved_by=None,
    )
    last_day = None if closed is None else change.effective_from - _ONE_DAY
    return PlannedChange(row, closed, last_day)


def changed_rulebook(planned: PlannedChange, rulebook: Rulebook) -> Rulebook:
    """The rule book as it would be after the change.

    Raises:
        RulePeriodsError: never after ``plan_change`` agreed; it is what makes sure.
    """
    rows = [
        replace(row, effective_to=planned.closed_on) if row == planned.closed else row
        for row in rulebook.rows
    ]
    return Rulebook([*rows, planned.row], rulebook.products)


def without_row_today(rulebook: Rulebook, today: date) -> tuple[tuple[str, str], ...]:
    """Keys that once had a row and have none in force today, nor one that starts later.

    A key whose segment falls back to the rows of all segments is answered and not named.
    """
    groups: dict[tuple[str, str], list[RuleRow]] = {}
    for row in rulebook.rows:
        groups.setdefault((row.code, row.segment), []).append(row)
    return tuple(
        key
        for key, rows in groups.items()
        if all(row.effective_to is not None and row.effective_to < today for row in rows)
        and rulebook.optional_row(key[0], today) is None
        and not _replaced(key[0], rows, rulebook)
    )


def _replaced(code: str, rows: list[RuleRow], rulebook: Rulebook) -> bool:
    """Whether other segments of the rule go on where the last of these rows was meant to end."""
    last = max(row.effective_to for row in rows if row.effective_to)
    return any(row.code == code and row.effective_from == last + _ONE_DAY for row in rulebook.rows)


def _rows_of(code: str, rulebook: Rulebook) -> list[RuleRow]:
    rows = sorted(
        (row for row in rulebook.rows if row.code == code), key=lambda row: row.effective_from
    )
    if not rows:
        raise RuleChangeError("code", f"The rule book has no rule “{code}”")
    return rows


def _model_row(change: RuleChange, rows: list[RuleRow], segments: Collection[str]) -> RuleRow:
    """The latest row of the segment, whose unit and meaning the new row keeps."""
    of_segment = [row for row in rows if row.segment == change.segment]
    if not of_segment and change.segment not in segments:
        known = ", ".join(sorted({row.segment for row in rows} | set(segments)))
        raise RuleChangeError(
            "segment",
            f"Rule “{change.code}” has no segment “{change.segment}”: it has {known}",
        )
    return (of_segment or rows)[-1]


def _check_limit(change: RuleChange, model: RuleRow) -> None:
    value, before = change.value, model.value
    if value is None and (before is not None and model.compare is None):
        raise RuleChangeError("value", f"Rule “{change.code}” needs a figure: arithmetic uses it")
    if isinstance(value, int) and isinstance(before, int) and value < 0 <= before:
        raise RuleChangeError("value", f"Rule “{change.code}” must be 0 or more")


def _check_period(change: RuleChange, today: date) -> None:
    if not change.source.strip():
        raise RuleChangeError("source", "Enter the source: the circular or the board's decision")
    if change.effective_from <= today:
        raise RuleChangeError(
            "effective_from",
            f"The change must start after today, {date_shown(today)}: "
            "results of past days and of today stand",
        )
    if change.effective_to is not None and change.effective_to < change.effective_from:
        raise RuleChangeError("effective_to", "The last day is before the first: put them right")


def _row_to_close(change: RuleChange, same_key: list[RuleRow]) -> RuleRow | None:
    """The row in force on the day before, once no row is met twice and no day is left bare."""
    starts, ends = change.effective_from, change.effective_to
    later = [row for row in same_key if row.effective_from >= starts]
    if later:
        _check_before(later[0].effective_from, ends)
    elif ends is not None:
        raise RuleChangeError(
            "effective_to",
            f"No row would hold from {date_shown(ends + _ONE_DAY)} on: leave the last day empty",
        )
    before = [row for row in same_key if row not in later]
    if not before:
        return None
    last = before[-1]
    if last.effective_to is not None and last.effective_to < starts - _ONE_DAY:
        bare = last.effective_to + _ONE_DAY
        raise RuleChangeError(
            "effective_from", f"The row before ended: start this one on {date_shown(bare)}"
        )
    return last


def _check_before(next_from: date, ends: date | None) -> None:
    day_before = next_from - _ONE_DAY
    if ends is None or ends >= next_from:
        raise RuleChangeError(
            "effective_to",
            f"A row already starts on {date_shown(next_from)}: end this one before it, "
            f"on {date_shown(day_before)}",
        )
    if ends != day_before:
        raise RuleChangeError(
            "effective_to",
            f"No row would hold from {date_shown(ends + _ONE_DAY)} on: "
            f"end this one on {date_shown(day_before)}",
        )
