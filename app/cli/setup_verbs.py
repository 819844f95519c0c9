"""The verbs of setting up: `version`, `check`, `migrate`, `sample-data`.

Source: commands.md (set-up and health).
"""

import argparse
import os
from pathlib import Path

from app.cli.progress_bar import progress_bar
from app.cli.verb import Access, Answered, Verb, no_arguments
from app.services.check_desk import check_desk, migrate_book, read_versions
from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind
from app.settings import Settings, read_settings
from db.vocabulary.operations import CheckState, SamplePreset

LARGEST_BOOK = 100_000
_USUAL = MakeSampleBook()


def run_version(_arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `version`."""
    found = read_versions(desk)
    return {
        "version": found.version,
        "commit": found.commit,
        "python": found.python,
        "qt": found.qt,
        "edition": found.edition,
        "model_id": found.model_id,
        "schema": found.schema,
    }


def run_check(arguments: argparse.Namespace, desk: Desk) -> object:
    """Answer `check`; exit 10 when anything fails."""
    checked = check_desk(desk, _settings(arguments))
    answer = {
        "checks": [
            {"name": line.name, "state": line.state, "detail": line.detail}
            for line in checked.checks
        ],
        "state": checked.state,
    }
    if checked.state is CheckState.FAIL:
        return Answered(answer, RefusalKind.INTEGRITY)
    return answer


def run_migrate(_arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `migrate`; safe to repeat."""
    state = migrate_book(desk)
    return {"from": state.before, "to": state.after}


def run_sample_data(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `sample-data`."""
    request = MakeSampleBook(
        preset=arguments.preset,
        customers=arguments.customers,
        applications=arguments.applications,
        random_state=arguments.random_state,
    )
    made = make_sample_book(request, desk, progress_bar(arguments))
    applications, loans = made.applications, made.loans
    return {
        "customers": made.customers,
        "applications": {
            "total": applications.total,
            "approved": applications.approved,
            "rejected": applications.rejected,
            "pending": applications.pending,
        },
        "loans": {
            "total": loans.total,
            "active": loans.active,
            "closed": loans.closed,
            "defaulted": loans.defaulted,
        },
        "repayments": made.repayments,
        "as_of": made.as_of,
    }


def _settings(arguments: argparse.Namespace) -> Settings:
    """The settings of this run with the origin of each."""
    names = ("data_dir", "database", "branch", "lang")
    given = {name: value for name in names if (value := getattr(arguments, name, None))}
    config = getattr(arguments, "config", None)
    return read_settings(os.environ, given, Path(config) if config else None)


def _sample_arguments(parser: argparse.ArgumentParser) -> None:
    presets = [str(preset) for preset in SamplePreset]
    parser.add_argument("--preset", choices=presets, default=_USUAL.preset)
    parser.add_argument("--customers", type=_count, default=_USUAL.customers)
    parser.add_argument("--applications", type=_count, default=_USUAL.applications)
    parser.add_argument("--random-state", type=_state, default=_USUAL.random_state)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_BOOK:
        message = f"a whole number from 1 to {LARGEST_BOOK:,}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _state(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(2**32)):
        message = "a whole number of 0 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)


VERBS = (
    Verb("version", "versions and the model in use", no_arguments, run_version, Access.OPEN),
    Verb("check", "whether this desk is fit for work", no_arguments, run_check, Access.OPEN),
    Verb("migrate", "bring the book to this version", no_arguments, run_migrate, Access.MIGRATES),
    Verb(
        "sample-data",
        "a synthetic branch book into the sandbox",
        _sample_arguments,
        run_sample_data,
        Access.SANDBOX,
    ),
)
