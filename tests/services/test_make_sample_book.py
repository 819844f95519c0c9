import json
from collections import Counter

import pytest

from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.read_application import read_application
from app.services.score_application import replay_assessment
from app.services.steps.check_identity_numbers import check_personal_pan
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.sandbox_staff import MAKER, SANDBOX_BRANCH, sandbox_actor
from app.services.steps.stored_rules import stored_rulebook
from db.records.lists import ApplicationFilter, CustomerFilter, Viewer
from db.tables.applications import applications
from db.tables.loans import loans
from db.vocabulary.loan_life import ApplicationStatus, AssetClass, LoanStatus
from ml.sample.book_presets import SANDBOX_DAY
from tests.services.raw_book import RawBook
from tests.services.sample_desks import SMALL, built_book, empty_sandbox, small_sandbox

VIEWER = Viewer(SANDBOX_BRANCH, None, SANDBOX_DAY)


@pytest.fixture
def small(request):
    return small_sandbox(request)


@pytest.fixture
def sandbox(tmp_path, empty_book, rulebook, champion):
    return empty_sandbox(tmp_path / "desk" / "book.sqlite3", empty_book, rulebook, champion)


def test_the_book_holds_what_the_answer_says(small):
    desk, made = small
    assert (made.customers, made.applications.total) == (100, 150)
    assert (
        made.applications.approved + made.applications.rejected + made.applications.pending == 150
    )
    assert made.loans.total == made.applications.approved
    with desk.open_book() as book:
        assert book.customers.count(VIEWER, CustomerFilter()) == 100
        assert book.applications.count(VIEWER, ApplicationFilter()) == 150
        about = book.reference.book()
        assert book.audit.verify(SANDBOX_BRANCH).first_bad is None
    raw = RawBook(desk)
    lent, asked = raw.of(loans), raw.of(applications)
    approved = (ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED)
    assert len(lent) == made.loans.total
    assert sum(each.status in approved for each in asked) == made.applications.approved
    assert sum(each.status is LoanStatus.ACTIVE for each in lent) == made.loans.active
    assert sum(each.defaulted_on is not None for each in lent) == made.loans.defaulted
    assert about.sandbox
    assert about.as_of == SANDBOX_DAY


def test_every_application_is_scored_and_the_score_can_be_replayed(small):
    desk = small[0].acting(sandbox_actor(MAKER))
    with desk.open_book() as book:
        assert book.applications.unscored(SANDBOX_BRANCH) == ()
        rows = book.applications.find(VIEWER, ApplicationFilter(), 20).rows
    for row in rows:
        replay = replay_assessment(row.application_id, desk)
        assert replay.differences == ()
        assert replay.replayed_equal
        assert replay.estimate.rules_as_of == row.application_date


def test_no_open_application_is_outdated_from_the_start(small):
    desk = small[0].acting(sandbox_actor(MAKER))
    pending = ApplicationFilter(status=ApplicationStatus.PENDING)
    with desk.open_book() as book:
        rows = book.applications.find(VIEWER, pending, 150).rows
    assert rows
    seen = [read_application(row.application_id, desk) for row in rows]
    assert [view.application.reference for view in seen if view.outdated] == []


def test_one_person_proposes_and_another_decides(small):
    desk, _ = small
    with desk.open_book() as book:
        rows = book.applications.find(VIEWER, ApplicationFilter(), 150).rows
        for row in rows:
            for decision in book.applications.decisions_of(SANDBOX_BRANCH, row.application_id):
                assert decision.checker_id not in (None, decision.maker_id)
                assert decision.decided_at.date() <= SANDBOX_DAY


def test_money_adds_up_and_nothing_is_dated_ahead(small):
    desk, made = small
    rows = RawBook(desk).of(loans)
    assert rows
    with desk.open_book() as book:
        count = 0
        for row in rows:
            loan = book.loans.get(SANDBOX_BRANCH, row.loan_id)
            repayments = book.loans.repayments(SANDBOX_BRANCH, row.loan_id)
            schedule = book.loans.schedule(SANDBOX_BRANCH, row.loan_id)
            count += len(repayments)
            assert all(each.value_date <= SANDBOX_DAY for each in repayments)
            assert all(
                each.amount_paise
                == each.interest_paise
                + each.principal_paise
                + each.charges_paise
                + each.excess_paise
                for each in repayments
            )
            paid = sum(each.principal_paise for each in repayments)
            assert loan.outstanding_paise == loan.principal_paise - paid >= 0
            assert paid == sum(each.paid_principal_paise for each in schedule)
            assert sum(each.principal_paise for each in schedule) == loan.principal_paise
    assert count == made.repayments


def test_a_customer_is_recognisable_as_synthetic(small):
    desk, _ = small
    with desk.open_book() as book:
        row = book.customers.find(VIEWER, CustomerFilter(), 1).rows[0]
        customer = book.customers.get(SANDBOX_BRANCH, row.customer_id)
        pan = book.customers.reveal_pan(SANDBOX_BRANCH, row.customer_id)
    assert pan is not None
    assert check_personal_pan(pan).valid
    assert customer.pan_masked is not None
    assert customer.pan_masked.startswith("ZZZP")
    assert customer.email.endswith("@example.com")


