"""One page of the report for each of the monitor's tabs that is a table."""

from app.file_formats.table_out import TableColumn, Value, ValueKind
from app.rules.dates import date_shown
from app.rules.roll_rates import CLOSED, WRITTEN_OFF
from app.services.steps.monitor_answers import ClassesWatched
from app.services.steps.monitor_tabs import (
    CohortsWatched,
    ConcentrationWatched,
    CountRow,
    RepaymentWatched,
    RollRatesWatched,
    SecurityWatched,
)
from app.services.steps.report_months import CLASS_GROUPS, by_month, numbers_of, together
from app.services.steps.report_tables import ReportLines, ReportPage, ReportTable, share
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass

_MONEY, _COUNT, _PERCENT = ValueKind.MONEY, ValueKind.COUNT, ValueKind.PERCENT
_LOANS = TableColumn("loans", "Loans", _COUNT, 10)
_AMOUNT = TableColumn("amount", "Amount ₹", _MONEY, 18)
_SHARE = TableColumn("share", "Share %", _PERCENT, 10)
_CLASS_COLUMNS = (
    TableColumn("class", "Class", width=16),
    _LOANS,
    _AMOUNT,
    _SHARE,
    TableColumn("required", "Provision ₹", _MONEY, 18),
    TableColumn("held", "Held ₹", _MONEY, 18),
    TableColumn("in", "Came", _COUNT, 8),
    TableColumn("out", "Left", _COUNT, 8),
    TableColumn("change", "This month ₹", _MONEY, 18),
)
_KEYS = {
    "due": "Due so far",
    "on_time": "Paid in full by their due date",
    "late": "Paid later",
    "unpaid": "Not paid",
    "prepayments": "Prepayments of the month",
    "bounces": "Bounces of the month",
    "ltv_breach": "More lent than the security allows",
    "old_valuation": "Valuation too old",
}
_BUCKETS = {DpdBucket.NONE: "Current", CLOSED: "Closed", WRITTEN_OFF: "Written off"}
MOST_MOVES = 24  # in print, beside the chart
MOST_GROUPS = 14  # of one key in print: four keys stand on one page


def classes_page(answer: ClassesWatched) -> ReportPage:
    """Classes, then what moved between them."""
    rows = tuple(
        (
            _word(each.asset_class, ""),
            each.loans,
            each.amount_paise,
            share(each.percentage),
            each.provision_required_paise,
            each.provision_held_paise,
            each.moved_in,
            each.moved_out,
            each.change_paise,
        )
        for each in answer.classes
    )
    moves = tuple(
        (_word(each.before, "New"), _word(each.after, "Closed"), each.loans, each.amount_paise)
        for each in answer.movements
    )
    from_to = (TableColumn("from", "From", width=16), TableColumn("to", "To", width=16))
    names = tuple(f"{month.day:%b %y}" for month in answer.months)
    groups = tuple(
        (words, tuple(together(month, classes) for month in answer.months))
        for words, classes in CLASS_GROUPS
    )
    since = f"Movements since {answer.since:%d %b %Y}." if answer.since else "No month end is kept."
    return ReportPage(
        "Class",
        since,
        (
            ReportTable("Classes", _CLASS_COLUMNS, rows),
            by_month("Classes by month", names, groups),
            ReportTable("Movements", (*from_to, _LOANS, _AMOUNT), moves, most=MOST_MOVES),
        ),
        (ReportLines("By month, % of outstanding", names, numbers_of(groups)),),
        aside=1,
    )


def _word(asset_class: AssetClass | None, nothing: str) -> str:
    return shipped_words().label("asset_class", asset_class) if asset_class else nothing


def cohorts_page(answer: CohortsWatched) -> ReportPage:
    """The heat table of what is handed; rows with too few loans say so."""
    months = answer.months_on_book
    columns = (
        TableColumn("month", "Disbursed", width=20),
        _LOANS,
        *(TableColumn(f"month_{each}", str(each), _PERCENT, 7) for each in months),
    )
    rows: list[tuple[Value, ...]] = []
    for row in answer.rows:
        words = f"{row.month:%b %Y}" + (" (few)" if row.thin else "")
        shares = {cell.month_on_book: cell.share for cell in row.cells}
        rows.append((words, row.loans, *(share(shares.get(each)) for each in months)))
    note = "% of the loans of a month that were ever 90 days late, by full months on book. "
    note += "Few: too few loans to be read as a rate."
    sound = tuple(not row.thin for row in answer.rows)
    table = ReportTable("Cohorts", columns, tuple(rows), heat=sound)
    return ReportPage("Cohorts", note, (table,))


def rolls_page(answer: RollRatesWatched) -> ReportPage:
    """The matrix, or why there is none yet."""
    columns = (
        TableColumn("bucket", "Days late", width=14),
        TableColumn("opening", "Owed ₹", _MONEY, 18),
        *(
            TableColumn(f"to_{each}", _BUCKETS.get(each, each), _PERCENT, 10)
            for each in answer.buckets
        ),
    )
    rows = tuple(
        (
            _BUCKETS.get(row.before, row.before),
            row.opening_paise,
            *(share(cell.share) for cell in row.cells),
        )
        for row in answer.rows
    )
    note = answer.sentence
    if answer.month is not None:
        opened, ended = map(date_shown, answer.month)
        note = f"From {opened} to {ended}, each row adds up to 100."
    matrix = ReportTable("Roll rates", columns, rows, heat=(True,) * len(rows))
    months = answer.months[::-1]
    names = tuple(f"{month.month[1]:%b %y}" for month in months)
    series = tuple(
        (_BUCKETS.get(row.before, row.before), tuple(month.rows[place].worse for month in months))
        for place, row in enumerate(answer.rows)
        if row.before != DpdBucket.OVER_90  # nothing rolls beyond it
    )
    if not months:
        return ReportPage("Roll rates", note, (matrix,))
    chart = ReportLines("Rolled worse, % of the bucket's balance", names, numbers_of(series))
    return ReportPage(
        "Roll rates", note, (matrix, by_month("Rolled worse", names, series)), (chart,)
    )


