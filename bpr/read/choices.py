"""Words of an answer -> the identifier they stand for, by the vocabularies of survey.toml."""

import re
from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from bpr import terms
from bpr.settings.survey import SurveySettings
from bpr.text import is_blank, squeeze

_OPEN_BOX = re.compile("[□☐]")
_ONE_BOX = re.compile("[□☐☑■✔✓☒]")
_TICKED = re.compile("[☑■✔✓☒✅]\\s*([^□☐☑■✔✓☒✅]+)")

_REMARK = re.compile(r"\([^)]*\)$")
_MEDIUM_WORDS = re.compile(
    r"紙媒体|紙|電子|データ|システム|媒体|両方|併用|中心|主体|主|のみ|だけ|及び|と|量|枚数|極大|大量|多量|少量"
    r"|多い|少ない|多め|少なめ|多|少|極|大|一部|が|で|の|は|[()+・/:、,]"
)
_ELECTRONIC = re.compile("電子|データ|システム|両方|併用")
_AMOUNTS = (
    ("_huge", re.compile("極大|極")),
    ("_many", re.compile("多|大量")),
    ("_few", re.compile("少")),
)
_CLASS = re.compile(r"^(iv|iii|ii|i|[1-4])(?:[.:、)]|(?=\D))")
_CLASSES = dict(
    zip(("i", "ii", "iii", "iv"), terms.WORK_CLASSES, strict=True),
    **dict(zip("1234", terms.WORK_CLASSES, strict=True)),
)

CHOICE_FIELDS = (*terms.YES_NO_FIELDS, "medium", "work_class_answer", "staff_category")
"""Fields whose answers come from a vocabulary."""


def read_choices(answers: pl.DataFrame, survey: SurveySettings) -> pl.DataFrame:
    """Add one column per choice field, `<field>_choice`: an identifier, a boolean, or null."""
    return answers.with_columns(
        _translate(answers[name], known_choices(name, survey)).alias(f"{name}_choice")
        for name in CHOICE_FIELDS
    )


@lru_cache(maxsize=256)
def known_choices(field: str, survey: SurveySettings) -> Mapping[str, str | bool]:
    """Squeezed spelling -> meaning, for one field."""
    indexes: dict[str, Mapping[str, str]] = {
        "medium": survey.medium_index,
        "work_class_answer": survey.work_class_index,
        "staff_category": survey.staff_index,
    }
    return indexes[field] if field in indexes else survey.yes_no_index(field)


@lru_cache(maxsize=4_096)
def ticked(text: str) -> str:
    """Labels of the ticked boxes of a cell that offers several; any other text as it is.

    >>> ticked("☑紙　□電子"), ticked("□有 □無"), ticked("紙")
    ('紙', '', '紙')
    """
    if _ONE_BOX.fullmatch(text.strip()) or not (_OPEN_BOX.search(text) or _TICKED.search(text)):
        return text
    return "・".join(label.strip() for label in _TICKED.findall(text))


def understand(field: str, text: str, known: Mapping[str, str | bool]) -> str | bool | None:
    """Meaning of an answer: as the vocabulary has it, without a remark, or by its parts.

    紙(多) and 紙・量多め are paper_many although no list holds them; Ⅲノンコア業務 is routine.
    """
    key = squeeze(ticked(text))
    if key in known:
        return known[key]
    if field == "medium":
        return _medium_of(key)
    if field == "work_class_answer":
        match = _CLASS.match(key)
        return _CLASSES[match[1]] if match else None
    return known.get(_REMARK.sub("", key))


def _medium_of(key: str) -> str | None:
    """Medium by its words, where there are no others."""
    if _MEDIUM_WORDS.sub("", key):
        return None
    paper, electronic = "紙" in key, bool(_ELECTRONIC.search(key))
    base = {(True, False): "paper", (True, True): "mixed", (False, True): "electronic"}.get(
        (paper, electronic)
    )
    amount = next((name for name, words in _AMOUNTS if words.search(key)), "")
    return f"{base}{amount}" if base in ("paper", "mixed") else base


def _translate(column: pl.Series, known: Mapping[str, str | bool]) -> pl.Series:
    written = [] if column.null_count() == len(column) else column.unique().drop_nulls().to_list()
    found = {text: understand(column.name, text, known) for text in written}
    meanings = {text: meaning for text, meaning in found.items() if meaning is not None}
    kind = pl.Boolean if any(isinstance(v, bool) for v in known.values()) else pl.String
    if not meanings:
        return pl.Series(column.name, [None] * len(column), dtype=kind)
    return column.replace_strict(
        list(meanings), list(meanings.values()), default=None, return_dtype=kind
    )


def unknown_choices(column: pl.Series, known: Mapping[str, str | bool]) -> list[str]:
    """Spellings of a column that the vocabulary does not know; blanks are not among them."""
    written = column.unique().drop_nulls().to_list()
    return [
        text
        for text in written
        if not is_blank(ticked(text)) and understand(column.name, text, known) is None
    ]


def find_unknown_choices(answers: pl.DataFrame, survey: SurveySettings) -> pl.DataFrame:
    """Rows whose answer no vocabulary knows: ROW_KEY, `field`, `value`."""
    frames = [
        answers.filter(pl.col(name).is_in(unknown)).select(
            "workbook", "sheet", "row", "block", field=pl.lit(name), value=pl.col(name)
        )
        for name in CHOICE_FIELDS
        if (unknown := unknown_choices(answers[name], known_choices(name, survey)))
    ]
    empty = answers.clear().select("workbook", "sheet", "row", "block")
    empty = empty.with_columns(field=pl.lit("", pl.String), value=pl.lit("", pl.String))
    return pl.concat([empty, *frames])
