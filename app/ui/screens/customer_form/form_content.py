"""What is typed in a form as plain data for a draft, and back: text stays exactly as typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from uuid import UUID

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.services.register_customer import ObligationEntry
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.line_field import LineField
from app.ui.widgets.picker import Picker
from db.vocabulary.lending import ObligationType

Content = dict[str, object]


def content_of(fields: Sequence[QWidget]) -> Content:
    """Text, choice or tick by field name; what is empty is left out."""
    content: Content = {}
    for field in fields:
        kept = _kept(field)
        if kept not in (None, "", False):
            content[field.objectName()] = kept
    return content


def show_content(fields: Sequence[QWidget], content: Mapping[str, object]) -> None:
    """Put kept content back into fields; a field without content is emptied."""
    for field in fields:
        kept = content.get(field.objectName())
        if isinstance(field, LineField):
            field.setText(str(kept or ""))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(str(kept or ""))
        elif isinstance(field, CheckField):
            field.set_value(bool(kept))
        elif isinstance(field, Picker):
            field.set_value(kept)


def dues_content(dues: Sequence[ObligationEntry]) -> list[Content]:
    """Dues as plain data."""
    return [
        {
            "lender_name": due.lender_name,
            "obligation_type": str(due.obligation_type),
            "monthly_amount_paise": due.monthly_amount_paise,
            "outstanding_paise": due.outstanding_paise,
            "end_date": due.end_date.isoformat() if due.end_date else None,
            "obligation_id": str(due.obligation_id) if due.obligation_id else None,
        }
        for due in dues
    ]


def dues_of(content: object) -> tuple[ObligationEntry, ...]:
    """Dues from plain data as `dues_content` wrote it."""
    if not isinstance(content, list):
        return ()
    return tuple(
        ObligationEntry(
            lender_name=str(kept["lender_name"]),
            obligation_type=ObligationType(kept["obligation_type"]),
            monthly_amount_paise=int(kept["monthly_amount_paise"]),
            outstanding_paise=kept["outstanding_paise"],
            end_date=date.fromisoformat(kept["end_date"]) if kept["end_date"] else None,
            obligation_id=UUID(kept["obligation_id"]) if kept["obligation_id"] else None,
        )
        for kept in content
    )


def _kept(field: QWidget) -> object:
    if isinstance(field, LineField):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, CheckField):
        return field.value()
    if isinstance(field, Picker):
        value = field.value()
        return value.value if isinstance(value, Enum) else value
    return None
