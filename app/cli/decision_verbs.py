"""The verbs between maker and checker: `propose`, `claim`, `decide`, `forward`, `recall`, `queue`.

Source: commands.md (customers and applications). Every answer says where the application stands;
a maker who decides exits with 8.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.cli.border import read_form
from app.cli.border_values import Paise, Ppm, Text, Whole
from app.cli.bureau_border import STRICT
from app.cli.customer_verbs import customer_key
from app.cli.json_messages import money, percent
from app.cli.verb import Access, Verb, no_arguments
from app.rules.case_standing import Terms
from app.rules.maker_checker import APPROVING, Verdict
from app.services.decide_application import (
    CaseRequest,
    DecideApplication,
    ForwardCase,
    claim_case,
    decide_application,
    forward_case,
    recall_decision,
    release_case,
)
from app.services.propose_decision import (
    ProposeDecision,
    WithdrawProposal,
    propose_decision,
    withdraw_proposal,
)
from app.services.read_application import ApplicationView, read_application
from app.services.read_queue import QueueRow, read_case, read_queue
from app.services.steps.case_answer import CaseAnswer
from app.services.steps.case_work import terms_of
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from db.vocabulary.decisions import Decision
from db.vocabulary.people import SanctionAuthority

Answer = dict[str, object]
_HOUR = timedelta(hours=1)
_HUNDRED = 100


@dataclass(frozen=True)
class VerdictForm:
    """The words of `propose` and `decide`."""

    __pydantic_config__ = STRICT
    approved_amount: Paise | None = None
    approved_tenure_months: Whole | None = None
    final_interest_rate: Ppm | None = None
    note: Text = ""
    conditions: Text = ""


def run_propose(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `propose APPLICATION`: a maker's word for a second person."""
    seen = read_application(arguments.application, desk)
    application = seen.application
    verdict = _verdict(arguments, _asked(seen))
    request = ProposeDecision(
        new_id(desk), application.application_id, application.version, verdict
    )
    return _answer(propose_decision(request, desk))


