from datetime import date, timedelta

import pytest

from app.services.read_customer import read_customer
from app.services.steps.customer_attention import (
    Attention,
    AttentionFacts,
    attention_lines,
    kyc_soon_days,
)
from db.vocabulary.people import KycStatus

TODAY = date(2026, 11, 23)
SOON = 60


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (SOON + 1, []),
        (SOON, [(Attention.KYC_SOON, SOON)]),
        (0, [(Attention.KYC_SOON, 0)]),
        (-1, [(Attention.KYC_EXPIRED, 1)]),
    ],
)
def test_papers_that_fall_due_count_their_days(desk, registered, days, expected):
    from dataclasses import replace

    customer = read_customer(registered.customer_id, desk).customer
    due = replace(customer, kyc_due_on=TODAY + timedelta(days=days), kyc_status=KycStatus.COMPLETE)
    lines = attention_lines(AttentionFacts(due, TODAY, SOON))
    assert [(line.what, line.count) for line in lines] == expected
    waiting = attention_lines(AttentionFacts(due, TODAY, SOON, waiting=2))[-1]
    assert (waiting.what, waiting.count) == (Attention.CORRECTION, 2)


def test_how_near_is_a_rule_of_its_day(rulebook):
    assert kyc_soon_days(rulebook, TODAY) == SOON
