"""The acts of office work: verbs found in task names, each with its nature (acts.toml)."""

from dataclasses import field, replace
from typing import Final, Literal, Self, TypeAlias

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT, check_patterns

Nature: TypeAlias = Literal["staff_only", "judgement", "expert", "assisting", "routine", "variable"]
AUTHORITY: Final = ("staff_only", "judgement")
"""Natures whose words often stand before the paper or the result of the act (許可証)."""


@dataclass(config=STRICT, frozen=True)
class Act:
    """One act: its name, its nature and on what ground, the wordings that show it or only seem to."""

    label: str
    nature: Nature
    ground: str
    source: str
    patterns: tuple[str, ...]
    counter_patterns: tuple[str, ...] = field(default=())
    examples: tuple[str, ...] = field(default=())
    counter_examples: tuple[str, ...] = field(default=())

    @model_validator(mode="after")
    def _compiles(self) -> Self:
        check_patterns((*self.patterns, *self.counter_patterns))
        return self


Acts: TypeAlias = dict[str, Act]


@dataclass(config=STRICT, frozen=True)
class Objects:
    """Words that make an act of authority a mere object (審査 + 結果)."""

    suffixes: tuple[str, ...]


@dataclass(config=STRICT, frozen=True)
class ActsFile:
    """What acts.toml holds."""

    objects: Objects
    acts: Acts

    def complete(self) -> Acts:
        """Acts in the file's order; those of authority do not count before an object's suffix."""
        suffixes = "|".join(self.objects.suffixes)
        return {
            name: replace(
                act,
                counter_patterns=(
                    *act.counter_patterns,
                    f"(?:{'|'.join(p.removesuffix('$') for p in act.patterns)})(?:{suffixes})",
                ),
            )
            if act.nature in AUTHORITY and suffixes
            else act
            for name, act in self.acts.items()
        }
