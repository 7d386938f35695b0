"""How returned forms are read: header aliases, units, vocabularies (survey.toml)."""

from functools import cached_property
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from bpr import terms
from bpr.messages import MESSAGES
from bpr.settings.load import STRICT, suggest
from bpr.text import header_key, squeeze

FieldKind: TypeAlias = Literal["text", "count", "duration", "fte", "medium", "yes_no", "work_class"]


LONG_LABEL = 5
"""Letters from which a column label may differ a little from its alias."""


@dataclass(config=STRICT, frozen=True)
class Alias:
    """A column label; `unit` when the label itself fixes it (月間時間)."""

    text: str
    unit: str | None = None


@dataclass(config=STRICT, frozen=True)
class FieldSettings:
    """One field of the survey: its kind, its column labels, its unit when none is written."""

    kind: FieldKind
    aliases: tuple[str | Alias, ...]
    default_unit: str | None = None
    carry_down: bool = False


@dataclass(config=STRICT, frozen=True)
class Overrides:
    """Words that mean yes or no only as answers to one question."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(config=STRICT, frozen=True)
class Choices:
    """Vocabularies of the answers, as people write them."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    overrides: dict[str, Overrides]
    work_class: dict[str, tuple[str, ...]]
    medium: dict[str, tuple[str, ...]]
    staff_type: dict[str, tuple[str, ...]]


@dataclass(config=STRICT, frozen=True)
class Limits:
    """What is still read; larger files are refused before they are unpacked."""

    file_megabytes: Annotated[int, Field(gt=0)]
    unpacked_megabytes: Annotated[int, Field(gt=0)]
    cells: Annotated[int, Field(gt=0)]


@dataclass(config=STRICT, frozen=True)
class Plausibility:
    """From where on numbers are doubted; all of them are this product's own choice."""

    staff_hours_ratio: Annotated[float, Field(gt=0)]
    task_fte: Annotated[float, Field(gt=0)]
    minutes_factor: Annotated[float, Field(gt=1)]
    minutes_min_cases: Annotated[float, Field(gt=0)]
    same_division_share: Annotated[float, Field(gt=0, le=1)]


@dataclass(config=STRICT, frozen=True)
class LabelWords:
    """Words by which a label is understood that no alias resembles; "a+b" asks for both."""

    field: str
    any: tuple[str, ...]


@dataclass(config=STRICT, frozen=True)
class ForeignTable:
    """A table that looks like a task list and is none, known by `min` of the words as labels."""

    reason: str
    min: Annotated[int, Field(gt=0)]
    words: tuple[str, ...]
    even_with_numbers: bool = False
    """Refused although it has a column of counts or times."""


