"""``calculate`` families of loan arithmetic: instalment, schedule, interest, APR, appropriation."""

from collections.abc import Callable, Mapping

from app.cli.calculate_fields import Answer, Basis, Fields, places, rupees_of
from app.rules.amortisation import (
    LoanShape,
    Schedule,
    ScheduleRow,
    contract_schedule,
    month_interest,
    raw_schedule,
)
from app.rules.annual_percentage_rate import annual_percentage_rate, effective_annual_rate
from app.rules.day_count import daily_interest
from app.rules.emi import emi, exact_emi, rounded_emi
from app.rules.money import PAISE_PER_RUPEE, rupees_ascii, rupees_text
from app.rules.moratorium import balance_after
from app.rules.payment_allocation import Due, allocate
from db.vocabulary.lending import AppropriationOrder, EmiRounding, MoratoriumTreatment


def _shape(fields: Fields) -> LoanShape:
    return LoanShape(fields.paise("principal"), fields.ppm("rate"), fields.whole("months"))


def _rounding(fields: Fields) -> EmiRounding:
    return fields.word("rounding", EmiRounding)


def instalment(fields: Fields, _: Basis) -> Answer:
    """The instalment unrounded and in its three roundings."""
    shape = _shape(fields)
    exact = exact_emi(shape.principal_paise, shape.rate_ppm, shape.tenure_months)
    rounded = {
        f"emi_{rounding.lower()}": rupees_text(rounded_emi(exact, rounding))
        for rounding in EmiRounding
    }
    return {"emi_exact": rupees_of(exact, 6), **rounded}


def _row(row: ScheduleRow) -> Answer:
    return {
        "number": row.number,
        "opening": rupees_text(row.opening_paise),
        "interest": rupees_text(row.interest_paise),
        "principal": rupees_text(row.principal_paise),
        "instalment": rupees_text(row.instalment_paise),
        "closing": rupees_text(row.closing_paise),
    }


def schedule(fields: Fields, basis: Basis) -> Answer:
    """The contract schedule; the rows named in ``show_rows``."""
    found = contract_schedule(_shape(fields), _rounding(fields), basis.rulebook, basis.on)
    by_number = {row.number: row for row in found.rows}
    shown = [number for number in fields.list_of("show_rows") if number in by_number]
    return {
        "emi": rupees_text(found.emi_paise),
        "rows": [_row(by_number[number]) for number in shown],
        "total_interest": rupees_text(found.total_interest_paise),
        "row_count": len(found.rows),
    }


def schedule_raw(fields: Fields, _: Basis) -> Answer:
    """The schedule before the fallback to paise."""
    shape = _shape(fields)
    found = raw_schedule(shape, _rounding(fields))
    exact = exact_emi(shape.principal_paise, shape.rate_ppm, shape.tenure_months)
    return {
        "emi": rupees_text(found.emi_paise),
        "emi_exact": rupees_of(exact, 4),
        "row_count": len(found.rows),
        "last_instalment": rupees_text(found.last_instalment_paise),
        "total_interest": rupees_text(found.total_interest_paise),
    }


def rupee_format(fields: Fields, _: Basis) -> Answer:
    """An amount in its ASCII form."""
    return {"text": rupees_ascii(fields.paise("amount"))}


def _days_interest(fields: Fields, basis: Basis) -> tuple[int, int]:
    days = (fields.day("end") - fields.day("start")).days
    principal, rate = fields.paise("principal"), fields.ppm("rate")
    return days, daily_interest(principal, rate, days, basis.rulebook, basis.on)


def interest_by_days(fields: Fields, basis: Basis) -> Answer:
    """Interest from start (counted) to end (not counted)."""
    days, interest = _days_interest(fields, basis)
    return {"days": days, "interest": rupees_text(interest)}


