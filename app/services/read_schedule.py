"""The schedule of a loan as it stands, or of a loan that nobody has yet.

Source: commands.md (`schedule`), lending-rules.md 1 and 2. A loan's own schedule is read, never
computed anew.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.amortisation import LoanShape, Schedule, contract_schedule
from app.rules.day_count import add_months, due_date
from app.rules.emi import LoanTermsError
from app.rules.loan_start import PlannedInstalment
from app.rules.permissions import Act
from app.rules.rule_rows import RuleError
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.lending import EmiRounding

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class LoanSchedule:
    """Every due of a loan; money in paise.

    Attributes:
        emi_paise: the equal instalment in force.
        version: of the schedule; 1 is the contract, 0 a loan that nobody has.
        reference: of the loan; empty without one.
    """

    emi_paise: int
    rows: tuple[PlannedInstalment, ...]
    version: int = 0
    reference: str = ""

    @property
    def total_interest_paise(self) -> int:
        """Interest of all rows."""
        return sum(row.interest_paise for row in self.rows)


def read_schedule(loan: UUID | str, desk: "Desk") -> LoanSchedule:
    """Read the schedule in force of a loan, named by its id or its number.

    Raises:
        Refused: the person may not read loans.
        NotFound: the branch has no such loan.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    with desk.read_book() as book:
        if isinstance(loan, UUID):
            found = book.loans.get(branch_id, loan)
        else:
            found = book.loans.by_reference(branch_id, loan)
        rows = book.loans.schedule(branch_id, found.loan_id)
        versions = book.accounts.versions(branch_id, found.loan_id)
    return LoanSchedule(
        emi_paise=found.emi_paise,
        rows=tuple(
            PlannedInstalment(
                row.number,
                row.due_date,
                row.opening_paise,
                row.interest_paise,
                row.principal_paise,
                row.closing_paise,
            )
            for row in rows
        ),
        version=versions[-1].version if versions else 1,
        reference=found.reference,
    )


def plan_schedule(
    amount_paise: int, rate_ppm: int, months: int, desk: "Desk", first_due: date | None = None
) -> LoanSchedule:
    """The schedule that a loan of today would have, rounded as the bank rounds.

    Args:
        amount_paise: lent.
        rate_ppm: yearly rate in ppm.
        months: instalments.
        desk: whose rules and day count.
        first_due: of the first instalment; None is a month from today.

    Raises:
        Refused: the person may not read loans, or the terms are outside the arithmetic.
    """
    permit(desk, Act.READ_LOANS)
    rulebook, today = desk.rulebook(), desk.clock.today()
    start = first_due or add_months(today, 1)
    try:
        rounding = EmiRounding(rulebook.word("emi_rounding", today))
        shape = LoanShape(amount_paise, rate_ppm, months)
        plain = contract_schedule(shape, rounding, rulebook, today)
    except LoanTermsError as refusal:
        raise Refused(RefusalKind.BAD_INPUT, str(refusal)) from refusal
    except RuleError as gap:
        raise Refused(RefusalKind.CONFIGURATION, str(gap)) from gap
    return LoanSchedule(plain.emi_paise, _dated(plain, start, (first_due or today).day))


def _dated(plain: Schedule, start: date, day: int) -> tuple[PlannedInstalment, ...]:
    return tuple(
        PlannedInstalment(
            row.number,
            due_date(start, row.number, day),
            row.opening_paise,
            row.interest_paise,
            row.principal_paise,
            row.closing_paise,
        )
        for row in plain.rows
    )
