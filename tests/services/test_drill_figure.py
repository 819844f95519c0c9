import pytest

from app.services.drill_figure import drill_figure, drill_further, figure_words
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import MAKER, sandbox_actor
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_lines_stand_in_the_order_of_their_references(analyst) -> None:
    found = drill_figure("outstanding", OWN, analyst)
    references = [int(row.reference.removeprefix("L-")) for row in found.rows]
    assert references == sorted(references)
    assert found.count == len(found.rows) > 0


@pytest.mark.parametrize("figure", ["due", "outstanding", "bounces 2026-09", "decided 2025-10"])
def test_further_lines_follow_without_a_gap(analyst, figure) -> None:
    whole = drill_figure(figure, OWN, analyst)
    first = drill_figure(figure, OWN, analyst, 7)
    assert (first.count, first.amount_paise) == (whole.count, whole.amount_paise)
    rows, seven = list(first.rows), 7
    while more := drill_further(figure, OWN, analyst, (len(rows), seven)):
        rows += more
        seven = 5_000
    assert tuple(rows) == whole.rows
    with pytest.raises(Refused, match="There is no figure"):
        drill_further("gold", OWN, analyst, (0, 7))


def test_decisions_are_lines_of_applications(analyst) -> None:
    month = "2025-10"
    found = drill_figure(f"decided {month}", OWN, analyst)
    assert found.count > 0
    assert all(row.reference.startswith("A-") and row.loan_id is None for row in found.rows)
    assert drill_figure(f"approved {month}", OWN, analyst).count <= found.count


@pytest.mark.parametrize(
    "figure",
    ["", "gold", "class Gold", "npa Standard", "cohort 2026", "roll 2026-09-30 0", "due soon",
     "group planet Mars", "ltv 1-2", "bounces", "cohort 2026-01 x"],
)  # fmt: skip
def test_no_other_figure_is_known(analyst, figure) -> None:
    with pytest.raises(Refused, match="There is no figure"):
        drill_figure(figure, OWN, analyst)


def test_keys_may_hold_blanks() -> None:
    assert figure_words("group employer A & B: works") == ("group", "employer", "A & B: works")
    assert figure_words("method Bank Transfer") == ("method", "Bank Transfer")
    assert figure_words("group city ") == ("group", "city", "")


def test_an_officer_may_not_drill(analyst) -> None:
    with pytest.raises(Refused, match="does not allow"):
        drill_figure("npa", OWN, analyst.acting(sandbox_actor(MAKER)))
