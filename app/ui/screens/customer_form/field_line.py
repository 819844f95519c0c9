"""A field with what stands beside it, before it is laid out."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One line of a form: label, field, and the note it starts with."""

    label: str
    field: QWidget
    optional: bool = False
    note: str = ""
