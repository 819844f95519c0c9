"""The bins that ship with the champion are those of what it was developed on."""

import json
import runpy
from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.development_sample import (
    FOLDER,
    SCORE,
    ReferenceKind,
    ScoredRow,
    from_document,
    reference_of,
    shipped_reference,
    to_document,
)
from ml.features import FEATURE_NAMES
from tests.architecture.source_files import PROJECT


class OtherModel:
    """A model of which nothing is shipped."""

    card = {"data_sha256": "0" * 64}  # noqa: RUF012  # as a model has it


def rows(count: int) -> list[ScoredRow]:
    return [
        ScoredRow(date(2026, 1, 1 + n % 28), 300.0 + n, tuple(float(n + k) for k in range(28)))
        for n in range(count)
    ]


def test_the_champion_has_bins_bound_to_it_by_the_hash_of_its_training_loans(champion) -> None:
    found = shipped_reference(champion)
    assert found.kind is ReferenceKind.DEVELOPMENT
    assert [each.name for each in found.bins] == [SCORE, *FEATURE_NAMES]
    for each in found.bins:
        assert sum(each.counts) == found.rows > 40_000
        assert len(each.counts) == len(each.edges) + 1 <= 10
        assert list(each.edges) == sorted(each.edges)
    assert shipped_reference(OtherModel()) is None


def test_a_reference_comes_back_from_its_file(champion) -> None:
    found = shipped_reference(champion)
    assert from_document(to_document(found, "x")) == found


def test_a_reference_is_made_of_rows() -> None:
    made = reference_of(ReferenceKind.FIRST_MONTHS, rows(100), 10)
    assert (made.rows, made.first, made.last) == (100, date(2026, 1, 1), date(2026, 1, 28))
    assert made.mean_dti == 49.5
    assert made.bins[0].counts == (10,) * 10
    assert reference_of(ReferenceKind.FIRST_MONTHS, [], 10) is None
    again = from_document(json.loads(json.dumps(to_document(made, "x"))))
    assert again == replace(made, kind=ReferenceKind.DEVELOPMENT)


@pytest.mark.long
def test_drawing_again_gives_the_shipped_bins(champion) -> None:
    script = runpy.run_path(str(PROJECT / "build" / "development_bins.py"))
    digest, drawn = script["drawn_reference"](champion)
    assert digest == champion.card["data_sha256"]
    shipped = json.loads((FOLDER / f"{champion.model_id}.json").read_text(encoding="utf-8"))
    assert to_document(drawn, digest) == shipped
