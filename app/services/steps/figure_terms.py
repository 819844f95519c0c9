"""How the monitor cuts loans to value and sizes, what security carries, when a valuation counts."""

from collections.abc import Iterator
from datetime import date

from app.rules.rulebook import Rulebook
from app.rules.standing_signs import cap_steps
from app.services.steps.closing_terms import valued_from
from db.records.monitor import CapTerms, FigureTerms
from db.vocabulary.lending import CollateralType

# How tables are cut; no decision hangs on these.
LTV_EDGES_PPM = (500_000, 650_000, 750_000, 800_000, 900_000)
TICKET_EDGES_PAISE = (50_000_000, 150_000_000, 300_000_000, 1_000_000_000)


def figure_terms(day: date, rulebook: Rulebook) -> FigureTerms:
    """The terms of the day.

    Raises:
        NoRuleInForceError: a rule on the age of valuations or on a tier is missing that day.
    """
    fresh = {kind: valued_from(kind, day, rulebook) for kind in CollateralType}
    return FigureTerms(LTV_EDGES_PPM, TICKET_EDGES_PAISE, fresh, tuple(_caps(day, rulebook)))


def _caps(day: date, rulebook: Rulebook) -> Iterator[CapTerms]:
    """The caps of the day for every product there ever was, as the sign of a breach takes them."""
    for product in rulebook.products:
        whose = (product.product_code, product.effective_from, product.effective_to)
        for cap in product.ltv:
            for up_to, ppm in cap_steps(cap, rulebook, day):
                yield CapTerms(*whose, cap.collateral_type, up_to, ppm)
