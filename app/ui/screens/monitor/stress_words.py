"""Words, rows and columns of the stress tab."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.rules.money import PPM_PER_PERCENT, count_shown, rupees_compact
from app.rules.stress import StressScenario
from app.services.run_stress_test import TYPED
from app.services.steps.stress_figures import SegmentBy, StressRun, StressSegment, StressTotals
from app.ui.item_models.columns import Column
from app.ui.widgets.figure_words import percent_words, plain_amount
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.vocabulary.loan_life import EclStanding
from db.vocabulary.operations import StressPreset

MOST_RUNS = 3
_PPM_PER_BASIS_POINT = 100


def tr(words: str) -> str:
    """The words in the language in force."""
    return QCoreApplication.translate("StressTab", words)


def scenario_words(name: str) -> str:
    """What a scenario is called."""
    return {
        StressPreset.RATE_UP.value: tr("Rates up"),
        StressPreset.INCOME_DOWN.value: tr("Incomes down"),
        StressPreset.UNEMPLOYMENT_UP.value: tr("Unemployment up"),
        StressPreset.PROPERTY_DOWN.value: tr("Security down"),
        StressPreset.COMBINED.value: tr("All together"),
        TYPED: tr("Own shocks"),
    }[name]


def shock_words(scenario: StressScenario) -> str:
    """The four shocks in the order of the form, "+200 bp, -15 %, 5 pts, -20 %"."""
    return ", ".join(
        (
            f"+{scenario.rate_shock_ppm / _PPM_PER_BASIS_POINT:g} bp",
            f"{_percent(scenario.income_shock_ppm)} %",
            tr("%1 pts").replace("%1", _percent(scenario.unemployment_ppm)),
            f"{_percent(scenario.property_shock_ppm)} %",
        )
    )


def _percent(ppm: int) -> str:
    return f"{ppm / PPM_PER_PERCENT:g}"


def segment_words(by: SegmentBy, key: str, products: Mapping[str, str]) -> str:
    """What a segment is called."""
    if key == "unknown":
        return tr("Not known")
    if by is SegmentBy.PRODUCT:
        return products.get(key, key)
    return word_of("employment_type", key) if by is SegmentBy.EMPLOYMENT else key


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure before, and after each run; `tip` has the exact words."""

    name: str
    before: str
    after: tuple[str, ...]
    tip: str = ""


def figure_lines(runs: Sequence[StressRun]) -> tuple[FigureLine, ...]:
    """The figures of up to three runs beside each other, the book as it stands first."""
    if not runs:
        return ()
    last = runs[-1]
    shadow = last.standing is EclStanding.SHADOW
    loss = tr("Expected loss, shadow") if shadow else tr("Expected loss")
    guide = tr("Above %1 % dues over income").replace("%1", f"{last.foir_guide:.0f}")
    return (
        FigureLine(
            tr("Scenario, random state"), tr("The book today"), tuple(_named(run) for run in runs)
        ),
        FigureLine(
            tr("Rate, income, work, security"),
            UNKNOWN,
            tuple(shock_words(r.scenario) for r in runs),
        ),
        _line(loss, runs, lambda t: t.expected_loss_paise, _money),
        _line(tr("NPA"), runs, lambda t: t.npa_paise, _money),
        FigureLine(
            tr("NPA ratio"),
            percent_words(last.before.npa_share),
            tuple(percent_words(r.after.npa_share) for r in runs),
        ),
        _line(tr("Provision"), runs, lambda t: t.provision_paise, _money),
        FigureLine(guide, _borrowers(last.before), tuple(_borrowers(run.after) for run in runs)),
    )


def _named(run: StressRun) -> str:
    return f"{scenario_words(run.name)}, {run.scenario.random_state}"


def _line(
    name: str,
    runs: Sequence[StressRun],
    figure: Callable[[StressTotals], int | None],
    words: Callable[[int | None], str],
) -> FigureLine:
    before = figure(runs[-1].before)
    after = tuple(figure(run.after) for run in runs)
    changes = tuple(words(each) + _change(before, each) for each in after)
    return FigureLine(name, words(before), changes, f"₹ {_exact((before, *after))}")


def _exact(amounts: Sequence[int | None]) -> str:
    return " · ".join(plain_amount(each) for each in amounts)


def _money(amount_paise: int | None) -> str:
    return UNKNOWN if amount_paise is None else rupees_compact(amount_paise)


def _change(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return ""
    return f"  (+{rupees_compact(after - before).replace('₹', '')})"


def _borrowers(totals: StressTotals) -> str:
    return f"{count_shown(totals.above_guide)}  ({percent_words(totals.above_guide_share)})"


def figure_columns() -> tuple[Column[FigureLine], ...]:
    """The figure, the book, three runs."""

    def run(place: int) -> Column[FigureLine]:
        return Column(
            f"run_{place + 1}",
            tr("Run %1").replace("%1", str(place + 1)),
            lambda line: line.after[place] if place < len(line.after) else "",
            190,
            "right",
            tip=lambda line: line.tip,
        )

    return (
        Column("figure", tr("Figure"), lambda line: line.name, 200, strong=True),
        Column("before", tr("Before"), lambda line: line.before, 130, "right"),
        *(run(place) for place in range(MOST_RUNS)),
    )


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """One segment: its loans, its loss before, and what each run adds; paise."""

    name: str
    loans: int
    before_paise: int | None
    added_paise: tuple[int | None, ...]


def segment_lines(
    runs: Sequence[StressRun], by: SegmentBy, products: Mapping[str, str]
) -> tuple[SegmentLine, ...]:
    """The segments of one cut in the order of the newest run, the worst first."""
    if not runs:
        return ()
    others = [{each.key: each for each in run.cut(by)} for run in runs]
    return tuple(
        SegmentLine(
            segment_words(by, each.key, products),
            each.loans,
            each.loss_before_paise,
            tuple(_added(found.get(each.key)) for found in others),
        )
        for each in runs[-1].cut(by)
    )


def _added(segment: StressSegment | None) -> int | None:
    return None if segment is None else segment.loss_added_paise


def _added_words(line: SegmentLine, place: int) -> str:
    return _money(line.added_paise[place]) if place < len(line.added_paise) else ""


def segment_columns() -> tuple[Column[SegmentLine], ...]:
    """The segment, its loans, its loss, what each run adds to it."""

    def run(place: int) -> Column[SegmentLine]:
        return Column(
            f"added_{place + 1}",
            tr("Run %1 adds").replace("%1", str(place + 1)),
            lambda line: _added_words(line, place),
            86,
            "right",
            tip=lambda line: _exact(line.added_paise[place : place + 1]),
        )

    return (
        Column("segment", tr("Segment"), lambda line: line.name, 172, strong=True),
        Column("loans", tr("Loans"), lambda line: count_shown(line.loans), 66, "right"),
        Column(
            "before",
            tr("Loss today"),
            lambda line: _money(line.before_paise),
            96,
            "right",
            tip=lambda line: _exact((line.before_paise,)),
        ),
        *(run(place) for place in range(MOST_RUNS)),
    )
