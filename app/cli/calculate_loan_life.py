"""``calculate`` families of a running loan: paid early, closed, late, left or repriced."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from app.cli.calculate_fields import Answer, Basis, Fields
from app.rules.amortisation import LoanShape, contract_schedule
from app.rules.cooling_off import cooling_off_exit
from app.rules.document_release import document_release
from app.rules.foreclosure import LoanToClose, foreclosure
from app.rules.measure_inputs import check_amount, check_part
from app.rules.money import rupees_text, share_of
from app.rules.penal_charges import MissedInstalment, penal_charge
from app.rules.prepayment import PrepaymentChoice, part_prepayment
from app.rules.prepayment_fee import FeePermission, taxed_fee
from app.rules.products import Penal
from app.rules.rate_reset import ResetTerms, rate_reset
from app.rules.running_loan import RunningLoan, standing_after
from db.vocabulary.lending import EmiRounding, PenalMethod

_NOTHING = rupees_text(0)


def _running(fields: Fields, basis: Basis, paid_field: str) -> RunningLoan:
    """The loan of the contract schedule after the instalments that the field counts."""
    shape = LoanShape(fields.paise("principal"), fields.ppm("rate"), fields.whole("months"))
    rounding = fields.word("rounding", EmiRounding)
    found = contract_schedule(shape, rounding, basis.rulebook, basis.on)
    paid = fields.whole(paid_field)
    check_part(paid_field, paid, len(found.rows) - 1)
    return standing_after(found, shape.rate_ppm, rounding, paid)


def _choice(choice: PrepaymentChoice) -> Answer:
    return {
        "instalments_left": choice.outlook.instalments_left,
        "last_instalment": rupees_text(choice.outlook.last_instalment_paise),
        "interest_saved": rupees_text(choice.interest_saved_paise),
    }


def prepaid(fields: Fields, basis: Basis) -> Answer:
    """Both ways to go on after a part-prepayment of principal."""
    loan = _running(fields, basis, "after_instalment")
    found = part_prepayment(loan, fields.paise("prepaid"), basis.rulebook, basis.on)
    lower = rupees_text(found.keep_tenure.outlook.emi_paise)
    return {
        "emi": rupees_text(loan.emi_paise),
        "balance_before": rupees_text(found.balance_before_paise),
        "balance_after": rupees_text(found.balance_after_paise),
        "reduce_tenure": _choice(found.keep_emi),
        "reduce_emi": {"emi": lower, **_choice(found.keep_tenure)},
    }


def _days_after(day: date, fields: Fields, name: str) -> date:
    """So many days later, within the calendar."""
    days = fields.whole(name)
    check_part(name, days, (date.max - day).days)
    return day + timedelta(days=days)


def closing(fields: Fields, basis: Basis) -> Answer:
    """What closes a loan so many days after its last due date."""
    loan = _running(fields, basis, "paid_instalments")
    fee_ppm, gst_ppm = fields.ppm("fee_percent"), fields.ppm("gst_percent")
    check_amount("fee_percent", fee_ppm)
    permission = FeePermission(fields.flag("fee_permitted"), "as the input says")
    found = foreclosure(
        LoanToClose(loan.balance_paise, loan.rate_ppm, basis.on),
        _days_after(basis.on, fields, "days_after_due"),
        taxed_fee(share_of(loan.balance_paise, fee_ppm), gst_ppm, permission),
        basis.rulebook,
        basis.on,
    )
    return {
        "principal_outstanding": rupees_text(found.principal_paise),
        "accrued_interest": rupees_text(found.accrued_interest_paise),
        "fee": rupees_text(found.fee_paise),
        "gst": rupees_text(found.gst_paise),
        "total": rupees_text(found.total_paise),
    }


def release(fields: Fields, basis: Basis) -> Answer:
    """Papers handed back, on time or with compensation."""
    found = document_release(
        fields.day("closed_on"),
        fields.day("handed_over_on"),
        basis.rulebook,
        originals_lost=fields.flag("originals_lost"),
    )
    return {
        "last_free_day": found.last_free_day.isoformat(),
        "delay_days": found.delay_days,
        "compensation": rupees_text(found.compensation_paise),
    }


def penal(fields: Fields, basis: Basis) -> Answer:
    """The charge for one missed instalment."""
    terms = Penal(
        method=fields.word("method", PenalMethod),
        rate_ppm=fields.ppm("rate") if fields.given("rate") else None,
        amount_paise=fields.optional_paise("flat_amount"),
    )
    missed = MissedInstalment(fields.paise("overdue"), fields.whole("days_overdue"))
    found = penal_charge(missed, terms, basis.rulebook, basis.on, basis.on)
    return {
        "charge": rupees_text(found.charge_paise),
        "gst": rupees_text(found.gst_paise),
        "added_to_principal": _NOTHING,
    }


def leaving(fields: Fields, basis: Basis) -> Answer:
    """What leaving a digital loan costs in its first days."""
    principal, apr, days = fields.paise("principal"), fields.ppm("apr"), fields.whole("days")
    found = cooling_off_exit(principal, apr, days, basis.rulebook, basis.on)
    return {
        "pay": rupees_text(found.pay_paise),
        "interest": rupees_text(found.interest_paise),
        "penalty": _NOTHING,
    }


def repriced(fields: Fields, basis: Basis) -> Answer:
    """Term kept and instalment kept after a change of the rate."""
    owed, rounding = fields.paise("outstanding"), fields.word("rounding", EmiRounding)
    shape = LoanShape(owed, fields.ppm("old_rate"), fields.whole("instalments_left"))
    old = contract_schedule(shape, rounding, basis.rulebook, basis.on)
    loan = standing_after(old, shape.rate_ppm, rounding, 0)
    found = rate_reset(loan, ResetTerms(fields.ppm("new_rate")), basis.rulebook, basis.on)
    count, never = found.keep_emi.instalments, found.negative_amortisation
    return {
        "old_emi": rupees_text(found.old_emi_paise),
        "new_emi": rupees_text(found.new_emi_paise),
        "emi_change": rupees_text(found.emi_change_paise),
        "negative_amortisation": never,
        "first_month_interest": rupees_text(found.first_month_interest_paise) if never else None,
        "new_instalments": count,
        "instalments_change": None if count is None else count - loan.instalments_left,
    }


FAMILIES: Mapping[str, Callable[[Fields, Basis], Answer]] = {
    "part_prepayment": prepaid,
    "foreclosure": closing,
    "document_release": release,
    "penal_charge": penal,
    "cooling_off": leaving,
    "rate_reset": repriced,
}
