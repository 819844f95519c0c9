"""The lines of the products list: open proposals first, then every version (S110)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.product_lines import ProductLimit, product_limits
from app.rules.products import Product, parse_product
from app.services.read_rules import ProductLine, ProductsFound, ProposalLine, find_products
from app.services.steps.desk import Desk
from app.ui.screens.products.product_fields import Definition
from app.ui.widgets.dated_list import DatedBook
from app.ui.widgets.dated_rows import DatedEntry, RowState, period_state, proposal_state
from app.ui.widgets.lending_cells import word_of


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """A version as it is, or as a proposal would make it.

    Attributes:
        before: for a proposal the version that it would close.
    """

    product: Product
    definition: Definition
    limits: tuple[ProductLimit, ...]
    before: Definition | None = None

    @property
    def name(self) -> str:
        """The product's name in English."""
        return self.product.name("en")

    @property
    def purposes(self) -> str:
        """What it may be used for."""
        return ", ".join(word_of("loan_purpose", each) for each in self.product.purposes)


ProductEntry = DatedEntry[ProductRecord]


def read_product_book(desk: Desk, on: date) -> DatedBook:
    """Read the products as of a day (database lane)."""
    found = find_products(desk, on)
    return DatedBook(found, product_entries(found))


def product_entries(found: ProductsFound) -> tuple[ProductEntry, ...]:
    """Every line; a proposal that was approved is a version by now."""
    proposals = [_proposed(line, found.products) for line in found.proposals]
    rows = sorted(map(_entry, found.products), key=lambda entry: entry.name)
    return (*(each for each in proposals if each is not None), *rows)


def _entry(line: ProductLine) -> ProductEntry:
    record = ProductRecord(line.product, line.definition, line.limits)
    return DatedEntry(
        key=line.product.product_code,
        name=record.name,
        groups=frozenset(line.product.purposes),
        search=_search(record),
        state=period_state(line.state, waiting=line.waiting),
        starts=line.product.effective_from,
        ends=line.product.effective_to,
        source=line.product.source,
        proposed_by=line.proposed_by,
        approved_by=line.approved_by,
        record=record,
    )


def _proposed(line: ProposalLine, versions: Sequence[ProductLine]) -> ProductEntry | None:
    """A proposal as the version it would become; None once approved or no longer readable."""
    proposal = line.proposal
    state = proposal_state(proposal.state)
    before = next(
        (
            each.definition
            for each in versions  # the newest first
            if each.product.product_code == proposal.product_code
            and each.product.effective_from < proposal.effective_from
        ),
        None,
    )
    if state is None or before is None:
        return None
    starts = {"effective_from": proposal.effective_from.isoformat(), "effective_to": None}
    definition = {**before, **json.loads(proposal.value), **starts, "source": proposal.source}
    product = parse_product(definition)
    record = ProductRecord(product, definition, product_limits(product), before)
    return DatedEntry(
        key=product.product_code,
        name=record.name,
        groups=frozenset(product.purposes),
        search=_search(record),
        state=state,
        starts=proposal.effective_from,
        ends=None,
        source=proposal.source,
        proposed_by=proposal.proposed_by,
        approved_by=proposal.decided_by if state is RowState.REFUSED else None,
        record=record,
        proposal=line,
    )


def _search(record: ProductRecord) -> str:
    code = record.product.product_code.replace("_", " ")
    return f"{record.name} {code} {record.purposes}".casefold()
