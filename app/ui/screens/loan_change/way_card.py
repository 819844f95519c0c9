"""One way to go on after a change, or why it is barred; and the account as it is now."""

from app.rules.foreclosure import ForeclosureQuote
from app.rules.money import rupees, rupees_text
from app.services.preview_loan_change import PreviewedChange
from app.services.steps.loan_change import AccountLook, PlannedChange
from app.ui.screens.loan_change.change_words import (
    Pairs,
    look_pairs,
    plan_pairs,
    quote_pairs,
    saved_words,
    tr,
    way_title,
)
from app.ui.widgets.card import Card, PairList
from app.ui.widgets.labels import Badge, FigureLabel, IconLabel, label
from db.records.loans import Loan
from db.vocabulary.lending import PrepaymentKeep


class WayCard(Card):
    """A titled list of figures; the chosen way carries a mark."""

    def __init__(self, name: str) -> None:
        self._badge = Badge()
        keeps = self._badge.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # figures of all cards stay on one line
        self._badge.setSizePolicy(keeps)
        super().__init__(" ", corner=self._badge)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self._pairs = PairList()
        self._barred = IconLabel("alert-triangle", "", "warning")
        self._why = label("", "small", wrap=True)
        for part in (self._pairs, self._barred, self._why):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._badge.hide()
        self._barred.hide()
        self._why.hide()

    def show_look(self, look: AccountLook | None) -> None:
        """Show the account as it is now."""
        self.set_title(tr("Now"))
        self._fill([] if look is None else look_pairs(look))

    def show_way(self, found: PreviewedChange, *, chosen: bool) -> None:
        """Show what a change leaves behind."""
        self.set_title(way_title(found.change.act, found.change.keep))
        self._badge.setVisible(chosen)
        self._badge.show_badge(tr("Chosen"), "circle-check", "good")
        plan = found.plan
        if plan is None:
            self._fill([])
            self._barred.show_state("alert-triangle", tr("Not possible"), "warning")
            self._barred.show()
            self._tell(found.blocked)
        elif plan.quote is not None:
            self._show_quote(plan, plan.quote)
        else:
            self._fill(plan_pairs(plan))
            self._show_saved(plan)
            self._tell("" if plan.fee is None else plan.fee.permission.reason)

    def show_written_off(self, loan: Loan) -> None:
        """Show what was given up, and what of it is still open."""
        self.set_title(tr("Written off"))
        self._badge.hide()
        given_up = loan.written_off_paise or 0
        self._fill(
            [
                (tr("Principal written off"), rupees(given_up), "body"),
                (tr("Recovered so far"), rupees(given_up - loan.outstanding_paise), "body"),
                (tr("Still to be recovered"), rupees(loan.outstanding_paise), "strong"),
            ]
        )

    def wait(self, words: str) -> None:
        """Say what is still to be entered."""
        self.set_title(tr("After the change"))
        self._badge.hide()
        self._fill([])
        self._tell(words)

    def _show_quote(self, plan: PlannedChange, quote: ForeclosureQuote) -> None:
        self.set_title(tr("Closing quote"))
        self._fill(quote_pairs(quote, plan.to_pay_paise))
        self._pairs.setObjectName("table.quote")
        self._pairs.setAccessibleIdentifier("table.quote")
        self._pairs.setAccessibleName(tr("Closing quote"))
        total = FigureLabel("figure.payable_total", "strong", tr("To be paid"))
        total.show_figure(rupees(plan.to_pay_paise), rupees_text(plan.to_pay_paise))
        self._pairs.add_line(tr("To be paid"), total)
        allowed = plan.fee is not None and plan.fee.permission.allowed
        fee = FigureLabel("figure.fee_allowed", "body", tr("Charge allowed"))
        fee.show_figure(tr("Yes") if allowed else tr("No"), "true" if allowed else "false")
        self._pairs.add_line(tr("Charge allowed"), fee)
        self._tell(quote.fee_reason)

    def _show_saved(self, plan: PlannedChange) -> None:
        saved = plan.saved_paise
        if saved is None:
            return
        words, kind = saved_words(saved)
        way = "emi" if plan.change.keep is PrepaymentKeep.TENURE else "tenure"
        figure = FigureLabel(f"figure.interest_saved_{way}", kind, words)
        figure.show_figure(rupees(abs(saved)), rupees_text(saved), "", kind)
        self._pairs.add_line(words, figure)

    def _fill(self, pairs: Pairs) -> None:
        self._barred.hide()
        self._tell("")
        self._pairs.setObjectName("")
        self._pairs.setAccessibleIdentifier("")
        self._pairs.setAccessibleName("")
        self._pairs.set_pairs(pairs)
        self._pairs.setVisible(bool(pairs))

    def _tell(self, words: str) -> None:
        self._why.setText(words)
        self._why.setVisible(bool(words))
