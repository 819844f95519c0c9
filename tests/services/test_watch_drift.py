"""The drift report on a sample book, against a count over its records, on both engines."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from app.rules.rulebook import Rulebook
from app.services.steps import development_sample
from app.services.steps.development_sample import ReferenceKind, shipped_reference
from app.services.steps.estimate_payload import estimate_from_payload
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import MAKER, SANDBOX_BRANCH, sandbox_actor
from app.services.watch_drift import WINDOW_MONTHS, read_drift, watch_drift
from db.tables.applications import applications
from db.tables.loans import loans
from db.vocabulary.decisions import Recommendation, RiskLevel
from ml.features import FEATURE_NAMES
from tests.services.sample_desks import small_sandbox
from tests.services.statement_count import statements_run

SINCE = date(2025, 9, 30)
WHOLE = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def naive(desk):
    """Each scored application with its estimate and its loan, read one by one."""
    with desk.read_book() as book:
        table = applications.select().where(applications.c.branch_id == SANDBOX_BRANCH)
        ids = [row.application_id for row in book._connection.execute(table)]
        for application_id in ids:
            application = book.applications.get(SANDBOX_BRANCH, application_id)
            stored = book.applications.assessment(SANDBOX_BRANCH, application.assessment_id)
            decisions = book.applications.decisions_of(SANDBOX_BRANCH, application_id)
            yield application, estimate_from_payload(stored.payload), decisions


def test_the_report_equals_a_count_one_by_one(sample_desk, champion):
    found, cases = watch_drift(WHOLE, sample_desk), list(naive(sample_desk))
    recent = [case for case in cases if case[0].application_date >= SINCE]
    assert found.rows == found.of_rows == len(recent) > 20
    reference = shipped_reference(champion)
    for place, line in enumerate((found.lines[0], *sorted_by_feature(found))):
        bins = reference.bins[place]
        values = [
            float(case[1].credit_score) if place == 0 else case[1].contributors[place - 1].value
            for case in recent
        ]
        assert line.name == bins.name
        assert float(line.index) == pytest.approx(naive_psi(bins, values), abs=1e-9)
    decided = {line.recommendation: line for line in found.decisions}
    for recommendation in Recommendation:
        own = [
            decision.decision.value
            for _application, estimate, decisions in cases
            for decision in decisions
            if estimate.recommendation is recommendation
            and decision.decided_at.date() >= SINCE
            and decision.decision.value in {"approve", "approve_with_changes", "reject"}
        ]
        assert decided[recommendation].rejected == own.count("reject")
        assert decided[recommendation].approved == len(own) - own.count("reject")


def sorted_by_feature(found):
    by_name = {line.name: line for line in found.lines}
    return [by_name[name] for name in FEATURE_NAMES]


def naive_psi(bins, values):
    shares = []
    bounds = (-math.inf, *bins.edges, math.inf)
    for low, high in pairwise(bounds):
        shares.append(sum(low < value <= high for value in values) / len(values) or 0.0001)
    expected = [count / sum(bins.counts) for count in bins.counts]
    now, then = sum(shares), sum(expected)
    pairs = [(share / now, each / then) for share, each in zip(shares, expected, strict=True)]
    return sum((a - e) * math.log(a / e) for a, e in pairs)


def test_thousands_are_put_in_order_without_their_texts(analyst):
    with statements_run() as seen:
        read_drift(WHOLE, analyst)
    (asked,) = (each for each in seen if "payload" in each)
    ordered = asked.partition("FROM (")[2].partition("LIMIT")[0]
    assert "ORDER BY" in ordered, asked
    assert "payload" not in ordered, asked


def test_outcomes_are_those_of_matured_loans(sample_desk):
    found = watch_drift(WHOLE, sample_desk)
    told = [outcome(*case) for case in lent(sample_desk)]
    known = [each for each in told if each[0] in {"good", "bad"}]
    words = [each[0] for each in told]
    outcomes = found.outcomes
    assert (outcomes.rows, outcomes.bads) == (len(known), words.count("bad"))
    assert (outcomes.indeterminate, outcomes.waiting) == (
        words.count("between"), words.count("waits"),
    )  # fmt: skip
    right = sum((score.risk_probability >= 0.5) == (word == "bad") for word, score in known)
    assert outcomes.accuracy == Decimal(right) / len(known) * 100
    assert {band.level: band.rows for band in found.bands} == {
        level: sum(score.risk_level is level for _word, score in known) for level in RiskLevel
    }


def lent(desk):
    """Each loan with its classes and the score of its application."""
    with desk.read_book() as book:
        table = loans.select().where(loans.c.branch_id == SANDBOX_BRANCH)
        for row in book._connection.execute(table).all():
            loan = book.loans.get(SANDBOX_BRANCH, row.loan_id)
            application = book.applications.get(SANDBOX_BRANCH, loan.application_id)
            score = book.applications.assessment(SANDBOX_BRANCH, application.assessment_id)
            yield loan, book.loans.npa_entries(SANDBOX_BRANCH, loan.loan_id), score


def outcome(loan, entries, score):
    """What became of a loan inside its first twelve months."""
    if loan.disbursement_date > SINCE:
        return "waits", score
    end = loan.disbursement_date.replace(year=loan.disbursement_date.year + 1)
    if loan.defaulted_on is not None and loan.defaulted_on <= end:
        return "bad", score
    late = [each for each in entries if each.asset_class.value in {"SMA-1", "SMA-2"}]
    return "between" if any(each.business_date <= end for each in late) else "good", score


def test_few_rows_are_said_to_be_few_and_the_delay_is_explained(analyst):
    found = watch_drift(WHOLE, analyst)
    assert {line.state.value for line in found.lines} == {"TOO_FEW"}
    assert found.mean_dti is None
    assert found.reference is ReferenceKind.DEVELOPMENT
    assert "drawn, not of any bank" in found.notes[0]
    assert "known 12 months after pay-out" in found.notes[1]
    assert "30 Sep 2025" in found.notes[1]


def test_a_product_or_a_past_month_is_measured_alone(analyst):
    whole = watch_drift(WHOLE, analyst)
    homes = watch_drift(MonitorScope(product_code="HOME_PURCHASE"), analyst)
    assert 0 < homes.of_rows < whole.of_rows
    with pytest.raises(Refused):
        watch_drift(MonitorScope(as_of=date(2020, 1, 1)), analyst)
    assert watch_drift(MonitorScope(whole_bank=True), analyst) == whole


def test_without_shipped_bins_the_first_months_of_the_book_serve(
    sample_desk, monkeypatch, tmp_path
):
    monkeypatch.setattr(development_sample, "FOLDER", tmp_path)
    few = watch_drift(WHOLE, sample_desk)
    assert few.reference is None
    assert "Nothing to compare with" in few.notes[0]
    assert all(line.index is None for line in few.lines)
    found = watch_drift(WHOLE, with_fewer_asked(sample_desk))
    assert found.reference is ReferenceKind.FIRST_MONTHS
    assert found.notes[0].startswith(f"Compared with the first {found.reference_rows} applications")
    assert all(line.index is not None for line in found.lines)


def with_fewer_asked(desk):
    """Let fewer rows suffice, so that a small book has first months too."""
    rules = desk.rulebook()
    rows = [replace(row, value=20) if row.code == "drift_min_rows" else row for row in rules.rows]
    fewer = Rulebook(rows, rules.products)
    return replace(desk, rulebook=lambda: fewer)


def test_who_may_not_see_the_monitor_may_not_see_drift(analyst):
    with pytest.raises(Refused):
        read_drift(WHOLE, analyst.acting(sandbox_actor(MAKER)))
    assert WINDOW_MONTHS == 12
