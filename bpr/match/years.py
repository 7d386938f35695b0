"""The same work a year later: tasks of two editions -> links, by number, by name, by likeness.

Equal names in one division come first, whatever their numbers: a row put in shifts all numbers
below it. A number says something only where the names do not contradict it.
"""

import re
from collections.abc import Callable
from typing import Final

import polars as pl

from bpr.frames import DataFrame, LinkWords, TaskLinks
from bpr.match.names import bare_name
from bpr.match.years_likeness import Likeness
from bpr.match.years_pairs import choose_pairs
from bpr.match.years_reasons import tell_links
from bpr.match.years_words import Spoken, heed_link_words
from bpr.text import squeeze

ALIKE: Final = 0.4
"""Least likeness of a proposed link."""
NOT_CONTRADICTORY: Final = 0.3
"""Least likeness of a proposed link whose number in the division is the same."""
AGREEING: Final = 0.6
"""Likeness from which an equal number makes a link certain."""
_MANY: Final = 30
"""Rows of equal names from which on they are paired in their order, not by all combinations."""
_YEAR: Final = re.compile(r"(?:令和|平成|r|h|20)(?:元|\d{1,2})年度?分?")
"""A year in a name (令和6年度国勢調査) moves on with the years."""
_LOOSE: Final = re.compile("[のを]")
"""Small words that come and go."""
_HASHED_ID: Final = r"^[0-9a-f]{12}(-\d+)?$"
_NAMES: Final = ["division", "task", "activity"]
_ROW: Final = ["written", "staff", "unit", "hours", "number"]
"""What tells rows of equal names apart, the most telling first."""


def link_tasks(
    before: pl.DataFrame, after: pl.DataFrame, words: DataFrame[LinkWords]
) -> DataFrame[TaskLinks]:
    """Link the tasks of two years (rows of the task table) one to one; each id is told once.

    Independent of the order of rows; without words, linking the other way round gives the same
    pairs. Sorted by the earlier id, those that began last.
    """
    told = (_prepare(before), _prepare(after))
    spoken = heed_link_words(told[0]["task_id"], told[1]["task_id"], words)
    turned = repr(told[0].rows()) > repr(told[1].rows())
    found = _link(told[1], told[0], spoken.turn()) if turned else _link(*told, spoken)
    pairs = found.rename({"a": "b", "b": "a"}) if turned else found
    return tell_links(told[0], told[1], pairs, spoken)


def _prepare(tasks: pl.DataFrame) -> pl.DataFrame:
    """What is compared of tasks, sorted by id: bare names, the division's own number, kind of row.

    `written`: the names in full; `namesakes`, `in_unit`: how many rows of the same names and staff
    the division holds, the unit holds.
    """
    tasks = tasks.sort("task_id")
    own = pl.concat_str(
        pl.col("fiscal_year").cast(pl.String),
        "division",
        pl.lit(""),
        separator="-",
        ignore_nulls=True,
    )
    is_own = pl.col("task_id").str.starts_with(own) & ~pl.col("task_id").str.contains(_HASHED_ID)
    kind = [*_NAMES, "staff"]
    return tasks.select(
        "task_id",
        division=_each(tasks["division"], squeeze),
        division_name="division",
        task=_each(tasks["task_name"], _plain_name),
        activity=_each(tasks["activity_name"].fill_null(""), _plain_name),
        written=pl.concat_str("task_name", pl.col("activity_name").fill_null(""), separator="／"),
        staff=pl.col("staff_type").cast(pl.String),
        unit=_each(tasks["unit"], squeeze),
        number=pl.when(is_own).then(pl.col("task_id").str.strip_prefix(own)),
        hours=pl.col("annual_hours").cast(pl.Float64),
    ).with_columns(namesakes=pl.len().over(kind), in_unit=pl.len().over([*kind, "unit"]))


def _plain_name(name: str) -> str:
    """Name without what people write now so, now so.

    >>> _plain_name("令和６年度 国勢調査の実施事務")
    '国勢調査実施'
    """
    return _LOOSE.sub("", bare_name(_YEAR.sub("", squeeze(name)) or name)) or bare_name(name)


