"""The card of S02 for a person of this desk: staff id, password, or the first user's form."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.sign_in import CreateFirstUser, SignIn
from app.ui.screens.sign_in.first_user_form import FirstUserForm
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.labels import label
from app.ui.widgets.password_edit import PasswordEdit
from app.ui.widgets.text_edit import TextEdit

_MARGIN = 20
_LONGEST_ID = 40


class SignInCard(QWidget):
    """Two faces: sign in, or create the first user. `submitted` is sent by Enter."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._staff_id = TextEdit("staff_id", _LONGEST_ID)
        self._password = PasswordEdit("password")
        self._shown = CheckField("show_password", self.tr("Show password"))
        self._first_user = FirstUserForm()
        self._heading = label(self.tr("Sign in"), "title")
        self._message = label("", "bad", "panel.message", wrap=True)
        self._message.setAccessibleName(self.tr("Message"))
        self._face = self._sign_in_face()
        self._first_user.setVisible(False)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self.rows.setSpacing(8)
        for part in (self._heading, self._face, self._first_user, self._shown, self._message):
            self.rows.addWidget(part)
        self.rows.addStretch(1)
        self._connect()

    @property
    def for_first_user(self) -> bool:
        """Whether the first user's form is the face shown."""
        return self._first_user.isVisibleTo(self)

    def show_face(self, *, first_user: bool) -> None:
        """Choose the face; the cursor goes into its first field."""
        self._face.setVisible(not first_user)
        self._first_user.setVisible(first_user)
        words = self.tr("Create the first user") if first_user else self.tr("Sign in")
        self._heading.setText(words)
        self.start()

    def start(self) -> None:
        """Put the cursor where typing goes on."""
        if self.for_first_user:
            self._first_user.start()
        elif self._staff_id.is_empty():
            self._staff_id.setFocus()
        else:
            self._password.setFocus()

    def given(self) -> SignIn:
        """Staff id and password as typed."""
        return SignIn(self._staff_id.value(), self._password.value())

    def given_first_user(self) -> CreateFirstUser:
        """The first user as typed."""
        return self._first_user.given()

    def show_message(self, words: str, go_to: str = "") -> None:
        """Say why it did not work; the cursor goes to the named field."""
        self._message.setText(words)
        if go_to and self.for_first_user:
            self._first_user.go_to(go_to)

    def forget_password(self) -> None:
        """Empty the password after a try that failed."""
        self._password.clear()
        self._password.setFocus()

    def _sign_in_face(self) -> QWidget:
        face = QWidget(self)
        rows = QVBoxLayout(face)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for words, field in (
            (self.tr("Staff id"), self._staff_id),
            (self.tr("Password"), self._password),
        ):
            caption = label(words, "body")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            rows.addWidget(caption)
            rows.addWidget(field)
            rows.addSpacing(4)
        return face

    def _connect(self) -> None:
        self._staff_id.returnPressed.connect(self.submitted)
        self._password.returnPressed.connect(self.submitted)
        self._first_user.submitted.connect(self.submitted)
        self._shown.value_changed.connect(self._show_password)
        self._password.caps_lock.connect(self._note_caps_lock)

    def _show_password(self, shown: object) -> None:
        self._password.set_shown(bool(shown))
        self._first_user.show_password(bool(shown))

    def _note_caps_lock(self, on: bool) -> None:  # noqa: FBT001  # slot of a signal
        self._message.setText(self.tr("Caps Lock seems to be on") if on else "")