def run_withdraw(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `withdraw-proposal APPLICATION`: the maker takes it back."""
    seen = read_application(arguments.application, desk).application
    request = WithdrawProposal(new_id(desk), seen.application_id, seen.version)
    return _answer(withdraw_proposal(request, desk))


def run_decide(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `decide APPLICATION`: a checker's word."""
    seen = read_application(arguments.application, desk)
    proposal = read_case(seen.application.application_id, desk).proposal
    proposed = None if proposal is None else terms_of(proposal)
    verdict = _verdict(arguments, proposed or _asked(seen))
    request = DecideApplication(new_id(desk), seen.application.application_id, verdict)
    return _answer(decide_application(request, desk))


def run_forward(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `forward APPLICATION`: to an authority with a higher limit."""
    seen = read_application(arguments.application, desk).application
    to = SanctionAuthority(arguments.to)
    request = ForwardCase(new_id(desk), seen.application_id, to, arguments.note)
    return _answer(forward_case(request, desk))


def _simple(
    act: Callable[[CaseRequest, Desk], CaseAnswer],
) -> Callable[[argparse.Namespace, Desk], Answer]:
    """The answer of a verb that names the case and nothing else."""

    def run(arguments: argparse.Namespace, desk: Desk) -> Answer:
        seen = read_application(arguments.application, desk).application
        return _answer(act(CaseRequest(new_id(desk), seen.application_id), desk))

    return run


def run_queue(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `queue`: what waits for the person who asks."""
    return {"queue": [_row(row) for row in read_queue(desk)], "as_of": desk.clock.today()}


def _asked(seen: ApplicationView) -> Terms:
    asked = seen.application
    return Terms(asked.amount_paise, asked.tenure_months, asked.rate_ppm)


def _verdict(arguments: argparse.Namespace, start: Terms) -> Verdict:
    """The verdict as typed; a term not named stays as it was asked for or proposed."""
    form = read_form(VerdictForm, _typed(arguments))
    decision = Decision(arguments.decision.replace("-", "_"))
    typed = (form.approved_amount, form.approved_tenure_months, form.final_interest_rate)
    terms = None
    if decision in APPROVING and any(each is not None for each in typed):
        decision = Decision.APPROVE_WITH_CHANGES
        terms = _terms(typed, start)
    return Verdict(
        decision=decision,
        terms=terms,
        reasons=tuple(arguments.reason or ()),
        override_reason=arguments.override or "",
        note=form.note,
        conditions=form.conditions,
    )


def _typed(arguments: argparse.Namespace) -> dict[str, object]:
    given = {
        "approved_amount": arguments.amount,
        "approved_tenure_months": arguments.tenure,
        "final_interest_rate": arguments.rate,
        "note": arguments.note,
        "conditions": arguments.conditions,
    }
    return {name: value for name, value in given.items() if value is not None}


def _terms(typed: tuple[int | None, int | None, int | None], start: Terms) -> Terms:
    amount, tenure, rate = typed
    return Terms(
        start.amount_paise if amount is None else amount,
        start.tenure_months if tenure is None else tenure,
        start.rate_ppm if rate is None else rate,
    )


def _answer(answer: CaseAnswer) -> Answer:
    return {
        "application_id": answer.application_id,
        "status": answer.status,
        "decision_id": answer.decision_id,
        "version": answer.version,
    }


def _row(row: QueueRow) -> Answer:
    score = row.credit_score_hundredths
    return {
        "application_id": row.application_id,
        "reference": row.reference,
        "full_name": row.full_name,
        "product_code": row.product_code,
        "maker": row.maker_name,
        "decision": row.decision,
        "loan_amount": money(row.amount_paise),
        "loan_tenure_months": row.tenure_months,
        "interest_rate": percent(row.rate_ppm),
        "submitted_at": row.submitted_at,
        "waiting_hours": round(row.waiting / _HOUR, 1),
        "late": row.late,
        "credit_score": None if score is None else score / _HUNDRED,
        "risk_level": row.risk_level,
        "flags": list(row.flags),
        "held_by": row.held_by or None,
        "version": row.version,
    }


def _case_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "application", metavar="APPLICATION", type=customer_key, help="its id or number, A-1662"
    )


def _verdict_arguments(parser: argparse.ArgumentParser, *decisions: Decision) -> None:
    _case_argument(parser)
    parser.add_argument("--decision", required=True, choices=[str(each) for each in decisions])
    parser.add_argument("--amount", metavar="RUPEES", help="a smaller amount")
    parser.add_argument("--tenure", metavar="MONTHS", help="another tenure")
    parser.add_argument("--rate", metavar="PERCENT", help="another rate")
    parser.add_argument("--reason", metavar="CODE", action="append", help="may be repeated")
    parser.add_argument("--override", metavar="CODE", help="why against the recommendation")
    parser.add_argument("--note", help="what the other person should know, or the questions")
    parser.add_argument("--conditions", help="conditions of an approval")


def _propose_arguments(parser: argparse.ArgumentParser) -> None:
    _verdict_arguments(parser, Decision.APPROVE, Decision.REJECT)


def _decide_arguments(parser: argparse.ArgumentParser) -> None:
    _verdict_arguments(parser, Decision.APPROVE, Decision.REJECT, Decision.RETURN)


def _forward_arguments(parser: argparse.ArgumentParser) -> None:
    _case_argument(parser)
    parser.add_argument(
        "--to",
        default=str(SanctionAuthority.REGIONAL_CREDIT_DESK),
        choices=[str(each) for each in SanctionAuthority],
    )
    parser.add_argument("--note", default="", help="why")


VERBS = (
    Verb("queue", "what waits for your decision", no_arguments, run_queue, Access.READS),
    Verb("propose", "propose a decision", _propose_arguments, run_propose, Access.WRITES),
    Verb(
        "withdraw-proposal",
        "take the own proposal back",
        _case_argument,
        run_withdraw,
        Access.WRITES,
    ),
    Verb("claim", "take a case up", _case_argument, _simple(claim_case), Access.WRITES),
    Verb("release", "give a case back", _case_argument, _simple(release_case), Access.WRITES),
    Verb("decide", "decide a proposal", _decide_arguments, run_decide, Access.WRITES),
    Verb(
        "forward", "send a case above the limit on", _forward_arguments, run_forward, Access.WRITES
    ),
    Verb(
        "recall",
        "take the own decision back",
        _case_argument,
        _simple(recall_decision),
        Access.WRITES,
    ),
)
