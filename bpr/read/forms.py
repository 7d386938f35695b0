"""Forms that people have confirmed: which label of a form is which field, applied by its labels.

A form is known by its labels, not by its columns: a column put in or moved changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from bpr.text import header_key, squeeze

_LIKENESS: Final = 0.8


@dataclass(frozen=True)
class FormColumn:
    """A labelled column and the field it was given; `key` tells equal labels apart."""

    index: int
    key: str
    label: str
    field: str | None = None


@dataclass(frozen=True)
class KnownForm:
    """What a person confirmed: key of a label -> field, None for a column not to be used."""

    fields: Mapping[str, str | None]

    @property
    def keys(self) -> set[str]:
        """Keys of the lowest labels, as `header_key` makes them."""
        return {header_key(key.split("/")[-1].split("#")[0]) for key in self.fields}


@dataclass(frozen=True)
class Applied:
    """Fields by column that a known form gives; `status` is confirmed, similar or None."""

    fields: Mapping[int, str | None] = field(default_factory=dict)
    status: str | None = None
    changes: tuple[str, ...] = ()


@lru_cache(maxsize=1_024)
def list_columns(left: int, paths: tuple[tuple[str, ...], ...]) -> tuple[FormColumn, ...]:
    """Columns that have a label, each with a key of its own."""
    seen: dict[str, int] = {}
    found = []
    for index, path in enumerate(paths, start=left):
        if not path:
            continue
        text = "/".join(squeeze(level) for level in path)
        seen[text] = seen.get(text, 0) + 1
        key = text if seen[text] == 1 else f"{text}#{seen[text]}"
        found.append(FormColumn(index, key, " / ".join(path)))
    return tuple(found)


def fingerprint(form: Sequence[FormColumn]) -> str:
    """Key of a form: the hash of its labels in their order."""
    text = "\x1f".join(column.key for column in form)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def apply_form(form: Sequence[FormColumn], known: Sequence[KnownForm]) -> Applied:
    """Fields from the known form that these labels are, or most resemble (80 % alike)."""
    keys = {column.key for column in form}
    best, likeness = None, 0.0
    for candidate in known:
        both = len(keys & candidate.fields.keys())
        alike = both / max(1, len(keys | candidate.fields.keys()))
        if alike > likeness:
            best, likeness = candidate, alike
    if best is None or likeness < _LIKENESS:
        return Applied()
    fields = {c.index: best.fields[c.key] for c in form if c.key in best.fields}
    new = [f"＋{column.label}" for column in form if column.key not in best.fields]
    gone = [f"－{key}" for key in best.fields if key not in keys]
    return Applied(fields, "similar" if new or gone else "confirmed", (*new, *gone))
