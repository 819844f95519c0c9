"""The facts of a bureau report, which customers and applications both carry."""

from typing import Any

from sqlalchemy import Column

from db.tables.columns import day, number, word
from db.vocabulary.people import BureauName, BureauScoreState


def bureau_columns() -> list[Column[Any]]:
    """Fresh columns for the newest report; NULL is unknown, never zero."""
    return [
        word("bureau_name", BureauName, optional=True),
        number("bureau_score", optional=True),
        word("bureau_score_state", BureauScoreState, optional=True),
        day("bureau_report_date", optional=True),
        number("bureau_late_payments", optional=True),
        number("bureau_active_loans", optional=True),
    ]
