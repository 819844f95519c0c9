"""The person's own views of the loans list: kept, chosen in the bar, forgotten."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.keep_view import SavedView
from app.ui.actions.action_button import action_button
from app.ui.screens.loans.loan_filters import LoanFilters
from app.ui.widgets.saved_views import SavedViews
from app.ui.widgets.workbench import Workbench


class OwnViews(QObject):
    """V keeps what the list is narrowed to under a name, F forgets the view that is chosen.

    Attributes:
        strip: asks for the name.
    """

    def __init__(self, workbench: Workbench, filters: LoanFilters, page: QWidget) -> None:
        super().__init__(page)
        self._filters = filters
        self.strip = SavedViews(workbench, "loans")
        create = workbench.registry.create
        self._keep = create("list.keep_view", self._ask, page)
        self._forget = create("list.forget_view", self._drop, page)
        self.strip.offered.connect(self._offer)
        filters.changed.connect(self._follow)
        self._follow()

    def links(self) -> list[QPushButton]:
        """Both acts; one that cannot act now shows as such."""
        return [action_button(each, style="link") for each in (self._keep, self._forget)]

    def _ask(self) -> None:
        self.strip.ask(self._filters.narrowed())

    def _drop(self) -> None:
        own = self._filters.own_view()
        if own is not None:
            self.strip.forget(own.view_id)

    def _offer(self, views: tuple[SavedView, ...]) -> None:
        self._filters.offer_views(views)
        self._follow()

    def _follow(self) -> None:
        """Filters that are no view yet may be kept, and one's own be forgotten."""
        self._keep.setEnabled(bool(self._filters.narrowed()))
        self._forget.setEnabled(self._filters.own_view() is not None)
