"""Answers as written -> tasks in the contract's units, each number with its raw text and rule."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Final

import polars as pl

from bpr.frames import (
    NAME_FIELDS,
    NUMBER_FIELDS,
    ROW_KEY,
    Answers,
    Columns,
    Conversions,
    DataFrame,
    SurveyTasks,
)
from bpr.read.choices import read_choices
from bpr.read.context import read_year
from bpr.read.frequency import times_a_year
from bpr.read.numbers import Number, convert, read_number
from bpr.settings import KpiSettings, Settings
from bpr.text import BLANK_TEXTS

_TEXT_FIELDS: Final = (
    "municipality",
    "department",
    "division",
    "unit",
    "staff_category",
    "legal_basis",
    "systems",
    "peak_months",
    "frequency",
    "issues",
)


def read_numbers(
    answers: DataFrame[Answers], columns: DataFrame[Columns], settings: Settings
) -> tuple[DataFrame[Conversions], pl.DataFrame]:
    """Read every number cell; also return the cells that deserve a finding.

    The second frame has ROW_KEY, `field`, `raw` and `code`.
    """
    measures = columns.select("workbook", "sheet", "block", "field", "measure")
    long = pl.concat(
        answers.lazy()
        .select(*ROW_KEY, field=pl.lit(name), raw=pl.col(name))
        .filter(pl.col("raw").is_not_null())
        for name in NUMBER_FIELDS
    ).collect()
    sheet = ["workbook", "sheet", "block", "field"]
    long = long.join(measures, on=sheet, how="left", maintain_order="left")
    plain = pl.col("raw").cast(pl.Float64, strict=False)
    long = long.with_columns(plain=pl.when(plain.is_finite() & (plain >= 0)).then(plain))
    read = _join(_join(long, _factors(long, settings)), _odd_cells(long, settings), suffix="_odd")
    is_plain = pl.col("plain").is_not_null()
    read = read.with_columns(
        value=pl.when(is_plain).then(pl.col("plain") * pl.col("value")).otherwise("value_odd"),
        rule=pl.when(is_plain).then("rule").otherwise("rule_odd"),
        code=pl.when(is_plain).then("code").otherwise("code_odd"),
    )
    conversions = pl.concat(
        [
            read.select(*ROW_KEY, "field", "raw", "measure", "value", "rule").pipe(
                _per_turn, answers, settings.kpi
            ),
            _counts_by_frequency(answers, columns, settings.kpi),
        ]
    )
    doubtful = read.filter(pl.col("code").is_not_null())
    return Conversions.validate(conversions), doubtful.select(*ROW_KEY, "field", "raw", "code")


def _per_turn(read: pl.DataFrame, answers: pl.DataFrame, kpi: KpiSettings) -> pl.DataFrame:
    """Multiply counts per turn (件/回) by the row's frequency; without one they say nothing."""
    turns = read.filter(pl.col("measure") == "件/回")
    if not turns.height:
        return read
    times = answers.select(*ROW_KEY, frequency=pl.col("frequency"))
    joined = read.join(times, on=ROW_KEY, how="left", maintain_order="left")
    a_year = _times(joined["frequency"], kpi)
    here = pl.col("measure") == "件/回"
    return joined.with_columns(
        value=pl.when(here).then(pl.col("value") * a_year).otherwise("value"),
        rule=pl.when(here)
        .then(pl.format("{}×頻度「{}」", "rule", pl.col("frequency").fill_null("不明")))
        .otherwise("rule"),
    ).drop("frequency")


