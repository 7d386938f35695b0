"""Words of an answer -> the identifier they stand for, by the vocabularies of survey.toml."""

import re
from functools import lru_cache

import polars as pl

from bpr.settings.survey import SurveySettings
from bpr.text import is_blank, squeeze

YES_NO_FIELDS = (
    "approval_seal",
    "resident_seal",
    "must_be_staff",
    "needs_expertise",
    "is_routine",
)

_OPEN_BOX = re.compile("[□☐]")
_ONE_BOX = re.compile("[□☐☑■✔✓☒]")
_TICKED = re.compile("[☑■✔✓☒✅]\\s*([^□☐☑■✔✓☒✅]+)")

CHOICE_FIELDS = (*YES_NO_FIELDS, "medium", "work_class_answer", "staff_category")
"""Fields whose answers come from a vocabulary."""


def read_choices(answers: pl.DataFrame, survey: SurveySettings) -> pl.DataFrame:
    """Add one column per choice field, `<field>_choice`: an identifier, a boolean, or null."""
    return answers.with_columns(
        _translate(answers[name], known_choices(name, survey)).alias(f"{name}_choice")
        for name in CHOICE_FIELDS
    )


def known_choices(field: str, survey: SurveySettings) -> dict[str, str | bool]:
    """Squeezed spelling -> meaning, for one field."""
    indexes: dict[str, dict[str, str]] = {
        "medium": survey.medium_index,
        "work_class_answer": survey.work_class_index,
        "staff_category": survey.staff_index,
    }
    return dict(indexes[field]) if field in indexes else dict(survey.yes_no_index(field))


@lru_cache(maxsize=4_096)
def ticked(text: str) -> str:
    """Labels of the ticked boxes of a cell that offers several; any other text as it is.

    >>> ticked("☑紙　□電子"), ticked("□有 □無"), ticked("紙")
    ('紙', '', '紙')
    """
    if _ONE_BOX.fullmatch(text.strip()) or not (_OPEN_BOX.search(text) or _TICKED.search(text)):
        return text
    return "・".join(label.strip() for label in _TICKED.findall(text))


def _translate(column: pl.Series, known: dict[str, str | bool]) -> pl.Series:
    written = [] if column.null_count() == len(column) else column.unique().drop_nulls().to_list()
    keys = {text: squeeze(ticked(text)) for text in written}
    meanings = {text: known[key] for text, key in keys.items() if key in known}
    kind = pl.Boolean if any(isinstance(v, bool) for v in known.values()) else pl.String
    if not meanings:
        return pl.Series(column.name, [None] * len(column), dtype=kind)
    return column.replace_strict(
        list(meanings), list(meanings.values()), default=None, return_dtype=kind
    )


def unknown_choices(column: pl.Series, known: dict[str, str | bool]) -> list[str]:
    """Spellings of a column that the vocabulary does not know; blanks are not among them."""
    written = column.unique().drop_nulls().to_list()
    keys = {text: ticked(text) for text in written}
    return [text for text, key in keys.items() if not is_blank(key) and squeeze(key) not in known]


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
