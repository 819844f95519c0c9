"""What a maker proposes or a checker decides, as a form that opens over a bar (part F of screens).

It shows what the chosen decision needs and nothing else. Every limit is the service's: its
sentences come back by field name and stand at their fields.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.case_standing import Terms
from app.rules.maker_checker import Verdict, is_override
from app.services.steps.shipped_words import shipped_words
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.draft_content import Content, content_of, show_content
from app.ui.widgets.form_row import Form
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.percent_edit import PercentEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.reason_field import ReasonField
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.text_edit import NoteEdit
from app.ui.widgets.verdict_start import VerdictStart, addable_reasons, override_choices
from db.vocabulary.decisions import Decision

TERMS = ("approved_amount", "approved_tenure_months", "final_interest_rate")
_NUMBER_WIDTH, _REASON_WIDTH, _TEXT_WIDTH, _TEXT_HEIGHT = 150, 404, 404, 46
_REASON_LISTS = {
    Decision.APPROVE: "approve_reason",
    Decision.APPROVE_WITH_CHANGES: "approve_reason",
    Decision.RETURN: "return_reason",
}
_APPROVAL = frozenset({"reason", "conditions", "note"})
_SHOWN = {
    Decision.APPROVE: _APPROVAL,
    Decision.APPROVE_WITH_CHANGES: _APPROVAL | set(TERMS),
    Decision.REJECT: frozenset({"reason", "note"}),
    Decision.RETURN: frozenset({"reason", "return_questions"}),
}
_TOWARDS = {Decision.APPROVE: "APPROVE", Decision.APPROVE_WITH_CHANGES: "APPROVE"}


class VerdictForm(Form):
    """Rows of the decision, its terms, reasons and words.

    Args:
        decisions: what may be chosen, with its words.
        maker: a proposal asks after an interest of one's own; a checker's word has questions.
    """

    def __init__(self, decisions: Sequence[Choice], *, maker: bool) -> None:
        super().__init__()
        self._maker = maker
        self._start = VerdictStart(Terms(0, 0, 0))
        self._decision = Segmented("decision", decisions)
        self._reason = ReasonField("reason", _REASON_WIDTH)
        self._make_rows()
        self._decision.value_changed.connect(lambda _value: self._follow())

    def start(self, decision: Decision, start: VerdictStart) -> None:
        """Begin anew, with what stands now."""
        self.clear()
        self._start = start
        terms = start.terms
        self.set_values(
            {
                "approved_amount": terms.amount_paise,
                "approved_tenure_months": terms.tenure_months,
                "final_interest_rate": terms.rate_ppm,
                "conditions": start.conditions,
            }
        )
        self._decision.set_value(decision)
        self._follow()

    def choose(self, decision: Decision) -> None:
        """Change the decision; what was typed stays."""
        self._decision.set_value(decision)

    def decision(self) -> Decision:
        """The decision chosen."""
        return Decision(self._decision.value())

    def first_field(self) -> str:
        """Where a person begins: the first thing that the decision still needs."""
        if self.decision() is Decision.APPROVE_WITH_CHANGES:
            return "approved_amount"
        if self.decision() is Decision.RETURN or self._reason.is_empty():
            return "reason"
        return "note" if self.needs_note() else ""

    def needs_note(self) -> bool:
        """Whether the reason chosen asks for a note of its own, or the decision is an override."""
        if self._overrides():
            return True
        chosen = self._reason.value()
        if self.decision() not in _TOWARDS or not chosen:
            return False
        return bool(shipped_words().lists["approve_reason"].get(chosen[0], {}).get("note_needed"))

    def verdict(self) -> Verdict:
        """What the form says."""
        decision, values = self.decision(), self.values()
        changed = decision is Decision.APPROVE_WITH_CHANGES
        said = "return_questions" if decision is Decision.RETURN else "note"
        approving = decision in _TOWARDS
        return Verdict(
            decision=decision,
            terms=Terms(*(values[name] for name in TERMS)) if changed else None,
            reasons=values["reason"],
            override_reason=values["override_reason"] or "" if self._overrides() else "",
            note=values.get(said) or "",
            conditions=values["conditions"] if approving else "",
            conflict_of_interest=bool(values.get("conflict_of_interest")),
        )

    def content(self) -> Content:
        """What stands in the form, as a draft keeps it."""
        kept = content_of([row.input for row in self.rows()])
        return kept | {"decision": self.decision().value, "reason": list(self._reason.value())}

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Put a kept draft into the form, begun with its decision."""
        show_content([row.input for row in self.rows()], content)
        self._decision.set_value(Decision(content["decision"]))
        self._follow()
        self._reason.set_value(content.get("reason"))

    def faults(self) -> dict[str, str]:
        """What cannot be sent as it stands: a term that is empty or no number."""
        if self.decision() is not Decision.APPROVE_WITH_CHANGES:
            return {}
        problems, values = self.problems(), self.values()
        words = (
            self.tr("Enter the amount"),
            self.tr("Enter the tenure in months"),
            self.tr("Enter the rate"),
        )
        empty = {n: said for n, said in zip(TERMS, words, strict=True) if values[n] is None}
        return {name: problems.get(name, said) for name, said in empty.items()}

    def show_faults(self, faults: dict[str, str]) -> None:
        """Show the service's sentences at their fields; a row that is named is shown."""
        if "override_reason" in faults:
            self.row("override_reason").show()
        self.show_errors(faults)

    # Inside.

    def _overrides(self) -> bool:
        said = self._start.recommendation
        shown = not self.row("override_reason").isHidden()
        return shown or (said is not None and is_override(self.decision(), said))

    def _follow(self) -> None:
        decision = self.decision()
        shown = _SHOWN[decision] | {"decision", "conflict_of_interest"}
        said = self._start.recommendation
        if said is not None and is_override(decision, said):
            shown |= {"override_reason"}
        for row in self.rows():
            row.setVisible(row.name in shown)
        self._offer_reasons(decision)
        self._offer_overrides(decision)
        self.show_errors({})

    def _offer_reasons(self, decision: Decision) -> None:
        listed = _REASON_LISTS.get(decision)
        if listed is None:
            self._reason.ask_many(self._start.offered, addable_reasons())
            agreed = self._start.agreed
            if agreed and self._start.agreed_decision is decision:
                self._reason.set_value(agreed)
            return
        choices = [Choice(c, word_of(listed, c)) for c in shipped_words().lists[listed]]
        chosen = self._start.approval_reason(decision) if decision in _TOWARDS else ""
        self._reason.ask_one(choices, chosen)

    def _offer_overrides(self, decision: Decision) -> None:
        field = self.row("override_reason").input
        if isinstance(field, Picker):
            field.set_choices(override_choices(_TOWARDS.get(decision, "REJECT")))

    def _make_rows(self) -> None:
        self._add_terms()
        reasons = (
            StackedRow(self.tr("Reason"), self._reason),
            _row(
                self.tr("Why against the recommendation"),
                Picker("override_reason", ()),
                _REASON_WIDTH,
            ),
        )
        conditions = self.tr("Conditions")
        texts = [
            _row(self.tr("Note"), _text("note"), _TEXT_WIDTH),
            StackedRow(conditions, _text("conditions"), optional=True, width=_TEXT_WIDTH),
        ]
        if not self._maker:
            texts.append(
                _row(self.tr("Questions to the maker"), _text("return_questions"), _TEXT_WIDTH)
            )
        holder = QWidget()
        columns = QHBoxLayout(holder)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        for rows in (reasons, texts):
            column = QVBoxLayout()
            column.setSpacing(6)
            for row in rows:
                column.addWidget(row)
                self.register_row(row)
            column.addStretch(1)
            columns.addLayout(column)
        columns.addStretch(1)
        self.add_widget(holder)

    def _add_terms(self) -> None:
        rows = [
            _row(self.tr("Decision"), self._decision),
            _row(self.tr("Amount"), MoneyEdit("approved_amount"), _NUMBER_WIDTH),
            _row(
                self.tr("Tenure"),
                CountEdit("approved_tenure_months", self.tr("months"), 6),
                _NUMBER_WIDTH,
            ),
            _row(self.tr("Rate"), PercentEdit("final_interest_rate"), _NUMBER_WIDTH),
        ]
        if self._maker:
            words = self.tr("I have an interest of my own in this case")
            rows.append(
                _row(self.tr("Conflict of interest"), CheckField("conflict_of_interest", words))
            )
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 6)
        line.setSpacing(16)
        for row in rows:
            line.addWidget(row, 0, Qt.AlignmentFlag.AlignTop)
            self.register_row(row)
        line.addStretch(1)
        self.add_widget(holder)


def _text(name: str) -> NoteEdit:
    field = NoteEdit(name)
    field.setFixedHeight(_TEXT_HEIGHT)
    return field


def _row(words: str, field: QWidget, width: int = 0) -> StackedRow:
    """A stacked row of that width."""
    return StackedRow(words, field, width=width)
