"""A person signs in, or becomes the first user of a new desk.

Source: screens.md S02. One sentence for a wrong id and a wrong password; after several wrong tries
a wait that doubles, then a lock that an administrator lifts. Limits are rule rows.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from app.services.steps.desk import Actor
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.sandbox_staff import STAFF_IDS
from app.services.steps.text_checks import name_faults, tidy
from db.identifiers import branch_id as branch_of_code
from db.records.book import AuditAct
from db.records.people import User
from db.vocabulary.people import Role, UserState

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

NOT_RIGHT = "Staff id or password is not right"
LONGEST_STAFF_ID = 40
LONGEST_PASSWORD = 1000


@dataclass(frozen=True, slots=True)
class SignIn:
    """Staff id and password as typed."""

    staff_id: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CreateFirstUser:
    """The first person of a desk: Admin and Officer at once."""

    staff_id: str
    full_name: str
    branch_code: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who acts from now on, and when they were here last."""

    actor: Actor
    last_sign_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the sign-in page offers."""

    has_users: bool
    sandbox: bool
    as_of: date | None = None


def desk_state(desk: "Desk") -> DeskState:
    """Whether anybody is known here, and whether this is a sandbox."""
    with desk.read_book() as book:
        about, known = book.reference.book(), book.users.any()
    return DeskState(known, about.sandbox, about.as_of)


def sign_in(request: SignIn, desk: "Desk") -> SignedIn:
    """Check the password and note the visit.

    Raises:
        Refused: wrong id or password, too many tries, or the person is disabled or locked.
    """
    now, rulebook, today = desk.clock.now(), desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        users = book.users
        user = users.by_staff_id(tidy(request.staff_id))
    if user is not None:
        _refuse_waiting(user, now)
    # The hash costs about 0.2 s, so no transaction is open meanwhile.
    right = users.verify_password(user, request.password[:LONGEST_PASSWORD])
    with desk.open_book() as book:
        if user is None or not right or user.password_hash is None:
            if user is not None:
                _note_failure(book, user, rulebook, now, today)
            raise Refused(RefusalKind.NOT_PERMITTED, NOT_RIGHT)
        if user.state is not UserState.ACTIVE:
            raise Refused(RefusalKind.NOT_PERMITTED, _state_sentence(user))
        book.users.note_sign_in(user.user_id, now)
        _audit(book, user, "sign_in", now)
        book.commit()
    return SignedIn(actor_of(user), user.last_sign_in_at)


def create_first_user(request: CreateFirstUser, desk: "Desk") -> SignedIn:
    """Make the first person of a desk and sign them in.

    Raises:
        Refused: somebody is known already, or a field is wrong.
    """
    faults = _first_user_faults(request, desk)
    if faults:
        raise bad_input(faults)
    now = desk.clock.now()
    with desk.open_book() as book:
        if book.users.any():
            raise Refused(RefusalKind.CONFLICT, "This desk already has its first user: sign in")
        user = User(
            user_id=new_id(desk),
            staff_id=tidy(request.staff_id),
            full_name=tidy(request.full_name),
            state=UserState.ACTIVE,
            branch_id=branch_of_code(request.branch_code),
            roles=frozenset({Role.ADMIN, Role.OFFICER}),
            password_hash=book.users.hash_password(request.password),
            last_sign_in_at=now,
        )
        book.users.add(user)
        _audit(book, user, "create_first_user", now)
        book.commit()
    return SignedIn(actor_of(user))


def sandbox_person(staff_id: str, desk: "Desk") -> SignedIn:
    """One of the four people of a sandbox, without a password.

    Raises:
        Refused: this is no sandbox, or it has no such person.
    """
    with desk.read_book() as book:
        about = book.reference.book()
        user = book.users.by_staff_id(staff_id) if about.sandbox else None
    if not about.sandbox:
        raise Refused(RefusalKind.NOT_PERMITTED, "Only the sandbox has people without a password")
    if user is None or user.staff_id not in STAFF_IDS:
        known = ", ".join(STAFF_IDS)
        raise Refused(RefusalKind.NOT_PERMITTED, f"The people of the sandbox are {known}")
    return SignedIn(actor_of(user), user.last_sign_in_at)


def actor_of(user: User) -> Actor:
    """The user as the person at the desk."""
    return Actor(user.user_id, user.staff_id, user.full_name, user.branch_id, user.roles)


def _refuse_waiting(user: User, now: datetime) -> None:
    if user.state is UserState.LOCKED:
        raise Refused(RefusalKind.NOT_PERMITTED, _state_sentence(user))
    if user.locked_until is not None and now < user.locked_until:
        seconds = ceil((user.locked_until - now).total_seconds())
        raise Refused(
            RefusalKind.NOT_PERMITTED,
            f"Too many wrong tries: wait {seconds} s. An administrator can unlock you sooner",
        )


def _state_sentence(user: User) -> str:
    if user.state is UserState.LOCKED:
        return "This staff id is locked: an administrator can unlock it"
    return "This staff id is switched off: an administrator can switch it on"


def _note_failure(
    book: "UnitOfWork", user: User, rulebook: "Rulebook", now: datetime, today: date
) -> None:
    """Count the wrong try; from the first wait on, each one doubles it up to the longest."""
    tries = user.failed_tries + 1
    beyond = tries - rulebook.count("signin_tries_before_wait", today)
    until = None
    if beyond >= 0:
        first = rulebook.number("signin_first_wait_seconds", today, unit="seconds")
        longest = rulebook.number("signin_wait_max_seconds", today, unit="seconds")
        until = now + timedelta(seconds=min(first * 2 ** min(beyond, 20), longest))
    book.users.note_failed_try(user.user_id, tries, until)
    book.commit()


def _first_user_faults(request: CreateFirstUser, desk: "Desk") -> dict[str, str]:
    faults = name_faults("full_name", "Full name", request.full_name)
    staff_id = tidy(request.staff_id)
    if not staff_id:
        faults["staff_id"] = "Enter your staff id"
    elif len(staff_id) > LONGEST_STAFF_ID or not staff_id.isprintable():
        faults["staff_id"] = f"A staff id has up to {LONGEST_STAFF_ID} letters and digits"
    code = request.branch_code.strip()
    if not (len(code) == 4 and code.isascii() and code.isdigit() and int(code) > 0):  # noqa: PLR2004  # a branch code has four digits
        faults["branch_code"] = "A branch code has four digits, like 0412"
    least = desk.rulebook().count("password_min_chars", desk.clock.today())
    if len(request.password) < least:
        faults["password"] = f"A password has at least {least} characters"
    elif len(request.password) > LONGEST_PASSWORD:
        faults["password"] = f"A password has at most {LONGEST_PASSWORD} characters"
    return faults


def _audit(book: "UnitOfWork", user: User, act: str, now: datetime) -> None:
    book.audit.append(user.branch_id, AuditAct(act, "user", user.user_id, user.staff_id, now, {}))
