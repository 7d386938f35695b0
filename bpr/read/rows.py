"""Rows of survey tables: part tasks from blanks, totals, notes and headings; fill what repeats.

Each row that is not an answer becomes a mark with its row number, so that nothing is lost.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from bpr.frames import ANSWER_FIELDS, NAME_FIELDS, NUMBER_FIELDS, ROW_KEY
from bpr.read.row_marks import FROM_ABOVE, MERGED_MARK, mark_blank_rows, mark_repeated
from bpr.read.subtotals import find_subtotals
from bpr.settings.survey import SurveySettings
from bpr.text import squeeze

PLACES: Final = ("department", "division", "unit")
_FILLED: Final = ("municipality", "fiscal_year", "staff_category", *PLACES)
"""What the context may have filled in for a whole sheet: it says nothing about one row."""
_LEFT_OUT: Final = (
    "total-row",
    "example-row",
    "note-row",
    "group-row",
    "header-row",
    "below-table",
)
_GROUP_FIELDS: Final = (
    ("unit", r"(?:係|班|担当|グループ|チーム)$"),
    ("division", r"(?:[^賦公日放]課|局|室|センター|館|所|園)$"),
    ("department", r"部$"),
)
_GROUP_ENDINGS: Final = r"(?:.係|班|担当|グループ|関係業務|関連業務|に関する業務|に関する事務)$"
_MIN_NUMBERED: Final = 3
_HALF: Final = 0.5


def sort_rows(rows: pl.DataFrame, survey: SurveySettings) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return (answers, marks) from rows of ROW_KEY, ANSWER_FIELDS and what was seen of each row.

    `table`: a number for each table and block; `first`: it is the first block of its table;
    `own`: the row holds a task of its block; `place`: the department, division or unit it names;
    `numbered`, `staffed`: it fills a column of numbers, of the kind of staff; `wide`: its text is
    merged over columns; `repeated`: it repeats the labels of its table; `level`: how deep its name
    is indented; `leads`: the next row is indented deeper;
    `beside`: text in a column that was not understood.
    """
    marked = set(
        rows.select(pl.col(name).is_in(FROM_ABOVE).any() for name in ANSWER_FIELDS)
        .unpivot()
        .filter("value")["variable"]
    )
    seen = pl.concat([rows, _kind(rows, survey, marked)], how="horizontal")
    seen = find_subtotals(seen)
    marks = pl.concat(
        [
            seen.filter(pl.col("kind").is_in(_LEFT_OUT), "first")
            .with_columns(cell=pl.lit(None, pl.String), code="kind", value="first_text")
            .select("workbook", "sheet", "cell", "row", "code", "value"),
            mark_blank_rows(seen),
            *([mark_repeated(seen, marked)] if marked else []),
        ]
    )
    of_staff = pl.col("staffed") & pl.col("staff_category").is_in(_spaced(survey.total_words))
    kept = seen.filter(pl.col("kind").is_in(["answer", "gap", "group-row"]) | of_staff)
    answers = _fill_down(_set_groups(kept), survey, marked)
    answers = answers.filter(pl.col("kind") == "answer").select(*ROW_KEY, *ANSWER_FIELDS)
    return answers, marks