def _counts_by_frequency(
    answers: pl.DataFrame, columns: pl.DataFrame, kpi: KpiSettings
) -> pl.DataFrame:
    """Counts of forms that ask a time per turn and how often, but no count."""
    table = ["workbook", "sheet", "block"]
    asked = columns.group_by(table).agg(fields=pl.col("field"))
    lacking = asked.filter(
        pl.col("fields").list.contains("frequency"),
        pl.col("fields").list.contains("minutes_per_case"),
        ~pl.col("fields").list.contains("annual_count"),
    )
    found = answers.join(lacking, on=table, how="semi", maintain_order="left")
    found = found.filter(pl.col("frequency").is_not_null())
    return found.select(
        *ROW_KEY,
        field=pl.lit("annual_count"),
        raw="frequency",
        measure=pl.lit(None, pl.String),
        value=_times(found["frequency"], kpi),
        rule=pl.lit("頻度から数えた年間の回数"),
    )


def _times(texts: pl.Series, kpi: KpiSettings) -> pl.Series:
    known = {text: times_a_year(text, kpi) for text in texts.unique().drop_nulls().to_list()}
    return pl.Series("value", [known.get(text) for text in texts.to_list()], dtype=pl.Float64)


def _factors(long: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """What the number 1 is in the field's unit, for each field and unit of a column."""
    units = long.select("field", "measure").unique(maintain_order=True)
    ones = [(f, m, *_judge(f, Number(1.0, m, "そのまま"), settings)) for f, m in units.iter_rows()]
    return _frame(ones, ["field", "measure"])


def _odd_cells(long: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Cells that are no plain numbers: each distinct (field, text, unit) is read once."""
    keys = ["field", "measure", "raw"]
    odd = long.filter(pl.col("plain").is_null()).select(keys).unique(maintain_order=True)
    read = [
        (f, m, raw, *_judge(f, read_number(raw, m, settings.survey), settings))
        for f, m, raw in odd.iter_rows()
    ]
    return _frame(read, keys)


def _frame(rows: Sequence[tuple[object, ...]], keys: list[str]) -> pl.DataFrame:
    texts = dict.fromkeys(keys, pl.String)
    schema = {**texts, "value": pl.Float64, "rule": pl.String, "code": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _join(cells: pl.DataFrame, read: pl.DataFrame, suffix: str = "_right") -> pl.DataFrame:
    keys = [name for name in ("field", "measure", "raw") if name in read.columns]
    return cells.join(
        read, on=keys, how="left", nulls_equal=True, maintain_order="left", suffix=suffix
    )


def _judge(field: str, number: Number, settings: Settings) -> tuple[float | None, str, str | None]:
    """Value in the field's unit, the rule, and the code of a finding it deserves."""
    value, rule = convert(number, field, settings.kpi)
    if number.value is not None and value is None:
        return None, rule, "foreign-unit"
    return value, rule, number.code


def read_tasks(
    answers: DataFrame[Answers], conversions: DataFrame[Conversions], settings: Settings
) -> DataFrame[SurveyTasks]:
    """Make a task of every row that has a name; the others are errors of `check`.

    `conversions` are those that `read_numbers` made of the same answers.

    Hours: the form's own, else count x minutes / 60, else FTE x hours per FTE.
    """
    tasks = (
        read_choices(answers, settings.survey)
        .with_columns(_values(answers, conversions, name) for name in NUMBER_FIELDS)
        .with_columns(_hours(settings.kpi), *_answers_of_class(), _staff_type())
        .with_columns(_clean((*_TEXT_FIELDS, *NAME_FIELDS)))
        .with_columns(_parted_offices())
        .with_columns(
            task_name=pl.coalesce(*NAME_FIELDS),
            fiscal_year=_once(pl.col("fiscal_year"), read_year, pl.Int64),
            medium=pl.col("medium_choice"),
            approval_seal=pl.col("approval_seal_choice"),
            resident_seal=pl.col("resident_seal_choice"),
        )
        .filter(pl.col("task_name").is_not_null())
        .sort("workbook", "sheet", "row", "block", maintain_order=True)
    )
    tasks = tasks.with_columns(task_id=_task_ids(tasks))
    return SurveyTasks.validate(SurveyTasks.cast(tasks.select(SurveyTasks.column_names())))


def _values(answers: pl.DataFrame, conversions: pl.DataFrame, field: str) -> pl.Series:
    """Values of one number field, in the order of the answers that `read_numbers` was given."""
    values = conversions.filter(pl.col("field") == field)
    written = answers[field].is_not_null()
    column = pl.Series(field, [None], dtype=pl.Float64).new_from_index(0, answers.height)
    if values.height == written.sum():
        return column.scatter(written.arg_true(), values["value"])
    joined = answers.select(ROW_KEY).join(values, on=ROW_KEY, how="left", maintain_order="left")
    return joined["value"].alias(field)


def _hours(kpi: KpiSettings) -> pl.Expr:
    counted = pl.col("annual_count") * pl.col("minutes_per_case") / 60
    staffed = pl.col("fte") * kpi.hours_per_fte
    return pl.coalesce(pl.col("annual_hours"), counted, staffed).alias("annual_hours")


def _answers_of_class() -> list[pl.Expr]:
    """The three class questions, from their own columns or from an answer I-IV."""
    answer = pl.col("work_class_answer_choice")
    given = {
        "must_be_staff": answer == "core",
        "needs_expertise": pl.when(answer != "core").then(answer == "expert"),
        "is_routine": pl.when(answer.is_in(["routine", "nonroutine"])).then(answer == "routine"),
    }
    return [pl.coalesce(pl.col(f"{name}_choice"), e).alias(name) for name, e in given.items()]


def _staff_type() -> pl.Expr:
    return pl.col("staff_category_choice").alias("staff_type")


def _clean(names: Sequence[str]) -> pl.Expr:
    """Null for the marks that mean "nothing here"."""
    columns = pl.col(names)
    return pl.when(~columns.is_in(BLANK_TEXTS)).then(columns).name.keep()


def _parted_offices() -> list[pl.Expr]:
    """Part 「市民生活部　市民課」 where a sheet writes all its offices so, without a column of 部."""
    pattern = r"^([^\s]+部)[\s　]+([^\s].*)$"
    parted = pl.col("division").str.contains(pattern).fill_null(value=True)
    both = pl.col("department").is_null() & parted.all().over("workbook", "sheet")
    return [
        pl.when(both)
        .then(pl.col("division").str.extract(pattern, group))
        .otherwise(name)
        .alias(name)
        for name, group in (("department", 1), ("division", 2))
    ]


def _once(column: pl.Expr, read: Callable[[str], int | None], dtype: type[pl.Int64]) -> pl.Expr:
    def batch(texts: pl.Series) -> pl.Series:
        known = {text: read(text) for text in texts.unique().drop_nulls().to_list()}
        return pl.Series(texts.name, [known.get(t) for t in texts.to_list()], dtype=dtype)

    return column.map_batches(batch, return_dtype=dtype)


def _task_ids(tasks: pl.DataFrame) -> pl.Series:
    """Return stable ids: the division's own number where there is one, else a hash of names.

    Equal names in one division are told apart by their order.
    """
    names = ["fiscal_year", "division", "unit", *NAME_FIELDS, "staff_category"]
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in names]
    joined = pl.concat_str(texts, separator="\x1f").str.normalize("NFKC").str.to_lowercase()
    own = pl.concat_str(
        "fiscal_year",
        "division",
        "task_number",
        pl.when(pl.col("block") > 0).then("block"),
        separator="-",
        ignore_nulls=True,
    )
    keys = tasks.select(
        joined.str.replace_all(" ", "", literal=True).str.replace_all("\n", "", literal=True),
        pl.when(pl.col("task_number").is_not_null()).then(own).alias("own"),
    )
    wanted = [
        number or blake2b(text.encode(), digest_size=6).hexdigest()
        for text, number in keys.iter_rows()
    ]
    if len(set(wanted)) == len(wanted):
        return pl.Series("task_id", wanted, dtype=pl.String)
    given: dict[str, None] = {}
    for own_key in wanted:
        key, again = own_key, 1
        while key in given:
            again += 1
            key = f"{own_key}-{again}"
        given[key] = None
    return pl.Series("task_id", list(given), dtype=pl.String)
