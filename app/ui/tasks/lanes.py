"""All lanes of a runner, and what is held back until the window has painted.

While lanes compute, the window's thread asks for Python's lock many times in one drawing, and each
time waits until whoever has it must let go. Python's own 5 ms for that made pauses of 100 ms.
"""

import sys
from collections.abc import Callable, Mapping

from app.ui.tasks.lane import LaneMailbox, LaneThread, Request, Stoppable
from app.ui.tasks.task import Lane

_TURN_S = 0.001


class Lanes:
    """One thread a lane."""

    def __init__(
        self,
        mailbox: LaneMailbox,
        initialisers: Mapping[Lane, Callable[[], None]],
        make_stop: Callable[[], Stoppable],
    ) -> None:
        sys.setswitchinterval(min(sys.getswitchinterval(), _TURN_S))
        self._lanes = {
            lane: LaneThread(lane, mailbox, initialisers.get(lane), make_stop) for lane in Lane
        }
        self._held: list[Request] | None = None

    def hold(self) -> None:
        """Keep requests back until `release`."""
        self._held = []

    def release(self, wanted: Callable[[int], bool]) -> None:
        """Start what was kept back and is still wanted; called again, it does nothing."""
        held, self._held = self._held or [], None
        for request in held:
            if wanted(request.request_id):
                self.start(request)

    def start(self, request: Request) -> None:
        """Queue a request."""
        if self._held is None:
            self._lanes[request.task.lane].put(request)
        else:
            self._held.append(request)

    def cancel(self, lane: Lane, request_id: int) -> bool:
        """Take a request back, or interrupt it; True if it never began."""
        if self._held is not None or self._lanes[lane].drop(request_id):
            return True
        self._lanes[lane].interrupt(request_id)
        return False

    def interrupt(self, lane: Lane, request_id: int) -> None:
        """Stop the statement of a request that has begun."""
        self._lanes[lane].interrupt(request_id)

    def wind_down(self) -> None:
        """Take nothing up any more but the writes that wait."""
        for lane in self._lanes.values():
            lane.wind_down()

    def stop(self, timeout_s: float) -> frozenset[Lane]:
        """End every lane; return those that ended in time."""
        return frozenset(name for name, lane in self._lanes.items() if lane.stop(timeout_s))