def _kind(rows: pl.DataFrame, survey: SurveySettings, marked: set[str]) -> pl.DataFrame:
    """Tell what each row is (`kind`) and what it says first (`first_text`), as written."""
    covered = [pl.col(name) == MERGED_MARK for name in NAME_FIELDS if name in marked]
    written = rows.with_columns(
        *(pl.when(pl.col(name) != MERGED_MARK).then(name).alias(name) for name in marked),
        covered=pl.any_horizontal(covered).fill_null(value=False)
        if covered
        else pl.lit(value=False),
    )
    told = [name for name in ANSWER_FIELDS if name not in _FILLED]
    seen = written.select(
        "beside",
        "own",
        "place",
        "numbered",
        "staffed",
        "wide",
        "repeated",
        "covered",
        "leads",
        "table",
        "staff_category",
        zeros=pl.all_horizontal(pl.col(NUMBER_FIELDS).fill_null("0") == "0"),
        said=pl.coalesce(*told, "place"),
        name=pl.coalesce(*NAME_FIELDS),
        count=pl.sum_horizontal(pl.col(told).is_not_null()),
        numbers=pl.sum_horizontal(pl.col(NUMBER_FIELDS).is_not_null()),
    )
    is_note = _notes(seen, survey)
    unnamed = pl.col("name").is_null() & ~pl.col("covered")
    only_zeros = (
        unnamed & pl.col("zeros") & (pl.col("numbers") > 0) & (pl.col("count") == pl.col("numbers"))
    )
    shared = pl.col("covered") & pl.col("staffed")
    empty_row = ((pl.col("count") == 0) & ~shared) | only_zeros
    alone = (pl.col("count") <= 1) & ~pl.col("numbered")
    counted = pl.col("numbered").mean().over("table") >= _HALF
    titled = (
        pl.col("wide")
        | pl.col("leads")
        | pl.col("said").str.contains(_title(survey))
        | (counted & pl.col("said").str.contains(_GROUP_ENDINGS))
    )
    kind = (
        pl.when(_is_total(seen, survey))
        .then(pl.lit("total-row"))
        .when(_is_example(seen, survey))
        .then(pl.lit("example-row"))
        .when(pl.col("repeated") & (pl.col("count") > 1))
        .then(pl.lit("header-row"))
        .when(empty_row & pl.col("place").is_null() & (pl.col("beside").is_null() | only_zeros))
        .then(pl.lit("blank"))
        .when(is_note)
        .then(pl.lit("note-row"))
        .when(
            (empty_row & pl.col("place").is_not_null())
            | (alone & pl.col("said").is_not_null() & titled)
        )
        .then(pl.lit("group-row"))
        .when(empty_row)
        .then(pl.lit("note-row"))
        .when(pl.col("name").is_in(_name_labels(survey)) & (pl.col("count") > 1))
        .then(pl.lit("header-row"))
        .when(~pl.col("own"))
        .then(pl.lit("gap"))
        .otherwise(pl.lit("answer"))
    )
    seen = seen.with_columns(kind=kind)
    if covered:
        own = pl.when(~pl.col("covered")).then("kind").forward_fill().over("table")
        named = pl.when(~pl.col("covered")).then("name").forward_fill().over("table")
        of_total = named.is_in(_spaced(survey.total_words))
        below = pl.col("covered") & (own == "total-row") & of_total
        seen = seen.with_columns(kind=pl.when(below).then(pl.lit("total-row")).otherwise("kind"))
    text = pl.when(pl.col("said").is_null()).then("beside").otherwise("said")
    return seen.select(kind=_below_table(), first_text=text)


def _is_total(seen: pl.DataFrame, survey: SurveySettings) -> pl.Expr:
    """Rows that say 合計, 小計, ○○係　計 where a name or a place should be."""
    words = _spaced(survey.total_words)
    spaced = [re.escape(w) for w in survey.total_endings if w.startswith(" ")]
    endings = [re.escape(w) for w in survey.total_endings if not w.startswith(" ")]
    pattern = (
        "(?:"
        + "|".join(
            [*(r"\s*".join(w) for w in endings), *(w.replace("\\ ", r"[\s　]+") for w in spaced)]
        )
        + ")$"
    )
    pattern += r"|^(?:小|合|総)?\s*計\s*[①-⑳\d]*$"

    def is_total(texts: pl.Series) -> pl.Series:
        plain = texts.str.strip_chars(" 　【】[]〔〕<>＜＞《》()（）■●◆○・")
        plain = plain.str.replace(r"[(（][^)）]*[)）]?\s*$", "")
        return plain.is_in(words) | plain.str.contains(pattern)

    counted = pl.col("name").str.contains(r"^[\d,]+(?:件|業務|項目)?$")
    label = pl.col("beside").is_in(words) & counted.fill_null(value=True)
    return label | _any_says(seen, ["said", "name", "staff_category", "place"], is_total)


def _is_example(seen: pl.DataFrame, survey: SurveySettings) -> pl.Expr:
    words = _spaced([*survey.example_words])
    known = [*words, *_widths(words)]
    starts = "^(?:" + "|".join(map(re.escape, _widths(survey.example_starts))) + ")"
    return _any_says(
        seen,
        ["said", "name", "beside", "place"],
        lambda texts: texts.is_in(known) | texts.str.contains(starts),
    )


def _any_says(
    seen: pl.DataFrame, columns: Sequence[str], says: Callable[[pl.Series], pl.Series]
) -> pl.Expr:
    """Rows where one of the columns says what is looked for; each text is looked at once."""
    texts = pl.concat(seen[name] for name in columns).drop_nulls().unique()
    found = texts.filter(says(texts)).to_list()
    return pl.any_horizontal(pl.col(columns).is_in(found))


def _widths(words: Sequence[str]) -> list[str]:
    """Each word as it is and with its signs and digits in full width."""
    table = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
    return [form for word in words for form in dict.fromkeys((word, word.translate(table)))]


def _title(survey: SurveySettings) -> str:
    marks = "".join(re.escape(mark) for mark in _widths(survey.title_marks))
    return f"^[{marks}]"


