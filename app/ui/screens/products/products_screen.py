"""S110 Products: every version of every product, its terms, and changes by two people."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.actions.action_button import action_button
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.products.product_columns import limit_columns, product_columns
from app.ui.screens.products.product_entries import ProductEntry, read_product_book
from app.ui.screens.products.product_form import ProductForm, subject_of, typed_product
from app.ui.screens.products.product_look import look_of_product, question
from app.ui.widgets.card import Card
from app.ui.widgets.dated_changes import ChangeActs
from app.ui.widgets.dated_list import DatedListSpec
from app.ui.widgets.dated_look import Look
from app.ui.widgets.dated_screen import DatedParts, DatedScreen
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.under_list import UnderList
from app.ui.widgets.workbench import Workbench
from db.vocabulary.lending import LoanPurpose

if TYPE_CHECKING:
    from app.rules.product_lines import ProductLimit

_ROW_HEIGHT = 22
_TERMS_HEIGHT = 192
_LIST_HEIGHT = 396  # a dozen products; a higher window gives the rest to their terms


class ProductsScreen(DatedScreen):
    """The list over the terms of the version chosen."""

    name = "products"
    area = "product"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, action_button, parent)
        self._limits: RecordsModel[ProductLimit] = RecordsModel(
            limit_columns(), workbench.theme, self
        )
        self._table = TableView("table.limits", self.tr("Terms"), row_height=_ROW_HEIGHT)
        self._table.set_records(self._limits)
        self._terms = StateStack(self._table)
        purposes = [Choice(each, word_of("loan_purpose", each)) for each in LoanPurpose]
        parts = DatedParts(
            spec=self._spec(),
            group=FilterPicker("filter.purpose", self.tr("Purpose"), purposes),
            acts=ChangeActs(subject_of, ProductForm, typed_product),
            search_words=self.tr("Product or purpose"),
            nothing_words=self.tr("Choose a product to see it here"),
            below=self.tr("terms"),
        )
        self.assemble(parts, self._terms_card())
        self.changes.setMaximumHeight(_LIST_HEIGHT)
        self.line_changed(None)

    def look_of(self, entry: ProductEntry) -> Look:
        """A version in short."""
        return look_of_product(entry, self.workbench.person)

    def question_of(self, entry: ProductEntry, *, approve: bool) -> str:
        """The change of a product once more."""
        return question(entry, approve=approve)

    def line_changed(self, entry: ProductEntry | None) -> None:
        """Show the terms of the version."""
        self._limits.set_rows(() if entry is None else entry.record.limits)
        if entry is None:
            self._terms.empty(self.tr("Choose a product to see its terms."))
        else:
            self._terms.content()

    def go_below(self) -> None:
        """Enter of those who may not propose goes to the terms."""
        self._table.setFocus()

    def _spec(self) -> DatedListSpec:
        return DatedListSpec(
            name=self.name,
            title=self.tr("Products"),
            rows=RecordsModel(product_columns(), self.workbench.theme, self),
            read=read_product_book,
            reading=self.tr("Reading the products…"),
            none_yet=self.tr("No products yet: the set-up writes the shipped ones."),
            no_match=self.tr("No product matches."),
        )

    def _terms_card(self) -> QWidget:
        card = Card(self.tr("Terms"), self.tr("of the version chosen above"), tight=True)
        card.body.addWidget(self._terms)
        return UnderList(card, _TERMS_HEIGHT)
