"""Columns of the lists on a loan's account."""

from datetime import date
from decimal import Decimal

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.money import PPM_PER_PERCENT, percent_text
from app.services.steps.account_classes import ClassLine
from app.services.steps.account_lines import (
    ChargeLine,
    DueState,
    LedgerLine,
    PaymentLine,
    ScheduleLine,
)
from app.services.steps.account_provision import ProvisionPart
from app.services.steps.account_security import LtvPoint, SecurityLine
from app.services.steps.account_timeline import HappenedLine
from app.ui.item_models.columns import Column
from app.ui.screens.loan_account.account_words import (
    HAPPENING_ICONS,
    cause_words,
    charge_words,
    due_icon,
    due_words,
    entry_words,
    happened_details,
    happened_when,
    happened_words,
    part_words,
    tr,
)
from app.ui.widgets.figure_words import raw_number
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.loan_cells import amount_or_blank, class_icon, exact_amount
from db.records.documents import DocumentRecord

_OPEN = frozenset({DueState.PART, DueState.UNPAID})


def schedule_columns() -> tuple[Column[ScheduleLine], ...]:
    """No, due, principal, interest, paid, plan balance, state."""
    return (
        Column("number", tr("No"), lambda r: str(r.number), 44, "right", muted=True),
        Column("due", tr("Due"), lambda r: date_shown(r.due_on), 90, muted=_later),
        _due_money("principal", tr("Principal ₹"), "principal_paise", 92),
        _due_money("interest", tr("Interest ₹"), "interest_paise", 80),
        Column("paid", tr("Paid ₹"), _paid, 84, "right", muted=_later),
        _due_money("balance", tr("Plan balance ₹"), "balance_paise", 100),
        Column("state", tr("State"), due_words, 190, strong=_is_open, muted=_later, icon=due_icon),
    )


def ledger_columns() -> tuple[Column[LedgerLine], ...]:
    """Date, entry, amount, its parts, balance, reference."""
    return (
        Column("on", tr("Date"), lambda r: date_shown(r.on), 92),
        Column("entry", tr("Entry"), entry_words, 246, strong=True, tip=entry_words),
        Column("amount", tr("Amount ₹"), lambda r: amount_or_blank(r.amount_paise), 108, "right"),
        Column("principal", tr("Principal ₹"), _principal, 100, "right"),
        _ledger_part("interest", tr("Interest ₹"), "interest_paise"),
        _ledger_part("charges", tr("Charges ₹"), "charges_paise"),
        _ledger_part("advance", tr("Advance ₹"), "excess_paise"),
        Column(
            "balance",
            tr("Balance ₹"),
            lambda r: exact_amount(r.balance_paise),
            112,
            "right",
            strong=True,
        ),
        Column("reference", tr("Reference"), lambda r: r.reference, 116, muted=True),
    )


def charge_columns() -> tuple[Column[ChargeLine], ...]:
    """Date, charge, amount, for which due, why, by whom."""
    return (
        Column("on", tr("Date"), lambda r: date_shown(r.on), 92),
        Column("charge", tr("Charge"), charge_words, 190, strong=True),
        Column("amount", tr("Amount ₹"), lambda r: exact_amount(r.amount_paise), 100, "right"),
        Column("due", tr("For the due of"), _for_due, 110),
        Column("why", tr("Why"), lambda r: r.reason, 240, tip=lambda r: r.reason),
        Column("by", tr("By"), lambda r: r.by or UNKNOWN, 120, muted=True),
    )


def payment_columns() -> tuple[Column[PaymentLine], ...]:
    """Date, how, amount, what became of it, reference, who paid and who posted."""
    return (
        Column("on", tr("Date"), lambda r: date_shown(r.on), 92),
        Column("method", tr("How"), lambda r: word_of("payment_method", r.method), 112),
        Column(
            "amount", tr("Amount ₹"), lambda r: exact_amount(r.amount_paise), 104, "right",
            strong=True,
        ),
        _payment_part("principal", tr("Principal ₹"), "principal_paise"),
        _payment_part("interest", tr("Interest ₹"), "interest_paise"),
        _payment_part("charges", tr("Charges ₹"), "charges_paise"),
        _payment_part("advance", tr("Advance ₹"), "excess_paise"),
        Column("state", tr("State"), _payment_state, 130, icon=_payment_icon),
        Column("reference", tr("Reference"), lambda r: r.reference, 120, muted=True),
        Column("by", tr("Recorded by"), lambda r: r.by or UNKNOWN, 110, muted=True),
    )  # fmt: skip


def security_columns() -> tuple[Column[SecurityLine], ...]:
    """Kind, description, value, valued on, holds to, counts for."""
    return (
        Column("kind", tr("Security"), lambda r: word_of("collateral_type", r.kind), 120,
               strong=True),
        Column("about", tr("Description"), lambda r: r.description or UNKNOWN, 220,
               tip=lambda r: r.description),
        Column("value", tr("Value ₹"), lambda r: exact_amount(r.value_paise), 120, "right"),
        Column("valued", tr("Valued on"), lambda r: _day(r.valued_on), 104),
        Column("holds", tr("Valuation holds to"), lambda r: _day(r.holds_to), 132,
               icon=_valuation_icon),
        Column("counts", tr("Counts for ₹"), lambda r: exact_amount(r.counted_paise), 120,
               "right"),
    )  # fmt: skip


