"""The blank cover of a locked desk (S03): the page stays behind it, nothing of it shows."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import IconMark, label

_FIELD_WIDTH = 260


class LockCover(QFrame):
    """Own password, or switch user. On sample data, which has no passwords, one button.

    Signals:
        unlock_asked: carries the password typed; never kept here.
        switch_asked: somebody else wants to sign in.
    """

    unlock_asked = Signal(str)
    switch_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("screen.lock")
        self.setProperty("kind", "cover")
        self.setAccessibleName(self.tr("Locked"))
        self._password = QLineEdit()
        self._password.setObjectName("lock_password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(self.tr("Password"))
        self._password.setFixedWidth(_FIELD_WIDTH)
        self._title = label(self.tr("Locked"), "title")
        self._person = label("", "muted")
        self._message = label("", "bad")
        self._open = self._button(self.tr("Unlock"), "filled", self._ask)
        self._switch = self._button(self.tr("Switch user"), "link", self.switch_asked.emit)
        self._password.returnPressed.connect(self._ask)
        self._build()
        window.installEventFilter(self)
        self.hide()

    def cover(self, name: str, *, password: bool) -> None:
        """Cover the window.

        Args:
            name: who locked it.
            password: whether a password opens it again; sample people have none.
        """
        self._person.setText(name)
        self._message.setText("")
        self._password.clear()
        self._password.setVisible(password)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        (self._password if password else self._open).setFocus()

    def refuse(self, words: str) -> None:
        """Say why it stays locked."""
        self._message.setText(words)
        self._password.clear()
        self._password.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        self.unlock_asked.emit(self._password.text())

    def _button(self, words: str, kind: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", kind)
        button.setAutoDefault(True)  # Enter presses it too, not the space bar alone
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(IconMark("lock", "text", 20))
        head.addWidget(self._title)
        head.addStretch(1)
        lines = QVBoxLayout()
        lines.setSpacing(8)
        lines.addLayout(head)
        for part in (self._person, self._password, self._open, self._switch, self._message):
            lines.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(lines)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
