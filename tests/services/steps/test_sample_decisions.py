from app.services.steps.sandbox_staff import MAKER, sandbox_actor
from db.records.lists import ApplicationFilter, Viewer
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.reasons import ApproveReason, OverrideReason, RejectReason
from ml.sample.book_presets import SANDBOX_DAY
from tests.services.sample_desks import small_sandbox

KNOWN = {each.value for words in (ApproveReason, OverrideReason, RejectReason) for each in words}


def test_decisions_and_history_belong_together(request):
    desk, _ = small_sandbox(request)
    branch = sandbox_actor(MAKER).branch_id
    viewer = Viewer(branch, None, SANDBOX_DAY)
    with desk.open_book() as book:
        for row in book.applications.find(viewer, ApplicationFilter(), 150).rows:
            decisions = book.applications.decisions_of(branch, row.application_id)
            trail = book.audit.trail(branch, [row.application_id])
            if row.status is ApplicationStatus.PENDING:
                assert decisions == ()
                assert [each.act for each in trail] == ["submit_application"]
                continue
            (decision,) = decisions
            assert decision.reason_code in KNOWN
            approved = row.status is ApplicationStatus.DISBURSED
            assert (decision.decision is Decision.APPROVE) == approved
            assert [each.act for each in trail][:2] == ["submit_application", "decide_application"]
            assert [each.at for each in trail] == sorted(each.at for each in trail)
            assert trail[-1].to_status == row.status
