"""The short form of S02 on a desk without users: who is the first person of this desk?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.sign_in import CreateFirstUser
from app.ui.widgets.labels import label
from app.ui.widgets.password_edit import PasswordEdit
from app.ui.widgets.text_edit import TextEdit

_LONGEST_NAME = 100
_LONGEST_ID = 40
_CODE_DIGITS = 4


class FirstUserForm(QWidget):
    """Four fields above each other; `given()` is what was typed.

    Enter goes to the next field; in the last one it sends `submitted`.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form.first_user")
        self.setAccessibleName(self.tr("Create the first user"))
        self._staff_id = TextEdit("staff_id", _LONGEST_ID)
        self._full_name = TextEdit("full_name", _LONGEST_NAME)
        self._branch_code = TextEdit("branch_code", _CODE_DIGITS)
        self._branch_code.setPlaceholderText("0412")
        self._password = PasswordEdit("password")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for words, field in self._fields():
            caption = label(words, "body")
            caption.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            rows.addWidget(caption)
            rows.addWidget(field)
            rows.addSpacing(4)
        rows.addWidget(label(self.tr("At least 12 characters"), "small"))
        for field in (self._staff_id, self._full_name, self._branch_code):
            field.returnPressed.connect(self._next_field)
        self._password.returnPressed.connect(self.submitted)

    def given(self) -> CreateFirstUser:
        """What was typed."""
        return CreateFirstUser(
            staff_id=self._staff_id.value(),
            full_name=self._full_name.value(),
            branch_code=self._branch_code.value(),
            password=self._password.value(),
        )

    def start(self) -> None:
        """Put the cursor into the first field."""
        self._staff_id.setFocus()

    def show_password(self, shown: bool) -> None:  # noqa: FBT001  # slot of a check box
        """Show or hide the typed password."""
        self._password.set_shown(shown)

    def go_to(self, name: str) -> None:
        """Put the cursor into a named field."""
        field = self.findChild(QWidget, name)
        if field is not None:
            field.setFocus()

    def _next_field(self) -> None:
        self.focusNextChild()

    def _fields(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (self.tr("Staff id"), self._staff_id),
            (self.tr("Full name"), self._full_name),
            (self.tr("Branch code"), self._branch_code),
            (self.tr("Password"), self._password),
        )
