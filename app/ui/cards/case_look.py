"""One look at an application between maker and checker, for every page that shows it."""

from dataclasses import dataclass
from uuid import UUID

from app.rules.score_bands import ScoreScale, score_scale
from app.services.read_application import ApplicationView, read_application
from app.services.read_queue import CaseForChecker, read_case
from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """What one look at the book brought: the application, its way so far, the scale."""

    view: ApplicationView
    scale: ScoreScale
    case: CaseForChecker


def look_at_case(application_id: UUID, desk: Desk) -> CaseSeen:
    """Read an application and the score scale of its day (database lane).

    Raises:
        Refused: the person may not read applications.
        NotFound: the branch has no such application.
    """
    view, case = read_application(application_id, desk), read_case(application_id, desk)
    return CaseSeen(view, score_scale(desk.rulebook(), view.application.application_date), case)
