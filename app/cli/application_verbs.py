"""The verbs about applications: `apply`, `score`, `explain`, `applications`, `application`."""

import argparse
from pathlib import Path
from uuid import UUID

from app.cli.application_border import LoanForm, Named, ScoreForm, facts_of
from app.cli.application_json import (
    application_json,
    decision_json,
    features_of,
    submitted_json,
)
from app.cli.border import read_form
from app.cli.customer_verbs import command_id_of, customer_key, page_arguments
from app.cli.json_reading import read_json
from app.cli.row_json import application_row
from app.cli.verb import Access, Verb
from app.file_formats.figure_out import FigureNotWrittenError, write_waterfall
from app.rules.case_facts import ApplicantFacts, ObligationFacts
from app.services.enter_application import CoApplicant, SubmitApplication, submit_application
from app.services.find_applications import (
    FindApplications,
    count_applications,
    find_applications,
)
from app.services.find_customers import customer_id_of
from app.services.preview_score import PreviewApplication, preview_application, preview_features
from app.services.read_application import read_application
from app.services.score_application import replay_assessment
from app.services.steps.assessment_json import assessment_json
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.waterfall_figure import waterfall_of
from db.records.lists import ApplicationFilter
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Scope

MOST_CASES = 5_000


def run_apply(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `apply FILE`: commits and scores."""
    form = read_form(LoanForm, read_json(arguments.file))
    facts = facts_of(form, _named(form, desk))
    command_id = command_id_of(form.idempotency_key, "apply", desk)
    return submitted_json(submit_application(SubmitApplication(command_id, facts), desk))


def run_score(arguments: argparse.Namespace, desk: Desk) -> object:
    """Answer `score FILE`: nothing is stored; a list in gives a list out."""
    content = read_json(arguments.file)
    if not isinstance(content, list):
        return _scored(content, desk)
    if len(content) > MOST_CASES:
        raise Refused(RefusalKind.BAD_INPUT, f"A list has at most {MOST_CASES:,} cases: split it")
    return [_scored_or_told(each, desk) for each in content]


def run_explain(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `explain APPLICATION`: the stored assessment, replayed."""
    key = customer_key(arguments.application)
    view, replay = read_application(key, desk), replay_assessment(key, desk)
    if arguments.figure is not None:
        title = f"{view.application.reference}: how the score was built"
        try:
            write_waterfall(waterfall_of(replay.estimate, title), Path(arguments.figure))
        except FigureNotWrittenError as fault:
            raise Refused(RefusalKind.BAD_INPUT, fault.sentence) from fault
    return {
        "application_id": view.application.application_id,
        "reference": view.application.reference,
        "customer_id": view.application.customer_id,
        "status": view.application.status,
        "assessment_id": replay.assessment_id,
        **assessment_json(replay.estimate),
        "decision": decision_json(view.decisions),
        "outdated": view.outdated,
        "replayed_equal": replay.replayed_equal,
        "differences": list(replay.differences),
    }


def run_applications(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `applications`."""
    status, customer = arguments.status, arguments.customer
    wanted = ApplicationFilter(
        search=arguments.search,
        scope=Scope(arguments.scope),
        status=None if status is None else ApplicationStatus(status),
        customer_id=None if customer is None else customer_id_of(customer_key(customer), desk),
    )
    found = find_applications(FindApplications(wanted, arguments.limit, arguments.after), desk)
    return {
        "applications": [application_row(row) for row in found.page.rows],
        "total": count_applications(wanted, desk).total,
        "next": found.page.next,
        "as_of": found.as_of,
    }


def run_application(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `application ID`."""
    return application_json(read_application(customer_key(arguments.application), desk))


def _scored_or_told(content: object, desk: Desk) -> dict[str, object]:
    """One case of a list; a case that cannot be scored says so in its own place."""
    try:
        return _scored(content, desk)
    except Refused as refusal:
        if refusal.kind is not RefusalKind.BAD_INPUT:
            raise
        return {"refused": True, "message": refusal.sentence, "fields": refusal.fields}


def _scored(content: object, desk: Desk) -> dict[str, object]:
    if isinstance(content, dict) and "features" in content:
        if len(content) > 1:
            raise bad_input({"features": "Give either features or the facts of a case"})
        return assessment_json(preview_features(features_of(content["features"]), desk))
    form = read_form(ScoreForm, content)
    if form.applicant is not None and form.customer_id is not None:
        raise bad_input({"applicant": "Give either an applicant or a customer_id"})
    applicant, dues = _applicant(form)
    facts = facts_of(form, _named(form, desk))
    return assessment_json(preview_application(PreviewApplication(facts, applicant, dues), desk))


def _applicant(form: ScoreForm) -> tuple[ApplicantFacts | None, tuple[ObligationFacts, ...]]:
    person = form.applicant
    if person is None:
        return None, ()
    facts = ApplicantFacts(
        date_of_birth=person.date_of_birth,
        monthly_income_paise=person.monthly_income,
        employment_type=person.employment_type,
        experience_months=person.years_of_experience,
        employment_start_date=person.employment_start_date,
    )
    dues = tuple(
        ObligationFacts(
            due.lender_name, due.obligation_type, due.monthly_amount, due.outstanding_amount
        )
        for due in person.obligations
    )
    return facts, dues


def _named(form: LoanForm, desk: Desk) -> Named:
    """The customers a form names, found in the book."""
    customer = form.customer_id
    return Named(
        customer_id=None if customer is None else customer_id_of(customer_key(customer), desk),
        co_applicants=tuple(
            CoApplicant(
                customer_id_of(customer_key(each.customer_id), desk),
                each.relationship,
                each.income_counted,
            )
            for each in form.co_applicants
        ),
        closed_obligations=tuple(_obligation_id(text) for text in form.closed_obligations),
    )


def _obligation_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        sentence = "Name obligations by the obligation_id that `customer` shows"
        raise bad_input({"closed_obligations": sentence}) from None


def _file_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="JSON file, - for standard input")


def _one_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("application", metavar="APPLICATION", help="id or reference")


def _explain_arguments(parser: argparse.ArgumentParser) -> None:
    _one_argument(parser)
    parser.add_argument("--figure", metavar="FILE", help="also draw the waterfall (.svg)")


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    statuses = [each.value for each in ApplicationStatus]
    parser.add_argument("--status", choices=statuses)
    parser.add_argument("--customer", metavar="ID", help="customer id or reference")
    parser.add_argument("--search", default="", metavar="TEXT")
    parser.add_argument("--scope", choices=[each.value for each in Scope], default=Scope.BRANCH)
    page_arguments(parser)


VERBS = (
    Verb("apply", "commit and score an application", _file_argument, run_apply, Access.WRITES),
    Verb("score", "score without storing", _file_argument, run_score),
    Verb("explain", "the stored assessment, replayed", _explain_arguments, run_explain),
    Verb("applications", "list applications", _list_arguments, run_applications),
    Verb("application", "one application", _one_argument, run_application),
)
