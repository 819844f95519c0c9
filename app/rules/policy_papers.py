"""Policy checks on the papers of a case: income seen, and the checklist complete.

Source: words.json ``policy_check`` (DOC-INCOME, DOC-SET). Nothing given is *not checked*, which
never counts as a pass.
"""

from app.rules.loan_plan import product_of
from app.rules.paper_checklist import PaperLine, checklist, is_income, papers_wanted
from app.rules.policy_findings import NOT_APPLICABLE, CaseView, Finding
from db.vocabulary.decisions import PolicyState
from db.vocabulary.reasons import PolicyCheck


def paper_lines(view: CaseView) -> tuple[PaperLine, ...]:
    """The checklist of a case; without a product nothing is asked for yet."""
    product, case = product_of(view.case, view.rulebook), view.case
    if product is None:
        return checklist((), dict(case.papers))
    secured = bool(case.collateral)
    wanted = papers_wanted(product, case.applicant.employment_type, secured=secured)
    return checklist(wanted, dict(case.papers))


def income_seen(view: CaseView) -> Finding:
    """DOC-INCOME: a paper that shows the income was compared with its original."""
    if (found := stated_finding(PolicyCheck.DOC_INCOME, view)) is not None:
        return found
    lines = paper_lines(view)
    income = [line for line in lines if is_income(line.kind, view.wording)]
    if any(line.checked for line in income):
        return Finding(holds=True)
    asks = product_of(view.case, view.rulebook) is not None
    return NOT_APPLICABLE if asks and not income else Finding(holds=None)


def papers_complete(view: CaseView) -> Finding:
    """DOC-SET: all papers of the product's list were given; the missing ones are named."""
    if (found := stated_finding(PolicyCheck.DOC_SET, view)) is not None:
        return found
    lines = paper_lines(view)
    wanted = [line for line in lines if line.wanted]
    if not any(line.given for line in lines) or not wanted:
        return Finding(holds=None)
    missing = [view.wording.label("document_kind", e.kind) for e in wanted if e.missing]
    return Finding(holds=not missing, value=", ".join(missing))


def stated_finding(check: PolicyCheck, view: CaseView) -> Finding | None:
    """What somebody recorded of the check itself, as cases without papers of their own do."""
    state = dict(view.case.papers).get(check)
    if state is None:
        return None
    if state is PolicyState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if state is PolicyState.UNVERIFIED:
        return Finding(holds=None)
    return Finding(holds=state is PolicyState.PASS)
