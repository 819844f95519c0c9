"""What narrows the loans list: a search, a view that sets several filters at once, and filters."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.find_loans import LoanChoices
from app.services.keep_view import SavedView
from app.services.steps.plain_json import PlainFormError, from_plain, to_plain
from app.ui.screens.loans.loan_columns import tr
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.search_edit import SearchEdit
from db.records.lists import LoanDue, LoanFilter
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.people import Scope

_NPA = "npa"
# Ready-made views: what they ask for beside the search, which stays as it is.
VIEWS = {
    "overdue": LoanFilter(due=LoanDue.OVERDUE),
    "npa": LoanFilter(npa=True),
    "due_this_week": LoanFilter(due=LoanDue.THIS_WEEK),
    "mine_overdue": LoanFilter(due=LoanDue.OVERDUE, scope=Scope.MINE),
}


class LoanFilters(QWidget):
    """The bar over the list.

    Signals:
        changed: another list is wanted.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._setting = False
        self._own: tuple[SavedView, ...] = ()
        self.search = SearchEdit("search_text", tr("Customer name or loan number"))
        words = {
            "overdue": tr("Overdue"),
            "npa": tr("NPA"),
            "due_this_week": tr("Due this week"),
            "mine_overdue": tr("My overdue loans"),
        }
        self._words = words
        self._view = FilterPicker("filter.view", tr("View"), _choices(words))
        classes = [Choice(_NPA, tr("all NPA"))]
        classes += [Choice(each, word_of("asset_class", each)) for each in AssetClass]
        self._class = FilterPicker("filter.asset_class", tr("Class"), classes)
        dues = {LoanDue.OVERDUE: tr("overdue"), LoanDue.THIS_WEEK: tr("falls due this week")}
        self._due = FilterPicker("filter.due", tr("Due"), _choices(dues))
        self._product = FilterPicker("filter.product", tr("Product"), [])
        self._officer = FilterPicker("filter.officer", tr("Officer"), [])
        self._scope = FilterPicker("filter.scope", tr("Whose"), [Choice(Scope.MINE, tr("mine"))])
        self._build()

    def offer(self, choices: LoanChoices) -> None:
        """Offer the products and officers of the book; what is chosen stays."""
        self._setting = True
        for picker, names in ((self._product, choices.products), (self._officer, choices.officers)):
            chosen = picker.value()
            picker.set_choices(_choices(names))
            picker.set_value(chosen)
        self._setting = False

    def filter(self) -> LoanFilter:
        """What is asked for."""
        chosen = self._class.value()
        return LoanFilter(
            asset_class=chosen if isinstance(chosen, AssetClass) else None,
            search=self.search.value(),
            npa=chosen == _NPA,
            due=self._due.value(),
            product_code=self._product.value(),
            officer_id=self._officer.value(),
            scope=self._scope.value() or Scope.BRANCH,
        )

    def offer_views(self, views: tuple[SavedView, ...]) -> None:
        """Offer the person's own views beside the ready-made ones."""
        self._own = views
        self._setting = True
        mine = [Choice(each.view_id, each.title) for each in views]
        self._view.set_choices([*_choices(self._words), *mine])
        self._setting = False
        self._mark_view()

    def own_view(self) -> SavedView | None:
        """The person's own view that the list is narrowed to."""
        chosen = self._view.value()
        return next((each for each in self._own if each.view_id == chosen), None)

    def narrowed(self) -> Mapping[str, object]:
        """What a view keeps: every filter but the search; empty where there is none."""
        plain = replace(self.filter(), search="")
        if plain == LoanFilter() or self._view.value() is not None:
            return {}
        kept = to_plain(plain)
        return kept if isinstance(kept, dict) else {}

    def clear(self) -> None:
        """Ask for every loan."""
        self.search.set_value("")
        self._show(LoanFilter())

    def _choose_view(self, name: object) -> None:
        if not self._setting:
            own = self.own_view()
            self._show(VIEWS.get(str(name), LoanFilter()) if own is None else _kept(own))

    def _show(self, wanted: LoanFilter) -> None:
        """Set every filter, then ask once."""
        self._setting = True
        self._class.set_value(_NPA if wanted.npa else wanted.asset_class)
        self._due.set_value(wanted.due)
        self._product.set_value(wanted.product_code)
        self._officer.set_value(wanted.officer_id)
        self._scope.set_value(None if wanted.scope is Scope.BRANCH else wanted.scope)
        self._setting = False
        self._edited()

    def _edited(self, _value: object = None) -> None:
        if self._setting:
            return
        self._mark_view()
        self.changed.emit()

    def _mark_view(self) -> None:
        """Show which view the filters are."""
        plain = replace(self.filter(), search="")
        views = [*VIEWS.items(), *((each.view_id, _kept(each)) for each in self._own)]
        self._setting = True
        self._view.set_value(next((name for name, view in views if view == plain), None))
        self._setting = False

    def _build(self) -> None:
        bar = QHBoxLayout(self)
        bar.setContentsMargins(16, 0, 16, 12)
        bar.setSpacing(8)
        bar.addWidget(self.search, 1)
        bar.addWidget(self._view)
        self._view.value_changed.connect(self._choose_view)
        self.search.searched.connect(self._edited)
        for picker in (self._class, self._due, self._product, self._officer, self._scope):
            bar.addWidget(picker)
            picker.value_changed.connect(self._edited)


def _kept(view: SavedView) -> LoanFilter:
    """What a view narrows the list to; one that an older program kept shows every loan."""
    try:
        return from_plain(LoanFilter, view.content)
    except PlainFormError:
        return LoanFilter()


def _choices(names: Mapping[Any, str]) -> list[Choice]:
    return [Choice(code, words) for code, words in names.items()]
