"""Who acts, from where, and on which edition: known to every use case, in whatever thread it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True)
class Person:
    """Somebody at work. `division`: the only one whose rows a person of a division sees."""

    account: str
    name: str
    role: str
    division: str | None = None


LOCAL: Final = Person("local", "この PC の利用者", "admin")
"""Who acts while there are no accounts, and at the command line: the one at this machine."""


@dataclass(frozen=True)
class Scene:
    """One request: who asks, from which address, for which edition (None: the current one).

    `glance`: what a short request has read of the store and need not read again; None where the
    scene lasts, so that each look is a new one.
    """

    person: Person
    place: str = ""
    edition: int | None = None
    glance: dict[object, Any] | None = field(default=None, compare=False, repr=False)


_SCENE: ContextVar[Scene | None] = ContextVar("scene", default=None)


def current_scene() -> Scene | None:
    """Return the scene that the running code belongs to."""
    return _SCENE.get()


def enter_scene(scene: Scene | None) -> Token[Scene | None]:
    """Begin a scene; hand the token to `leave_scene` at its end."""
    return _SCENE.set(scene)


def leave_scene(token: Token[Scene | None]) -> None:
    """End a scene."""
    _SCENE.reset(token)


@contextmanager
def acting(person: Person, place: str = "", edition: int | None = None) -> Iterator[None]:
    """Let the code of this block act for somebody."""
    token = enter_scene(Scene(person, place, edition))
    try:
        yield
    finally:
        leave_scene(token)
