"""Rows of survey tables: part tasks from blanks, totals, notes and headings; fill what repeats.

Each row that is not an answer becomes a mark with its row number, so that nothing is lost.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from bpr.frames import ANSWER_FIELDS, ROW_KEY
from bpr.read.layout import NAME_FIELDS
from bpr.settings.survey import SurveySettings
from bpr.text import DITTO_TEXTS, squeeze

MERGED_MARK = "\u0000merged"
"""Stands in a cell covered by a merged range until the value above is filled down."""
_FROM_ABOVE: Final = (MERGED_MARK, *DITTO_TEXTS)


PLACES: Final = ("department", "division", "unit")
_FILLED: Final = ("municipality", "fiscal_year", "staff_category", *PLACES)
"""What the context may have filled in for a whole sheet: it says nothing about one row."""
_LEFT_OUT: Final = ("total-row", "note-row", "group-row", "header-row")


def sort_rows(rows: pl.DataFrame, survey: SurveySettings) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return (answers, marks) from rows of ROW_KEY, ANSWER_FIELDS and what was seen of each row.

    `table`: a number for each sheet and block;
    `own`: the row holds a task of its block; `placed`: it names a department, division or unit;
    `beside`: text in a column that was not understood.
    """
    marked = set(
        rows.select(pl.col(name).is_in(_FROM_ABOVE).any() for name in ANSWER_FIELDS)
        .unpivot()
        .filter("value")["variable"]
    )
    seen = pl.concat([rows, _kind(rows, survey, marked)], how="horizontal")
    marks = (
        seen.filter(pl.col("kind").is_in(_LEFT_OUT), pl.col("block") == 0)
        .with_columns(cell=pl.lit(None, pl.String), code="kind", value="first_text")
        .select("workbook", "sheet", "cell", "row", "code", "value")
    )
    kept = seen.filter(pl.col("kind").is_in(["answer", "gap", "group-row"]))
    answers = _fill_down(kept, survey, marked)
    answers = answers.filter(pl.col("kind") == "answer").select(*ROW_KEY, *ANSWER_FIELDS)
    return answers, marks


def _kind(rows: pl.DataFrame, survey: SurveySettings, marked: set[str]) -> pl.DataFrame:
    """Tell what each row is (`kind`) and what it says first (`first_text`), as written."""
    written = rows.with_columns(
        pl.when(pl.col(name) != MERGED_MARK).then(name).alias(name) for name in marked
    )
    told = [name for name in ANSWER_FIELDS if name not in _FILLED]
    seen = written.select(
        "beside",
        "own",
        "placed",
        *PLACES,
        first=pl.coalesce(*told, *PLACES),
        name=pl.coalesce(*NAME_FIELDS),
        count=pl.sum_horizontal(pl.col(told).is_not_null()),
    )
    seen = seen.with_columns(is_note=_notes(seen, survey))
    totals, labels = _spaced(survey.total_words), _name_labels(survey)
    empty_row = pl.col("count") == 0
    kind = (
        pl.when(pl.any_horizontal(pl.col("first", "name", *PLACES).is_in(totals)))
        .then(pl.lit("total-row"))
        .when(empty_row & pl.col("placed"))
        .then(pl.lit("group-row"))
        .when(empty_row & pl.col("beside").is_null())
        .then(pl.lit("blank"))
        .when(empty_row | pl.col("is_note"))
        .then(pl.lit("note-row"))
        .when(pl.col("name").is_in(labels) & (pl.col("count") > 1))
        .then(pl.lit("header-row"))
        .when(~pl.col("own"))
        .then(pl.lit("gap"))
        .otherwise(pl.lit("answer"))
    )
    text = pl.when(empty_row & ~pl.col("placed")).then("beside").otherwise("first")
    return seen.select(kind=kind, first_text=text)


def _notes(seen: pl.DataFrame, survey: SurveySettings) -> pl.Series:
    """Tell rows whose only text begins with a mark of notes (※, 注)."""
    marks = tuple(squeeze(mark) for mark in survey.note_marks)
    alone = zip((seen["count"] == 1).to_list(), seen["first"].to_list(), strict=True)
    return pl.Series(
        [one and squeeze(text).startswith(marks) for one, text in alone], dtype=pl.Boolean
    )


def _spaced(words: Sequence[str]) -> list[str]:
    """Each word, also as people space it out (合　計)."""
    return [space.join(word) for word in words for space in ("", " ", "　", "  ", "　　")]


def _name_labels(survey: SurveySettings) -> list[str]:
    """Labels of the columns that name a task: a row of them is a repeated header."""
    aliases = [alias for name in NAME_FIELDS for alias in survey.fields[name].aliases]
    return _spaced([alias if isinstance(alias, str) else alias.text for alias in aliases])


def _fill_down(answers: pl.DataFrame, survey: SurveySettings, marked: set[str]) -> pl.DataFrame:
    """Fill ditto marks, merged cells and the blanks of grouping columns from the row above."""
    named = pl.any_horizontal(pl.col(NAME_FIELDS).is_not_null())
    filled = []
    for name, settings in survey.fields.items():
        gaps = settings.carry_down and answers[name].null_count() > 0
        if gaps or (settings.kind != "duration" and name in marked):
            column, from_above = pl.col(name), pl.col(name).is_in(_FROM_ABOVE)
            kept = pl.when(~from_above).then(column)
            above = kept.forward_fill().over("table")
            # A row without any name of its own stays without: it is an error, not a repetition.
            carried = column.is_null() & (named if name in NAME_FIELDS else pl.lit(value=True))
            wanted = from_above | carried if settings.carry_down else from_above
            filled.append(pl.when(wanted).then(above).otherwise(column).alias(name))
    return answers.with_columns(filled)
