"""Inputs about the person and where they live (S22)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.rules.dates import YearReading
from app.services.register_customer import CustomerFacts
from app.ui.screens.customer_form.field_line import FieldLine
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.identity_edit import PhoneEdit
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from db.vocabulary.people import Gender, State

_LONGEST_ADDRESS = 200
_LONGEST_PIN = 12


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerForm", words)


class PersonFields:
    """Name, birth date, gender, phone, e-mail and address."""

    def __init__(self, today: Callable[[], date]) -> None:
        self.full_name = TextEdit("full_name")
        self.full_name_local = TextEdit("full_name_local")
        self.date_of_birth = DateEdit("date_of_birth", today, YearReading.BIRTH)
        self.gender = Picker(
            "gender", [Choice(gender, word_of("gender", gender)) for gender in Gender]
        )
        self.gender.setToolTip(_tr("Only for the fairness report, kept apart, never scored"))
        self.phone = PhoneEdit("phone")
        self.email = TextEdit("email")
        self.address = TextEdit("address", _LONGEST_ADDRESS)
        self.city = TextEdit("city")
        self.state = Picker("state", [Choice(state, word_of("state", state)) for state in State])
        self.pincode = TextEdit("pincode", _LONGEST_PIN)

    def person_lines(self) -> tuple[FieldLine, ...]:
        """The section about the person."""
        return (
            FieldLine(_tr("Full name"), self.full_name),
            FieldLine(_tr("Name in own script"), self.full_name_local, optional=True),
            FieldLine(_tr("Date of birth"), self.date_of_birth),
            FieldLine(_tr("Gender"), self.gender, optional=True, note=_tr("Never scored")),
            FieldLine(_tr("Phone"), self.phone, note=_tr("Ten digits")),
            FieldLine(_tr("E-mail"), self.email, optional=True),
        )

    def address_lines(self) -> tuple[FieldLine, ...]:
        """The section about the address."""
        return (
            FieldLine(_tr("Address"), self.address),
            FieldLine(_tr("City"), self.city),
            FieldLine(_tr("PIN code"), self.pincode),
            FieldLine(_tr("State"), self.state),
        )

    def fill(self, facts: CustomerFacts) -> CustomerFacts:
        """Put the typed values into the facts."""
        return replace(
            facts,
            full_name=self.full_name.value(),
            full_name_local=self.full_name_local.value(),
            date_of_birth=self.date_of_birth.value(),
            gender=self.gender.value() or Gender.NOT_STATED,
            phone=self.phone.value(),
            email=self.email.value(),
            address=self.address.value(),
            city=self.city.value(),
            state=self.state.value(),
            pincode="".join(self.pincode.value().split()),
        )
