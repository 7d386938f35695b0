"""Who may do what: each use case names the right it needs, each role has its rights."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from bpr.errors import RefusedError
from bpr.terms import ROLES
from bpr.workspace.acting import Person


class Right(StrEnum):
    """What a use case may need."""

    OPEN = "open"
    """Anybody, even before a login."""
    READ = "read"
    """See tasks, classes and scores; a person of a division those of the division."""
    WHOLE = "whole"
    """See what cannot be told of one division alone."""
    CLASSIFY = "classify"
    """Correct classes; a person of a division those of its own rows."""
    MEASURE = "measure"
    """Record effects; a person of a division those of its own targets."""
    COLLECT = "collect"
    """Import, withdraw and return workbooks, confirm forms, list offices, open and close editions."""
    WEIGH = "weigh"
    """Keep weights, freeze rankings, say which tasks are the same work."""
    DECIDE = "decide"
    """Decide on BPR targets, enter KPI figures."""
    MANAGE = "manage"
    """Accounts, unit costs and the audit log."""


_READER: Final = frozenset({Right.OPEN, Right.READ})
RIGHTS: Final[dict[str, frozenset[Right]]] = {
    "admin": frozenset(Right),
    "decider": _READER | {Right.WHOLE, Right.CLASSIFY, Right.MEASURE, Right.WEIGH, Right.DECIDE},
    "division": _READER | {Right.CLASSIFY, Right.MEASURE},
    "viewer": _READER | {Right.WHOLE},
}
"""Role -> its rights."""


class _Guarded(Protocol):
    def person(self) -> Person: ...


W = TypeVar("W", bound=_Guarded)
P = ParamSpec("P")
T = TypeVar("T")
Method = Callable[Concatenate[W, P], T]


def needs(right: Right) -> Callable[[Method[W, P, T]], Method[W, P, T]]:
    """Let a use case be called only by people who have a right; `RefusedError` for others."""

    def guard(method: Method[W, P, T]) -> Method[W, P, T]:
        @wraps(method)
        def guarded(self: W, /, *args: P.args, **named: P.kwargs) -> T:
            if right is not Right.OPEN:
                require(self.person(), right)
            return method(self, *args, **named)

        guarded.right = right  # type: ignore[attr-defined] # what tests and pages ask for
        return guarded

    return guard


def right_of(method: Callable[..., Any]) -> Right | None:
    """Return the right that a use case needs; None where it names none."""
    found: Right | None = getattr(method, "right", None)
    return found


def has_right(person: Person, right: Right) -> bool:
    """Tell whether somebody has a right."""
    return right in RIGHTS.get(person.role, frozenset())


def require(person: Person, right: Right) -> None:
    """Raise `RefusedError` where somebody lacks a right."""
    if not has_right(person, right):
        label = ROLES[person.role].label if person.role in ROLES else person.role
        msg = f"この操作は「{label}」のアカウントではできません。必要なときは、管理者（総務課）に頼んでください。"
        raise RefusedError(msg)
