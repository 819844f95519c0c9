"""A report is read and written in one go; a refusal leaves no file behind."""

import hashlib
from pathlib import Path

import pytest

from app.services.drill_figure import drill_figure
from app.services.save_portfolio_report import (
    ReportSaved,
    SavePortfolioReport,
    save_portfolio_report,
)
from app.services.steps.desk import Desk
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from tests.file_formats.sheet_reading import sheet_of
from tests.services.sample_desks import own_sandbox

OWN = MonitorScope()


@pytest.fixture
def desk(request, tmp_path) -> Desk:
    return own_sandbox(request, tmp_path / "desk").acting(sandbox_actor(CHECKER))


@pytest.fixture(autouse=True)
def made_folder(tmp_path) -> None:
    (tmp_path / "desk").mkdir()


def saved_as(desk: Desk, target: Path) -> tuple[ReportSaved, list[tuple[int, int]]]:
    steps: list[tuple[int, int]] = []
    request = SavePortfolioReport(OWN, target)
    saved = save_portfolio_report(request, desk, lambda *step: steps.append(step))
    return saved, steps


@pytest.mark.parametrize(("ending", "pages"), [("pdf", 9), ("xlsx", 0)])
def test_a_file_holds_every_tab_and_counts_the_loans(desk, tmp_path, ending, pages) -> None:
    target = tmp_path / f"book.{ending}"
    saved, steps = saved_as(desk, target)
    assert (saved.target, saved.pages, steps) == (target, pages, [(1, 3), (2, 3)])
    assert saved.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    lines = drill_figure("outstanding", OWN, desk)
    assert (saved.loans, saved.as_of) == (lines.count, lines.as_of)
    if not pages:
        listed = sheet_of(target, "Loans")[1:]
        assert {row[0] for row in listed} == {row.reference for row in lines.rows}


@pytest.mark.parametrize("name", ["book.doc", "nowhere/book.pdf"])
def test_a_place_that_does_not_do_is_refused_before_reading(desk, tmp_path, name) -> None:
    with pytest.raises(Refused):
        saved_as(desk, tmp_path / name)
    assert not (tmp_path / name).exists()
