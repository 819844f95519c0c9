"""A scenario on the book as it stands: prepare the loans here, compute in a job, read the answer.

Source: screens.md S80, lending-rules.md 10 and 14, desktop.md 3. Only reads. The probability of
default is the book's own experience; the bundled model's table was fitted on synthetic loans, is no
evidence about any bank and is not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.rules.day_count import add_months
from app.rules.measure_inputs import MeasureInputError
from app.rules.permissions import Act
from app.rules.rulebook import Rulebook
from app.rules.stress import StressScenario, preset_scenario
from app.rules.typed_scenario import TypedShocks, typed_scenario
from app.services.steps.closing_terms import provision_terms
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, Progress, never, silent
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.stress_figures import StressRun
from app.services.steps.stress_file import StressTerms, write_job, write_loans
from app.services.steps.stress_job import run_of
from app.services.steps.stress_method import default_rates, method_of
from db.vocabulary.operations import StressPreset

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.records.monitor import BookCut
    from db.unit_of_work import UnitOfWork

TYPED = "typed"


@dataclass(frozen=True, slots=True)
class RunStress:
    """What to run, on which loans.

    Attributes:
        preset: None = the shocks typed.
        random_state: instead of the rule row's, for a preset.
    """

    preset: StressPreset | None = None
    shocks: TypedShocks | None = None
    random_state: int | None = None
    scope: MonitorScope = field(default_factory=MonitorScope)


@dataclass(frozen=True, slots=True)
class StressPrepared:
    """A folder that waits for its job to be computed."""

    folder: Path
    loans: int


@dataclass(frozen=True, slots=True)
class StressChoices:
    """What a person may choose: the presets as the rules of the day have them, and names."""

    presets: Mapping[StressPreset, StressScenario]
    product_names: Mapping[str, str]


def stress_choices(desk: "Desk") -> StressChoices:
    """The presets of today and the names of all products.

    Raises:
        Refused: not permitted.
    """
    permit(desk, Act.SEE_MONITOR)
    rulebook, today = desk.rulebook(), desk.clock.today()
    return StressChoices(
        presets={each: preset_scenario(each, rulebook, today) for each in StressPreset},
        product_names=rulebook.product_names(),
    )


def scenario_of(request: RunStress, rulebook: Rulebook, on: date) -> StressScenario:
    """The scenario that a request means.

    Raises:
        Refused: neither or both were given, or a shock that is none (`fields` names it).
    """
    if (request.preset is None) == (request.shocks is None):
        raise bad_input({"scenario": "Choose a scenario or type the shocks"})
    if request.preset is not None:
        found = preset_scenario(request.preset, rulebook, on)
        given = request.random_state
        shocks = TypedShocks(random_state=found.random_state if given is None else given)
    else:
        found, shocks = None, request.shocks or TypedShocks()
    try:
        typed = typed_scenario(shocks, rulebook, on)
    except MeasureInputError as refusal:
        raise bad_input({refusal.field: str(refusal)}) from refusal
    if found is None:
        return typed
    return replace(found, random_state=typed.random_state)


def prepare_stress(
    request: RunStress,
    desk: "Desk",
    folder: Path,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> StressPrepared:
    """Write the job of a run: the loans of the book, the rules of its day, the terms.

    Raises:
        Refused: not permitted, no such scenario, or nothing is owed on any loan asked for.
        StoppedError: `cancelled` answered true.
    """
    permit(desk, Act.SEE_MONITOR)
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        cut = _present(request.scope, desk, book)
        scenario, stress = scenario_of(request, rulebook, cut.day), book.portfolio.stress
        until = add_months(cut.day, -rulebook.months("label_window_months", cut.day))
        known = default_rates(stress.experience(cut.branch_id, until), rulebook, cut.day)
        rows = stress.rows(cut, provision_terms(cut.day, rulebook))
        loans = write_loans(rows, folder, stress.count(cut), (progress, cancelled))
    if not loans:
        raise Refused(
            RefusalKind.CONFLICT, "No loan here has money owed on it, so there is nothing to stress"
        )
    terms = StressTerms(
        name=TYPED if request.preset is None else request.preset.value,
        as_of=cut.day,
        scenario=scenario,
        loans=loans,
        roundings={each.product_code: each.emi_rounding for each in rulebook.products_on(cut.day)},
        pd_ppm=known.table(),
        method=method_of(scenario, known, rulebook, cut.day),
    )
    write_job(folder, terms, rulebook)
    return StressPrepared(folder, loans)


def _present(scope: MonitorScope, desk: "Desk", book: "UnitOfWork") -> "BookCut":
    """The loans as they stand now; a month end kept no incomes, dues or security."""
    view = look_up(scope, desk, book)
    if not view.cut.present:
        sentence = f"A scenario runs on the latest day-end, {view.latest:%d %b %Y}: choose it"
        raise bad_input({"as_of": sentence})
    return view.cut


def stress_answer(folder: Path) -> StressRun:
    """The answer of a finished job.

    Raises:
        Refused: the job has not finished.
    """
    try:
        return run_of(folder)
    except OSError as error:
        raise Refused(RefusalKind.CONFLICT, "The run has not finished: start it again") from error