def test_the_true_probabilities_lie_apart_from_the_book(small):
    desk, _ = small
    oracle = json.loads((desk.data_dir / "oracle" / "sample-42.json").read_text())
    assert len(oracle) == 150
    assert all(0 < each["probability"] < 1 for each in oracle.values())


def test_same_preset_and_state_give_the_same_book(small, sandbox):
    desk, made = small
    assert make_sample_book(SMALL, sandbox) == made
    one, other = (
        sorted(RawBook(each).of(loans), key=lambda row: row.number) for each in (desk, sandbox)
    )
    assert one == other
    with desk.open_book() as one, sandbox.open_book() as other:
        last = one.audit.entries(SANDBOX_BRANCH, limit=10_000)[-1]
        assert last.entry_hash == other.audit.entries(SANDBOX_BRANCH, limit=10_000)[-1].entry_hash


def test_a_book_with_customers_is_left_alone(small):
    desk, _ = small
    with pytest.raises(Refused, match="already holds customers") as refused:
        make_sample_book(SMALL, desk)
    assert refused.value.kind is RefusalKind.CONFLICT


def test_a_real_book_is_refused(desk):
    with pytest.raises(Refused, match="real book"):
        make_sample_book(SMALL, desk)


@pytest.mark.parametrize(
    "request_", [MakeSampleBook("nonsense", 1, 1), MakeSampleBook("sample", 20, 10)]
)
def test_an_unknown_preset_or_size_is_refused(sandbox, request_):
    with pytest.raises(Refused, match="Choose the preset"):
        make_sample_book(request_, sandbox)


def test_a_stopped_sample_book_leaves_nothing(sandbox):
    with pytest.raises(StoppedError):
        make_sample_book(SMALL, sandbox, cancelled=lambda: True)
    with sandbox.open_book() as book:
        assert not book.users.any()
        assert book.customers.count(VIEWER, CustomerFilter()) == 0


def test_it_works_on_postgresql_too(postgres_server, rulebook, champion, tmp_path, empty_book):
    from dataclasses import replace

    from db.engine import make_engine
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work
    from tests.services.conftest import migrate

    database = postgres_server.fresh(postgres_server.template("book", migrate))
    engine, keys = make_engine(postgres_server.url(database)), FixedKeys().keys()
    sandbox = empty_sandbox(tmp_path / "x" / "book.sqlite3", empty_book, rulebook, champion)
    desk = replace(sandbox, open_book=lambda: open_unit_of_work(engine, keys))
    made = make_sample_book(MakeSampleBook(customers=20, applications=30), desk)
    assert made.applications.total == 30
    assert desk.acting(sandbox_actor(MAKER)).person().staff_id == MAKER
    engine.dispose()
    postgres_server.drop(database)


@pytest.fixture(scope="module")
def stored(tmp_path_factory, empty_book, champion):
    """The rules in the order of a book: the products' order is part of what is drawn."""
    file = tmp_path_factory.mktemp("rules") / "book.sqlite3"
    with empty_sandbox(file, empty_book, None, champion).open_book() as book:
        return stored_rulebook(book)


# The usual state is what the README shows; chance moves the others by some standard deviations.
@pytest.mark.parametrize(
    ("state", "defaults", "repayments", "least_special_mention"),
    [
        (42, (75, 85), (12_500, 13_500), (25, 8, 3)),
        (1, (60, 100), (12_400, 13_700), (15, 5, 1)),
        (5, (60, 100), (12_400, 13_700), (15, 5, 1)),
    ],
)
def test_the_branch_looks_like_one(state, defaults, repayments, least_special_mention, stored):
    book = built_book(stored, 1_000, state)[0]
    loans, receipts = book.loans.loans, book.loans.repayments
    assert [book.drawn.verdicts.count(word) for word in ("Approved", "Rejected", "Pending")] == [
        785,
        500,
        215,
    ]
    assert len(loans) == 785
    assert defaults[0] <= sum(each.defaulted_on is not None for each in loans) <= defaults[1]
    assert repayments[0] <= len(receipts) <= repayments[1]
    assert max(each.value_date for each in receipts) <= SANDBOX_DAY
    classes = Counter(each.asset_class for each in loans if each.closed_on is None)
    late = [classes[each] for each in (AssetClass.SMA_0, AssetClass.SMA_1, AssetClass.SMA_2)]
    assert all(seen >= least for seen, least in zip(late, least_special_mention, strict=True))
    assert late == sorted(late, reverse=True)
    assert sum(late) < classes[AssetClass.STANDARD] / 5


@pytest.mark.long
def test_the_full_sample_branch(tmp_path, empty_book, stored, champion):
    sandbox = empty_sandbox(tmp_path / "desk" / "book.sqlite3", empty_book, stored, champion)
    made = make_sample_book(MakeSampleBook(), sandbox)
    assert (made.customers, made.applications.total) == (1000, 1500)
    assert made.applications.approved == made.loans.total == 785
    assert (made.applications.rejected, made.applications.pending) == (500, 215)
    assert 75 <= made.loans.defaulted <= 85
    assert 12_500 <= made.repayments <= 13_500
