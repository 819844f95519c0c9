from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from app.services.steps.portfolio_figures import NpaAnalysis


def test_figures_cannot_be_changed_after_they_were_told():
    told = NpaAnalysis(date(2026, 9, 30), ())
    with pytest.raises(FrozenInstanceError):
        told.as_of = date(2026, 10, 1)