def interest_of_month(fields: Fields, basis: Basis) -> Answer:
    """One whole month at monthly rests and by days."""
    monthly = month_interest(fields.paise("principal"), fields.ppm("rate"))
    days, daily = _days_interest(fields, basis)
    return {
        "monthly_interest": rupees_text(monthly),
        "days": days,
        "daily_interest": rupees_text(daily),
        "difference": rupees_text(daily - monthly),
    }


def moratorium(fields: Fields, _: Basis) -> Answer:
    """The three treatments of a moratorium side by side."""
    shape, rounding = _shape(fields), _rounding(fields)
    months = fields.whole("moratorium_months")
    serviced_interest = month_interest(shape.principal_paise, shape.rate_ppm)
    answer: Answer = {"serviced_interest": rupees_text(serviced_interest)}
    for treatment in MoratoriumTreatment:
        name = treatment.lower()
        balance = balance_after(shape.principal_paise, shape.rate_ppm, months, treatment)
        if treatment is not MoratoriumTreatment.SERVICED:
            answer[f"{name}_balance"] = rupees_text(balance)
        instalment_paise = emi(balance, shape.rate_ppm, shape.tenure_months, rounding)
        answer[f"{name}_emi"] = rupees_text(instalment_paise)
    return answer


def appropriation(fields: Fields, _: Basis) -> Answer:
    """How a receipt is used."""
    dues = [
        Due(due.day("due_on"), due.paise("interest"), due.paise("principal"))
        for due in fields.rows("dues")
    ]
    policy = fields.word("policy", AppropriationOrder)
    split = allocate(fields.paise("payment"), dues, fields.paise("charges"), policy)
    oldest = split.oldest_unpaid_due
    return {
        "charges": rupees_text(split.charges_paise),
        "interest": rupees_text(split.interest_paise),
        "principal": rupees_text(split.principal_paise),
        "excess": rupees_text(split.excess_paise),
        "oldest_unpaid_due": None if oldest is None else oldest.isoformat(),
        "charges_left": rupees_text(split.charges_left_paise),
    }


def _contract(fields: Fields, basis: Basis) -> tuple[int, Schedule]:
    """Net disbursed amount and the schedule of a loan with up-front charges."""
    shape = _shape(fields)
    found = contract_schedule(shape, _rounding(fields), basis.rulebook, basis.on)
    return shape.principal_paise - fields.paise("upfront_charges"), found


def apr(fields: Fields, basis: Basis) -> Answer:
    """The APR of the real schedule."""
    net, found = _contract(fields, basis)
    rate = annual_percentage_rate(net, found.payments_paise)
    return {
        "net_disbursed": rupees_text(net),
        "total_interest": rupees_text(found.total_interest_paise),
        "total_payable": rupees_text(sum(found.payments_paise)),
        "apr": places(rate),
        "effective_annual_rate": places(effective_annual_rate(rate)),
    }


def apr_recurring(fields: Fields, basis: Basis) -> Answer:
    """The APR with a charge that falls with every instalment."""
    net, found = _contract(fields, basis)
    charge = fields.paise("recurring_charge")
    paid = [payment + charge for payment in found.payments_paise]
    return {"apr": places(annual_percentage_rate(net, paid))}


def apr_flat_instalments(fields: Fields, _: Basis) -> Answer:
    """IRR times 12 of equal flows, as the wrong ways of the vectors do it."""
    payment = fields.decimal("instalment") * PAISE_PER_RUPEE
    payments = [payment] * fields.whole("instalments")
    return {"apr": places(annual_percentage_rate(fields.paise("net_disbursed"), payments))}


FAMILIES: Mapping[str, Callable[[Fields, Basis], Answer]] = {
    "emi": instalment,
    "schedule": schedule,
    "schedule_raw": schedule_raw,
    "rupee_format": rupee_format,
    "daily_interest": interest_by_days,
    "month_interest": interest_of_month,
    "moratorium": moratorium,
    "appropriation": appropriation,
    "apr": apr,
    "apr_recurring": apr_recurring,
    "apr_flat_instalments": apr_flat_instalments,
}
