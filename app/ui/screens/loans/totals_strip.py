"""What stands under the loans list: how many there are, what they come to, as of which day-end."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import rupees
from app.services.find_loans import LoansCounted
from app.ui.screens.loans.loan_columns import tr
from app.ui.widgets.labels import label


class TotalsStrip(QWidget):
    """The totals of the filtered list (`panel.totals`), not only of the rows that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel.totals")
        self.setAccessibleIdentifier("panel.totals")
        self._count = label("", "muted", name="status.count")
        self._sums = label("", "strong")
        self._day = label("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self._count)
        line.addWidget(self._sums)
        line.addStretch(1)
        self._links = line
        line.addWidget(self._day)
        self.setAccessibleName(tr("Totals of the list"))
        self._count.setAccessibleName(tr("Count of the list"))

    def add_link(self, link: QWidget) -> None:
        """Show a link before the day of the figures; a link that cannot act is not shown."""
        self._links.insertWidget(self._links.count() - 1, link)

    def show_totals(self, counted: LoansCounted) -> None:
        """Show the totals of a list."""
        totals = counted.totals
        count = tr("1 loan") if totals.loans == 1 else tr("%1 loans")
        self._count.setText(count.replace("%1", f"{totals.loans:,}"))
        words = tr("Sanctioned %1   Outstanding %2   Overdue %3")
        words = words.replace("%1", rupees(totals.principal_paise))
        words = words.replace("%2", rupees(totals.outstanding_paise))
        self._sums.setText(words.replace("%3", rupees(totals.overdue_paise)))
        day = tr("Class and days late: day-end %1").replace("%1", date_shown(counted.as_of))
        self._day.setText(day)
        self.setAccessibleDescription(f"{self._count.text()}. {self._sums.text()}. {day}")
