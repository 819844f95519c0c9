from datetime import date, timedelta

import pytest

from app.services.read_customer import read_customer
from app.services.steps.customer_attention import (
    KYC_SOON_DAYS,
    Attention,
    AttentionFacts,
    attention_lines,
)
from db.vocabulary.people import KycStatus

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (KYC_SOON_DAYS + 1, []),
        (KYC_SOON_DAYS, [(Attention.KYC_SOON, KYC_SOON_DAYS)]),
        (0, [(Attention.KYC_SOON, 0)]),
        (-1, [(Attention.KYC_EXPIRED, 1)]),
    ],
)
def test_papers_that_fall_due_count_their_days(desk, registered, days, expected):
    from dataclasses import replace

    customer = read_customer(registered.customer_id, desk).customer
    due = replace(customer, kyc_due_on=TODAY + timedelta(days=days), kyc_status=KycStatus.COMPLETE)
    lines = attention_lines(AttentionFacts(due, TODAY))
    assert [(line.what, line.count) for line in lines] == expected
    waiting = attention_lines(AttentionFacts(due, TODAY, waiting=2))[-1]
    assert (waiting.what, waiting.count) == (Attention.CORRECTION, 2)
