"""The form of a proposed rule row: filled from a row, its value typed in the rule's unit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.rules.rule_change import RuleChange
from app.rules.rule_rows import RuleRow
from app.rules.rule_values import RuleValueError, RuleWordError, parse_rule_value
from app.services.change_rule import ProposalAnswer, ProposeRule, propose_rule
from app.services.read_rules import shape_of_rule
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.ui.screens.rules.rule_entries import RuleEntry, values_now
from app.ui.screens.rules.rule_text import row_value, segment_words, value_word
from app.ui.widgets.change_form import ChangeForm, shown_only
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.dated_rows import readable
from app.ui.widgets.form_row import FormRow, FormSection
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.rule_value_field import unit_words, value_field, value_hint
from app.ui.widgets.text_edit import TextEdit

_ONE_DAY = timedelta(days=1)
_TEXT = 2000
_WIDE = 420


@dataclass(frozen=True, slots=True)
class RuleSubject:
    """What a form changes.

    Attributes:
        row: the row it is filled from.
        words: the codes the rule may take, empty for a typed value.
        segments: every segment the rule may have.
        now: the row in force today by segment.
    """

    row: RuleRow
    today: date
    words: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    now: Mapping[str, RuleRow] = field(default_factory=dict)


def subject_of(entry: RuleEntry, entries: tuple[RuleEntry, ...], desk: Desk) -> RuleSubject:
    """What the form starts from (database lane)."""
    row, today = entry.record, desk.clock.today()
    shape = shape_of_rule(row.code, desk)
    now = values_now(entries, row.code, today)
    return RuleSubject(row, today, shape.words, shape.segments, now)


def typed_rule(form: "RuleForm") -> Callable[[Desk], ProposalAnswer] | None:
    """The act of what is typed; None after the errors were shown at their fields."""
    change = form.change()
    if change is None:
        return None
    reason = form.reason
    return lambda desk: propose_rule(ProposeRule(new_id(desk), change, reason), desk)


class RuleForm(ChangeForm):
    """The rows of `form.rule_row`."""

    def __init__(self, subject: RuleSubject, buttons: Sequence[QWidget] = ()) -> None:
        super().__init__("form.rule_row")
        self.subject = subject
        self._add_rows()
        self._fill()
        title = self.tr("Change “%1”").replace("%1", readable(subject.row.code))
        self.frame(title, self.tr("a second person decides"), buttons)

    @property
    def reason(self) -> str:
        """Why, in the proposer's words."""
        return str(self.form.values()["reason"])

    def change(self) -> RuleChange | None:
        """The change as typed; None after the errors were shown at their fields."""
        values, problems = self.form.values(), self.form.problems()
        value = None
        try:
            value = parse_rule_value(
                values["value"] or "", self.subject.row.unit, self.subject.words
            )
        except (RuleValueError, RuleWordError) as fault:
            problems.setdefault("value", str(fault))
        if values["effective_from"] is None:
            problems.setdefault("effective_from", self.tr("Enter the first day of the new value"))
        if not values["source"]:
            words = self.tr("Enter the source: the circular or the board's decision")
            problems.setdefault("source", words)
        self.form.show_errors(problems)
        if problems:
            return None
        return RuleChange(
            code=self.subject.row.code,
            segment=values["segment"],
            value=value,
            effective_from=values["effective_from"],
            source=values["source"],
            effective_to=values["effective_to"],
        )

    def note_edit(self, name: str) -> None:
        """Another segment has another value today."""
        if name == "segment":
            self._show_now()

    def _add_rows(self) -> None:
        subject, row = self.subject, self.subject.row
        known = {row.segment, *subject.segments, *subject.now}
        segments = [Choice(each, segment_words(each)) for each in sorted(known)]
        section = FormSection()
        section.add(FormRow(self.tr("Rule"), shown_only(TextEdit("code"))))
        section.add(FormRow(self.tr("Segment"), Picker("segment", segments)))
        words = [Choice(word, value_word(row.code, word)) for word in subject.words]
        value = value_field("value", row.unit, words)
        section.add(FormRow(self.tr("New value"), value, width=_WIDE if words else 0))
        section.add(FormRow(self.tr("Unit"), shown_only(TextEdit("unit")), width=180))
        section.add(FormRow(self.tr("First day"), DateEdit("effective_from", self._today)))
        last = FormRow(self.tr("Last day"), DateEdit("effective_to", self._today), optional=True)
        last.set_note(self.tr("Empty: it holds until the next change"))
        section.add(last)
        section.add(FormRow(self.tr("Source"), TextEdit("source", _TEXT), width=_WIDE))
        reason = TextEdit("reason", _TEXT)
        section.add(FormRow(self.tr("Reason"), reason, optional=True, width=_WIDE))
        self.form.add(section)

    def _fill(self) -> None:
        row = self.subject.row
        self.form.set_values(
            {
                "code": row.code,
                "segment": row.segment,
                "unit": unit_words(row.unit),
                "value": row.value if row.unit == "word" else row_value(row),
                "effective_from": self.subject.today + _ONE_DAY,
            }
        )
        self._show_now()

    def _show_now(self) -> None:
        """What holds today for the segment chosen, and how the unit is typed."""
        now = self.subject.now.get(str(self.form.values()["segment"]))
        words = self.tr("No row of its own today")
        if now is not None:
            words = self.tr("Today %1").replace("%1", row_value(now))
        hint = value_hint(self.subject.row.unit)
        if hint and self.subject.row.compare is not None:
            hint += self.tr(", or “no limit”")
        self.form.row("value").set_note(f"{words}. {hint}" if hint else words)

    def _today(self) -> date:
        return self.subject.today