@dataclass(config=STRICT, frozen=True, eq=False)
class SurveySettings:
    """Everything the reader needs to know about forms.

    Each is itself (`eq=False`), so that what was worked out with one can be kept by `lru_cache`.
    """

    limits: Limits
    plausibility: Plausibility
    header_scan_rows: int
    header_max_depth: int
    hours_mismatch_ratio: float
    office_list_rows: int
    total_words: tuple[str, ...]
    total_endings: tuple[str, ...]
    example_words: tuple[str, ...]
    example_starts: tuple[str, ...]
    note_marks: tuple[str, ...]
    note_endings: tuple[str, ...]
    title_marks: tuple[str, ...]
    skipped_sheet_words: tuple[str, ...]
    label_cells: dict[str, tuple[str, ...]]
    label_words: tuple[LabelWords, ...]
    foreign_tables: dict[str, ForeignTable]
    fields: dict[str, FieldSettings]
    units: dict[str, tuple[str, ...]]
    choices: Choices

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        known = (*terms.FIELDS, *terms.SURVEY_ONLY_FIELDS)
        for name, settings in self.fields.items():
            if name not in known:
                msg = f"項目 {name} は用語集（terms.py）にありません{suggest(name, known)}"
                raise ValueError(msg)
            unit = settings.default_unit
            if unit is not None and unit not in self.units:
                msg = f"項目 {name} の単位「{unit}」が units にありません"
                raise ValueError(msg)
        for words in self.label_words:
            if words.field not in self.fields:
                msg = f"label_words の項目 {words.field} が fields にありません{suggest(words.field, self.fields)}"
                raise ValueError(msg)
        for name, table in self.foreign_tables.items():
            if table.reason not in MESSAGES:
                msg = f"foreign_tables.{name} の理由「{table.reason}」の文がありません{suggest(table.reason, MESSAGES)}"
                raise ValueError(msg)
        return self

    @cached_property
    def header_index(self) -> dict[str, tuple[str, str | None]]:
        """Header key -> (field, unit fixed by the label)."""
        index: dict[str, tuple[str, str | None]] = {}
        for name, settings in self.fields.items():
            for alias in settings.aliases:
                text, unit = (alias, None) if isinstance(alias, str) else (alias.text, alias.unit)
                index.setdefault(header_key(text), (name, unit))
        return index

    @cached_property
    def label_cell_index(self) -> dict[str, str]:
        """Squeezed label of a cell outside the table (所属) -> what it tells."""
        return {squeeze(w): name for name, words in self.label_cells.items() for w in words}

    @cached_property
    def task_labels(self) -> frozenset[str]:
        """Header keys of the column that names the task."""
        return frozenset(k for k, (name, _) in self.header_index.items() if name == "task_name")

    @cached_property
    def plain_task_labels(self) -> frozenset[str]:
        """Labels of the task's name as people type them."""
        return self.plain_labels_of["task_name"]

    @cached_property
    def plain_labels_of(self) -> dict[str, frozenset[str]]:
        """Field -> its column labels as people type them."""
        fields: dict[str, set[str]] = {}
        for text in self.plain_labels:
            fields.setdefault(self.header_index[header_key(text)][0], set()).add(text)
        return {name: frozenset(texts) for name, texts in fields.items()}

    @cached_property
    def plain_labels(self) -> frozenset[str]:
        """Column labels as people type them, also spaced out (業　務　名)."""
        texts = [
            alias if isinstance(alias, str) else alias.text
            for settings in self.fields.values()
            for alias in settings.aliases
        ]
        return frozenset(space.join(text) for text in texts for space in ("", " ", "　"))

    @cached_property
    def long_aliases(self) -> tuple[str, ...]:
        """Header keys long enough to be recognised with small differences."""
        return tuple(key for key in self.header_index if len(key) >= LONG_LABEL)

    @cached_property
    def word_index(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Words that must all stand in a label, and the field it then names; the first counts."""
        return tuple(
            (tuple(squeeze(part) for part in parts.split("+")), words.field)
            for words in self.label_words
            for parts in words.any
        )

    @cached_property
    def foreign_index(self) -> dict[str, frozenset[str]]:
        """Name of a foreign table -> the keys of its labels."""
        return {
            name: frozenset(map(header_key, table.words))
            for name, table in self.foreign_tables.items()
        }

    @cached_property
    def unit_index(self) -> dict[str, str]:
        """Squeezed spelling of a unit -> its name."""
        return {squeeze(word): name for name, words in self.units.items() for word in words}

    @cached_property
    def staff_index(self) -> dict[str, str]:
        """Squeezed spelling of a staff category -> `regular` or `nonregular`."""
        return _invert(self.choices.staff_type)

    @cached_property
    def medium_index(self) -> dict[str, str]:
        """Squeezed spelling of a medium -> its identifier."""
        return _invert(self.choices.medium)

    @cached_property
    def work_class_index(self) -> dict[str, str]:
        """Squeezed spelling of a class -> its identifier."""
        return _invert(self.choices.work_class)

    def yes_no_index(self, question: str) -> dict[str, bool]:
        """Squeezed answer -> True or False, for one question."""
        extra = self.choices.overrides.get(question, Overrides())
        words = {squeeze(word): True for word in (*self.choices.yes, *extra.yes)}
        return words | {squeeze(word): False for word in (*self.choices.no, *extra.no)}


def _invert(vocabulary: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {squeeze(word): name for name, words in vocabulary.items() for word in words}
