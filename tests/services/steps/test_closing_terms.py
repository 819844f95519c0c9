"""The limits of a day-end give what the pure rules give, date by date."""

from datetime import date, timedelta

import pytest

from app.rules.asset_classification import class_by_age, class_by_days, may_upgrade, turns_npa
from app.rules.day_count import whole_months
from app.rules.days_past_due import days_past_due
from app.rules.dpd_bucket import dpd_bucket
from app.rules.portfolio_ratios import is_defaulted
from app.rules.provisioning import realisable_value
from app.services.steps.closing_terms import closing_terms
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass

DAYS = (date(2026, 11, 23), date(2028, 2, 29), date(2027, 3, 31))


def stepped(steps, when, otherwise):
    return next((word for last, word in steps if when <= last), otherwise)


@pytest.mark.parametrize("day", DAYS)
def test_every_limit_answers_as_its_rule(rulebook, day) -> None:
    terms = closing_terms(day, rulebook)
    for back in range(2_600):
        on = day - timedelta(days=back)
        days = days_past_due(on, day, rulebook)
        assert stepped(terms.classes, on, AssetClass.STANDARD) is class_by_days(days, rulebook, day)
        assert stepped(terms.buckets, on, DpdBucket.NONE) is dpd_bucket(days)
        assert (on <= terms.npa_due) is turns_npa(days, rulebook, day)
        assert stepped(terms.ages, on, AssetClass.SUB_STANDARD) is class_by_age(on, day, rulebook)
        assert (on >= terms.defaulted_from) is is_defaulted(on, day, rulebook)
        assert (on <= terms.proven_since) is may_upgrade(0, rulebook, day, whole_months(on, day))
        for kind in CollateralType:
            counts = bool(realisable_value(1, on, kind, rulebook, day))
            assert (on >= terms.provision.valued_from[kind]) is counts
