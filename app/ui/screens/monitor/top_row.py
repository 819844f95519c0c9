"""The monitor's top row: what is looked at, how old it is, and what can be done."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.dates import date_shown
from app.services.steps.monitor_answers import MonitorHead
from app.services.steps.monitor_scope import MonitorScope
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.picker import Choice, FilterPicker, Picker

HEIGHT = 48
_LATEST = "latest"  # a list's empty value means that nothing is chosen
_BANK = "bank"
_WIDTHS = {"as_of": 156, "branch": 132, "product": 128, "officer": 120, "minutes": 112}
MINUTES = (1, 5, 15, 60)
_USUAL_MINUTES = 5


class TopRow(QWidget):
    """Title, filters, data time and buttons.

    Signals:
        scope_changed: another part of the book is looked at.
    """

    scope_changed = Signal()
    minutes_changed = Signal(int)

    def __init__(self, buttons: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._as_of = Picker("as_of_date", (), self.tr("As of"))
        self._branch = Picker("filter.branch", (), self.tr("Branch"))
        self._product = FilterPicker("filter.product", self.tr("Product"), ())
        self._officer = FilterPicker("filter.officer", self.tr("Officer"), ())
        self._least = 1
        self._minutes = Picker("refresh_minutes", self._minute_choices())
        self._mark = IconMark("refresh", "muted", 14)
        self._time = label("", "small", "status.data_time")
        self._build(buttons)

    def scope(self) -> MonitorScope:
        """What is chosen now."""
        branch, day = self._branch.value(), self._as_of.value()
        return MonitorScope(
            as_of=day if isinstance(day, date) else None,
            whole_bank=branch == _BANK,
            branch_id=branch if isinstance(branch, int) else None,
            product_code=self._product.value(),
            officer_id=self._officer.value(),
        )

    @property
    def minutes(self) -> int:
        """How often the visible tab is read again."""
        return int(self._minutes.value() or _USUAL_MINUTES)

    def show_head(self, head: MonitorHead, own_branch: int) -> None:
        """Offer what the book has; what is chosen stays chosen."""
        blocked = [QSignalBlocker(each) for each in self._pickers()]
        days = [Choice(_LATEST, self._day_words(head.latest))]
        days += [Choice(day, self._day_words(day)) for day in head.month_ends]
        _offer(self._as_of, days, _LATEST)
        known = head.branches or (own_branch,)
        branches = [Choice(each, self._branch_words(each)) for each in known]
        if len(branches) > 1:
            every = self.tr("All %1 branches").replace("%1", str(len(branches)))
            branches.insert(0, Choice(_BANK, every))
        _offer(self._branch, branches, own_branch)
        self._product.set_choices([Choice(code, words) for code, words in head.products.items()])
        self._officer.set_choices([Choice(key, words) for key, words in head.officers.items()])
        for picker, key in ((self._product, "product"), (self._officer, "officer")):
            picker.setFixedWidth(_WIDTHS[key])  # other choices ask for another width
        del blocked

    def clear_filters(self) -> None:
        """Every product and every officer again."""
        blocked = [QSignalBlocker(each) for each in (self._product, self._officer)]
        for picker in (self._product, self._officer):
            picker.set_value(None)
        del blocked
        self.scope_changed.emit()

    def show_time(self, words: str, *, old: bool = False, busy: bool = False) -> None:
        """Say how old the figures are.

        Args:
            words: the sentence.
            old: they could not be read again.
            busy: they are being read.
        """
        self._time.setText(words)
        icon, tone = ("alert-triangle", "warning") if old else ("refresh", "muted")
        self._mark.show_icon("hourglass" if busy else icon, tone)

    def set_least_minutes(self, least: int) -> None:
        """Offer no shorter interval than the rules allow."""
        if least != self._least:
            self._least = least
            self.choose_minutes(self.minutes)

    def choose_minutes(self, minutes: int) -> None:
        """Choose an interval without asking for it; the next longer one where it is not offered."""
        offered = self._minute_choices()
        blocked = QSignalBlocker(self._minutes)
        self._minutes.set_choices(offered)
        fitting = [each.value for each in offered if each.value >= minutes]
        self._minutes.set_value(fitting[0] if fitting else offered[-1].value)
        del blocked

    def set_wall(self, *, wall: bool) -> None:
        """On a wall nobody is named, so no officer can be chosen."""
        if wall:
            self._officer.set_value(None)
        self._officer.setVisible(not wall)

    def _pickers(self) -> tuple[Picker, ...]:
        return self._as_of, self._branch, self._product, self._officer

    def _build(self, buttons: Sequence[QWidget]) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(label(self.tr("Portfolio monitor"), "title"))
        line.addSpacing(8)
        named = (
            (self._as_of, "as_of", self.tr("As of")),
            (self._branch, "branch", self.tr("Branch")),
            (self._product, "product", self.tr("Product")),
            (self._officer, "officer", self.tr("Officer")),
        )
        for picker, key, words in named:
            picker.setFixedWidth(_WIDTHS[key])
            picker.setAccessibleName(words)
            picker.value_changed.connect(self._changed)
            line.addWidget(picker)
        line.addStretch(1)
        line.addWidget(self._mark)
        line.addWidget(self._time)
        self._time.setAccessibleName(self.tr("Age of the figures"))
        self._minutes.setFixedWidth(_WIDTHS["minutes"])
        self._minutes.setAccessibleName(self.tr("Read again"))
        self._minutes.set_value(_USUAL_MINUTES)
        self._minutes.value_changed.connect(self._minutes_chosen)
        line.addWidget(self._minutes)
        for button in buttons:
            line.addWidget(button)

    def _minute_choices(self) -> list[Choice]:
        words, least = self.tr("every %1 min"), self._least
        offered = sorted({least, *(each for each in MINUTES if each >= least)})
        return [Choice(each, words.replace("%1", str(each))) for each in offered]

    def _day_words(self, day: date) -> str:
        return self.tr("As of %1").replace("%1", date_shown(day))

    def _branch_words(self, branch_id: int) -> str:
        return self.tr("Branch %1").replace("%1", f"{branch_id:04d}")

    def _changed(self, _value: object) -> None:
        self.scope_changed.emit()

    def _minutes_chosen(self, _value: object) -> None:
        self.minutes_changed.emit(self.minutes)


def _offer(picker: Picker, choices: Sequence[Choice], usual: object) -> None:
    picker.set_choices(choices)
    if picker.value() is None:
        picker.set_value(usual)
