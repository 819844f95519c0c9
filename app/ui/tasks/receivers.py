"""Who an answer goes to: a method of an object of the window's thread, held weakly."""

from collections.abc import Callable
from types import MethodType
from typing import Any
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

Receiver = Callable[[Any], None]


class ReceiverError(TypeError):
    """An answer may only go to a method of a QObject that lives in the window's thread.

    A lambda or a method of another object would run in the lane's thread.
    """


def receiver_of(method: Receiver | None) -> "WeakMethod[Any] | None":
    """Check a receiver and hold it weakly.

    Raises:
        ReceiverError: it is not a bound method of a QObject of the window's thread.
    """
    if method is None:
        return None
    owner = method.__self__ if isinstance(method, MethodType) else None
    app = QCoreApplication.instance()
    if not isinstance(owner, QObject) or app is None or owner.thread() is not app.thread():
        message = f"not a method of a QObject of the window's thread: {method!r}"
        raise ReceiverError(message)
    return WeakMethod(method)


def deliver(receiver: "WeakMethod[Any] | None", message: object) -> None:
    """Call a receiver if it still lives, on the Python and on the Qt side."""
    method = receiver() if receiver is not None else None
    if method is not None and shiboken6.isValid(method.__self__):
        method(message)
