"""The acts of office work: verbs found in task names, each with its nature (acts.toml)."""

import re
from dataclasses import field
from typing import Literal, Self, TypeAlias

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT

Nature: TypeAlias = Literal["staff_only", "judgement", "expert", "assisting", "routine", "variable"]


@dataclass(config=STRICT, frozen=True)
class Act:
    """One act: what it is called, its nature, the wordings that show it and those that do not."""

    label: str
    nature: Nature
    patterns: tuple[str, ...]
    counter_patterns: tuple[str, ...] = field(default=())

    @model_validator(mode="after")
    def _compiles(self) -> Self:
        for pattern in (*self.patterns, *self.counter_patterns):
            try:
                re.compile(pattern)
            except re.error as error:
                msg = f"「{pattern}」は正規表現として読めません"
                raise ValueError(msg) from error
        return self


Acts: TypeAlias = dict[str, Act]
