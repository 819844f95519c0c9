"""Sanctions drawn at random, and their Key Facts put together beside the program."""

import random
from dataclasses import replace
from datetime import timedelta

from app.rules.case_facts import CollateralFacts
from app.rules.case_standing import Terms
from app.rules.dated_schedule import DatedSchedule, dated_schedule
from app.rules.day_count import add_months
from app.rules.key_facts import KeyFacts, Offer, key_facts
from app.rules.key_facts_parts import repayments_at_end, repayments_of_contract
from app.rules.loan_contract import LoanContract
from app.rules.loan_plan import plan_of
from app.rules.prepayment_fee import FeeCase, default_lender_class, fee_allowed
from app.rules.rulebook import Rulebook
from app.rules.stage_disbursement import Stage
from app.services.steps.bank_facts import bank_facts
from app.services.steps.sanctioned_offer import Sanctioned
from db.vocabulary.lending import (
    BorrowerType,
    CollateralType,
    InterestMethod,
    LoanPurpose,
    MoratoriumTreatment,
    RepaymentType,
)
from db.vocabulary.loan_life import Language
from tests.services.letter_samples import NO_FOLDER, SANCTIONED, sanctioned


def drawn(rulebook: Rulebook, number: int) -> Sanctioned:
    """A sanction of any product, inside its card."""
    dice = random.Random(number)  # noqa: S311  # a draw that can be repeated
    product = dice.choice(rulebook.products_on(SANCTIONED))
    terms = Terms(
        dice.randrange(
            product.amount_paise.least, product.amount_paise.most + 1, product.amount_paise.step
        ),
        dice.randint(product.tenure_months.least, product.tenure_months.most),
        dice.randrange(product.rate_ppm.least, product.rate_ppm.most + 1, 500),
    )
    most = terms.amount_paise // 20
    kinds = [each for each in product.repayment_types if each is not RepaymentType.STEP]
    kind = dice.choice(kinds)
    wait = dice.randint(0, product.moratorium.max_months) if dice.random() < 0.5 else 0
    wait = 0 if kind is RepaymentType.BULLET else wait
    issued = SANCTIONED + timedelta(days=dice.randint(0, 40))
    first = add_months(issued, wait) + timedelta(days=dice.randint(3, 58))
    agreed = first if dice.random() < 0.5 else None
    return sanctioned(
        product.product_code,
        terms,
        loan_purpose=dice.choice(product.purposes),
        repayment_type=kind,
        moratorium_months=wait,
        first_due_date=agreed,
        processing_fee_paise=dice.choice([None, 0, dice.randint(1, most)]),
        insurance_premium_paise=dice.choice([0, dice.randint(1, most)]),
        other_charges_paise=dice.choice([0, dice.randint(1, most)]),
        collateral=dice.choice([(), (CollateralFacts(CollateralType.PROPERTY, 10**9),)]),
        issued_on=issued,
        digital=dice.random() < 0.4,
    )


def beside(given: Sanctioned, rulebook: Rulebook) -> tuple[KeyFacts, DatedSchedule | None]:
    """The Key Facts of a sanction, put together here from the rules alone."""
    on, start, asked, terms = SANCTIONED, given.issued_on, given.case.terms, given.terms
    product, wait = rulebook.product(given.product_code, on), asked.moratorium_months
    case = replace(given.case, as_of=on)
    schedule = None
    if asked.repayment_type is RepaymentType.EMI:
        first = asked.first_due_date or add_months(start, 1 + wait)
        contract = LoanContract(
            principal_paise=terms.amount_paise,
            rate_ppm=terms.rate_ppm,
            tenure_months=terms.tenure_months,
            rounding=product.emi_rounding,
            interest_method=InterestMethod.MONTHLY_REST,
            disbursed_on=start,
            first_due=first,
            due_day=first.day if asked.first_due_date else start.day,
            moratorium_months=wait,
            moratorium_treatment=product.moratorium.default or MoratoriumTreatment.SERVICED,
        )
        schedule = dated_schedule(contract, rulebook, on)
        repaid = repayments_of_contract(contract, schedule)
    else:
        repaid = repayments_at_end(
            plan_of(replace(case, as_of=start), product, rulebook), terms.amount_paise
        )
    fee = FeeCase(
        borrower_type=BorrowerType.INDIVIDUAL,
        is_business=asked.loan_purpose is LoanPurpose.BUSINESS_EXPANSION,
        rate_type=product.rate_type,
        sanctioned_on=on,
        lender_class=default_lender_class(rulebook, on),
        limit_paise=terms.amount_paise,
        disclosed=True,
        is_microfinance=given.product_code == "MICROFINANCE",
    )
    offer = Offer(
        proposal_number="A-1662",
        case=case,
        product=product,
        rate_ppm=terms.rate_ppm,
        repayments=repaid,
        disbursal=(Stage(start, terms.amount_paise),),
        lender=bank_facts(NO_FOLDER, Language.EN).lender,
        sanctioned_on=on,
        issued_on=start,
        prepayment_charge_barred=not fee_allowed(fee, rulebook).allowed,
        digital=given.digital,
    )
    return key_facts(offer, rulebook), schedule
