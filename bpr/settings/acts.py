"""The acts of office work: verbs found in task names, each with its nature (acts.toml)."""

from dataclasses import field
from typing import Literal, TypeAlias

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


Acts: TypeAlias = dict[str, Act]
