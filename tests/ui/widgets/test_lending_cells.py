import doctest

import pytest

from app.ui.widgets import lending_cells
from app.ui.widgets.lending_cells import KYC_ICONS, STATUS_ICONS, phone_masked
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import KycStatus


def test_examples():
    assert doctest.testmod(lending_cells).failed == 0


@pytest.mark.parametrize(("phone", "shown"), [("", "—"), ("12345", "12XXX")])
def test_an_odd_phone_is_masked_too(phone, shown):
    assert phone_masked(phone) == shown


def test_every_state_has_an_icon():
    assert set(KYC_ICONS) == set(KycStatus)
    assert set(STATUS_ICONS) == set(ApplicationStatus)
