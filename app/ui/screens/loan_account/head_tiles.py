"""The head of a loan's account: six figures in one card, with what each of them stands on."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import (
    PPM,
    percent_shown,
    round_half_up,
    rupees,
    rupees_shown,
    rupees_text,
)
from app.services.read_loan import LoanAccount
from app.ui.screens.loan_account.account_words import tr
from app.ui.widgets.card import hair
from app.ui.widgets.labels import FigureLabel, IconMark, label
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.loan_cells import class_icon
from db.vocabulary.loan_life import AssetClass

_EDGE = 12
_HUNDREDTH = 100  # ppm


class HeadFigure(QWidget):
    """Label, figure with an icon where it is a state, and the words under it."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._mark = IconMark()
        self.figure = FigureLabel(name, "header", title)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.under = label("", "small")
        value = QHBoxLayout()
        value.setSpacing(6)
        value.addWidget(self._mark)
        value.addWidget(self.figure)
        value.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(label(title, "small"))
        lines.addLayout(value)
        lines.addWidget(self.under)
        self._mark.hide()

    def show_figure(
        self, shown: str, raw: str, under: str, icon: tuple[str, str] | None = None
    ) -> None:
        """Show a figure; an icon says that it is not as it should be."""
        self.figure.show_figure(shown, raw, under)
        self.under.setText(under)
        self._mark.setVisible(icon is not None)
        if icon is not None:
            self._mark.show_icon(*icon)


class HeadTiles(QFrame):
    """Outstanding, overdue, days late, class, next due, provision."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._tiles = {
            name: HeadFigure(f"figure.{name}", title)
            for name, title in (
                ("outstanding_balance", tr("Outstanding principal")),
                ("overdue_amount", tr("Overdue")),
                ("days_past_due", tr("Days late")),
                ("asset_class", tr("Class")),
                ("next_due_date", tr("Next due")),
                ("provision_required", tr("Provision")),
            )
        }
        line = QHBoxLayout(self)
        line.setContentsMargins(_EDGE, 7, _EDGE, 7)
        line.setSpacing(_EDGE)
        for place, tile in enumerate(self._tiles.values()):
            if place:
                line.addWidget(hair(upright=True))
            line.addWidget(tile, 1)

    def show_account(self, account: LoanAccount) -> None:
        """Show the figures of the day of an account."""
        figures, loan = account.figures, account.loan
        self._show("outstanding_balance", rupees(figures.outstanding_paise),
                   rupees_text(figures.outstanding_paise),
                   tr("of %1").replace("%1", rupees_shown(loan.principal_paise)))  # fmt: skip
        late = ("alert-triangle", "bad") if figures.days_late else None
        self._show("overdue_amount", rupees(figures.overdue_paise),
                   rupees_text(figures.overdue_paise), _overdue_words(account))  # fmt: skip
        self._show("days_past_due", str(figures.days_late), str(figures.days_late),
                   counted_words(account), late)  # fmt: skip
        self._show_class(account)
        self._show_next(account)
        self._show_provision(account)

    def _show_class(self, account: LoanAccount) -> None:
        then = account.class_then
        since = "" if then.since is None else tr("since %1").replace("%1", date_shown(then.since))
        icon = None if then.asset_class is AssetClass.STANDARD else class_icon(then.asset_class)
        self._show(
            "asset_class",
            word_of("asset_class", then.asset_class),
            then.asset_class.value,
            since or tr("since it was paid out"),
            icon,
        )

    def _show_next(self, account: LoanAccount) -> None:
        figures = account.figures
        if figures.next_due_on is None:
            self._show("next_due_date", UNKNOWN, "", tr("nothing more falls due"))
            return
        self._show(
            "next_due_date",
            date_shown(figures.next_due_on),
            figures.next_due_on.isoformat(),
            rupees_shown(figures.next_due_paise),
        )

    def _show_provision(self, account: LoanAccount) -> None:
        parts, paise = account.provision, account.provision_paise
        under = tr("no rule for that day")
        if parts:
            share = percent_shown(provision_share(account))
            under = tr("%1 of the principal").replace("%1", share)
        shown = rupees(paise) if parts else ""
        self._show("provision_required", shown, rupees_text(paise) if parts else "", under)

    def _show(
        self, name: str, shown: str, raw: str, under: str, icon: tuple[str, str] | None = None
    ) -> None:
        self._tiles[name].show_figure(shown, raw, under, icon)


def counted_words(account: LoanAccount) -> str:
    """The day-end to which days late are counted; without one, the day shown."""
    day = date_shown(account.counted_to)
    if account.day_end_closed:
        return tr("day-end %1").replace("%1", day)
    return tr("as of %1, no day-end yet").replace("%1", day)


def _overdue_words(account: LoanAccount) -> str:
    count = account.figures.dues_open
    if not count:
        return tr("nothing is due")
    return tr("1 instalment") if count == 1 else tr("%1 instalments").replace("%1", str(count))


def provision_share(account: LoanAccount) -> int:
    """The provision as a share of the principal left, in ppm to the hundredth of a per cent."""
    owed = account.figures.outstanding_paise
    if not owed:
        return 0
    hundredths = Decimal(account.provision_paise) * PPM / owed / _HUNDREDTH
    return round_half_up(hundredths) * _HUNDREDTH
