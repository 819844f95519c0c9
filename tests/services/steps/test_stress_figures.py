"""What a stress run answers."""

from dataclasses import replace

from app.services.steps.stress_figures import SegmentBy, StressSegment, worst_first

HOME = StressSegment(SegmentBy.PRODUCT, "HOME", 2, 900, 10, 30, 0, 5)


def test_what_a_shock_adds_is_unknown_while_a_loss_is() -> None:
    assert HOME.loss_added_paise == 20
    assert replace(HOME, loss_before_paise=None).loss_added_paise is None
    assert replace(HOME, loss_after_paise=None).loss_added_paise is None


def test_the_worst_stands_first_in_each_cut_and_the_unknown_last() -> None:
    worse = replace(HOME, key="GOLD", loss_after_paise=31)
    turned = replace(HOME, key="CAR", npa_after_paise=6)
    unknown = replace(HOME, key="LARGE", loss_after_paise=None, outstanding_paise=10**9)
    state = replace(HOME, by=SegmentBy.STATE, loss_after_paise=999)
    found = worst_first([state, unknown, HOME, turned, worse])
    assert [each.key for each in found] == ["GOLD", "CAR", "HOME", "LARGE", "HOME"]
