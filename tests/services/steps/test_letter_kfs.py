"""Every figure of a Key Facts Statement is the rule book's, computed beside it: 500 sanctions."""

import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from app.file_formats.pdf_out import render_pdf
from app.rules.case_standing import Terms
from app.rules.dated_schedule import DatedSchedule
from app.rules.key_facts import KeyFacts
from app.rules.key_facts_parts import (
    CoLending,
)
from app.rules.rulebook import Rulebook
from app.services.steps.letter_kfs import key_facts_values, loan_facts, schedule_values
from app.services.steps.letter_words import letter_words
from app.services.steps.sanctioned_offer import Sanctioned
from db.vocabulary.lending import (
    FeeKind,
    FeePaidTo,
    FeeTiming,
    LoanPurpose,
    RepaymentType,
)
from db.vocabulary.loan_life import Language, LetterKind
from tests.file_formats.letter_reading import body_of, source_of
from tests.services.letter_samples import (
    EVERY,
    FONTS,
    HOME,
    ISSUED,
    LETTERS,
    SANCTIONED,
    kfs_content,
    page,
    sanctioned,
)
from tests.services.letter_sanctions import beside, drawn

SANCTIONS = 500
PRINTED_EVERY = 25
MONTHS = {
    language: letter_words(language).words["months"] for language in (Language.EN, Language.HI)
}


def paise(text: str) -> list[int]:
    """Every amount of a printed text."""
    return [
        int(Decimal(each.replace(",", "")) * 100)
        for each in re.findall(r"₹([\d,]+(?:\.\d\d)?)", text)
    ]


def ppm(text: str) -> list[Decimal]:
    """Every percentage of a printed text, in parts per million."""
    return [Decimal(each) * 10_000 for each in re.findall(r"([\d.]+) %", text)]


def day(text: str, language: Language) -> date:
    number, month, year = text.split()
    return date(int(year), MONTHS[language].index(month) + 1, int(number))


def hundredths(percent: Decimal) -> Decimal:
    return percent.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


class Printed:
    """The values of a statement, looked up by their labels."""

    def __init__(self, values: dict[str, Any], language: Language) -> None:
        self.values, self.language, self.words = values, language, letter_words(language)

    def line(self, part: str, key: str, **named: str) -> str:
        label = self.words.say(key, **named)
        found = [each["value"] for each in self.values[part] if each["label"] == label]
        assert len(found) == 1, (label, self.values[part])
        return found[0]

    def day(self, text: str) -> date:
        return day(text, self.language)


def check_part_one(printed: Printed, facts: KeyFacts, schedule: DatedSchedule | None) -> None:
    part, repaid = facts.part_one, facts.part_one.repayments

    def line(key: str, **named: str) -> str:
        return printed.line("part_one", key, **named)

    assert line("proposal_number") == "A-1662"
    assert paise(line("sanctioned")) == [part.sanctioned_paise]
    assert re.findall(r"\d+", line("term")) == [str(part.tenure_months)]
    assert ppm(line("rate")) == [part.rate.rate_ppm]
    assert printed.day(line("first_payment")) == repaid.first_on
    costs = [hundredths(part.apr_percent), hundredths(part.apr_without_tax_percent)]
    assert ppm(line("apr")) == [cost * 10_000 for cost in costs]
    check_instalments(line("instalment_type"), facts)
    if repaid.moratorium_months:
        assert re.findall(r"\d+", line("moratorium")) == [str(repaid.moratorium_months)]
    if schedule is not None and schedule.broken_interest_paise:
        extra = line("broken", n=str(schedule.broken_days))
        assert paise(extra) == [schedule.broken_interest_paise]
    check_rate(printed, facts)


def check_instalments(told: str, facts: KeyFacts) -> None:
    repaid = facts.part_one.repayments
    if repaid.repayment_type is RepaymentType.BULLET:
        assert paise(told) == [repaid.amount_paise]
        return
    last = repaid.payments_paise[-1]
    amounts = [repaid.amount_paise, *([] if last == repaid.amount_paise else [last])]
    assert sorted(paise(told)) == sorted(amounts)
    assert str(repaid.count) in re.findall(r"(?<![\d,.₹])\d+(?![\d,.])", told)


