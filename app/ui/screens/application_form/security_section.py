"""Section 3 of S31: collateral and guarantors, entered one by one into short lists."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.services.enter_application import collateral_faults, guarantor_faults
from app.services.steps.application_facts import CollateralEntry, GuarantorEntry
from app.ui.item_models.columns import Column
from app.ui.screens.application_form.entry_section import EntrySection, EntryWords, too_many
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
_LONGEST = 200


def _tr(words: str) -> str:
    return QCoreApplication.translate("SecuritySection", words)


class CollateralSection(EntrySection[CollateralEntry]):
    """What is pledged."""

    def __init__(self, workbench: Workbench) -> None:
        self._today = workbench.desk.clock.today
        words = EntryWords(
            "collateral",
            "collateral",
            _tr("Collateral"),
            _tr("No security yet."),
            _tr("Removed security."),
        )
        super().__init__(workbench, words, _collateral_columns(), _collateral_form(self._today))

    def read(self, values: Mapping[str, Any]) -> tuple[CollateralEntry | None, dict[str, str]]:
        """A security as typed."""
        faults = {}
        if values["collateral_type"] is None:
            faults["collateral_type"] = _tr("Choose the kind of collateral")
        if values["collateral_value"] is None:
            faults["collateral_value"] = _tr("Enter the value of the collateral")
        if faults:
            return None, faults
        share = values["accepted_share"]
        entry = CollateralEntry(
            collateral_type=CollateralType(values["collateral_type"]),
            value_paise=int(values["collateral_value"]),
            valuation_date=values["valuation_date"],
            accepted_share_ppm=_FULL_SHARE_PPM if share is None else share,
            description=values["description"],
        )
        return entry, collateral_faults(entry, self._today())


class GuarantorSection(EntrySection[GuarantorEntry]):
    """Who answers for the loan, at most four."""

    def __init__(self, workbench: Workbench) -> None:
        words = EntryWords(
            "guarantors",
            "guarantor",
            _tr("Guarantors"),
            _tr("No guarantor yet."),
            _tr("Removed guarantor."),
        )
        super().__init__(workbench, words, _guarantor_columns(), _guarantor_form())

    def read(self, values: Mapping[str, Any]) -> tuple[GuarantorEntry | None, dict[str, str]]:
        """A guarantor as typed, with the checks of S22."""
        faults = {}
        if not values["guarantor_name"]:
            faults["guarantor_name"] = _tr("Enter the guarantor's name")
        if values["guarantor_relationship"] is None:
            faults["guarantor_relationship"] = _tr("Choose how the guarantor is related")
        if found := too_many(self.entries, _tr("guarantors")):
            faults["guarantor_name"] = found
        if faults:
            return None, faults
        entry = GuarantorEntry(
            full_name=values["guarantor_name"],
            relationship=Relationship(values["guarantor_relationship"]),
            phone=values["guarantor_phone"],
            email=values["guarantor_email"],
            address=values["guarantor_address"],
            pan_number=values["guarantor_pan"] or None,
            income_paise=values["guarantor_income"],
        )
        return entry, guarantor_faults(entry)


class SecuritySection(QWidget):
    """What stands behind the loan."""

    changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.collateral = CollateralSection(workbench)
        self.guarantors = GuarantorSection(workbench)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 16, 16)
        column.setSpacing(20)
        for section in (self.collateral, self.guarantors):
            section.changed.connect(self.changed)
            column.addWidget(section)
        column.addStretch(1)


def _collateral_form(today: Callable[[], date]) -> Form:
    form, section = Form("form.collateral"), FormSection()
    kinds = [Choice(kind, word_of("collateral_type", kind)) for kind in CollateralType]
    section.add(FormRow(_tr("Kind"), Picker("collateral_type", kinds)))
    section.add(FormRow(_tr("Value"), MoneyEdit("collateral_value"), width=_SHORT))
    valued = DateEdit("valuation_date", today, "past")
    section.add(FormRow(_tr("Valued on"), valued, optional=True, width=_SHORT))
    share = PercentEdit("accepted_share", "%")
    section.add(FormRow(_tr("Accepted share"), share, optional=True, width=_SHORT))
    section.add(FormRow(_tr("Description"), TextEdit("description", _LONGEST), optional=True))
    form.add(section)
    return form


def _guarantor_form() -> Form:
    form, section = Form("form.guarantor"), FormSection()
    kin = [Choice(kind, word_of("relationship", kind)) for kind in Relationship]
    section.add(FormRow(_tr("Name"), TextEdit("guarantor_name")))
    section.add(FormRow(_tr("Related as"), Picker("guarantor_relationship", kin)))
    section.add(FormRow(_tr("Phone"), PhoneEdit("guarantor_phone"), optional=True, width=_SHORT))
    section.add(FormRow(_tr("Email"), TextEdit("guarantor_email"), optional=True))
    section.add(FormRow(_tr("Address"), TextEdit("guarantor_address", _LONGEST), optional=True))
    pan = MaskedIdEdit("guarantor_pan", "pan")
    section.add(FormRow(_tr("PAN"), pan, optional=True, width=_SHORT))
    income = MoneyEdit("guarantor_income")
    section.add(FormRow(_tr("Monthly income"), income, optional=True, width=_SHORT))
    form.add(section)
    return form


def _collateral_columns() -> tuple[Column[CollateralEntry], ...]:
    return (
        Column("kind", _tr("Kind"), _kind_words, 140, strong=True),
        Column("value", _tr("Value ₹"), lambda c: plain_amount(c.value_paise), 120, "right"),
        Column("date", _tr("Valued on"), _valued_words, 112),
        Column("description", _tr("Description"), lambda c: c.description, 240, muted=True),
    )


def _kind_words(entry: CollateralEntry) -> str:
    return word_of("collateral_type", entry.collateral_type)


def _valued_words(entry: CollateralEntry) -> str:
    return date_shown(entry.valuation_date) if entry.valuation_date else UNKNOWN


def _guarantor_columns() -> tuple[Column[GuarantorEntry], ...]:
    return (
        Column("name", _tr("Name"), lambda g: g.full_name, 180, strong=True),
        Column("kin", _tr("Related as"), lambda g: word_of("relationship", g.relationship), 120),
        Column("income", _tr("Income ₹"), lambda g: plain_amount(g.income_paise), 120, "right"),
    )
