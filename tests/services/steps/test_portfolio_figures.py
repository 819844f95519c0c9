from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from app.services.steps.portfolio_figures import LimitLine
from db.vocabulary.operations import AlertLevel


def test_figures_cannot_be_changed_after_they_were_told():
    told = LimitLine(Decimal(5), "Critical", AlertLevel.CRITICAL)
    with pytest.raises(FrozenInstanceError):
        told.value = Decimal(6)
