"""The files between the window and the child that computes a stress run: rules, terms and loans.

Source: desktop.md 3 (a child never opens the book; its input and result are files in the job's
folder). One loan a line, so that memory does not grow with the book.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.rules.rulebook import Rulebook, parse_rule_rows
from app.rules.stress import StressScenario
from app.services.steps.plain_json import to_plain
from app.services.steps.progress import Cancelled, Progress, StoppedError
from db.records.stress import StressRow
from db.vocabulary.decisions import RiskLevel
from db.vocabulary.lending import EmiRounding
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from db.vocabulary.people import EmploymentType, State

LOANS_FILE = "loans.jsonl"
_TOLD_EVERY = 2_000
OF_ALL = "all"


@dataclass(frozen=True, slots=True)
class StressTerms:
    """What of a run is no loan.

    Attributes:
        roundings: of the instalment, by product.
        pd_ppm: probability of default by risk level; under "all" that of every other loan.
        method: sentences about how these were found.
    """

    name: str
    as_of: date
    scenario: StressScenario
    loans: int
    roundings: dict[str, EmiRounding]
    pd_ppm: dict[str, int]
    method: tuple[str, ...]

    def rounding_of(self, product_code: str, otherwise: EmiRounding) -> EmiRounding:
        """The product's own rounding, else that of the rule book."""
        return self.roundings.get(product_code, otherwise)

    def probability_of(self, level: RiskLevel | None) -> int | None:
        """The probability of a level in ppm; None where nothing is known of any loan."""
        return self.pd_ppm.get("" if level is None else level.value, self.pd_ppm.get(OF_ALL))


def rules_in_force(rulebook: Rulebook, on: date) -> dict[str, Any]:
    """The rows of one day, as `parse_rule_rows` reads them back."""
    names = ("code", "segment", "value", "unit", "compare", "description", "source", "confirm")
    rows = [
        {
            **{name: getattr(row, name) for name in names},
            "effective_from": row.effective_from.isoformat(),
            "effective_to": None if row.effective_to is None else row.effective_to.isoformat(),
        }
        for row in rulebook.rows
        if row.in_force(on)
    ]
    return {"rows": rows}


def write_job(folder: Path, terms: StressTerms, rulebook: Rulebook) -> None:
    """Write job.json beside the loans, last of all: a folder without it is no job."""
    job = {
        "kind": "stress",
        "terms": to_plain(terms),
        "rules": rules_in_force(rulebook, terms.as_of),
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")


def job_rules(job: Any) -> Rulebook:  # noqa: ANN401  # loaded JSON
    """The rules of the day of a job."""
    return Rulebook(parse_rule_rows(job["rules"]))


def write_loans(
    rows: Iterable[StressRow], folder: Path, total: int, watch: tuple[Progress, Cancelled]
) -> int:
    """Write one line a loan; return how many there were.

    Raises:
        StoppedError: `cancelled` answered true.
    """
    progress, cancelled = watch
    written = 0
    with (folder / LOANS_FILE).open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, default=str))
            file.write("\n")
            written += 1
            if written % _TOLD_EVERY == 0:
                if cancelled():
                    raise StoppedError(written, total)
                progress(written, max(total, written))
    return written


def read_loans(folder: Path) -> Iterator[StressRow]:
    """The loans of a job in their order; ids stay text."""
    with (folder / LOANS_FILE).open(encoding="utf-8") as file:
        for line in file:
            yield _row(StressRow(*json.loads(line)))


def salaried_keys(folder: Path) -> Iterator[str]:
    """The borrowers who have work to lose."""
    with (folder / LOANS_FILE).open(encoding="utf-8") as file:
        for line in file:
            row = StressRow(*json.loads(line))
            if row.employment_type == EmploymentType.SALARIED.value and row.income_paise:
                yield borrower_key(row)


def borrower_key(row: StressRow) -> str:
    """One name for a borrower of any branch."""
    return f"{row.branch_id}:{row.customer_id}"


def _row(row: StressRow) -> StressRow:
    return row._replace(
        asset_class=AssetClass(row.asset_class),
        npa_since=_day(row.npa_since),
        oldest_unpaid_due=_day(row.oldest_unpaid_due),
        first_due_date=date.fromisoformat(str(row.first_due_date)),
        provision_segment=ProvisionSegment(row.provision_segment),
        risk_level=None if row.risk_level is None else RiskLevel(row.risk_level),
        employment_type=(
            None if row.employment_type is None else EmploymentType(row.employment_type)
        ),
        state=None if row.state is None else State(row.state),
    )


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))