def check_rate(printed: Printed, facts: KeyFacts) -> None:
    floating = facts.part_one.rate.floating
    if floating is None:
        return
    effect, words = floating.effect, printed.words
    rates = [floating.benchmark_ppm, floating.spread_ppm]
    assert ppm(printed.line("part_one", "benchmark")) == rates
    assert str(floating.reset_months) in printed.line("part_one", "reset")
    told = printed.line("part_one", "rate_effect", rise=words.rate(effect.rise_ppm))
    assert paise(told) == [effect.emi_paise, effect.emi_change_paise]
    if effect.count is not None:
        assert str(effect.count) in re.findall(r"\d+", told)


def check_charges(printed: Printed, facts: KeyFacts) -> None:
    part, words = facts.part_one, printed.words
    rows = printed.values["fees"]["rows"]
    if not part.fees:
        assert [row[0] for row in rows] == [words.say("no_fees")]
    for row, fee in zip(rows, part.fees, strict=bool(part.fees)):
        assert row[:3] == [
            words.word("fee_kind", fee.kind),
            words.word("fee_paid_to", fee.paid_to),
            words.word("fee_timing", fee.timing),
        ]
        assert paise(" ".join(row[3:])) == [fee.amount_paise, fee.gst_paise, fee.total_paise]
    for row, charge in zip(printed.values["contingent"]["rows"], part.contingent, strict=True):
        rates = [each for each in (charge.rate_ppm, charge.gst_ppm or None) if each is not None]
        assert ppm(row[1]) == rates
        assert paise(row[1]) == ([] if charge.amount_paise is None else [charge.amount_paise])


def check_apr_table(printed: Printed, facts: KeyFacts) -> None:
    rows, table = printed.values["apr_table"]["rows"], facts.table
    assert [row[0] for row in rows] == [str(number) for number in range(1, 13)]
    value = [row[2] for row in rows]
    assert paise(value[0]) == [table.sanctioned_paise]
    assert value[1] == str(table.tenure_months)
    assert value[2].split()[0] == str(table.instalments.number)
    assert paise(value[2]) == [table.instalments.amount_paise]
    assert value[3] == str(table.capitalised_months)
    assert printed.day(value[4]) == table.first_payment_on
    assert ppm(value[5]) == [table.rate.rate_ppm]
    assert paise(" ".join(value[6:11])) == [
        table.total_interest_paise,
        table.fees_to_lender_paise,
        table.fees_to_third_parties_paise,
        table.net_disbursed_paise,
        table.total_payable_paise,
    ]
    assert ppm(value[11]) == [hundredths(table.apr_percent) * 10_000]


def check_schedule(printed: Printed, facts: KeyFacts, schedule: DatedSchedule | None) -> None:
    rows, repaid = printed.values["schedule"]["rows"], facts.part_one.repayments
    money = [paise(" ".join(row[2:])) for row in rows]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    if schedule is None:
        owed = facts.part_one.sanctioned_paise
        interest = repaid.total_interest_paise
        assert money == [[owed, owed, interest, owed + interest, 0]]
        assert printed.day(rows[0][1]) == repaid.last_on
        return
    assert [printed.day(row[1]) for row in rows] == [each.due_on for each in schedule.rows]
    signed = [
        [-size if cell.startswith("-") else size for cell, size in zip(row[2:], line, strict=True)]
        for row, line in zip(rows, money, strict=True)
    ]
    assert signed == [
        [
            each.opening_paise,
            each.principal_paise,
            each.interest_paise + each.broken_paise,
            each.instalment_paise + each.broken_paise,
            each.closing_paise,
        ]
        for each in schedule.rows
    ]
    paid = next(number for number, line in enumerate(signed) if line[3])
    assert printed.day(rows[paid][1]) == printed.day(printed.line("part_one", "first_payment"))
    assert sum(line[1] for line in signed) == facts.part_one.sanctioned_paise
    assert signed[-1][-1] == 0


@pytest.mark.parametrize("block", range(10))
def test_every_printed_figure_is_the_rule_book_s(rulebook: Rulebook, block: int) -> None:
    size = SANCTIONS // 10
    for number in range(block * size, (block + 1) * size):
        given = drawn(rulebook, number)
        language = Language.HI if number % 2 else Language.EN
        facts, schedule = beside(given, rulebook)
        values = kfs_content(given, rulebook, language)
        printed = Printed(values, language)
        check_part_one(printed, facts, schedule)
        check_charges(printed, facts)
        check_apr_table(printed, facts)
        check_schedule(printed, facts, schedule)
        until = printed.line("part_two", "validity")
        assert printed.day(until) == facts.valid_until
        cooling = printed.line("part_two", "cooling_off")
        assert (str(facts.part_two.cooling_off_days) in cooling) == given.digital
        if number % PRINTED_EVERY == 0:
            whole = page(LetterKind.KFS, language, values)
            pdf = render_pdf("kfs", whole, LETTERS, FONTS).pdf
            assert body_of(pdf, whole) == source_of("kfs", whole)


