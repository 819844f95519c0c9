"""The provision that one loan needs, from its class, what is owed on it and what secures it.

Source: lending-rules.md 9.3. A valuation older than its policy age counts as nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules.provisioning import (
    ProvisionCase,
    is_unsecured,
    provision_required,
    realisable_value,
)
from app.rules.rule_rows import NoProductInForceError
from app.rules.rulebook import Rulebook
from db.records.applications import Collateral
from db.records.loans import Loan, LoanActRecord
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.loan_life import AssetClass, ProvisionSegment


@dataclass(frozen=True, slots=True)
class SecuredLoan:
    """What of a loan does not move from day to day; money in paise.

    Attributes:
        restructured_on: since when `segment` holds; before, that of its product as sanctioned,
            where the rule book knows the product.
    """

    principal_paise: int
    segment: ProvisionSegment
    collateral: tuple[Collateral, ...] = ()
    product_code: str = ""
    sanctioned_on: date = date.max
    restructured_on: date | None = None

    def segment_on(self, day: date, rulebook: Rulebook) -> ProvisionSegment:
        """What it is provided for as at the end of a day."""
        if self.restructured_on is None or self.restructured_on <= day:
            return self.segment
        try:
            return rulebook.product(self.product_code, self.sanctioned_on).provision_segment
        except NoProductInForceError:
            return self.segment


def secured_loan(
    loan: Loan, collateral: Iterable[Collateral], acts: Iterable[LoanActRecord]
) -> SecuredLoan:
    """A loan of the book with what secures it; its acts say when it was first restructured."""
    return SecuredLoan(
        loan.principal_paise,
        loan.provision_segment,
        tuple(collateral),
        loan.product_code,
        loan.sanction_date,
        min(days_of(acts, LoanAct.RESTRUCTURE), default=loan.restructured_on),
    )


def days_of(acts: Iterable[LoanActRecord], kind: LoanAct) -> tuple[date, ...]:
    """The days for which two people agreed on such acts, oldest first."""
    posted = (act for act in acts if act.act is kind and act.state is ActState.POSTED)
    return tuple(sorted({act.value_date for act in posted}))


def security_value(collateral: Iterable[Collateral], rulebook: Rulebook, on: date) -> int:
    """Realisable value in paise; a valuation older than its policy age counts as nothing."""
    return sum(
        realisable_value(each.value_paise, each.valuation_date, each.collateral_type, rulebook, on)
        for each in collateral
    )


def provision_case(
    loan: SecuredLoan, stands: tuple[AssetClass, int], day: date, rulebook: Rulebook
) -> ProvisionCase:
    """The loan as provisioning sees it; `stands` is its class and what is owed in paise."""
    at_start = sum(each.value_paise for each in loan.collateral)
    asset_class, outstanding_paise = stands
    return ProvisionCase(
        asset_class=asset_class,
        outstanding_paise=outstanding_paise,
        security_paise=security_value(loan.collateral, rulebook, day),
        segment=loan.segment_on(day, rulebook),
        unsecured_ab_initio=is_unsecured(at_start, loan.principal_paise, rulebook, day),
    )


def provision_at(
    loan: SecuredLoan, stands: tuple[AssetClass, int], day: date, rulebook: Rulebook
) -> int:
    """The provision in paise at that day-end.

    Raises:
        NoRuleInForceError: the day lies before the provisioning rows.
    """
    return provision_required(provision_case(loan, stands, day, rulebook), rulebook, day)
