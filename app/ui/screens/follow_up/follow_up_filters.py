"""What narrows the follow-up list: a search, what needs a call today, sign, class, officer."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.find_follow_ups import FollowUpFilter, FollowUpNeed
from app.ui.screens.follow_up.follow_up_words import tr
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.search_edit import SearchEdit
from app.ui.widgets.segmented import Segmented
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import EarlyWarningTrigger


class FollowUpFilters(QWidget):
    """The bar over the list.

    Signals:
        changed: another list is wanted.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._setting = False
        self.search = SearchEdit("search_text", tr("Customer name or loan number"))
        needs = {FollowUpNeed.TODAY: tr("Need a call"), FollowUpNeed.RESTING: tr("Rest")}
        self._need = Segmented("filter.need", [Choice(each, needs[each]) for each in FollowUpNeed])
        self._need.setAccessibleName(tr("Show"))
        triggers = [Choice(each, trigger_word(each)) for each in EarlyWarningTrigger]
        self._trigger = FilterPicker("filter.trigger", tr("Sign"), triggers)
        classes = [Choice(each, word_of("asset_class", each)) for each in AssetClass]
        self._class = FilterPicker("filter.asset_class", tr("Class"), classes)
        self._officer = FilterPicker("filter.officer", tr("Officer"), [])
        bar = QHBoxLayout(self)
        bar.setContentsMargins(16, 0, 16, 12)
        bar.setSpacing(8)
        bar.addWidget(self.search, 1)
        bar.addWidget(self._need)
        self.search.searched.connect(self._edited)
        self._need.value_changed.connect(self._edited)
        for picker in self._pickers():
            bar.addWidget(picker)
            picker.value_changed.connect(self._edited)

    def offer(self, officers: Mapping[UUID, str]) -> None:
        """Offer the officers of the loans that are followed up; what is chosen stays."""
        self._setting = True
        chosen = self._officer.value()
        self._officer.set_choices([Choice(key, name) for key, name in officers.items()])
        self._officer.set_value(chosen)
        self._setting = False

    def filter(self) -> FollowUpFilter:
        """What is asked for."""
        return FollowUpFilter(
            search=self.search.value(),
            trigger=self._trigger.value(),
            asset_class=self._class.value(),
            officer_id=self._officer.value(),
            need=self._need.value(),
        )

    def clear(self) -> None:
        """Ask for every loan that needs a call today."""
        self._setting = True
        self.search.set_value("")
        self._need.set_value(FollowUpNeed.TODAY)
        for picker in self._pickers():
            picker.set_value(None)
        self._setting = False
        self._edited()

    def _pickers(self) -> tuple[FilterPicker, ...]:
        return (self._trigger, self._class, self._officer)

    def _edited(self, _value: object = None) -> None:
        if not self._setting:
            self.changed.emit()


def trigger_word(trigger: EarlyWarningTrigger) -> str:
    """A sign in a few words."""
    return {
        EarlyWarningTrigger.LATE_STREAK: tr("late in a row"),
        EarlyWarningTrigger.DPD_JUMP: tr("days late jumped"),
        EarlyWarningTrigger.BOUNCE: tr("payment came back"),
        EarlyWarningTrigger.SMA1_CROSSED: tr("SMA-1 crossed"),
        EarlyWarningTrigger.BROKEN_PROMISES: tr("promises broken"),
        EarlyWarningTrigger.LTV_BREACH: tr("above its LTV"),
        EarlyWarningTrigger.INSURANCE_LAPSED: tr("insurance ended"),
        EarlyWarningTrigger.SCORE_FALL: tr("score fell"),
        EarlyWarningTrigger.COSIGNER_DEFAULT: tr("co-signer in default"),
        EarlyWarningTrigger.CONTACT_LOST: tr("contact lost"),
        EarlyWarningTrigger.SALARY_DROP: tr("salary fell"),
        EarlyWarningTrigger.HIGH_UTILISATION: tr("limit used up"),
        EarlyWarningTrigger.BUREAU_DEFAULT: tr("default elsewhere"),
    }[trigger]
