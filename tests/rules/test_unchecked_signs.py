"""What could not be looked for is said with its reason."""

from app.rules.unchecked_signs import LoanBacking, Unchecked, unchecked_signs
from db.vocabulary.operations import EarlyWarningTrigger as Trigger

KEPT_NOWHERE = [Trigger.SALARY_DROP, Trigger.BUREAU_DEFAULT]


def told(*, security: bool, score: bool, unknown: bool) -> dict[Trigger, Unchecked]:
    backing = LoanBacking(security, has_later_score=score, unknown_cosigners=unknown)
    return dict(unchecked_signs(backing))


def test_what_the_book_does_not_keep_is_never_passed() -> None:
    assert list(told(security=False, score=True, unknown=False)) == KEPT_NOWHERE


def test_a_security_might_be_insured() -> None:
    found = told(security=True, score=True, unknown=False)
    assert found[Trigger.INSURANCE_LAPSED] is Unchecked.NOT_KEPT


def test_an_old_score_and_an_unknown_guarantor_are_reasons() -> None:
    found = told(security=False, score=False, unknown=True)
    assert found[Trigger.SCORE_FALL] is Unchecked.NO_LATER_SCORE
    assert found[Trigger.COSIGNER_DEFAULT] is Unchecked.COSIGNER_UNKNOWN
    order = list(Trigger)
    assert list(found) == sorted(found, key=order.index)
