"""Tasks -> groups of the same work across divisions: by family, then by similar names."""

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

import polars as pl

from bpr.frames import DataFrame, GroupWords
from bpr.match.names import bare_name, cluster_names
from bpr.match.wordings import find_wordings
from bpr.match.words import Grouping, heed_words
from bpr.settings.common_work import Wording
from bpr.text import normalize_column

FAMILY: Final = "family:"
LIKE: Final = "like:"
_LONGEST_KEY: Final = 200
_SHARED_BY: Final = 2
"""Divisions from which on work is shared."""


def group_tasks(
    tasks: pl.DataFrame, families: Mapping[str, Wording], words: DataFrame[GroupWords]
) -> Grouping:
    """Group tasks (task_id, division, task_name, activity_name); every task is told once.

    A group that nobody spoke of has at least two divisions. Independent of the order of rows.
    """
    if not words.height and tasks["division"].drop_nulls().n_unique() < _SHARED_BY:
        alone = tasks.select(
            "task_id", group_key=pl.lit(None, pl.String), source=pl.lit(None, pl.String)
        )
        return heed_words(alone, {}, words)
    family = FAMILY + find_wordings(tasks, families)
    named = tasks.select("task_id", "division", name=normalize_column(tasks["task_name"]))
    by_family = _shared(named.with_columns(group_key=family))
    rest = by_family.filter(pl.col("group_key").is_null())
    spoken = words["group_key"].unique(maintain_order=True).to_list()
    keys = _like_keys(rest, [str(key) for key in spoken])
    by_name = _shared(rest.with_columns(group_key=pl.Series(keys, dtype=pl.String)))
    own_names = {key: _fallback_name(str(key), families) for key in spoken}
    own_names |= {FAMILY + name: wording.label for name, wording in families.items()}
    own_names |= _leading_names(by_name)
    like = by_name.select("task_id", like_key="group_key")
    found = by_family.join(like, on="task_id", how="left", maintain_order="left").select(
        "task_id",
        group_key=pl.coalesce("group_key", "like_key"),
        source=pl.when(pl.col("group_key").is_not_null())
        .then(pl.lit("family"))
        .when(pl.col("like_key").is_not_null())
        .then(pl.lit("name")),
    )
    return heed_words(found, own_names, words)


def key_of_name(bare: str) -> str:
    """Key of the group that a bare name leads."""
    if len(bare) <= _LONGEST_KEY:
        return LIKE + bare
    return f"{LIKE}{bare[:_LONGEST_KEY]}~{blake2b(bare.encode(), digest_size=4).hexdigest()}"


def _shared(tasks: pl.DataFrame) -> pl.DataFrame:
    """Set the key to null where fewer than two divisions share it."""
    divisions = pl.col("division").drop_nulls().n_unique().over("group_key")
    return tasks.with_columns(group_key=pl.when(divisions >= _SHARED_BY).then("group_key"))


def _like_keys(tasks: pl.DataFrame, spoken: list[str]) -> list[str | None]:
    """Key of each task's cluster of names: one that people spoke of, else its leading name's."""
    bare = [bare_name(name) for name in tasks["name"].to_list()]
    count = Counter(bare)
    key_of: dict[str, str] = {}
    for cluster in cluster_names(bare):
        known = {key_of_name(name) for name in cluster}
        leading = min(cluster, key=lambda name: (-count[name], len(name), name))
        key = next((key for key in spoken if key in known), key_of_name(leading))
        key_of |= dict.fromkeys(cluster, key)
    return [key_of[name] for name in bare]


def _leading_names(tasks: pl.DataFrame) -> dict[str, str]:
    """Most frequent name of each group; of those the shortest, then the first by letters."""
    ranked = (
        tasks.drop_nulls("group_key")
        .group_by("group_key", "name")
        .len()
        .sort("group_key", -pl.col("len").cast(pl.Int64), pl.col("name").str.len_chars(), "name")
        .unique("group_key", keep="first", maintain_order=True)
    )
    return dict(ranked.select("group_key", "name").iter_rows())


def _fallback_name(key: str, families: Mapping[str, Wording]) -> str:
    """Name of a group that is no longer found."""
    name = key.removeprefix(FAMILY).removeprefix(LIKE)
    return families[name].label if key.startswith(FAMILY) and name in families else name
