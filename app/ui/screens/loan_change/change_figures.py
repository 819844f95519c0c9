"""The right side of the page: the account now, the ways to go on, both schedules."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.preview_loan_change import LoanToChange, PreviewedChange
from app.ui.screens.loan_change.change_words import tr
from app.ui.screens.loan_change.schedule_lines import (
    columns_after,
    columns_before,
    dues_after,
    dues_before,
)
from app.ui.screens.loan_change.schedule_list import ScheduleList
from app.ui.screens.loan_change.way_card import WayCard
from db.vocabulary.lending import PrepaymentKeep
from db.vocabulary.loan_life import LoanStatus

_GAP = 12


class ChangeFigures(QWidget):
    """Cards on top, schedules below."""

    def __init__(self) -> None:
        super().__init__()
        self._now = WayCard("panel.now")
        self._ways = (WayCard("panel.way"), WayCard("panel.other"))
        self._before = ScheduleList("table.schedule_before", tr("Schedule now"), columns_before())
        self._after = ScheduleList("table.schedule_after", tr("Schedule after"), columns_after())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for card in (self._now, *self._ways):
            row.addWidget(card, 1)
        lines.addLayout(row)
        self._schedules = QWidget()
        both = QHBoxLayout(self._schedules)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(_GAP)
        both.addWidget(self._before, 40)
        both.addWidget(self._after, 60)
        lines.addWidget(self._schedules, 1)
        lines.addStretch(0)

    def show_loan(self, seen: LoanToChange, keep: PrepaymentKeep | None, gap: str) -> None:
        """Show a loan and what was worked out, or the gap: what is still to be entered."""
        self._now.show_look(seen.look)
        self._now.setVisible(seen.look is not None)
        first, second = self._ways
        previews = seen.previews
        over = seen.loan.status is LoanStatus.WRITTEN_OFF
        self._schedules.setVisible(not over)
        if over:
            second.hide()
            first.show_written_off(seen.loan)
            return
        second.setVisible(len(previews) > 1)
        if not previews:
            first.wait(gap or tr("Nothing to work out."))
            self._show_schedules(None, tr("The schedule shows once the change is entered."))
            return
        for card, found in zip(self._ways, previews, strict=False):
            card.show_way(found, chosen=len(previews) > 1 and found.change.keep is keep)
        chosen = next((each for each in previews if each.change.keep is keep), previews[0])
        self._show_schedules(chosen, tr("This change is not possible."))

    def _show_schedules(self, found: PreviewedChange | None, empty: str) -> None:
        plan = None if found is None else found.plan
        none = empty if plan is None else tr("No instalment is left.")
        self._before.show_dues(() if plan is None else dues_before(plan), none)
        self._after.show_dues(() if plan is None else dues_after(plan), none)
