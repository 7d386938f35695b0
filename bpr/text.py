"""One normaliser: the same words compare equal however they were typed; and wordings in columns."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import polars as pl

_DASHES = re.compile("[‐‑‒–—―−－ｰ]")
_SPACES = re.compile(r"\s+")
_BRACKETS = re.compile(r"[(\[〔【<〈《][^)\]〕】>〉》]*[)\]〕】>〉》]")
_CIRCLED = re.compile("^[①-⑳]+")
_LEADING_MARKS = re.compile(r"^(?:[※*☆★◎○●◆■□▲△・.]+|[(]?\d{1,2}[).:]\s*)+")

BLANK_MARKS = frozenset({"", "-", "ー", "…", "...", "/", "n/a", "未記入"})
"""What people write for "nothing here", squeezed; never a zero."""

BLANK_TEXTS = (
    "",
    "-",
    "－",
    "―",
    "‐",
    "–",
    "—",
    "ー",
    "…",
    "...",
    "/",
    "／",
    "未記入",
    "n/a",
    "N/A",
)
"""The same as people type it, for whole columns."""

DITTO_TEXTS = ("〃", "々", "同上", "同　上", "同 上", "同じ", "″", "　〃")
"""What people write for "as above"."""


@lru_cache(maxsize=65_536)
def normalize(text: str) -> str:
    """NFKC, one kind of dash, single spaces, no space at the ends."""
    return _SPACES.sub(" ", _DASHES.sub("-", unicodedata.normalize("NFKC", text))).strip()


def normalize_column(texts: pl.Series) -> pl.Series:
    """Normalise every text; null stays null."""
    normalized = [None if text is None else normalize(text) for text in texts.to_list()]
    return pl.Series(texts.name, normalized, pl.String)


def shows(text: pl.Expr, patterns: Sequence[str], counter_patterns: Sequence[str]) -> pl.Expr:
    """Tell which texts hold a pattern once the counter patterns are taken out; null: false."""
    if counter_patterns:
        text = text.str.replace_all("|".join(counter_patterns), " ")
    return text.str.contains("|".join(patterns)).fill_null(value=False)


@lru_cache(maxsize=65_536)
def squeeze(text: str) -> str:
    """Normalise for comparison: no space at all and lower case (業　務　名 -> 業務名)."""
    return normalize(text).replace(" ", "").lower()


@lru_cache(maxsize=16_384)
def plain_label(text: str) -> str:
    """Column label as shown: normalised, without a circled number before it (③業務名)."""
    return normalize(_CIRCLED.sub("", text.strip()))


@lru_cache(maxsize=4_096)
def header_key(text: str) -> str:
    """Key of a column label: squeezed, without bracketed remarks and leading marks."""
    bare = _BRACKETS.sub("", squeeze(plain_label(text)))
    return _LEADING_MARKS.sub("", bare)


def is_blank(text: str | None) -> bool:
    """Tell whether a cell holds nothing or a mark that means nothing."""
    return text is None or squeeze(text) in BLANK_MARKS
