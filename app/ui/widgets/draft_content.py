"""What is typed in a form as plain data for a draft, and back: text stays exactly as typed."""

from collections.abc import Mapping, Sequence
from enum import Enum
from uuid import UUID

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.widgets.check_field import CheckField
from app.ui.widgets.line_field import LineField
from app.ui.widgets.picker import Choice, Picker, RecordPicker

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
        if isinstance(field, RecordPicker):
            _show_record(field, kept)
        elif isinstance(field, LineField):
            field.setText(str(kept or ""))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(str(kept or ""))
        elif isinstance(field, CheckField):
            field.set_value(bool(kept))
        elif isinstance(field, Picker):
            field.set_value(kept)


def _show_record(field: RecordPicker, kept: object) -> None:
    """A chosen record is kept with its id, one that was still looked for as its text."""
    if isinstance(kept, list):
        field.set_value(Choice(UUID(str(kept[0])), str(kept[1])))
    else:
        field.set_value(None)
        field.setText(str(kept or ""))


def _kept(field: QWidget) -> object:
    if isinstance(field, RecordPicker) and field.value() is not None:
        return [str(field.value()), field.text()]
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
