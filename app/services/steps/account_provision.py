"""What must be set aside for a loan, part by part with the rule row that says so.

Source: screens.md S61 (rate, base, rule row); lending-rules.md 9.3. The sum is that of
`app/rules/provisioning.py`; a test holds both equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.rules.money import share_of
from app.rules.provisioning import ProvisionCase
from app.rules.rule_rows import NoRuleInForceError
from app.rules.rulebook import Rulebook
from app.services.steps.loan_provision import SecuredLoan, provision_case
from db.vocabulary.loan_life import AssetClass

_DOUBTFUL = {
    AssetClass.DOUBTFUL_1: "D1",
    AssetClass.DOUBTFUL_2: "D2",
    AssetClass.DOUBTFUL_3: "D3",
}


@dataclass(frozen=True, slots=True)
class ProvisionPart:
    """One share of a provision.

    Attributes:
        code, segment: key of the rule row; `rule_from` is its first day.
        base_paise: of the outstanding principal.
    """

    code: str
    segment: str
    rule_from: date
    source: str
    rate_ppm: int
    base_paise: int
    amount_paise: int


@dataclass(frozen=True, slots=True)
class Stands:
    """How a loan stood at the end of a day; principal in paise."""

    on: date
    asset_class: AssetClass
    outstanding_paise: int


def parts_on(secured: SecuredLoan, stands: Stands, rulebook: Rulebook) -> tuple[ProvisionPart, ...]:
    """The parts of a loan's provision on a day; none where the rule book has no row for it."""
    known = (stands.asset_class, stands.outstanding_paise)
    try:
        case = provision_case(secured, known, stands.on, rulebook)
        return provision_parts(case, rulebook, stands.on)
    except NoRuleInForceError:
        return ()


def provision_parts(loan: ProvisionCase, rulebook: Rulebook, on: date) -> tuple[ProvisionPart, ...]:
    """The parts of the provision at a day-end; a doubtful loan has one for what is secured.

    Raises:
        NoRuleInForceError: the day lies before the provisioning rows.
    """
    return tuple(_part(key, base, rulebook, on) for key, base in _bases(loan))


def _bases(loan: ProvisionCase) -> Iterator[tuple[tuple[str, str], int]]:
    owed, asset_class = loan.outstanding_paise, loan.asset_class
    if asset_class is AssetClass.LOSS:
        yield ("provision_loss", "ALL"), owed
    elif asset_class in _DOUBTFUL:
        secured = min(owed, max(loan.security_paise, 0))
        yield ("provision_doubtful_secured_part", _DOUBTFUL[asset_class]), secured
        yield ("provision_doubtful_rest", "ALL"), owed - secured
    elif asset_class is AssetClass.SUB_STANDARD:
        segment = "UNSECURED_AB_INITIO" if loan.unsecured_ab_initio else "SECURED"
        yield ("provision_sub_standard", segment), owed
    else:
        yield ("provision_standard", loan.segment.value), owed


def _part(key: tuple[str, str], base_paise: int, rulebook: Rulebook, on: date) -> ProvisionPart:
    code, segment = key
    row, rate = rulebook.row(code, on, segment), rulebook.ppm(code, on, segment)
    return ProvisionPart(
        code=code,
        segment=row.segment,
        rule_from=row.effective_from,
        source=row.source,
        rate_ppm=rate,
        base_paise=base_paise,
        amount_paise=share_of(base_paise, rate),
    )
