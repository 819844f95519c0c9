"""Drawn loans and their labels: matured and disbursed ones only, in the shipped product order."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.training_draw import (
    Drawing,
    applications_for,
    drawn,
    label_counts,
    labelled_table,
    labels_of_book,
    matured,
    months_of,
)
from ml.monitoring.outcome_labels import BAD, GOOD, UNLABELLED

RULES = Path(__file__).resolve().parents[3] / "resources" / "rules"
DAY = date(2026, 9, 30)


def _loaded(name: str):
    return json.loads((RULES / name).read_text(encoding="utf-8"))


def _drawing(state: int = 42, *, turned: bool = False) -> Drawing:
    products = parse_products(_loaded("products.json"))
    ordered = tuple(reversed(products)) if turned else products
    return Drawing(Rulebook(parse_rule_rows(_loaded("rule-rows.json")), ordered), DAY, state)


@pytest.fixture(scope="module")
def sample():
    return drawn(_drawing(), "sample", 1_500)


@pytest.fixture(scope="module")
def labels(sample):
    return labels_of_book(sample, _drawing().label_rule(), DAY)


def test_500_rejected_applications_in_0_labels_out(sample, labels) -> None:
    rejected = np.array([word == "Rejected" for word in sample.verdicts])
    assert rejected.sum() == 500
    assert (labels[rejected] == UNLABELLED).all()
    table = labelled_table(sample, labels)
    assert len(table["labels"]) == int(((labels == GOOD) | (labels == BAD)).sum())


def test_every_rejected_one_defaulting_changes_no_label(sample, labels) -> None:
    ruined = replace(sample, default_month=np.full(len(labels), 5))
    rejected = np.array([word == "Rejected" for word in sample.verdicts])
    found = labels_of_book(ruined, _drawing().label_rule(), DAY)
    assert (found[rejected] == UNLABELLED).all()
    assert (found == BAD).sum() > (labels == BAD).sum()


def test_waiting_and_young_loans_have_no_label_yet(sample, labels) -> None:
    counts = label_counts(sample, labels)
    assert sum(counts.values()) == 1_500
    assert (counts["rejected_unlabelled"], counts["pending_unlabelled"]) == (500, 215)
    assert counts["immature_unlabelled"] > 100
    assert counts["good"] + counts["bad"] + counts["immature_unlabelled"] == 785


def test_a_matured_book_labels_every_disbursed_loan() -> None:
    book = matured(_drawing(), 600)
    labels = labels_of_book(book, _drawing().label_rule(), DAY)
    words = Counter(book.verdicts)
    assert label_counts(book, labels)["immature_unlabelled"] == 0
    assert len(labelled_table(book, labels)["rows"]) == words["Approved"]
    assert months_of(book.applications).max() < DAY.year * 12 + DAY.month - 1 - 12


def test_the_order_of_a_books_products_changes_nothing() -> None:
    one, other = (drawn(_drawing(turned=turned), "realistic", 60) for turned in (False, True))
    assert one.applications == other.applications
    assert np.array_equal(one.rows, other.rows, equal_nan=True)


def test_sizes_follow_the_share_of_approvals() -> None:
    book = matured(_drawing(), applications_for(310))
    assert book.verdicts.count("Approved") == 310
