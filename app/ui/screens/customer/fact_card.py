"""The fact in hand: its value, what waits, how it is corrected, its history."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.services.read_customer_profile import CustomerProfile, ProfileFact
from app.ui.actions.action_button import action_button
from app.ui.screens.customer.correction_decision import CorrectionDecision
from app.ui.screens.customer.correction_form import CorrectionForm
from app.ui.screens.customer.fact_words import fact_label, value_words
from app.ui.screens.customer.profile_rows import ProfileRow, source_words
from app.ui.widgets.card import Card, hair
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.labels import label
from app.ui.widgets.workbench import Workbench
from db.records.customer_life import FactCorrection
from db.vocabulary.operations import RuleState


class FactCard(Card):
    """Follows the current row of the Profile.

    Signals:
        changed: the record changed, or a proposal was made or decided.
        failed: carries a TaskFailed.
        closed: the form has gone; the list may take the keys again.
    """

    changed = Signal()
    failed = Signal(object)
    closed = Signal()

    def __init__(
        self, workbench: Workbench, correct: QAction, decision: CorrectionDecision
    ) -> None:
        super().__init__("\u2014")
        self._workbench = workbench
        self._correct = correct
        self._decision = decision
        self._profile: CustomerProfile | None = None
        self._fact: ProfileFact | None = None
        self._form: CorrectionForm | None = None
        self._value = label("", "header", wrap=True)
        self._about = label("", "small", wrap=True)
        self._waiting = label("", "body", wrap=True)
        self._button = action_button(correct, "plain", small=True)
        self._form_place = QVBoxLayout()
        self._history = QVBoxLayout()
        self._history.setSpacing(2)
        self._build()

    @property
    def form(self) -> CorrectionForm | None:
        """The form being typed, None while there is none."""
        return self._form

    def show_fact(self, profile: CustomerProfile | None, fact: ProfileFact | None) -> None:
        """Show another fact; a form of the fact before goes."""
        self.close_form()
        self._profile, self._fact = profile, fact
        self.set_title("\u2014" if fact is None else fact_label(fact.name))
        self._value.setText("" if fact is None else value_words(fact.name, fact.value))
        self._about.setText("" if fact is None else self._about_words(fact))
        waiting = None if fact is None else fact.waiting
        names = {} if profile is None else profile.names
        self._waiting.setText("" if waiting is None else _proposal_words(waiting, names))
        self._waiting.setVisible(waiting is not None)
        self._decision.show_correction(waiting)
        self._correct.setEnabled(fact is not None and fact.correctable and waiting is None)
        self._show_history(() if fact is None else fact.history, names)

    def open_form(self, today: Callable[[], date]) -> None:
        """Start a correction of this fact."""
        profile, fact = self._profile, self._fact
        if profile is None or fact is None or not self._correct.isEnabled():
            return
        if self._form is None:
            form = CorrectionForm(self._workbench, profile.customer, fact, today)
            form.sent.connect(self.changed)
            form.failed.connect(self.failed)
            form.back_asked.connect(self._go_back)
            self._form = form
            self._form_place.addWidget(form)
            self._button.hide()
        self._form.start()

    def close_form(self) -> None:
        """Take the form away; what was typed is gone."""
        form, self._form = self._form, None
        if form is not None:
            form.hide()
            form.deleteLater()
        self._button.setVisible(self._correct.isVisible())

    def _go_back(self) -> None:
        self.close_form()
        self.closed.emit()

    def _about_words(self, fact: ProfileFact) -> str:
        parts = [source_words(ProfileRow(fact.section, fact))] if fact.waiting is None else []
        if fact.checked_by:
            parts.append(self.tr("by %1").replace("%1", fact.checked_by))
        if fact.on is not None and fact.value is not None:
            parts.append(self.tr("since %1").replace("%1", date_shown(fact.on)))
        if fact.two_persons:
            parts.append(self.tr("changed by two people"))
        elif not fact.correctable:
            parts.append(self.tr("changed in the form: Edit"))
        return "  ·  ".join(part for part in parts if part)

    def _show_history(self, rows: Sequence[FactCorrection], names: Mapping[str, str]) -> None:
        while (item := self._history.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not rows:
            self._history.addWidget(label(self.tr("Never corrected here."), "small"))
        for row in rows:
            self._history.addWidget(label(_change_words(row), "strong", wrap=True))
            self._history.addWidget(label(_history_words(row, names), "small", wrap=True))

    def _build(self) -> None:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 6, 0)
        lines.setSpacing(8)
        for part in (self._value, self._about, self._waiting, self._decision, self._button):
            lines.addWidget(part)
        lines.setAlignment(self._button, Qt.AlignmentFlag.AlignLeft)
        lines.addLayout(self._form_place)
        lines.addWidget(hair())
        lines.addWidget(label(self.tr("History"), "strong"))
        lines.addLayout(self._history)
        lines.addStretch(1)
        scroll = FormScroll(inside)
        for ground in (scroll.viewport(), inside):
            ground.setAutoFillBackground(False)  # the card's own ground shows
        self.body.addWidget(scroll)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def _change_words(row: FactCorrection) -> str:
    old, new = (value_words(row.fact, value) for value in (row.old_value, row.new_value))
    return _tr("%1 to %2").replace("%1", old).replace("%2", new)


def _proposal_words(row: FactCorrection, names: Mapping[str, str]) -> str:
    who = names.get(row.proposed_by, row.proposed_by)
    words = _tr("Proposed: %1. By %2 on %3.")
    words = words.replace("%1", value_words(row.fact, row.new_value)).replace("%2", who)
    words = words.replace("%3", date_shown(bank_day(row.proposed_at)))
    said = [row.document, row.reason]
    return " ".join([words, *(f"{each}." for each in said if each)])


def _history_words(row: FactCorrection, names: Mapping[str, str]) -> str:
    """Who corrected it when, what became of it, on what paper and why."""
    who = names.get(row.proposed_by, row.proposed_by)
    words = [f"{date_shown(bank_day(row.decided_at or row.proposed_at))}", who]
    if row.state is RuleState.CLOSED:
        words.append(_tr("withdrawn"))
    elif row.decided_by is not None:
        decider = names.get(row.decided_by, row.decided_by)
        refused = row.state is RuleState.REFUSED
        said = _tr("refused by %1") if refused else _tr("approved by %1")
        words.append(said.replace("%1", decider))
    words += [each for each in (row.document, row.reason, row.note) if each]
    return ", ".join(words)
