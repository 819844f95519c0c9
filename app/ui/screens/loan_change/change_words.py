"""Words of the page of changes: which fields a change has, and how figures are named."""

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.foreclosure import ForeclosureQuote
from app.rules.money import percent_shown, rupees
from app.services.steps.loan_change import AccountLook, PlannedChange
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.vocabulary.lending import PrepaymentKeep
from db.vocabulary.loan_account import LoanAct

RECOVERY = "RECOVERY"
Pairs = list[tuple[str, str, str]]

# The fields of each change, in tab order; every change ends with its reason or its receipt.
FIELDS: dict[str, tuple[str, ...]] = {
    LoanAct.FORECLOSURE: ("on_date", "method", "payment_reference"),
    LoanAct.PART_PREPAYMENT: ("amount", "keep", "on_date", "method", "payment_reference"),
    LoanAct.RATE_CHANGE: ("new_interest_rate", "keep", "reason"),
    LoanAct.RESCHEDULE: ("new_tenure_months", "reason"),
    LoanAct.MORATORIUM: ("moratorium_months", "treatment", "reason"),
    LoanAct.RESTRUCTURE: ("new_tenure_months", "new_interest_rate", "reason"),
    LoanAct.CHARGE_WAIVER: ("charge_kind", "amount", "reason"),
    LoanAct.WRITE_OFF: ("reason",),
    LoanAct.LOSS: ("reason",),
    RECOVERY: ("amount", "on_date", "method", "payment_reference"),
}
# Fields that must say something before a change can be worked out.
NEEDED: dict[str, tuple[str, ...]] = {
    LoanAct.PART_PREPAYMENT: ("amount",),
    LoanAct.RATE_CHANGE: ("new_interest_rate",),
    LoanAct.RESCHEDULE: ("new_tenure_months",),
    LoanAct.MORATORIUM: ("moratorium_months", "treatment"),
    LoanAct.CHARGE_WAIVER: ("charge_kind", "amount"),
}
TWO_WAYS = (LoanAct.PART_PREPAYMENT, LoanAct.RATE_CHANGE)


def tr(words: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("LoanChangeScreen", words)


def field_words(name: str) -> str:
    """How a field is called."""
    return {
        "change_type": tr("Change"),
        "amount": tr("Amount"),
        "keep": tr("What stays the same"),
        "on_date": tr("Value date"),
        "new_interest_rate": tr("New rate"),
        "new_tenure_months": tr("Instalments left"),
        "moratorium_months": tr("Months without an instalment"),
        "treatment": tr("Interest of these months"),
        "charge_kind": tr("Charge"),
        "method": tr("How the money comes"),
        "payment_reference": tr("Reference"),
        "reason": tr("Reason"),
    }[name]


def missing_words(name: str) -> str:
    """What to do about a field that is still empty."""
    return {
        "amount": tr("Enter the amount"),
        "new_interest_rate": tr("Enter the new rate"),
        "new_tenure_months": tr("Enter how many instalments are left"),
        "moratorium_months": tr("Enter how many months have no instalment"),
        "treatment": tr("Choose what becomes of the interest of these months"),
        "charge_kind": tr("Choose the charge"),
    }[name]


def hint_words(act: str) -> str:
    """One sentence on what the change does."""
    return {
        LoanAct.FORECLOSURE: tr("The quote holds for one value date. An advance is used first."),
        LoanAct.PART_PREPAYMENT: tr("Arrears and interest to the day are paid first."),
        LoanAct.RATE_CHANGE: tr("The new rate starts with the next due date."),
        LoanAct.RESCHEDULE: tr("Another number of instalments. Arrears stay due."),
        LoanAct.MORATORIUM: tr("The instalments left follow after it. Arrears stay due."),
        LoanAct.RESTRUCTURE: tr("The loan is marked as restructured for classification."),
        LoanAct.CHARGE_WAIVER: tr("Only what is unpaid can be given up."),
        LoanAct.WRITE_OFF: tr("The loan leaves the books. What still comes in is a recovery."),
        LoanAct.LOSS: tr("The loan becomes a loss whatever its age."),
        RECOVERY: tr("Written-off principal is recovered first. No second person is needed."),
    }[act]


# The field of the page at which a refusal of the service is shown.
AT_FIELD = {
    "value_date": "on_date",
    "interest_rate": "new_interest_rate",
    "reference": "payment_reference",
}


def way_title(act: LoanAct, keep: PrepaymentKeep | None) -> str:
    """The heading of one way to go on."""
    if act is LoanAct.PART_PREPAYMENT:
        return tr("Reduce tenure") if keep is PrepaymentKeep.EMI else tr("Reduce EMI")
    if act is LoanAct.RATE_CHANGE:
        return tr("The term moves") if keep is PrepaymentKeep.EMI else tr("The EMI moves")
    return tr("After the change")


def look_pairs(look: AccountLook) -> Pairs:
    """The figures of an account, named."""
    last = UNKNOWN if look.last_due_on is None else date_shown(look.last_due_on)
    return [
        (tr("EMI"), rupees(look.emi_paise), "strong"),
        (tr("Instalments left"), f"{look.instalments_left:,}", "strong"),
        (tr("Last instalment"), rupees(look.last_instalment_paise), "body"),
        (tr("Last due date"), last, "body"),
        (tr("Interest left"), rupees(look.interest_left_paise), "body"),
        (tr("Rate"), percent_shown(look.rate_ppm), "body"),
        (tr("Outstanding"), rupees(look.outstanding_paise), "body"),
    ]


def plan_pairs(plan: PlannedChange) -> Pairs:
    """The account after a change, and what is to be paid for it."""
    pairs = look_pairs(plan.after)
    for name, before, after in (
        (tr("Status"), plan.before.status, plan.after.status),
        (tr("Class"), plan.before.asset_class, plan.after.asset_class),
    ):
        if before != after:
            pairs.append((name, str(after), "strong"))
    if plan.before.charges_due_paise != plan.after.charges_due_paise:
        pairs.append((tr("Charges unpaid"), rupees(plan.after.charges_due_paise), "body"))
    if plan.to_pay_paise:
        pairs.append((tr("To be paid"), rupees(plan.to_pay_paise), "strong"))
    return pairs


def saved_words(saved_paise: int) -> tuple[str, str]:
    """Interest saved or added, and the kind of its figure."""
    if saved_paise >= 0:
        return tr("Interest saved"), "good"
    return tr("More interest"), "warning"


def quote_pairs(quote: ForeclosureQuote, to_pay_paise: int) -> Pairs:
    """The parts of a quote; they add up to its total."""
    days = tr("Interest, %1 days").replace("%1", str(quote.days))
    pairs = [
        (tr("Principal not due yet"), rupees(quote.principal_paise), "body"),
        (days, rupees(quote.accrued_interest_paise), "body"),
        (tr("Instalments in arrears"), rupees(quote.overdue_paise), "body"),
        (tr("Charges unpaid"), rupees(quote.charges_paise), "body"),
        (tr("Prepayment charge"), rupees(quote.fee_paise), "body"),
        (tr("GST on it"), rupees(quote.gst_paise), "body"),
    ]
    advance = quote.total_paise - to_pay_paise
    if advance:
        pairs.append((tr("Advance used"), rupees(-advance), "body"))
    return pairs


def act_word(act: str) -> str:
    """The name of a kind of change."""
    return tr("Recovery") if act == RECOVERY else word_of("loan_act", LoanAct(act))