def test_the_draw_reaches_every_product_and_turn(rulebook: Rulebook) -> None:
    given = [drawn(rulebook, number) for number in range(SANCTIONS)]
    assert {each.product_code for each in given} == {
        product.product_code for product in rulebook.products_on(SANCTIONED)
    }
    facts = [beside(each, rulebook) for each in given[:150]]
    assert any(each.part_one.repayments.capitalised_months for each, _ in facts)
    assert any(each.part_one.repayments.moratorium_months for each, _ in facts)
    assert any(schedule is None for _, schedule in facts)
    assert any(schedule and schedule.broken_interest_paise for _, schedule in facts)
    assert any(schedule and schedule.broken_days < 0 for _, schedule in facts)


@pytest.mark.parametrize("name", sorted(EVERY))
@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_the_text_read_back_is_the_text_of_the_values(
    rulebook: Rulebook, name: str, language: Language
) -> None:
    values = page(LetterKind.KFS, language, kfs_content(EVERY[name], rulebook, language))
    values["customer"] = {
        "name": "क्षितिज श्रीवास्तव्य", "address": ["ಕೃಷ್ಣಮೂರ್ತಿ ಶ್ರೀನಿವಾಸ", "12 Road"]
    }  # fmt: skip
    pdf = render_pdf("kfs", values, LETTERS, FONTS).pdf
    assert body_of(pdf, values) == source_of("kfs", values)


@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_the_schedule_letter_repeats_the_terms(rulebook: Rulebook, language: Language) -> None:
    facts, schedule = beside(HOME, rulebook)
    words = letter_words(language)
    values = schedule_values(facts, schedule, "Home", words)
    assert values["terms"][0] == {"label": words.say("proposal_number"), "value": "A-1662"}
    assert values["terms"][1:] == loan_facts(facts.part_one, schedule, "Home", words)
    assert len(values["schedule"]["rows"]) == 360


def test_partners_of_the_lender_are_told_where_there_are_any(rulebook: Rulebook) -> None:
    facts, schedule = beside(HOME, rulebook)
    shared = CoLending("Partner Finance", 200_000, 800_000, 95_000)
    lender = replace(facts.part_two.lender, co_lending=shared, recovery_provider="Agents Ltd")
    told = replace(facts, part_two=replace(facts.part_two, lender=lender))
    words = letter_words(Language.EN)
    values = key_facts_values(told, schedule, "Home", words)
    printed = Printed(values, Language.EN)
    assert printed.line("part_two", "co_lending") == (
        "Partner Finance with 80 %, this bank with 20 %; 9.5 % a year on both"
    )
    assert printed.line("part_two", "recovery_provider") == "Agents Ltd"


def test_a_prepayment_charge_is_told_only_where_the_rules_allow_it(rulebook: Rulebook) -> None:
    def told(given: Sanctioned) -> str:
        values = kfs_content(given, rulebook, Language.EN)
        label = letter_words(Language.EN).word("fee_kind", FeeKind.PREPAYMENT)
        return next(row[1] for row in values["contingent"]["rows"] if row[0] == label)

    fixed = sanctioned("PERSONAL", Terms(2_50_000_00, 24, 142_500))
    assert told(fixed) == "4 % of the principal paid early, and GST 18 %"
    floating = Terms(8_00_000_00, 48, 130_000)
    business = sanctioned("BUSINESS_TERM", floating, loan_purpose=LoanPurpose.BUSINESS_EXPANSION)
    assert told(business) == "Not charged"


def test_charges_of_no_kind_are_said_to_be_none(rulebook: Rulebook) -> None:
    free = sanctioned("PERSONAL", Terms(2_50_000_00, 24, 142_500), processing_fee_paise=0)
    values = kfs_content(free, rulebook, Language.EN)
    assert values["fees"]["rows"] == [["None", "", "", "", "", ""]]
    facts, _ = beside(free, rulebook)
    assert not [fee for fee in facts.part_one.fees if fee.paid_to is FeePaidTo.LENDER]
    assert not [fee for fee in facts.part_one.fees if fee.timing is FeeTiming.CONTINGENT]
    assert facts.valid_until > ISSUED
