"""The head of S21: who this is at a glance, and the PAN on request."""

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.dates import date_shown, month_shown
from app.services.read_customer_overview import CustomerHead as HeadFacts
from app.ui.screens.customer.fact_words import phone_shown
from app.ui.widgets.labels import Badge, label
from app.ui.widgets.lending_cells import KYC_ICONS, KYC_LEVELS, word_of
from db.vocabulary.people import KycStatus

REVEAL_MS = 15_000  # how long a PAN is shown (A9)


class CustomerHead(QWidget):
    """Badges and muted words in one line; the PAN comes back to its mask by itself.

    The phone stands in full here, where the officer calls from; lists show its mask (A9).
    """

    def __init__(self, reveal_button: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mask = ""
        self._kyc = Badge()
        self._segment = Badge()
        self._about = label("", "muted")
        self._pan = label("", "strong")
        self._pan.setAccessibleName(self.tr("PAN"))
        self._button = reveal_button
        self._cover = QTimer(self)
        self._cover.setSingleShot(True)
        self._cover.setInterval(REVEAL_MS)
        self._cover.timeout.connect(self.cover_pan)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 16, 4)
        line.setSpacing(10)
        for part in (self._kyc, self._segment, self._about):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(label(self.tr("PAN"), "muted"))
        line.addWidget(self._pan)
        line.addWidget(reveal_button)

    def show_customer(self, head: HeadFacts, *, may_reveal: bool) -> None:
        """Show one customer."""
        customer = head.customer
        status = customer.kyc_status
        self._kyc.show_badge(_kyc_words(head), KYC_ICONS[status][0], KYC_LEVELS[status])
        self._segment.show_badge(word_of("customer_segment", customer.segment), "")
        since = self.tr("customer since %1").replace("%1", date_shown(customer.customer_since))
        years = "" if head.age is None else self.tr("%1 years").replace("%1", str(head.age))
        officer = head.officer_name and self.tr("officer %1").replace("%1", head.officer_name)
        parts = (years, phone_shown(customer.phone), since, officer)
        self._about.setText("  ·  ".join(part for part in parts if part))
        self._mask = customer.pan_masked or self.tr("Form 60")
        self._button.setVisible(may_reveal and customer.pan_masked is not None)
        self.cover_pan()

    def show_pan(self, pan: str) -> None:
        """Show the full PAN for 15 seconds."""
        self._pan.setText(pan)
        self._cover.start()

    def cover_pan(self) -> None:
        """Show the mask again."""
        self._cover.stop()
        self._pan.setText(self._mask)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def _kyc_words(head: HeadFacts) -> str:
    """KYC complete to Mar 2031, or KYC expired Mar 2024."""
    status, due = head.customer.kyc_status, head.customer.kyc_due_on
    words = _tr("KYC %1").replace("%1", word_of("kyc_status", status).lower())
    if due is None or status is KycStatus.INCOMPLETE:
        return words
    if status is KycStatus.EXPIRED:
        return f"{words} {month_shown(due)}"
    return f"{words} {_tr('to %1').replace('%1', month_shown(due))}"
