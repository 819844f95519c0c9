"""The Key Facts Statement and the repayment schedule as values for their templates.

Source: lending-rules.md 7.2 (parts 1 and 2, the twelve lines of the APR, the schedule). Every
figure comes from app/rules/key_facts.py; nothing is computed here.
"""

from app.rules.dated_schedule import DatedSchedule
from app.rules.key_facts import KeyFacts
from app.rules.key_facts_parts import (
    AprTable,
    CoLending,
    ContingentCharge,
    PartOne,
    PartTwo,
    RateFacts,
)
from app.rules.upfront_charges import ChargeLine
from app.services.steps.letter_words import Column, LetterWords, Row, fact, table
from db.vocabulary.lending import FeeTiming, PenalMethod, RepaymentType

Values = dict[str, object]
Facts = list[dict[str, str]]


def key_facts_values(
    facts: KeyFacts, schedule: DatedSchedule | None, product_name: str, words: LetterWords
) -> Values:
    """What the template of the Key Facts Statement prints."""
    return {
        "intro": words.say("intro"),
        "part_one": _part_one(facts.part_one, schedule, product_name, words),
        "fees": _fees(facts.part_one.fees, words),
        "contingent": _contingent(facts.part_one.contingent, words),
        "part_two": _part_two(facts, words),
        "apr_table": _apr_table(facts.table, words),
        "schedule": schedule_table(schedule, facts.part_one, words),
        "acceptance": words.say("acceptance"),
    }


def schedule_values(
    facts: KeyFacts, schedule: DatedSchedule | None, product_name: str, words: LetterWords
) -> Values:
    """What the template of the repayment schedule prints."""
    number = fact(words.say("proposal_number"), facts.part_one.proposal_number)
    return {
        "terms": [number, *loan_facts(facts.part_one, schedule, product_name, words)],
        "schedule": schedule_table(schedule, facts.part_one, words),
    }


def loan_facts(
    part: PartOne, schedule: DatedSchedule | None, product_name: str, words: LetterWords
) -> Facts:
    """The loan in a few lines: kind, amount, term, rate, instalments, first payment, cost."""
    apr, bare = (f"{percent:.2f} %" for percent in (part.apr_percent, part.apr_without_tax_percent))
    return [
        fact(words.say("loan_type"), product_name),
        fact(words.say("sanctioned"), words.money(part.sanctioned_paise)),
        fact(words.say("term"), words.say("months_n", n=str(part.tenure_months))),
        *_moratorium(part, words),
        fact(words.say("rate"), _rate(part.rate, words)),
        fact(words.say("instalment_type"), _instalments(part, words)),
        fact(words.say("first_payment"), words.day(part.repayments.first_on)),
        *_broken_period(schedule, words),
        fact(words.say("apr"), words.say("apr_line", apr=apr, bare=bare)),
    ]


def _moratorium(part: PartOne, words: LetterWords) -> Facts:
    repaid = part.repayments
    if not repaid.moratorium_months:
        return []
    key = "moratorium_capitalised" if repaid.capitalised_months else "moratorium_serviced"
    return [fact(words.say("moratorium"), words.say(key, n=str(repaid.moratorium_months)))]


def _broken_period(schedule: DatedSchedule | None, words: LetterWords) -> Facts:
    """Interest of the days before the first whole month, where there are any."""
    if schedule is None or not schedule.broken_interest_paise:
        return []
    return [
        fact(
            words.say("broken", n=str(schedule.broken_days)),
            words.say(
                f"broken.{schedule.collection.value}",
                amount=words.money(schedule.broken_interest_paise),
            ),
        )
    ]


def _part_one(
    part: PartOne, schedule: DatedSchedule | None, product_name: str, words: LetterWords
) -> Facts:
    lines = [fact(words.say("proposal_number"), part.proposal_number)]
    lines += loan_facts(part, schedule, product_name, words)
    lines.insert(3, fact(words.say("disbursal"), words.say("disbursal_once")))
    return lines + _floating(part.rate, words)


def _rate(rate: RateFacts, words: LetterWords) -> str:
    kind = "rate_fixed" if rate.floating is None else "rate_floating"
    return words.say(kind, rate=words.rate(rate.rate_ppm))


def _instalments(part: PartOne, words: LetterWords) -> str:
    repaid = part.repayments
    amount, last = words.money(repaid.amount_paise), repaid.payments_paise[-1]
    if repaid.repayment_type is not RepaymentType.EMI:
        return words.say("instalment_once", amount=amount)
    key = "instalments_equal" if last == repaid.amount_paise else "instalments_last"
    return words.say(key, n=str(repaid.count), amount=amount, last=words.money(last))


def _floating(rate: RateFacts, words: LetterWords) -> Facts:
    if rate.floating is None:
        return []
    made, effect = rate.floating, rate.floating.effect
    key = "rate_effect_never" if effect.count is None else "rate_effect_line"
    return [
        fact(
            words.say("benchmark"),
            words.say(
                "benchmark_line",
                name=words.word("benchmark", made.benchmark),
                base=words.rate(made.benchmark_ppm),
                spread=words.rate(made.spread_ppm),
            ),
        ),
        fact(words.say("reset"), words.say("reset_line", n=str(made.reset_months))),
        fact(
            words.say("rate_effect", rise=words.rate(effect.rise_ppm)),
            words.say(
                key,
                emi=words.money(effect.emi_paise),
                change=words.money(effect.emi_change_paise),
                count="" if effect.count is None else str(effect.count),
            ),
        ),
    ]


