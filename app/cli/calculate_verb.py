"""``calculate FAMILY FILE``: one rule of the rule book on plain JSON, without a database.

Source: commands.md (rules and products), lending-vectors.md (families and fields). No logic of its
own: each family reads its fields, asks the rule and prints the answer in the vectors' forms.
"""

from collections.abc import Callable, Mapping
from datetime import date

from app.cli import (
    calculate_applicants,
    calculate_book,
    calculate_loan_life,
    calculate_loans,
    calculate_models,
    calculate_portfolio,
)
from app.cli.calculate_fields import Answer, Basis, FieldError, Fields
from app.rules.affordability import IncomeMissingError, SecurityValueError
from app.rules.annual_percentage_rate import AprOutOfRangeError, RepaymentsBelowDisbursedError
from app.rules.cooling_off import CoolingOffOverError
from app.rules.emi import LoanTermsError
from app.rules.field_refusal import FieldRefusedError
from app.rules.measure_inputs import MeasureInputError
from app.rules.payment_allocation import PaymentAmountError
from app.rules.penal_charges import PenalRuleError
from app.rules.rule_rows import RuleError
from app.rules.rulebook import Rulebook
from app.rules.score_bands import ProbabilityError
from app.services.steps.check_identity_numbers import NotDigitsError

FAMILIES: Mapping[str, Callable[[Fields, Basis], Answer]] = {
    **calculate_loans.FAMILIES,
    **calculate_loan_life.FAMILIES,
    **calculate_applicants.FAMILIES,
    **calculate_book.FAMILIES,
    **calculate_portfolio.FAMILIES,
    **calculate_models.FAMILIES,
}
REFUSALS = (
    FieldError,
    LoanTermsError,
    IncomeMissingError,
    SecurityValueError,
    AprOutOfRangeError,
    RepaymentsBelowDisbursedError,
    PaymentAmountError,
    FieldRefusedError,
    CoolingOffOverError,
    PenalRuleError,
    ProbabilityError,
    MeasureInputError,
    RuleError,
    NotDigitsError,
)


class UnknownFamilyError(ValueError):
    """No rule answers under that name."""

    def __init__(self, family: str) -> None:
        known = ", ".join(sorted(FAMILIES))
        super().__init__(f"There is no calculation “{family}”. Choose one of: {known}")


def calculate(
    family: str, payload: object, rulebook: Rulebook, today: date
) -> Answer | list[Answer]:
    """Answer one input object, or a list of them in the same order.

    Rules are read on the input's own ``rule_date`` where the family has one, else on ``today``.
    A refused case answers ``{"refused": true, "message": …}`` and, where known, its ``field``.

    Raises:
        UnknownFamilyError: no such family; the sentence lists those there are.
    """
    if family not in FAMILIES:
        raise UnknownFamilyError(family)
    basis = Basis(rulebook, today)
    if isinstance(payload, list):
        return [_one(family, entry, basis) for entry in payload]
    return _one(family, payload, basis)


def _one(family: str, payload: object, basis: Basis) -> Answer:
    try:
        return FAMILIES[family](Fields(payload), basis)
    except REFUSALS as refusal:
        answer: Answer = {"refused": True, "message": str(refusal)}
        field = getattr(refusal, "field", None)
        return answer if field is None else {**answer, "field": field}
