"""What is known of a branch's loans beside their payments, read for the signs of state.

Source: screens.md S70. Set-based: only loans that a rule may speak of are read.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.rule_rows import NoProductInForceError
from app.rules.standing_signs import (
    SecurityHeld,
    StandingFacts,
    lowest_caps,
    ltv_now,
)
from db.records.follow_up import SecurityRow

if TYPE_CHECKING:
    from app.rules.affordability import LoanToValue
    from app.rules.rulebook import Rulebook
    from db.unit_of_work import UnitOfWork


def standing_facts(
    book: "UnitOfWork", branch_id: int, rulebook: "Rulebook", day: date
) -> Mapping[UUID, StandingFacts]:
    """The facts of loans on which a sign of state may stand; the others are left out."""
    reads, found = book.follow_ups.standing, defaultdict[UUID, StandingFacts](StandingFacts)
    held: dict[UUID, list[SecurityRow]] = defaultdict(list)
    for row in reads.hardly_carried(branch_id, lowest_caps(rulebook, day)):
        held[row.loan_id].append(row)
    for loan_id, rows in held.items():
        found[loan_id] = StandingFacts(ltv=_ltv(rows, rulebook, day))
    for score in reads.fallen_scores(branch_id):
        scores = (score.then_hundredths, score.now_hundredths)
        found[score.loan_id] = replace(found[score.loan_id], scores=scores)
    for loan_id in reads.with_defaulted_cosigners(branch_id):
        found[loan_id] = replace(found[loan_id], cosigner_in_default=True)
    return found


def _ltv(rows: list[SecurityRow], rulebook: "Rulebook", day: date) -> "LoanToValue | None":
    """Against the caps of the day, by the product as the loan was given."""
    first = rows[0]
    try:
        product = rulebook.product(first.product_code, first.sanction_date)
    except NoProductInForceError:
        return None  # an imported loan from before the products began: nothing to hold it against
    held = [SecurityHeld(row.kind, row.value_paise, row.accepted_share_ppm) for row in rows]
    owed = (first.principal_paise, first.outstanding_paise)
    return ltv_now(owed, product, held, rulebook, day)
