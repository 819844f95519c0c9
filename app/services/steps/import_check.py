"""What is wrong, or odd, about the rows of a file; nothing is written here.

Source: screens.md S100, step 4. An error keeps a row out; a warning lets it in. An instalment that
does not follow from principal, rate and months is a warning.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.file_formats.csv_in import CsvRow, CsvShape, read_rows
from app.file_formats.import_row_models import (
    ImportedRow,
    ImportMapping,
    RowProblemsError,
    read_row,
)
from app.rules.emi import LoanTermsError, exact_emi
from app.rules.rulebook import NoProductInForceError, Rulebook
from db.vocabulary.operations import ImportDuplicates, ImportKind

INSTALMENT_TOLERANCE = Decimal("1.00")  # of the file's currency; a rounding, not a policy
MOST_LISTED = 1_000
_HUNDREDTHS = 100
_ASKED = {
    "customer_reference": "The row does not say whose it is",
    "loan_amount": "The loan amount is not known",
    "loan_tenure_months": "The number of months is not known",
    "rate_ppm": "The interest rate is not known",
    "loan_purpose": "The purpose is not known",
    "application_date": "The application date is not known",
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of the file (the header is row 1), its column and a sentence."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class CheckTally:
    """What a pass over the file found; lists stop at a thousand lines, counts do not."""

    rows: int = 0
    good: int = 0
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    error_count: int = 0
    warning_count: int = 0

    def error(self, problem: RowProblem) -> None:
        """Count and list an error."""
        self.error_count += 1
        if len(self.errors) < MOST_LISTED:
            self.errors.append(problem)

    def warning(self, problem: RowProblem) -> None:
        """Count and list a warning."""
        self.warning_count += 1
        if len(self.warnings) < MOST_LISTED:
            self.warnings.append(problem)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads a file by a mapping, checking every row against the rules of one day."""

    path: Path
    shape: CsvShape
    mapping: ImportMapping
    rulebook: Rulebook
    today: date

    def good_rows(self, tally: CheckTally) -> Iterator[ImportedRow]:
        """Yield the usable rows, one at a time, and tell the tally about all of them.

        Raises:
            CsvFileError: the file breaks off.
        """
        seen: set[str] = set()
        for record in read_rows(self.path, self.shape):
            tally.rows += 1
            row = self._typed(record, tally)
            if row is None or self._is_repeated(row, seen, tally):
                continue
            problems = list(self._problems(row))
            for problem in problems:
                tally.error(problem)
            if problems:
                continue
            for problem in self._oddities(row):
                tally.warning(problem)
            tally.good += 1
            yield row

    def _typed(self, record: CsvRow, tally: CheckTally) -> ImportedRow | None:
        if record.values is None:
            message = f"The row has {record.width} values, the header {len(self.shape.columns)}"
            tally.error(RowProblem(record.number, "", message))
            return None
        try:
            row = read_row(record.number, record.values, self.mapping)
        except RowProblemsError as fault:
            for column, sentence in fault.problems:
                tally.error(RowProblem(record.number, column, sentence))
            return None
        if "application_date" in self.mapping.columns:
            return row
        return replace(row, application_date=self.today)  # the file has none: the day it came in

    def _is_repeated(self, row: ImportedRow, seen: set[str], tally: CheckTally) -> bool:
        """Whether the file has this row already; asking for an answer keeps it out, too."""
        key = row.reference if self._applications else row.customer_reference
        if not key or key not in seen:
            seen.add(key)
            return False
        column = self._column("reference" if self._applications else "customer_reference")
        problem = RowProblem(row.row, column, f"{key} stands in the file more than once")
        if self.mapping.duplicates is ImportDuplicates.SKIP:
            tally.warning(problem)
        else:
            tally.error(problem)
        return True

    @property
    def _applications(self) -> bool:
        return self.mapping.kind is ImportKind.APPLICATIONS

    def _problems(self, row: ImportedRow) -> Iterator[RowProblem]:
        asked = (
            _ASKED if self._applications else {"customer_reference": _ASKED["customer_reference"]}
        )
        for name, sentence in asked.items():
            if not getattr(row, name):
                yield self._about(row, name, sentence)
        if row.monthly_income is None:
            yield self._about(row, "monthly_income", "The income is not known")
        elif row.monthly_income <= 0:
            yield self._about(
                row, "monthly_income", "The income is 0: no ratio can be told from it"
            )
        mapped = "existing_debt_share" in self.mapping.columns
        if mapped and row.existing_debt_percent is None:
            yield self._about(row, "existing_debt_percent", "The existing debts are not known")
        if row.application_date is not None and row.application_date > self.today:
            yield self._about(row, "application_date", "The application date lies ahead of today")
        if self._applications and not self._has_product(row):
            yield self._about(row, "product_code", "No product of that day serves this row")

    def _has_product(self, row: ImportedRow) -> bool:
        if row.loan_purpose is None or row.application_date is None:
            return True  # told above
        try:
            if row.product_code is None:
                self.rulebook.default_product_for(row.loan_purpose, row.application_date)
            else:
                self.rulebook.product(row.product_code, row.application_date)
        except NoProductInForceError:
            return False
        return True

    def _oddities(self, row: ImportedRow) -> Iterator[RowProblem]:
        stated, expected = row.instalment, _expected_instalment(row)
        if stated is None or expected is None or abs(stated - expected) <= INSTALMENT_TOLERANCE:
            return
        message = (
            f"The instalment {stated:.2f} does not follow from amount, rate and months, "
            f"which give {expected:.2f}"
        )
        yield self._about(row, "instalment", message)

    def _about(self, row: ImportedRow, name: str, sentence: str) -> RowProblem:
        return RowProblem(row.row, self._column(_FIELD_OF.get(name, name)), sentence)

    def _column(self, name: str) -> str:
        rule = self.mapping.columns.get(name)
        return name if rule is None or rule.column is None else rule.column


_FIELD_OF = {"rate_ppm": "interest_rate", "existing_debt_percent": "existing_debt_share"}


def _expected_instalment(row: ImportedRow) -> Decimal | None:
    """The equal instalment in the file's currency, None where the terms give none."""
    if row.loan_amount is None or row.rate_ppm is None or row.loan_tenure_months is None:
        return None
    hundredths = int(row.loan_amount * _HUNDREDTHS)
    try:
        return exact_emi(hundredths, row.rate_ppm, row.loan_tenure_months) / _HUNDREDTHS
    except LoanTermsError:
        return None