def _fees(lines: tuple[ChargeLine, ...], words: LetterWords) -> Values:
    rows = [
        [
            words.word("fee_kind", line.kind),
            words.word("fee_paid_to", line.paid_to),
            words.word("fee_timing", line.timing),
            words.exact(line.amount_paise),
            words.exact(line.gst_paise),
            words.exact(line.total_paise),
        ]
        for line in lines
        if line.timing is not FeeTiming.CONTINGENT and line.total_paise
    ]
    none: Row = [words.say("no_fees"), "", "", "", "", ""]
    columns = (
        Column(words.say("fee"), width=1.2),
        Column(words.say("paid_to"), width=1),
        Column(words.say("when")),
        Column(words.say("amount"), numbers=True),
        Column(words.say("tax"), numbers=True),
        Column(words.say("total"), numbers=True),
    )
    return table(columns, rows or [none])


def _contingent(charges: tuple[ContingentCharge, ...], words: LetterWords) -> Values:
    rows = [[_event(charge, words), _charge(charge, words)] for charge in charges]
    return table((Column(words.say("event"), width=1), Column(words.say("charge"), width=1)), rows)


def _event(charge: ContingentCharge, words: LetterWords) -> str:
    return words.say("penal") if charge.event is None else words.word("fee_kind", charge.event)


def _charge(charge: ContingentCharge, words: LetterWords) -> str:
    each_time = charge.event is None and charge.basis is PenalMethod.FLAT
    said = words.say(
        "penal.FLAT" if each_time else f"basis.{charge.basis.value}",
        rate="" if charge.rate_ppm is None else words.rate(charge.rate_ppm),
        amount="" if charge.amount_paise is None else words.money(charge.amount_paise),
    )
    if not charge.gst_ppm:
        return said
    return words.say("with_tax", charge=said, rate=words.rate(charge.gst_ppm))


def _part_two(facts: KeyFacts, words: LetterWords) -> Facts:
    part: PartTwo = facts.part_two
    lender, cooling = part.lender, part.cooling_off_days
    nodal = f"{lender.nodal_officer}, {lender.nodal_phone}, {lender.nodal_email}"
    lines = [
        fact(words.say("recovery"), words.say("clause", n=lender.recovery_clause)),
        fact(words.say("grievance"), words.say("clause", n=lender.grievance_clause)),
        fact(words.say("nodal"), nodal),
        fact(words.say("transfer"), words.say("yes" if lender.may_be_transferred else "no")),
        fact(
            words.say("cooling_off"),
            words.say("cooling_off_none")
            if cooling is None
            else words.say("cooling_off_days", n=str(cooling)),
        ),
        fact(words.say("validity"), words.day(facts.valid_until)),
    ]
    if lender.co_lending is not None:
        lines.append(fact(words.say("co_lending"), _co_lending(lender.co_lending, words)))
    if lender.recovery_provider:
        lines.append(fact(words.say("recovery_provider"), lender.recovery_provider))
    return lines


def _co_lending(shared: CoLending, words: LetterWords) -> str:
    return words.say(
        "co_lending_line",
        partner=shared.partner,
        theirs=words.rate(shared.partner_share_ppm),
        ours=words.rate(shared.own_share_ppm),
        rate=words.rate(shared.blended_rate_ppm),
    )


def _apr_table(apr: AprTable, words: LetterWords) -> Values:
    number = f"{apr.instalments.number} x {words.exact(apr.instalments.amount_paise)}"
    lines = (
        ("l.sanctioned", words.exact(apr.sanctioned_paise)),
        ("l.term", str(apr.tenure_months)),
        ("l.instalments", number),
        ("l.capitalised", str(apr.capitalised_months)),
        ("l.first", words.day(apr.first_payment_on)),
        ("l.rate", _rate(apr.rate, words)),
        ("l.interest", words.exact(apr.total_interest_paise)),
        ("l.fees_a", words.exact(apr.fees_to_lender_paise)),
        ("l.fees_b", words.exact(apr.fees_to_third_parties_paise)),
        ("l.net", words.exact(apr.net_disbursed_paise)),
        ("l.payable", words.exact(apr.total_payable_paise)),
        ("l.apr", f"{apr.apr_percent:.2f} %"),
    )
    rows = [
        [str(number), words.say(key), value] for number, (key, value) in enumerate(lines, start=1)
    ]
    columns = (
        Column(words.say("n"), numbers=True),
        Column(words.say("line"), width=1),
        Column(words.say("value"), numbers=True),
    )
    return table(columns, rows)


def schedule_table(schedule: DatedSchedule | None, part: PartOne, words: LetterWords) -> Values:
    """Every payment with its date; one row for a loan paid back at the end."""
    columns = (
        Column(words.say("n"), numbers=True),
        Column(words.say("due"), width=1.1),
        *(
            Column(words.say(key), numbers=True, width=1)
            for key in ("opening", "principal", "interest", "instalment", "closing")
        ),
    )
    if schedule is None:
        repaid = part.repayments
        money = (
            part.sanctioned_paise,
            part.sanctioned_paise,
            repaid.total_interest_paise,
            repaid.amount_paise,
            0,
        )
        rows = [["1", words.day(repaid.last_on), *(words.exact(each) for each in money)]]
        return table(columns, rows)
    rows = [
        [
            str(number),
            words.day(row.due_on),
            words.exact(row.opening_paise),
            words.exact(row.principal_paise),
            words.exact(row.interest_paise + row.broken_paise),
            words.exact(row.instalment_paise + row.broken_paise),
            words.exact(row.closing_paise),
        ]
        for number, row in enumerate(schedule.rows, start=1)
    ]
    return table(columns, rows)
