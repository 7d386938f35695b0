"""What speaks for a prediction: the words, acts and places with the largest part in it.

The model is linear, so a word's part in the lead of the best class over the second is the sum over
its letter groups. A word that shows an act of the right nature is told with the act's ground.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bpr import terms
from bpr.classify.acts import act_matrix
from bpr.classify.features import ACT_WEIGHT, LONGEST_NGRAM
from bpr.classify.model import Model

MOST: Final = 3
_AT_ONCE: Final = 1_000
"""Rows that are put in words at a time: bounds the memory."""
_LEAST: Final = 0.05
"""Smallest lead (in log odds) that is worth a sentence."""

CLASS_OF_NATURE: Final = {
    "staff_only": "core",
    "judgement": "core",
    "expert": "expert",
    "variable": "nonroutine",
    "assisting": "routine",
    "routine": "routine",
}

_WORD: Final = (
    r"\p{Han}[いりきちけえみしびげれ]\p{Han}\p{Hiragana}{0,3}"
    r"|[\p{Han}々ヶ〇]+\p{Hiragana}{0,6}|[\p{Katakana}ー]{2,}|[A-Za-z][A-Za-z0-9]+|\p{Hiragana}{2,}"
)
_PARTICLES: Final = (
    r"(?:に関する|にかかる|に係る|について|における|による|により|及び|並びに|または|から|まで"
    r"|する|して|した|こと|など|の|を|に|へ|と|が|は|で|や|も)+$"
)
_NAMES: Final = {
    **terms.SHORT_WORK_CLASSES,
    **{name: term.label for name, term in terms.MEDIA.items()},
    "unknown": "媒体の分からない業務",
}


def explain(model: Model, texts: pl.DataFrame, scored: pl.DataFrame) -> pl.Series:
    """Up to `MOST` sentences for each text, the weightiest first: a list of strings.

    `scored`: best and second class of each text as positions, and `place_lead`.
    """
    book = _WordBook(model)
    rows = texts.select("whole", "last", "context").hstack(scored)
    parts = [_explain_part(book, part) for part in rows.iter_slices(_AT_ONCE)]
    return pl.concat(parts) if parts else pl.Series([], dtype=pl.List(pl.String))


@dataclass(frozen=True)
class _Word:
    """What a word adds to the score of each class, and the act that fits each class (-1: none).

    `whole`, `last`: as part of a name or its last part of one letter group.
    """

    whole: list[float]
    last: list[float]
    acts: list[float]
    act: list[int]

    def lead(self, row: "_Row", word: str) -> tuple[float, int]:
        """Its part in the lead of the row's best class over the second; the act it shows there."""
        best, second = row.best, row.second
        lead = (self.whole[best] - self.whole[second]) / sqrt(len(row.whole))
        if word not in row.last:
            return lead, -1
        lead += (self.last[best] - self.last[second]) / sqrt(len(row.last))
        return lead + self.acts[best] - self.acts[second], self.act[best]


class _Row(NamedTuple):
    """One text and what was said of it."""

    whole: str
    last: str
    context: str
    best: int
    second: int
    probability: float
    place_lead: float


class _WordBook:
    """The words met so far, each weighed once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.names = [_NAMES.get(name, name) for name in model.classes]
        self.acts = list(model.features.acts.values())
        self.words: dict[str, _Word] = {}

    def learn(self, words: Iterable[str]) -> None:
        """Weigh the words that are new."""
        new = [word for word in dict.fromkeys(words) if word not in self.words]
        if not new:
            return
        features, coefficients = self.model.features, self.model.coefficients
        blocks = features.blocks()
        shown = act_matrix(pl.Series(new, dtype=pl.String), features.acts).to_numpy()
        parts = [
            (vectorizer.transform(new) @ coefficients[blocks[name]])
            / (vectorizer.idf_.mean() * sqrt(LONGEST_NGRAM))
            for name, vectorizer in features.vectorizers.items()
            if name != "context"
        ]
        acts = shown @ coefficients[blocks["acts"]] * ACT_WEIGHT
        columns = (*(part.tolist() for part in parts), acts.tolist(), self._fitting_acts(shown))
        self.words.update(zip(new, map(_Word, *columns), strict=True))

    def _fitting_acts(self, shown: NDArray[np.bool_]) -> list[list[int]]:
        """(words, classes): the first act that a word shows and whose nature speaks for the class."""
        found = np.full((len(shown), len(self.model.classes)), -1)
        for position, act in reversed(list(enumerate(self.acts))):
            name = CLASS_OF_NATURE[act.nature]
            if name in self.model.classes:
                found[shown[:, position], self.model.classes.index(name)] = position
        return [[int(act) for act in row] for row in found]


def _explain_part(book: _WordBook, rows: pl.DataFrame) -> pl.Series:
    split = rows.select(
        words=pl.col("whole")
        .str.extract_all(_WORD)
        .list.eval(pl.element().str.replace(_PARTICLES, ""))
    )["words"].to_list()
    words = [[word for word in dict.fromkeys(row) if len(word) > 1] for row in split]
    book.learn(word for row in words for word in row)
    told = [_tell(book, _Row(*row), own) for row, own in zip(rows.iter_rows(), words, strict=True)]
    return pl.Series("reasons", told, pl.List(pl.String))


def _tell(book: _WordBook, row: _Row, words: list[str]) -> list[str]:
    """Sentences for one text; words that show the same fitting act are told together."""
    by_act: dict[int, list[tuple[float, str]]] = {}
    said: list[tuple[float, str]] = []
    name = book.names[row.best]
    for word in words:
        lead, act = book.words[word].lead(row, word)
        if act >= 0:
            by_act.setdefault(act, []).append((lead, word))
        else:
            said.append((lead, f"「{word}」という言葉は {name} に多い"))
    for act, own in by_act.items():
        own.sort(key=_by_lead)
        quoted = "」「".join(word for _, word in own[:MOST])
        shown = book.acts[act]
        said.append((sum(lead for lead, _ in own), f"「{quoted}」は{shown.label}：{shown.ground}"))
    if row.context:
        said.append((row.place_lead, f"「{row.context}」には {name} の業務が多い"))
    said.sort(key=_by_lead)
    return [sentence for lead, sentence in said[:MOST] if lead >= _LEAST]


def _by_lead(pair: tuple[float, str]) -> float:
    return -pair[0]