def concentration_page(answers: tuple[ConcentrationWatched, ...]) -> ReportPage:
    """A table for each key."""
    tables = []
    for answer in answers:
        columns = (
            TableColumn("key", answer.by.value.capitalize(), width=24),
            _LOANS,
            _AMOUNT,
            _SHARE,
            TableColumn("npa", "NPA ₹", _MONEY, 18),
            TableColumn("npa_share", "NPA %", _PERCENT, 10),
        )
        rows = tuple(
            (
                row.label,
                row.loans,
                row.amount_paise,
                share(row.share),
                row.npa_paise,
                share(row.npa_share),
            )
            for row in answer.rows
        )
        tables.append(ReportTable(f"By {answer.by.value}", columns, rows, most=MOST_GROUPS))
    points = (
        f"{answer.by.value} {answer.points:,.0f}" for answer in answers if answer.points is not None
    )
    note = "Herfindahl index from 0 to 10,000: " + ", ".join(points)
    return ReportPage("Concentration", note, tuple(tables), aside=len(tables) // 2)


def security_page(answer: SecurityWatched) -> ReportPage:
    """Kinds, bands, breaches and old valuations."""
    kinds = (
        TableColumn("kind", "Kind", width=20),
        _LOANS,
        TableColumn("value", "Value ₹", _MONEY, 18),
        TableColumn("accepted", "Accepted ₹", _MONEY, 18),
        _SHARE,
    )
    rows = tuple(
        (
            shipped_words().label("collateral_type", row.kind),
            row.loans,
            row.value_paise,
            row.accepted_paise,
            share(row.share),
        )
        for row in answer.kinds
    )
    bands = tuple(
        (_band(row.above_ppm, row.up_to_ppm), row.loans, row.amount_paise, share(row.share))
        for row in answer.bands
    )
    band = TableColumn("band", "Loan to value", width=20)
    watched = (answer.breaches, answer.old_valuations)
    return ReportPage(
        "Security",
        "",
        (
            ReportTable("Security", kinds, rows),
            ReportTable("Loan to value", (band, _LOANS, _AMOUNT, _SHARE), bands),
            ReportTable("Security to watch", _count_columns("What"), _counts(watched)),
        ),
    )


def repayment_page(answer: RepaymentWatched) -> ReportPage:
    """Due dates of the month, counts, methods."""
    columns = (
        TableColumn("day", "Due on", ValueKind.DATE, 14),
        TableColumn("due", "Due", _COUNT, 8),
        TableColumn("on_time", "On time", _COUNT, 10),
        TableColumn("late", "Late", _COUNT, 8),
        TableColumn("unpaid", "Not paid", _COUNT, 10),
        TableColumn("money", "Due ₹", _MONEY, 18),
        TableColumn("received", "Received ₹", _MONEY, 18),
        TableColumn("missed", "Missing ₹", _MONEY, 18),
    )
    rows = tuple(
        (
            day.day,
            day.due,
            day.on_time,
            day.late,
            day.unpaid,
            day.due_paise,
            day.received_paise,
            day.missed_paise,
        )
        for day in answer.days
    )
    counts = (answer.due, answer.on_time, answer.late, answer.unpaid)
    receipts = (answer.prepayments, answer.bounces, *answer.by_method)
    return ReportPage(
        "Repayment",
        f"Due dates of {answer.month:%b %Y}; counts are of all instalments due so far.",
        (
            ReportTable("Due dates", columns, rows),
            ReportTable("Instalments", _count_columns("Instalments"), _counts(counts)),
            ReportTable("Receipts", _count_columns("Receipts"), _counts(receipts)),
        ),
        aside=2,
    )


def _count_columns(words: str) -> tuple[TableColumn, ...]:
    return (
        TableColumn("key", words, width=24),
        TableColumn("count", "Number", _COUNT, 10),
        _AMOUNT,
    )


def _counts(rows: tuple[CountRow, ...]) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            _KEYS.get(row.key) or shipped_words().label("payment_method", row.key),
            row.count,
            row.amount_paise,
        )
        for row in rows
    )


def _band(above_ppm: int | None, up_to_ppm: int | None) -> str:
    """A band in per cent.

    >>> _band(None, 500_000), _band(500_000, 650_000), _band(1_000_000, None), _band(None, None)
    ('up to 50 %', '50 to 65 %', 'above 100 %', 'No security')
    """
    above, upper = (
        None if each is None else f"{each / 10_000:g}" for each in (above_ppm, up_to_ppm)
    )
    if upper is None:
        return "No security" if above is None else f"above {above} %"
    return f"{above} to {upper} %" if above not in (None, "0") else f"up to {upper} %"