def ltv_columns() -> tuple[Column[LtvPoint], ...]:
    """Day, balance, value, loan to value."""
    return (
        Column("on", tr("Day"), lambda r: date_shown(r.on), 100),
        Column("balance", tr("Principal left ₹"), lambda r: exact_amount(r.balance_paise), 130,
               "right"),
        Column("value", tr("Security ₹"), lambda r: exact_amount(r.value_paise), 130, "right"),
        Column("ltv", tr("Loan to value %"), _ltv, 120, "right", strong=True),
    )  # fmt: skip


def class_columns() -> tuple[Column[ClassLine], ...]:
    """From which day, into which class, why, oldest due then, provision booked, recorded."""
    return (
        Column("on", tr("From"), lambda r: date_shown(r.on), 104),
        Column("class", tr("Class"), lambda r: word_of("asset_class", r.after), 150, strong=True,
               icon=lambda r: class_icon(r.after)),
        Column("why", tr("Why"), lambda r: cause_words(r.cause), 158,
               tip=lambda r: cause_words(r.cause)),
        Column("oldest", tr("Oldest unpaid due"), lambda r: _day(r.oldest_unpaid_due), 120),
        Column("provision", tr("Provision ₹"), lambda r: exact_amount(r.provision_paise), 100,
               "right"),
        Column("recorded", tr("Recorded"), lambda r: date_shown(bank_day(r.recorded_at)), 104,
               muted=True),
    )  # fmt: skip


def provision_columns() -> tuple[Column[ProvisionPart], ...]:
    """Which part, rate, base, amount, the rule row and since when it holds."""
    return (
        Column("part", tr("Part"), part_words, 250, strong=True),
        Column("rate", tr("Rate %"), lambda r: percent_text(r.rate_ppm), 72, "right"),
        Column("base", tr("On ₹"), lambda r: exact_amount(r.base_paise), 120, "right"),
        Column("amount", tr("Provision ₹"), lambda r: exact_amount(r.amount_paise), 120, "right",
               strong=True),
        Column("rule", tr("Rule row"), lambda r: r.code, 230, small=True, muted=True,
               tip=lambda r: r.source),
        Column("since", tr("In force since"), lambda r: date_shown(r.rule_from), 112, muted=True),
    )  # fmt: skip


def letter_columns() -> tuple[Column[DocumentRecord], ...]:
    """Number, kind, language, made on, state, accepted on."""
    return (
        Column("number", tr("Number"), lambda r: r.number, 140, strong=True),
        Column("kind", tr("Letter"), lambda r: word_of("letter_kind", r.kind), 190),
        Column("language", tr("Language"), lambda r: r.language.value, 80, muted=True),
        Column("made", tr("Made on"), lambda r: date_shown(bank_day(r.made_at)), 104),
        Column("state", tr("State"), lambda r: word_of("letter_status", r.status), 110),
        Column("accepted", tr("Accepted on"), lambda r: _day(r.accepted_on), 104),
    )


def timeline_columns() -> tuple[Column[HappenedLine], ...]:
    """When, what, how much, details, by whom."""
    return (
        Column("on", tr("When"), happened_when, 132, muted=True),
        Column("what", tr("What"), happened_words, 210, strong=True,
               icon=lambda r: (HAPPENING_ICONS[r.kind], "muted")),
        Column("amount", tr("Amount ₹"), _happened_amount, 112, "right"),
        Column("details", tr("Details"), happened_details, 400, tip=happened_details),
        Column("by", tr("By"), lambda r: r.by, 130),
    )  # fmt: skip


def _due_money(key: str, title: str, name: str, width: int) -> Column[ScheduleLine]:
    def text(row: ScheduleLine) -> str:
        return exact_amount(int(getattr(row, name)))

    return Column(key, title, text, width, "right", muted=_later)


def _ledger_part(key: str, title: str, name: str) -> Column[LedgerLine]:
    def text(row: LedgerLine) -> str:
        return amount_or_blank(int(getattr(row, name)))

    return Column(key, title, text, 92, "right")


def _payment_part(key: str, title: str, name: str) -> Column[PaymentLine]:
    def text(row: PaymentLine) -> str:
        return amount_or_blank(int(getattr(row, name)))

    return Column(key, title, text, 92, "right")


def _later(line: ScheduleLine) -> bool:
    return line.state is DueState.NOT_DUE


def _is_open(line: ScheduleLine) -> bool:
    return line.state in _OPEN


def _paid(line: ScheduleLine) -> str:
    return "" if line.state is DueState.NOT_DUE else exact_amount(line.paid_paise)


def _principal(line: LedgerLine) -> str:
    """Nothing for a payment out: its amount is the principal."""
    return (
        "" if line.amount_paise == -line.principal_paise else amount_or_blank(line.principal_paise)
    )


def _for_due(line: ChargeLine) -> str:
    return _day(line.due_on)


def _payment_state(line: PaymentLine) -> str:
    return tr("Reversed") if line.undone else word_of("repayment_kind", line.kind)


def _payment_icon(line: PaymentLine) -> tuple[str, str]:
    return ("arrow-back-up", "warning") if line.undone else ("circle-check", "good")


def _valuation_icon(line: SecurityLine) -> tuple[str, str]:
    return ("circle-check", "good") if line.counted_paise else ("alert-triangle", "warning")


def _ltv(point: LtvPoint) -> str:
    if point.ltv_ppm is None:
        return UNKNOWN
    return raw_number(Decimal(point.ltv_ppm) / PPM_PER_PERCENT)


def _happened_amount(line: HappenedLine) -> str:
    return amount_or_blank(line.amount_paise or 0)


def _day(day: date | None) -> str:
    return UNKNOWN if day is None else date_shown(day)
