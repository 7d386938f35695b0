"""Works that every division has, and ways to sort work into kinds (common_work.toml)."""

from dataclasses import field
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT, check_patterns

Some = Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(config=STRICT, frozen=True, kw_only=True)
class Wording:
    """A work by the wordings that show it or only seem to, with examples that tests run.

    `counter_tasks`: a task of such a name is another work, whatever its activity is called.
    """

    label: str
    patterns: Some
    counter_patterns: tuple[str, ...] = field(default=())
    counter_tasks: tuple[str, ...] = field(default=())
    examples: tuple[str, ...] = field(default=())
    counter_examples: tuple[str, ...] = field(default=())

    @model_validator(mode="after")
    def _compiles(self) -> Self:
        check_patterns((*self.patterns, *self.counter_patterns, *self.counter_tasks))
        return self


@dataclass(config=STRICT, frozen=True, kw_only=True)
class Kind(Wording):
    """One kind of a view, with the number of tasks that its town counted in it."""

    published_count: Annotated[int, Field(ge=0)]


@dataclass(config=STRICT, frozen=True, kw_only=True)
class View:
    """A published way to sort work: its kinds in the order in which they are tried.

    `counted`: what the published numbers count; `base_count`: how many of these there are.
    """

    label: str
    town: str
    source: str
    counted: str
    base_count: Annotated[int, Field(gt=0)]
    causes: tuple[str, ...]
    kinds: Annotated[dict[str, Kind], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(kind.published_count for kind in self.kinds.values())
        if total != self.base_count:
            msg = f"区分ごとの数の合計 {total} が base_count の {self.base_count} と合いません"
            raise ValueError(msg)
        return self


@dataclass(config=STRICT, frozen=True, kw_only=True)
class CommonWork:
    """What common_work.toml holds; the first family that fits a task is its family."""

    families: dict[str, Wording]
    views: dict[str, View]
