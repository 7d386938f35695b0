"""A person's word wins: tasks put into a group or taken out of it, groups confirmed or renamed."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from bpr.frames import DataFrame, GroupNames, GroupWords, Memberships, TakenOut, types_of


@dataclass(frozen=True)
class Grouping:
    """Every task's group, every group's name, and what was taken out of them."""

    memberships: DataFrame[Memberships]
    names: DataFrame[GroupNames]
    taken_out: DataFrame[TakenOut]


def heed_words(
    found: pl.DataFrame, own_names: Mapping[str, str], words: DataFrame[GroupWords]
) -> Grouping:
    """Apply what people said to what was found.

    `found`: task_id, group_key, source. `own_names`: names of the groups that were found and of
    those that words may be about. The last word on a task and a group counts; among several groups
    into which a task was put, the last. A group of which a word is in force stays, even if empty.
    """
    told = words.with_row_index("order").filter(pl.col("task_id").is_not_null())
    last = told.group_by("task_id", "group_key", maintain_order=True).last()
    put = (
        last.filter(pl.col("action") == "put_in")
        .sort("order")
        .group_by("task_id", maintain_order=True)
        .agg(put_key=pl.col("group_key").last())
    )
    out = last.filter(pl.col("action") == "take_out").select("task_id", "group_key", "reason")
    placed = (
        found.join(put, on="task_id", how="left", maintain_order="left")
        .join(
            out.with_columns(is_out=pl.lit(value=True)),
            on=["task_id", "group_key"],
            how="left",
            maintain_order="left",
        )
        .with_columns(is_out=pl.col("is_out").fill_null(value=False))
    )
    stays = ~pl.col("is_out")
    is_put = pl.col("put_key").is_not_null()
    memberships = placed.select(
        "task_id",
        group_key=pl.coalesce("put_key", pl.when(stays).then("group_key")),
        source=pl.when(is_put).then(pl.lit("person")).when(stays).then("source"),
    )
    taken_out = placed.filter("is_out", ~is_put).select("group_key", "task_id", "reason")
    return Grouping(
        Memberships.validate(memberships, cast=True),
        _names(memberships, taken_out, own_names, words),
        TakenOut.validate(taken_out),
    )


def _names(
    memberships: pl.DataFrame,
    taken_out: pl.DataFrame,
    own_names: Mapping[str, str],
    words: DataFrame[GroupWords],
) -> DataFrame[GroupNames]:
    about = words.filter(pl.col("task_id").is_null())
    renames = about.filter(pl.col("action") == "rename")
    names = dict(renames.select("group_key", "name").iter_rows())
    verdicts = about.filter(pl.col("action").cast(pl.String).is_in(["confirm", "unconfirm"]))
    confirmed = {
        key: action == "confirm"
        for key, action in verdicts.select(
            "group_key", pl.col("action").cast(pl.String)
        ).iter_rows()
    }
    kept = {str(key) for key in memberships["group_key"].drop_nulls().unique()}
    kept |= {str(key) for key in taken_out["group_key"]}
    kept |= {key for key, name in names.items() if name} | {
        k for k, yes in confirmed.items() if yes
    }
    rows = [
        {
            "group_key": key,
            "name": names.get(key) or own_names[key],
            "own_name": own_names[key],
            "confirmed": confirmed.get(key, False),
        }
        for key in sorted(kept)
    ]
    return GroupNames.validate(pl.DataFrame(rows, schema=types_of(GroupNames)))