def _each(texts: pl.Series, change: Callable[[str], str]) -> pl.Series:
    changed = [None if text is None else change(text) for text in texts.to_list()]
    return pl.Series(texts.name, changed, pl.String)


def _link(before: pl.DataFrame, after: pl.DataFrame, spoken: Spoken) -> pl.DataFrame:
    """Pairs of row numbers: b, a, how, likeness, elsewhere, confirmed."""
    likeness = Likeness(before, after)
    by_person = likeness.measure_pairs(spoken.confirmed).with_columns(
        how=pl.lit("person"), confirmed=pl.lit(value=True)
    )
    rows = before.with_row_index("b").join(spoken.alone, on="b", how="anti")
    others = after.with_row_index("a").join(spoken.alone_after, on="a", how="anti")
    found = by_person
    for find in (_find_equal, lambda one, other: _find_alike(one, other, likeness)):
        rows = rows.join(found, on="b", how="anti", maintain_order="left")
        others = others.join(found, on="a", how="anti", maintain_order="left")
        offered = find(rows, others).join(spoken.denied, on=["b", "a"], how="anti")
        found = pl.concat([found, choose_pairs(offered).select(found.columns)])
    return found


def _find_equal(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Pairs of equal names in the same division."""
    many = pl.concat([before.select(_NAMES), after.select(_NAMES)]).group_by(_NAMES).len()
    crowded = many.filter(pl.col("len") > _MANY).select(*_NAMES, crowded=pl.lit(value=True))
    turn = pl.when("crowded").then(pl.int_range(pl.len()).over(_NAMES))
    one, other = (
        tasks.join(crowded, on=_NAMES, how="left", nulls_equal=True)
        .sort(*_ROW, "task_id", nulls_last=True)
        .with_columns(turn=turn)
        .drop("crowded")
        for tasks in (before, after)
    )
    pairs = one.join(other, on=[*_NAMES, "turn"], suffix="_other", nulls_equal=True)
    alone = (pl.col("namesakes") == 1) & (pl.col("namesakes_other") == 1)
    alone_in_unit = (pl.col("in_unit") == 1) & (pl.col("in_unit_other") == 1) & _same("unit")
    row = 8 * _same("staff") + 4 * _same("unit") + 2 * _closeness() + 0.5 * _same_number()
    return pairs.with_columns(
        gain=1 + 16 * _same("written") + row,
        how=pl.when(_same_number()).then(pl.lit("number")).otherwise(pl.lit("name")),
        likeness=pl.lit(1.0),
        elsewhere=pl.lit(value=False),
        confirmed=_same("staff") & (_same_number() | alone | alone_in_unit),
    )


def _find_alike(before: pl.DataFrame, after: pl.DataFrame, likeness: Likeness) -> pl.DataFrame:
    """Pairs of names that are alike, in the division or elsewhere.

    The gain is a cube: one good pair is worth more than two poor ones.
    """
    offered = likeness.find_alike(before["b"].to_numpy(), after["a"].to_numpy())
    pairs = offered.join(before, on="b").join(after, on="a", suffix="_other")
    numbered = _same_number() & ~pl.col("elsewhere")
    least = pl.when(numbered).then(NOT_CONTRADICTORY).otherwise(ALIKE)
    kind = 0.1 * _same("staff") + 0.05 * _same("unit") + 0.02 * _closeness()
    return pairs.filter(pl.col("likeness") >= least).with_columns(
        gain=(pl.col("likeness") + 0.2 * numbered + kind).pow(3),
        how=pl.when(numbered).then(pl.lit("number")).otherwise(pl.lit("fuzzy")),
        confirmed=numbered & _same("staff") & (pl.col("likeness") >= AGREEING),
    )


def _same(name: str) -> pl.Expr:
    return pl.col(name).eq_missing(pl.col(f"{name}_other"))


def _same_number() -> pl.Expr:
    return (pl.col("number") == pl.col("number_other")).fill_null(value=False)


def _closeness() -> pl.Expr:
    """Smaller hours / larger hours (0-1); 0 where a year does not tell."""
    hours = ["hours", "hours_other"]
    both = pl.all_horizontal(pl.col(hours).is_not_null())
    largest = pl.max_horizontal(hours)
    return pl.when(both & (largest > 0)).then(pl.min_horizontal(hours) / largest).otherwise(0)
