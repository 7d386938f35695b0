"""Identifiers of a frame -> the Japanese words and the columns that people read."""

import polars as pl

from bpr import terms

LEVER_LABELS = {name: term.label for name, term in terms.LEVERS.items()}
WORDS = {
    "work_class": {name: term.label for name, term in terms.WORK_CLASSES.items()}
    | {"total": "合計"},
    "medium": {name: term.label for name, term in terms.MEDIA.items()}
    | {"unknown": "不明", "total": "合計"},
    "staff_type": {name: term.label for name, term in terms.STAFF_TYPES.items()}
    | {"total": "合計"},
    "work_class_source": {name: term.label for name, term in terms.CLASS_SOURCES.items()},
    "best_lever": LEVER_LABELS,
    "severity": {name: term.label for name, term in terms.SEVERITIES.items()},
    "seal": {"approval_seal": "決裁等印鑑使用", "resident_seal": "住民印鑑使用", "all": "全体"},
}
"""Column -> identifier -> word."""


def write_fiscal_year(year: int) -> str:
    """Write 「令和6年度」 for 2024."""
    return f"令和{year - 2018}年度" if year > 2018 else f"{year}年度"  # noqa: PLR2004 - 令和元年度 is 2019


def in_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Replace identifiers by their Japanese labels and booleans by はい / いいえ."""
    return frame.with_columns(
        pl.col(name).cast(pl.String).replace(words)
        for name, words in WORDS.items()
        if name in frame.columns
    ).with_columns(
        pl.when(pl.col(pl.Boolean))
        .then(pl.lit("はい"))
        .when(~pl.col(pl.Boolean))
        .then(pl.lit("いいえ"))
        .name.keep()
    )
