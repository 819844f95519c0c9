"""Lines of a report by month, and the table that is their twin.

Source: visual-language.md (Charts): the same numbers stand in a table of the page.
"""

from decimal import Decimal

from app.file_formats.table_out import TableColumn, ValueKind
from app.services.steps.monitor_answers import ClassMonth
from app.services.steps.report_tables import ReportTable, share
from db.vocabulary.loan_life import AssetClass

Series = tuple[str, tuple[Decimal | None, ...]]
CLASS_GROUPS = (
    ("SMA", (AssetClass.SMA_0, AssetClass.SMA_1, AssetClass.SMA_2)),
    ("Sub-standard", (AssetClass.SUB_STANDARD,)),
    ("Doubtful", (AssetClass.DOUBTFUL_1, AssetClass.DOUBTFUL_2, AssetClass.DOUBTFUL_3)),
    ("Loss", (AssetClass.LOSS,)),
)


def together(month: ClassMonth, classes: tuple[AssetClass, ...]) -> Decimal | None:
    """The share of several classes; None where none is known."""
    shares = [each for word, each in zip(AssetClass, month.shares, strict=True) if word in classes]
    known = [each for each in shares if each is not None]
    return sum(known, Decimal(0)) if len(known) == len(shares) else None


def by_month(title: str, names: tuple[str, ...], series: tuple[Series, ...]) -> ReportTable:
    """The twin of a chart: a row a month, a column a line."""
    columns = (
        TableColumn("month", "Month", width=12),
        *(
            TableColumn(f"line_{place}", f"{words} %", ValueKind.PERCENT, 14)
            for place, (words, _) in enumerate(series)
        ),
    )
    rows = tuple(
        (name, *(share(values[place]) for _, values in series)) for place, name in enumerate(names)
    )
    return ReportTable(title, columns, rows)


def numbers_of(series: tuple[Series, ...]) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    """The lines as a chart draws them; None leaves a gap."""
    return tuple(
        (words, tuple(None if each is None else float(each) for each in values))
        for words, values in series
    )
