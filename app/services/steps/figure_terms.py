"""How the monitor cuts loans to value and sizes, and from when a valuation counts."""

from datetime import date

from app.rules.rulebook import Rulebook
from app.services.steps.closing_terms import valued_from
from app.services.steps.summary_terms import LTV_EDGES_PPM
from db.records.monitor import FigureTerms
from db.vocabulary.lending import CollateralType

# How a table is cut; no decision hangs on it.
TICKET_EDGES_PAISE = (50_000_000, 150_000_000, 300_000_000, 1_000_000_000)


def figure_terms(day: date, rulebook: Rulebook) -> FigureTerms:
    """The terms of the day.

    Raises:
        NoRuleInForceError: there is no rule on the age of valuations that day.
    """
    fresh = {kind: valued_from(kind, day, rulebook) for kind in CollateralType}
    return FigureTerms(LTV_EDGES_PPM, TICKET_EDGES_PAISE, fresh)
