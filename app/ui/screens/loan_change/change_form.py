"""What is asked for: the kind of change and its own fields, the others hidden."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.steps.loan_change import LoanChange
from app.ui.screens.loan_change.change_words import (
    AT_FIELD,
    FIELDS,
    NEEDED,
    RECOVERY,
    TWO_WAYS,
    act_word,
    field_words,
    hint_words,
    missing_words,
    tr,
)
from app.ui.widgets.card import Card
from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import Form
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.percent_edit import PercentEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.text_edit import NoteEdit, TextEdit
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import ChargeKind, LoanAct
from db.vocabulary.loan_life import PaymentMethod

WIDTH = 292
_LONGEST_REASON, _LONGEST_REFERENCE = 500, 40
_EDGES = 28  # of the card, both sides


class ChangeForm(QWidget):
    """The fields under each other in one card.

    Signals:
        changed: something else is asked for.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._today = today
        self.form = Form()
        self._hint = label("", "small", wrap=True)
        card = Card(tr("What changes"))
        self._act = Picker("change_type", ())
        inputs = (self._act, *_inputs(today))
        for field in inputs:
            wide = WIDTH - _EDGES if isinstance(field, NoteEdit) else 0
            row = StackedRow(field_words(field.objectName()), field, width=wide)
            card.body.addWidget(row, 0, Qt.AlignmentFlag.AlignLeft)
            self.form.register_row(row)
            if field is self._act:
                card.body.addWidget(self._hint)
        self.form.add_widget(card)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.form)
        lines.addStretch(1)
        self.form.edited.connect(self._edited)

    # What the page does with it.

    def start(self, acts: Sequence[str]) -> None:
        """Nothing typed, today's value date, the first of these kinds of change."""
        self.form.clear()
        self.form.set_values({"on_date": self._today(), "method": PaymentMethod.BANK_TRANSFER})
        self.offer(acts)

    def offer(self, acts: Sequence[str]) -> None:
        """Offer these kinds of change; the first stands unless another is chosen."""
        before = self._act.value()
        self._act.set_choices([Choice(act, act_word(act)) for act in acts])
        if before not in acts and acts:
            self._act.set_value(acts[0])
        self._show_fields()

    @property
    def act(self) -> str | None:
        """The kind of change chosen."""
        return self._act.value() if self._act.value() in FIELDS else None

    @property
    def keep(self) -> PrepaymentKeep | None:
        """What stays, where there are two ways."""
        chosen: PrepaymentKeep = self.form.values()["keep"]
        return chosen if self.act in TWO_WAYS else None

    def choose(self, act: str, values: object = None) -> None:
        """Go to a kind of change, with what was entered on the page before."""
        self._act.set_value(act)
        self._show_fields()
        if isinstance(values, Mapping):
            self.form.set_values(values)
        self.changed.emit()

    @property
    def reason(self) -> str:
        """Why."""
        return str(self.form.values()["reason"])

    def asked(self) -> tuple[LoanChange, ...]:
        """The change as it stands, both ways where there are two; nothing while a field is open."""
        act = self.act
        if act is None or act == RECOVERY or self.gaps() or self._shown_problems():
            return ()
        if act in TWO_WAYS:
            return tuple(self._change(LoanAct(act), keep) for keep in PrepaymentKeep)
        return (self._change(LoanAct(act), None),)

    def gaps(self) -> dict[str, str]:
        """The fields that are still empty, with what to enter."""
        act, values = self.act, self.form.values()
        names = NEEDED.get(act or "", ())
        if act == RECOVERY:
            names = ("amount",)
        return {name: missing_words(name) for name in names if values[name] is None}

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences at their fields."""
        names = dict(AT_FIELD)
        pause = self.act == LoanAct.MORATORIUM
        names["months"] = "moratorium_months" if pause else "new_tenure_months"
        self.form.show_errors({names.get(name, name): said for name, said in errors.items()})

    def value(self, name: str) -> object:
        """The value of a field."""
        return self.form.values()[name]

    # Inside.

    def _change(self, act: LoanAct, keep: PrepaymentKeep | None) -> LoanChange:
        shown = set(FIELDS[act])
        values = {
            name: value if name in shown else None for name, value in self.form.values().items()
        }
        return LoanChange(
            act=act,
            value_date=values["on_date"] or self._today(),
            amount_paise=values["amount"],
            keep=keep,
            rate_ppm=values["new_interest_rate"],
            months=values["new_tenure_months"] or values["moratorium_months"],
            treatment=values["treatment"],
            charge_kind=values["charge_kind"],
            method=values["method"],
            reference=values["payment_reference"] or "",
        )

    def _shown_problems(self) -> bool:
        shown = FIELDS.get(self.act or "", ())
        return any(name in shown for name in self.form.problems())

    def _edited(self, name: str) -> None:
        if name == "change_type":
            usual = self.act == LoanAct.RATE_CHANGE  # a new rate moves the instalment
            keep = PrepaymentKeep.TENURE if usual else PrepaymentKeep.EMI
            self.form.set_values({"keep": keep})
            self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        shown = FIELDS.get(self.act or "", ())
        for row in self.form.rows():
            row.setVisible(row.name == "change_type" or row.name in shown)
            row.set_error("")
        self._hint.setText(hint_words(self.act) if self.act else "")


def _inputs(today: Callable[[], date]) -> tuple[QWidget, ...]:
    keep = [
        Choice(PrepaymentKeep.EMI, tr("EMI")),
        Choice(PrepaymentKeep.TENURE, tr("Tenure")),
    ]
    return (
        MoneyEdit("amount"),
        PercentEdit("new_interest_rate"),
        Segmented("keep", keep),
        CountEdit("new_tenure_months"),
        CountEdit("moratorium_months", tr("months")),
        Picker("treatment", _words("moratorium_treatment", MoratoriumTreatment)),
        Picker("charge_kind", _words("charge_kind", ChargeKind)),
        DateEdit("on_date", today),
        Picker("method", _words("payment_method", PaymentMethod)),
        TextEdit("payment_reference", _LONGEST_REFERENCE),
        NoteEdit("reason", _LONGEST_REASON),
    )


def _words(code: str, words: type[StrEnum]) -> list[Choice]:
    return [Choice(each, word_of(code, each)) for each in words]
