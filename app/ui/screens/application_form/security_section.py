"""Section 3 of S31: collateral and guarantors, entered one by one into short lists."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.services.steps.application_facts import CollateralEntry, GuarantorEntry
from app.ui.actions.action_button import action_button
from app.ui.item_models.columns import Column
from app.ui.screens.application_form.entry_list import EntryList
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.identity_edit import MaskedIdEdit, PhoneEdit
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.percent_edit import PercentEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench
from db.vocabulary.lending import CollateralType
from db.vocabulary.people import Relationship

_FULL_SHARE_PPM = 1_000_000
_SHORT = 180


def _tr(words: str) -> str:
    return QCoreApplication.translate("SecuritySection", words)


class SecuritySection(QWidget):
    """What stands behind the loan."""

    changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.collateral: tuple[CollateralEntry, ...] = ()
        self.guarantors: tuple[GuarantorEntry, ...] = ()
        registry = workbench.registry
        self._collateral_form = _collateral_form(workbench.desk.clock.today)
        self._guarantor_form = _guarantor_form()
        theme = workbench.theme
        self._collateral_list: EntryList[CollateralEntry] = EntryList(
            "collateral", _tr("Collateral"), _collateral_columns(), theme
        )
        self._guarantor_list: EntryList[GuarantorEntry] = EntryList(
            "guarantors", _tr("Guarantors"), _guarantor_columns(), theme
        )
        add_collateral = registry.create("collateral.add", self._add_collateral, self)
        add_guarantor = registry.create("guarantor.add", self._add_guarantor, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 16, 16)
        column.setSpacing(12)
        for entries, form, add in (
            (self._collateral_list, self._collateral_form, add_collateral),
            (self._guarantor_list, self._guarantor_form, add_guarantor),
        ):
            column.addWidget(entries)
            column.addWidget(form)
            button = action_button(add, style="plain", small=True)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.set_entries((), ())

    def set_entries(
        self, collateral: tuple[CollateralEntry, ...], guarantors: tuple[GuarantorEntry, ...]
    ) -> None:
        """Show stored or drafted entries."""
        self.collateral, self.guarantors = collateral, guarantors
        self._collateral_list.show_entries(collateral, _tr("No security yet."))
        self._guarantor_list.show_entries(guarantors, _tr("No guarantor yet."))

    def _add_collateral(self) -> None:
        values = self._collateral_form.values()
        problems = {}
        if values["collateral_type"] is None:
            problems["collateral_type"] = _tr("Choose the kind of collateral")
        if not values["collateral_value"]:
            problems["collateral_value"] = _tr("Enter the value of the collateral")
        self._collateral_form.show_errors(problems)
        if problems:
            return
        share = values["accepted_share"]
        entry = CollateralEntry(
            collateral_type=CollateralType(values["collateral_type"]),
            value_paise=int(values["collateral_value"]),
            valuation_date=values["valuation_date"],
            accepted_share_ppm=_FULL_SHARE_PPM if share is None else share,
            description=values["description"],
        )
        self.set_entries((*self.collateral, entry), self.guarantors)
        self._collateral_form.clear()
        self.changed.emit()

    def _add_guarantor(self) -> None:
        values = self._guarantor_form.values()
        problems = {}
        if not values["guarantor_name"]:
            problems["guarantor_name"] = _tr("Enter the guarantor's name")
        if values["guarantor_relationship"] is None:
            problems["guarantor_relationship"] = _tr("Choose how the guarantor is related")
        self._guarantor_form.show_errors(problems)
        if problems:
            return
        entry = GuarantorEntry(
            full_name=values["guarantor_name"],
            relationship=Relationship(values["guarantor_relationship"]),
            phone=values["guarantor_phone"],
            email=values["guarantor_email"],
            address=values["guarantor_address"],
            pan_number=values["guarantor_pan"] or None,
            income_paise=values["guarantor_income"],
        )
        self.set_entries(self.collateral, (*self.guarantors, entry))
        self._guarantor_form.clear()
        self.changed.emit()


def _collateral_form(today: Callable[[], date]) -> Form:
    form, section = Form("form.collateral"), FormSection()
    kinds = [Choice(kind, word_of("collateral_type", kind)) for kind in CollateralType]
    section.add(FormRow(_tr("Kind"), Picker("collateral_type", kinds)))
    section.add(FormRow(_tr("Value"), MoneyEdit("collateral_value"), width=_SHORT))
    section.add(
        FormRow(
            _tr("Valued on"), DateEdit("valuation_date", today, "past"), optional=True, width=_SHORT
        )
    )
    share = PercentEdit("accepted_share", "%")
    section.add(FormRow(_tr("Accepted share"), share, optional=True, width=_SHORT))
    section.add(FormRow(_tr("Description"), TextEdit("description", 200), optional=True))
    form.add(section)
    return form


def _guarantor_form() -> Form:
    form, section = Form("form.guarantor"), FormSection()
    kin = [Choice(kind, word_of("relationship", kind)) for kind in Relationship]
    section.add(FormRow(_tr("Name"), TextEdit("guarantor_name")))
    section.add(FormRow(_tr("Related as"), Picker("guarantor_relationship", kin)))
    section.add(FormRow(_tr("Phone"), PhoneEdit("guarantor_phone"), optional=True, width=_SHORT))
    section.add(FormRow(_tr("Email"), TextEdit("guarantor_email"), optional=True))
    section.add(FormRow(_tr("Address"), TextEdit("guarantor_address", 200), optional=True))
    section.add(
        FormRow(_tr("PAN"), MaskedIdEdit("guarantor_pan", "pan"), optional=True, width=_SHORT)
    )
    section.add(
        FormRow(_tr("Monthly income"), MoneyEdit("guarantor_income"), optional=True, width=_SHORT)
    )
    form.add(section)
    return form


def _collateral_columns() -> tuple[Column[CollateralEntry], ...]:
    return (
        Column(
            "kind",
            _tr("Kind"),
            lambda c: word_of("collateral_type", c.collateral_type),
            140,
            strong=True,
        ),
        Column("value", _tr("Value ₹"), lambda c: plain_amount(c.value_paise), 120, "right"),
        Column(
            "date",
            _tr("Valued on"),
            lambda c: date_shown(c.valuation_date) if c.valuation_date else UNKNOWN,
            112,
        ),
        Column("description", _tr("Description"), lambda c: c.description, 240, muted=True),
    )


def _guarantor_columns() -> tuple[Column[GuarantorEntry], ...]:
    return (
        Column("name", _tr("Name"), lambda g: g.full_name, 180, strong=True),
        Column("kin", _tr("Related as"), lambda g: word_of("relationship", g.relationship), 120),
        Column(
            "income",
            _tr("Income ₹"),
            lambda g: plain_amount(g.income_paise),
            120,
            "right",
        ),
    )
