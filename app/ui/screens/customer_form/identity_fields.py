"""Inputs about identity papers, the bank account and consents (S22)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.services.register_customer import CustomerFacts
from app.ui.screens.customer_form.field_line import FieldLine
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.identity_edit import MaskedIdEdit
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from db.records.people import Customer
from db.vocabulary.people import ConsentPurpose, OtherIdType


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerForm", words)


class IdentityFields:
    """Full numbers live here only while they are typed; what is stored shows as its mask."""

    def __init__(self, today: Callable[[], date]) -> None:
        self.pan_number = MaskedIdEdit("pan_number")
        self.form_60 = CheckField("form_60", _tr("No PAN, Form 60 given"))
        self.aadhaar_number = MaskedIdEdit("aadhaar_number")
        self.aadhaar_consent = CheckField("aadhaar_consent", _tr("Customer agrees to its use"))
        kinds = [Choice(kind, word_of("other_id_type", kind)) for kind in OtherIdType]
        self.other_id_type = Picker("other_id_type", [Choice(None, _tr("None")), *kinds])
        self.other_id_number = MaskedIdEdit("other_id_number")
        self.other_id_expiry = DateEdit("other_id_expiry", today)
        self.bank_account_number = MaskedIdEdit("bank_account_number")
        self.ifsc_code = MaskedIdEdit("ifsc_code")
        self.consents = {
            "consent_bureau": CheckField("consent_bureau", _tr("May ask a credit bureau")),
            "consent_data_use": CheckField("consent_data_use", _tr("May use the data to decide")),
            "consent_contact": CheckField("consent_contact", _tr("May call and write")),
        }

    def identity_lines(self) -> tuple[FieldLine, ...]:
        """The section about identity papers."""
        last_four = _tr("Only the last 4 digits are ever shown")
        return (
            FieldLine(_tr("PAN"), self.pan_number, note=_tr("Like ABCPE1234F")),
            FieldLine(_tr("Form 60"), self.form_60),
            FieldLine(_tr("Aadhaar"), self.aadhaar_number, optional=True, note=last_four),
            FieldLine(_tr("Aadhaar consent"), self.aadhaar_consent),
            FieldLine(_tr("Other paper"), self.other_id_type, optional=True),
            FieldLine(_tr("Paper number"), self.other_id_number, optional=True),
            FieldLine(_tr("Valid to"), self.other_id_expiry, optional=True),
        )

    def account_lines(self) -> tuple[FieldLine, ...]:
        """The section about the bank account."""
        return (
            FieldLine(_tr("Account number"), self.bank_account_number, optional=True),
            FieldLine(_tr("IFSC"), self.ifsc_code, optional=True, note=_tr("Like HDFC0001234")),
        )

    def consent_lines(self) -> tuple[FieldLine, ...]:
        """The section about consents."""
        words = (_tr("Credit bureau"), _tr("Use of data"), _tr("Contact"))
        note = _tr("Withdrawn as easily as given")
        return tuple(
            FieldLine(label, field, note=note if label == words[0] else "")
            for label, field in zip(words, self.consents.values(), strict=True)
        )

    def show_masks(self, customer: Customer) -> None:
        """Show the masks of stored numbers and which consents stand."""
        self.pan_number.show_mask(customer.pan_masked or "")
        self.aadhaar_number.show_mask(customer.aadhaar_masked or "")
        self.other_id_number.show_mask(customer.other_id_masked or "")
        self.bank_account_number.show_mask(customer.bank_account_masked or "")
        standing = {c.purpose for c in customer.consents if c.withdrawn_at is None}
        self.aadhaar_consent.set_value(ConsentPurpose.AADHAAR in standing)

    def forget_masks(self) -> None:
        """Show no stored numbers: a new customer."""
        for field in (
            self.pan_number,
            self.aadhaar_number,
            self.other_id_number,
            self.bank_account_number,
        ):
            field.show_mask("")

    def fill(self, facts: CustomerFacts) -> CustomerFacts:
        """Put the typed values into the facts."""
        return replace(
            facts,
            pan_number=self.pan_number.value() or None,
            form_60=self.form_60.value(),
            aadhaar_number=self.aadhaar_number.value() or None,
            aadhaar_consent=self.aadhaar_consent.value(),
            other_id_type=self.other_id_type.value(),
            other_id_number=self.other_id_number.value() or None,
            other_id_expiry=self.other_id_expiry.value(),
            bank_account_number=self.bank_account_number.value() or None,
            ifsc_code=self.ifsc_code.value() or None,
            consent_bureau=self.consents["consent_bureau"].value(),
            consent_data_use=self.consents["consent_data_use"].value(),
            consent_contact=self.consents["consent_contact"].value(),
        )
