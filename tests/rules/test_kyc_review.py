"""When identity papers fall due, and their state."""

from datetime import date

from app.rules.kyc_review import kyc_status
from db.vocabulary.people import KycRisk, KycStatus
from tests.rules.lending_vectors import RULEBOOK, check, vectors_of


@vectors_of("kyc_due")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


def _status(last: date | None, on: date, *, papers: bool = True) -> KycStatus:
    return kyc_status(last, KycRisk.HIGH, papers_complete=papers, rulebook=RULEBOOK, on=on)


def test_papers_are_complete_until_their_review_is_past() -> None:
    last = date(2024, 9, 30)
    assert _status(last, date(2026, 9, 30)) is KycStatus.COMPLETE
    assert _status(last, date(2026, 10, 1)) is KycStatus.EXPIRED
    assert _status(None, last) is KycStatus.INCOMPLETE
    assert _status(last, last, papers=False) is KycStatus.INCOMPLETE
