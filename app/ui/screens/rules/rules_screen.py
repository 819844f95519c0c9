"""S110 Rules: the dated rows of the rule book, their history, and changes by two people."""

from PySide6.QtWidgets import QWidget

from app.rules.rule_change import RuleChange
from app.ui.actions.action_button import action_button
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.rules.rule_columns import rule_columns
from app.ui.screens.rules.rule_entries import RuleEntry, read_rule_book
from app.ui.screens.rules.rule_form import RuleForm, RuleSubject, subject_of, typed_rule
from app.ui.screens.rules.rule_look import look_of_rule, question
from app.ui.screens.rules.rule_text import segment_words
from app.ui.screens.rules.rule_trail import RuleTrail
from app.ui.widgets.dated_changes import ChangeActs
from app.ui.widgets.dated_list import DatedBook, DatedListSpec
from app.ui.widgets.dated_look import Look
from app.ui.widgets.dated_screen import DatedParts, DatedScreen
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.workbench import Workbench

_FORM_HEIGHT = 388  # every field; the impact has the rest of a high window
QWIDGETSIZE_MAX = 16_777_215  # Qt's own, which PySide6 does not name


class RulesScreen(DatedScreen):
    """The list over the history; the impact of a change stands beside the history."""

    name = "rules"
    area = "rule"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, action_button, parent)
        self._preview = workbench.registry.create("rule.preview_impact", self._preview_impact, self)
        self._trail = RuleTrail(workbench)
        parts = DatedParts(
            spec=self._spec(),
            group=FilterPicker("filter.segment", self.tr("Segment"), ()),
            acts=ChangeActs(subject_of, self._make_form, typed_rule),
            search_words=self.tr("Rule, code or what it says"),
            nothing_words=self.tr("Choose a rule to read it in full"),
            below=self.tr("history"),
            looking=(action_button(self._preview),),
        )
        self.assemble(parts, self._trail)
        self.changes.form_made.connect(self._form_made)
        self.changes.edited.connect(self._trail.impact.outdated)
        self._trail.impact.refused.connect(self.changes.show_failure)

    def busy_leaving(self) -> None:
        """Let go of a preview nobody waits for."""
        self._trail.impact.drop()

    def look_of(self, entry: RuleEntry) -> Look:
        """A rule in full."""
        return look_of_rule(entry, self.workbench.person)

    def question_of(self, entry: RuleEntry, *, approve: bool) -> str:
        """The change of a rule once more."""
        return question(entry, approve=approve)

    def line_changed(self, _entry: RuleEntry | None) -> None:
        """Show the periods of the rule."""
        self._trail.show_periods(self.rows.periods())
        self.mode_changed()

    def book_read(self, book: DatedBook) -> None:
        """Offer the segments there are."""
        choices = [Choice(each, segment_words(each)) for each in book.found.segments]
        self.rows.filters.offer_groups(sorted(choices, key=lambda each: each.text))

    def go_below(self) -> None:
        """Enter of those who may not propose goes to the history."""
        self._trail.go_to_history()

    def mode_changed(self) -> None:
        """An impact is there for the change being typed, or for an open proposal."""
        entry = self.rows.current()
        waits = entry is not None and entry.open_proposal is not None
        typing = self.changes.form_shown is not None
        self._preview.setEnabled(waits or typing)
        self.changes.setMaximumHeight(_FORM_HEIGHT if typing else QWIDGETSIZE_MAX)

    def _make_form(self, subject: RuleSubject) -> RuleForm:
        return RuleForm(subject, (action_button(self._preview, small=True),))

    def _form_made(self) -> None:
        self._trail.impact.forget()

    def _preview_impact(self) -> None:
        form, entry, change = self.changes.form_shown, self.rows.current(), None
        if isinstance(form, RuleForm):
            change = form.change()
        elif entry is not None and entry.open_proposal is not None:
            change = _change_of(entry)
        if change is not None:
            self._trail.show_impact(change)

    def _spec(self) -> DatedListSpec:
        return DatedListSpec(
            name=self.name,
            title=self.tr("Rules"),
            rows=RecordsModel(rule_columns(), self.workbench.theme, self),
            read=read_rule_book,
            reading=self.tr("Reading the rules…"),
            none_yet=self.tr("The rule book is empty: the set-up writes the shipped rows."),
            no_match=self.tr("No rule matches."),
        )


def _change_of(entry: RuleEntry) -> RuleChange:
    """The change that an open proposal asks for."""
    row = entry.record
    return RuleChange(row.code, row.segment, row.value, entry.starts, entry.source, entry.ends)
