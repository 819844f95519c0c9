"""One loan beside the list: who to call, why, how it was paid, what was said, what to send."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.money import rupees
from app.services.find_follow_ups import FollowUpRow
from app.services.read_follow_up import FollowUpView, LoggedContact
from app.services.steps.follow_up_texts import FollowUpText
from app.ui.cards.entry_form import EntryForm
from app.ui.charts.payment_strip import PaidMonth, PaymentStrip
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.follow_up.follow_up_columns import contact_columns
from app.ui.screens.follow_up.follow_up_words import log_words, sign_sentence, tr, unchecked_words
from app.ui.theme import Theme
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.loan_cells import days_late_words
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tabs import Tabs

WIDTH = 328
_MARGIN = 16
_STRIP = 64
_LEAST_STORY = 72
_MOST_SAID = 72
_SCROLL_BAR = 12


class FollowUpPane(QWidget):
    """Head, signs and strip above; the log and the texts below, or the form that is open.

    Signals:
        chosen: an entry of the log is to be corrected; carries it.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, entry: EntryForm) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.entry = entry
        self._name = label("", "header", wrap=True)
        self._who = label("", "muted", wrap=True)
        self._owed = label("", "body", wrap=True)
        self._signs_head, self._signs = label(tr("Early signs"), "small"), label("", wrap=True)
        self._unchecked = label("", "small", wrap=True)
        self._strip = PaymentStrip()
        self._rows: RecordsModel[LoggedContact] = RecordsModel(contact_columns(), theme)
        self._log = TableView("table.contacts", tr("Contact log"), edge=8)
        self._log.set_records(self._rows)
        self._said = label("", "small", wrap=True)
        self._note = FormScroll(self._said)  # a note may be long
        self._log_states = StateStack(self._log)
        self._texts = _Texts()
        self._tabs = Tabs()
        self._story = QWidget()
        self._above = FormScroll(self._story)  # gives its room to the form while that is open
        self._lower = QWidget()
        entry.setFixedWidth(WIDTH - 2 * _MARGIN - _SCROLL_BAR)
        self._scroll = FormScroll(entry)
        self._build()
        entry.closed.connect(self.show_lower)

    def show_loan(self, row: FollowUpRow, view: FollowUpView) -> None:
        """Show one loan as read."""
        self._name.setText(view.full_name)
        phone = view.phone or tr("no phone number")
        self._who.setText(f"{row.reference}   {phone}")
        words = tr("%1, %2. %3 overdue of %4.")
        words = words.replace("%1", word_of("asset_class", row.asset_class))
        words = words.replace("%2", days_late_words(row.days_past_due))
        words = words.replace("%3", rupees(row.overdue_paise))
        self._owed.setText(words.replace("%4", rupees(row.outstanding_paise)))
        self._signs.setText("\n".join(sign_sentence(each) for each in row.signals))
        for part in (self._signs_head, self._signs):
            part.setVisible(bool(row.signals))
        self._unchecked.setText(unchecked_words(view))
        self._unchecked.setVisible(bool(view.unchecked))
        self._strip.show_months(
            [PaidMonth(each.due_on, each.days_late, each.unpaid) for each in view.story]
        )
        self._rows.set_rows(view.log)
        if view.log:
            self._log_states.content()
        else:
            self._log_states.empty(tr("Nobody was contacted yet."))
        self._say(self._log.current_row())
        self._texts.show_texts(view.texts)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height."""
        super().resizeEvent(event)
        self._fit()

    def show_entry(self) -> None:
        """The form takes the place of log and texts."""
        self._above.hide()
        self._lower.hide()
        self._scroll.show()
        self.entry.show()

    def show_lower(self) -> None:
        """Log and texts stand there again."""
        self.entry.hide()
        self._scroll.hide()
        self._above.show()
        self._lower.show()

    @property
    def message(self) -> str:
        """The message in the language that is shown."""
        return self._texts.message

    def _fit(self) -> None:
        """Give signs and strip what they need; where the log would go, they scroll."""
        width = self.width() - 2 * _MARGIN
        head = sum(each.heightForWidth(width) for each in (self._name, self._who, self._owed))
        lines, story = self.layout(), self._story.layout()
        if lines is None or story is None:
            return
        margins = lines.contentsMargins()
        taken = head + margins.top() + margins.bottom() + 4 * lines.spacing()
        room = self.height() - taken - self._lower.minimumSizeHint().height()
        self._above.setFixedHeight(max(min(story.heightForWidth(width), room), _LEAST_STORY))

    def _say(self, logged: object) -> None:
        shown = isinstance(logged, LoggedContact) and bool(self._rows.rows())
        words = log_words(logged) if isinstance(logged, LoggedContact) and shown else ""
        if isinstance(logged, LoggedContact) and logged.editable_until is not None:
            words += "\n" + tr("Enter corrects it while its minutes last.")
        self._said.setText(words)
        needed = self._said.heightForWidth(self.width() - 2 * _MARGIN - _SCROLL_BAR)
        self._note.setFixedHeight(min(needed, _MOST_SAID) if words else 0)

    def _build(self) -> None:
        self._log.opened.connect(self.chosen)
        self._log.current_changed.connect(self._say)
        scrolls = (self._scroll, self._above, self._note)
        for ground in (*(each.viewport() for each in scrolls), self.entry, self._story, self._said):
            ground.setAutoFillBackground(False)  # the page's own ground shows
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_MARGIN, 12, _MARGIN, 8)
        lines.setSpacing(6)
        for part in (self._name, self._who, self._owed, self._above):
            lines.addWidget(part)
        self._strip.setFixedHeight(_STRIP)
        title = label(tr("Days late of each instalment"), "small")
        _column(self._story, (self._signs_head, self._signs, self._unchecked, title, self._strip))
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        log = QWidget()
        _column(log, (self._log_states, self._note)).setStretch(0, 1)
        self._tabs.add("contacts", tr("Contact log"), log)
        self._tabs.add("texts", tr("Message and letter"), self._texts)
        _column(self._lower, (self._tabs,))
        lines.addWidget(self._lower, 1)
        lines.addWidget(self._scroll, 1)
        self._scroll.hide()


def _column(host: QWidget, parts: Sequence[QWidget]) -> QVBoxLayout:
    """Put parts under each other."""
    lines = QVBoxLayout(host)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(4)
    for part in parts:
        lines.addWidget(part)
    return lines


class _Texts(QWidget):
    """The message and the letter, each with its button; one language after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[FollowUpText, ...] = ()
        self._at = 0
        self._message = label("", "body", wrap=True)
        self._letter = label("", "body", wrap=True)
        self._copy_letter = state_button(tr("Copy letter"), self._put_letter, "link")
        buttons = QHBoxLayout()
        for each in (
            state_button(tr("Copy message"), self._put_message, "link"),
            self._copy_letter,
            state_button(tr("Other language"), self._turn, "link"),
        ):
            buttons.addWidget(each)
        buttons.addStretch(1)
        words = QWidget()
        column = _column(words, (self._message, self._letter))
        column.setSpacing(8)
        column.addStretch(1)
        scroll = FormScroll(words)  # a letter is longer than a low window leaves room for
        for ground in (scroll.viewport(), words):
            ground.setAutoFillBackground(False)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(buttons)
        lines.addWidget(scroll, 1)

    @property
    def message(self) -> str:
        """The message that is shown."""
        return self._shown[self._at].message if self._shown else ""

    def show_texts(self, texts: tuple[FollowUpText, ...]) -> None:
        """Show the texts of a loan in the language that was chosen last."""
        self._shown = texts
        self._at = min(self._at, len(texts) - 1)
        self._show()

    def _put_message(self) -> None:
        QGuiApplication.clipboard().setText(self.message)

    def _put_letter(self) -> None:
        QGuiApplication.clipboard().setText(self._letter.text())

    def _turn(self) -> None:
        self._at = (self._at + 1) % max(len(self._shown), 1)
        self._show()

    def _show(self) -> None:
        text = self._shown[self._at]
        self._message.setText(text.message)
        self._letter.setText(text.letter)
        for part in (self._letter, self._copy_letter):
            part.setVisible(bool(text.letter))
