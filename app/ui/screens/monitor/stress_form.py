"""The scenario of a stress run: a preset, or shocks typed or drawn with a slider."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from app.rules.money import PPM_PER_PERCENT
from app.rules.stress import StressScenario
from app.rules.typed_scenario import TypedShocks
from app.services.run_stress_test import TYPED, RunStress
from app.ui.screens.monitor.stress_words import scenario_words, tr
from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.labels import label
from app.ui.widgets.percent_edit import PercentEdit
from app.ui.widgets.picker import Choice, Picker
from db.vocabulary.operations import StressPreset

_PPM_PER_BASIS_POINT = 100
_FIELD_WIDTH = 118
# What the sliders reach and their step, in the field's own unit; typing goes further.
_REACH = {
    "rate_shock_bp": (1_000, 25),
    "income_shock_percent": (-50 * PPM_PER_PERCENT, PPM_PER_PERCENT),
    "unemployment_points": (30 * PPM_PER_PERCENT, PPM_PER_PERCENT),
    "collateral_haircut_percent": (60 * PPM_PER_PERCENT, PPM_PER_PERCENT),
}
Edit = CountEdit | PercentEdit


class StressForm(QWidget):
    """Fields of `form.stress`. A preset fills them; changing one makes the shocks the person's own.

    Signals:
        changed: what would be run is another scenario.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form.stress")
        self.setAccessibleIdentifier("form.stress")
        self._presets: Mapping[StressPreset, StressScenario] = {}
        names = (*StressPreset, TYPED)
        self.scenario = Picker(
            "scenario", [Choice(str(each), scenario_words(str(each))) for each in names]
        )
        self._edits: dict[str, Edit] = {
            "rate_shock_bp": CountEdit("rate_shock_bp", tr("bp"), 25),
            "income_shock_percent": PercentEdit("income_shock_percent", "%"),
            "unemployment_points": PercentEdit("unemployment_points", tr("points")),
            "collateral_haircut_percent": PercentEdit("collateral_haircut_percent", "%"),
            "random_state": CountEdit("random_state"),
        }
        self._sliders: dict[str, QSlider] = {}
        self._errors = {name: label("", "small-bad", wrap=True) for name in self._edits}
        self._filling = False
        self._build()

    def show_presets(self, presets: Mapping[StressPreset, StressScenario]) -> None:
        """Offer the presets of the day; the first visit starts with all of them together."""
        self._presets = presets
        if self.scenario.value() is None:
            self.scenario.set_value(StressPreset.COMBINED.value)

    def request(self) -> RunStress | None:
        """What the form says; None while a field does not, and the field says why."""
        problems = {
            name: edit.problem() or tr("Enter a number")
            for name, edit in self._edits.items()
            if edit.value() is None
        }
        self.show_errors(problems)
        chosen = self.scenario.value()
        if problems or chosen is None:
            return None
        state = self._number("random_state")
        if chosen != TYPED:
            return RunStress(preset=StressPreset(chosen), random_state=state)
        return RunStress(
            shocks=TypedShocks(
                rate_shock_ppm=self._number("rate_shock_bp") * _PPM_PER_BASIS_POINT,
                income_shock_ppm=self._number("income_shock_percent"),
                unemployment_ppm=self._number("unemployment_points"),
                property_shock_ppm=-self._number("collateral_haircut_percent"),
                random_state=state,
            )
        )

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what does not fit, under its field, and go to the first."""
        for name, edit in self._edits.items():
            words = errors.get(name, "")
            self._errors[name].setText(words)
            self._errors[name].setVisible(bool(words))
            edit.set_wrong(wrong=bool(words))
            edit.setAccessibleDescription(words)
        first = next((name for name in self._edits if name in errors), None)
        if first is not None:
            self._edits[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _number(self, name: str) -> int:
        return self._edits[name].value() or 0

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._add_words(grid, 0, tr("Scenario"), self.scenario)
        grid.addWidget(self.scenario, 1, 0, 1, 2)
        titles = {
            "rate_shock_bp": tr("Floating rates, basis points"),
            "income_shock_percent": tr("Incomes"),
            "unemployment_points": tr("Salaried who lose their work"),
            "collateral_haircut_percent": tr("Security loses"),
            "random_state": tr("Random state of who loses work"),
        }
        for place, (name, edit) in enumerate(self._edits.items(), start=1):
            self._add_words(grid, 3 * place, titles[name], edit)
            edit.setFixedWidth(_FIELD_WIDTH)
            grid.addWidget(edit, 3 * place + 1, 0)
            if name in _REACH:
                grid.addWidget(self._slider(name, titles[name]), 3 * place + 1, 1)
            self._errors[name].hide()
            grid.addWidget(self._errors[name], 3 * place + 2, 0, 1, 2)
            edit.value_changed.connect(partial(self._typed, name))
        self.scenario.value_changed.connect(self._chosen)

    @staticmethod
    def _add_words(grid: QGridLayout, row: int, words: str, field: QWidget) -> None:
        title = label(words, "small")
        title.setBuddy(field)
        field.setAccessibleName(words)
        grid.addWidget(title, row, 0, 1, 2)

    def _slider(self, name: str, words: str) -> QSlider:
        end, step = _REACH[name]
        made = QSlider(Qt.Orientation.Horizontal)
        made.setObjectName(f"slider.{name}")
        made.setAccessibleName(words)
        made.setRange(0, abs(end) // step)
        made.setPageStep(max(abs(end) // step // 10, 1))
        made.valueChanged.connect(partial(self._slid, name))
        self._sliders[name] = made
        return made

    def _slid(self, name: str, place: int) -> None:
        end, step = _REACH[name]
        self._edits[name].set_value(place * step if end > 0 else -place * step)

    def _typed(self, name: str, value: object) -> None:
        slider = self._sliders.get(name)
        if slider is not None and isinstance(value, int):
            with QSignalBlocker(slider):
                slider.setValue(abs(value) // _REACH[name][1])
        if not self._filling and name != "random_state" and self.scenario.value() != TYPED:
            self.scenario.set_value(TYPED)
        self.changed.emit()

    def _chosen(self, name: object) -> None:
        """Fill the fields with a preset; own shocks start from what stands there."""
        if name is None or name == TYPED or not self._presets:
            return
        found = self._presets[StressPreset(str(name))]
        self._filling = True
        self._edits["rate_shock_bp"].set_value(found.rate_shock_ppm // _PPM_PER_BASIS_POINT)
        self._edits["income_shock_percent"].set_value(found.income_shock_ppm)
        self._edits["unemployment_points"].set_value(found.unemployment_ppm)
        self._edits["collateral_haircut_percent"].set_value(-found.property_shock_ppm)
        if self._edits["random_state"].value() is None:
            self._edits["random_state"].set_value(found.random_state)
        self._filling = False
        self.changed.emit()
