"""The page of a report that tells how far scores, inputs and outcomes have moved.

Source: screens.md S80 (Drift), machine-learning.md 9. The words are those of the window.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from app.file_formats.table_out import TableColumn, Value, ValueKind
from app.rules.money import PPM
from app.services.steps.drift_figures import BandLine, DecidedLine, DriftLine, DriftReport
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.report_tables import ReportPage, ReportTable, cell_words, share
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.operations import PsiStatus

_COUNT, _INDEX, _PERCENT = ValueKind.COUNT, ValueKind.INDEX, ValueKind.PERCENT
_STATES = {
    PsiStatus.STABLE: "Stable",
    PsiStatus.WATCH: "Watch",
    PsiStatus.SHIFTED: "Shifted",
    PsiStatus.TOO_FEW: "Too few",
}
_VERDICTS = {None: "Too few", True: "Alert", False: "Sound"}
_LINE_COLUMNS = (
    TableColumn("value", "Score and inputs", width=40),
    TableColumn("index", "Stability index", _INDEX, 14),
    TableColumn("chance", "By chance up to", _INDEX, 18),
    TableColumn("rows", "Rows", _COUNT, 10),
    TableColumn("state", "State", width=22),
)
_CHECK_COLUMNS = (
    TableColumn("figure", "Figure", width=24),
    TableColumn("now", "Now", width=12),
    TableColumn("against", "Held against", width=30),
    TableColumn("verdict", "Verdict", width=12),
)
_BAND_COLUMNS = (
    TableColumn("level", "Risk level", width=24),
    TableColumn("loans", "Loans", _COUNT, 10),
    TableColumn("defaults", "Defaults", _COUNT, 10),
    TableColumn("expected", "Expected %", _PERCENT, 12),
    TableColumn("observed", "Observed %", _PERCENT, 12),
)
_DECIDED_COLUMNS = (
    TableColumn("recommendation", "Recommended", width=24),
    TableColumn("approved", "Approved", _COUNT, 10),
    TableColumn("rejected", "Rejected", _COUNT, 10),
    TableColumn("overrides", "Overrides", _COUNT, 12),
    TableColumn("share", "Overrides %", _PERCENT, 12),
)


def drift_or_reason(read: Callable[[], DriftReport]) -> DriftReport | str:
    """What `read` measured, or why the model may not be used: the rest is reported without it.

    Raises:
        Refused: for any other reason.
    """
    try:
        return read()
    except Refused as refusal:
        if refusal.kind is not RefusalKind.MODEL:
            raise
        return refusal.sentence


def drift_page(found: DriftReport | str) -> ReportPage:
    """Score and inputs, outcomes, levels and decisions; or why there are none."""
    if isinstance(found, str):
        return ReportPage("Drift", found, ())
    if not found.of_rows and not found.outcomes.rows:
        words = "Drift needs applications that this model has scored."
        return ReportPage("Drift", words, ())
    return ReportPage(
        "Drift",
        _note(found),
        (
            ReportTable("Score and inputs", _LINE_COLUMNS, tuple(map(_line, found.lines))),
            ReportTable("Outcomes", _CHECK_COLUMNS, _checks(found)),
            ReportTable("Calibration by level", _BAND_COLUMNS, tuple(map(_band, found.bands))),
            ReportTable(
                "Approvals and overrides", _DECIDED_COLUMNS, tuple(map(_decided, found.decisions))
            ),
        ),
        aside=3,
    )


def _note(found: DriftReport) -> str:
    measured = f"{found.rows:,} applications scored in 12 months"
    if found.rows < found.of_rows:
        measured = (
            f"The newest {found.rows:,} of {found.of_rows:,} applications scored in 12 months"
        )
    seen = found.outcomes
    outcomes = f"{seen.rows:,} matured loans, {seen.bads:,} of them defaulted"
    outcomes += f"; {seen.indeterminate:,} late ones are not counted."
    drawn = "Expected defaults are of synthetic loans, no evidence of any bank."
    parts = (f"{measured}; {outcomes}", *found.notes, *((drawn,) if found.bands_synthetic else ()))
    return " ".join(parts)


def _line(line: DriftLine) -> tuple[Value, ...]:
    return (line.label, _index(line.index), _index(line.chance), line.rows, _state(line))


def _state(line: DriftLine) -> str:
    """The state; one that chance explains says so."""
    if line.index is None:
        return "Nothing to compare"
    moved = line.state in (PsiStatus.WATCH, PsiStatus.SHIFTED)
    return _STATES[line.state] + (", may be chance" if moved and not line.alarm else "")


def _checks(found: DriftReport) -> tuple[tuple[Value, ...], ...]:
    """The mean of debt to income and the figures on matured loans, each with its verdict."""
    shift, seen, own = found.mean_dti, found.outcomes, found.outcomes.own_test
    mean: tuple[Value, ...] = ("Mean debt to income", None, None, _VERDICTS[None])
    if shift is not None:
        against = f"{_percent(shift.before)}, at most {_percent(shift.limit)} off"
        verdict = _VERDICTS[shift.level is not None]
        mean = ("Mean debt to income", _percent(shift.now), against, verdict)
    low = seen.accuracy_level is not None if seen.enough else None
    against = f"at least {_percent(seen.accuracy_limit)}"
    accuracy = ("Accuracy on outcomes", _percent(seen.accuracy), against, _VERDICTS[low])
    model = (
        ("AUC_DROP", "AUC", seen.auc, None if own is None else own.auc),
        ("KS_DROP", "KS", seen.ks, None if own is None else own.ks),
        ("BRIER_RISE", "Brier", seen.brier, None if own is None else own.brier),
    )
    rows = (
        (
            name,
            cell_words(_INDEX, _index(now)),
            f"{cell_words(_INDEX, _index(before))} in its own test",
            _VERDICTS[code in seen.worsened if seen.enough and now is not None else None],
        )
        for code, name, now, before in model
    )
    return (mean, accuracy, *rows)


def _band(line: BandLine) -> tuple[Value, ...]:
    level = shipped_words().label("risk_level", line.level)
    level += "" if line.enough else " (too few)"
    return (level, line.rows, line.defaults, share(line.expected), share(line.observed))


def _decided(line: DecidedLine) -> tuple[Value, ...]:
    words = shipped_words().label("recommendation", line.recommendation)
    against = share(Decimal(100 * line.overrides) / line.decided) if line.decided else None
    return (words, line.approved, line.rejected, line.overrides, against)


def _percent(value: Decimal | None) -> str:
    words = cell_words(_PERCENT, share(value))
    return words if value is None else f"{words} %"


def _index(value: Decimal | None) -> int | None:
    """A pure number as the tables carry it: in millionths."""
    return None if value is None else int((value * PPM).quantize(Decimal(1), ROUND_HALF_UP))