def _below_table() -> pl.Expr:
    """Turn what stands below the last number, after a blank row, into text below the table.

    Only where the rows above hold numbers: a list of names has no such end.
    """
    index = pl.int_range(pl.len()).over("table")
    numbered = pl.col("numbered") & (pl.col("kind") == "answer")
    last = pl.when(numbered).then(index).max().over("table")
    blanks = (pl.col("kind") == "blank").cum_sum().over("table")
    before = pl.when(index <= last).then(blanks).max().over("table")
    enough = numbered.sum().over("table") >= _MIN_NUMBERED
    below = enough & (index > last) & (blanks > before)
    loose = pl.col("kind").is_in(["answer", "group-row", "gap"])
    return pl.when(below & loose).then(pl.lit("below-table")).otherwise("kind")


def _notes(seen: pl.DataFrame, survey: SurveySettings) -> pl.Series:
    """Tell rows whose only text begins with a mark of notes (※, 注) or asks for something."""
    marks = tuple(squeeze(mark) for mark in survey.note_marks)
    alone = zip(
        (seen["count"] <= 1).to_list(),
        seen.select(pl.coalesce("said", "beside")).to_series().to_list(),
        strict=True,
    )
    return pl.Series(
        [
            one
            and text is not None
            and (squeeze(text).startswith(marks) or text.endswith(survey.note_endings))
            for one, text in alone
        ],
        dtype=pl.Boolean,
    )


def _spaced(words: Sequence[str]) -> list[str]:
    """Each word, also as people space it out (合　計)."""
    return [space.join(word) for word in words for space in ("", " ", "　", "  ", "　　")]


def _name_labels(survey: SurveySettings) -> list[str]:
    """Labels of the columns that name a task: a row of them is a repeated header."""
    aliases = [alias for name in NAME_FIELDS for alias in survey.fields[name].aliases]
    return _spaced([alias if isinstance(alias, str) else alias.text for alias in aliases])


def _set_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """Put the text of group rows where it belongs: 係 and 課 by their endings, else 大分類.

    Rows that name a place in its own column are left as they are.
    """
    in_place = pl.col("place").is_not_null() & ~pl.col("wide")
    unnamed = pl.all_horizontal(pl.col(NAME_FIELDS).is_null())
    groups = rows.filter(pl.col("kind") == "group-row", ~(in_place & unnamed))
    if not groups.height:
        return rows
    text = pl.col("first_text").str.strip_chars(" 　■◆●◎○□◇▼▽▲【】<>＜＞《》〔〕[]")
    deeper = pl.col("level") > 0
    target = pl.when(deeper).then(pl.lit("process_group")).otherwise(pl.lit("process_category"))
    for name, pattern in reversed(_GROUP_FIELDS):
        target = pl.when(text.str.contains(pattern)).then(pl.lit(name)).otherwise(target)
    named = groups.select("table", "row", group=text, target=target)
    rows = rows.join(named, on=["table", "row"], how="left", maintain_order="left")
    grouped = pl.col("target").is_not_null()
    cleared = [
        pl.when(grouped).then(None).otherwise(pl.col(name)).alias(name)
        for name in ANSWER_FIELDS
        if name not in ("municipality", "fiscal_year", "staff_category", *PLACES)
    ]
    rows = rows.with_columns(cleared)
    upper = grouped & (pl.col("level") == 0) & pl.col("leads")
    rows = rows.with_columns(
        process_group=pl.when(upper).then(pl.lit("")).otherwise("process_group")
    )
    for name in ("unit", "division", "department", "process_category", "process_group"):
        here = pl.col("target") == name
        constant = here.any().over("table") & (pl.col(name).n_unique().over("table") == 1)
        rows = rows.with_columns(pl.when(here).then("group").when(~constant).then(name).alias(name))
    return rows.drop("group", "target")


def _fill_down(answers: pl.DataFrame, survey: SurveySettings, marked: set[str]) -> pl.DataFrame:
    """Fill ditto marks, merged cells and the blanks of grouping columns from the row above."""
    named = pl.any_horizontal(pl.col(NAME_FIELDS).is_not_null())
    filled = []
    for name, settings in survey.fields.items():
        gaps = settings.carry_down and answers[name].null_count() > 0
        if gaps or (settings.kind != "duration" and name in marked):
            column, from_above = pl.col(name), pl.col(name).is_in(FROM_ABOVE)
            kept = pl.when(~from_above).then(column)
            above = kept.forward_fill().over("table")
            # A row without any name of its own stays without: it is an error, not a repetition.
            carried = column.is_null() & (named if name in NAME_FIELDS else pl.lit(value=True))
            wanted = from_above | carried if settings.carry_down else from_above
            filled.append(pl.when(wanted).then(above).otherwise(column).alias(name))
    return answers.with_columns(filled)
