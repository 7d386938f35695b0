"""Names of tasks -> texts -> the features of the models.

Character 1-3-grams of the whole name and of its last part (the activity, else the task), so that
「審査結果の入力」 is read as an input whatever the task is called; the acts found there; and, with
less weight, where the task belongs (division, unit, larger categories).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from scipy.sparse import csr_array, diags_array, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bpr.classify.acts import act_matrix
from bpr.settings import Acts
from bpr.text import normalize

ACT_WEIGHT: Final = 0.2
CONTEXT_WEIGHT: Final = 0.5
"""Chosen by leaving divisions out; larger weights drown the words."""
LONGEST_NGRAM: Final = 3
LONGEST: Final = 300
"""Letters of a name that are read; a longer text is no name of a task."""
_CONTEXT: Final = ("division", "unit", "process_category", "process_group", "process")
_PARTS: Final = ("whole", "last", "context")


def gather_texts(tasks: pl.DataFrame) -> pl.DataFrame:
    """Normalised texts of `task_name`, `activity_name` and whatever else of `_CONTEXT` is there.

    `whole` = task and activity, `last` = the activity, else the task, `context` = where it belongs,
    `readable` = the name is Japanese and no longer than `LONGEST`.
    """
    names, activities = (
        [normalize(text or "")[: LONGEST + 1] for text in tasks[name].to_list()]
        for name in ("task_name", "activity_name")
    )
    both = list(zip(names, activities, strict=True))
    texts = pl.DataFrame(
        {
            "whole": [f"{name} {activity}".strip() for name, activity in both],
            "last": [activity or name for name, activity in both],
            "context": [normalize(text)[:LONGEST] for text in _contexts(tasks)],
        },
        schema=dict.fromkeys(_PARTS, pl.String),
    )
    return texts.with_columns(
        readable=pl.col("whole").str.contains(_JAPANESE)
        & (pl.col("whole").str.len_chars() <= LONGEST)
    )


def _contexts(tasks: pl.DataFrame) -> list[str]:
    """What is known of where each task belongs, in one text."""
    told = [pl.col(name).replace("", None) for name in _CONTEXT if name in tasks.columns]
    if not told:
        return [""] * tasks.height
    joined = pl.concat_str(told, separator=" ", ignore_nulls=True)
    return tasks.select(joined).to_series().to_list()


_JAPANESE: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}].*[\p{Han}\p{Hiragana}\p{Katakana}]"
"""A text without two Japanese letters says nothing; no model guesses from it."""


@dataclass(frozen=True)
class Features:
    """Fitted vectorisers of the three texts, and the acts."""

    vectorizers: dict[str, TfidfVectorizer]
    acts: Acts

    @classmethod
    def fit(cls, texts: pl.DataFrame, acts: Acts) -> "Features":
        """Learn the vocabulary of the labelled texts."""
        vectorizers = {
            name: TfidfVectorizer(
                analyzer="char", ngram_range=(1, LONGEST_NGRAM), sublinear_tf=True, norm=None
            ).fit([*texts[name].to_list(), "業務"])
            for name in _PARTS
        }
        return cls(vectorizers, acts)

    def transform(self, texts: pl.DataFrame) -> csr_array:
        """Sparse matrix, one row per text, float64; the columns are those of `blocks`."""
        last, contexts = (self._once(texts, name) for name in ("last", "context"))
        whole = self._weigh(texts["whole"], "whole")
        return csr_array(hstack([whole, last, contexts], format="csr"))

    def blocks(self) -> dict[str, slice]:
        """Which columns belong to which text, and to the acts."""
        sizes = {name: len(known.vocabulary_) for name, known in self.vectorizers.items()}
        sizes["acts"] = len(self.acts)
        found, start = {}, 0
        for name in ("whole", "last", "acts", "context"):
            size = sizes[name]
            found[name] = slice(start, start + size)
            start += size
        return found

    def known_words(self, texts: pl.DataFrame) -> pl.Series:
        """Tell which names hold at least one pair of letters that the labelled names hold."""
        vocabulary = self.vectorizers["whole"].vocabulary_
        pairs = {gram for gram in vocabulary if len(gram) == _PAIR and " " not in gram}
        return pl.Series(
            [
                any(text[i : i + _PAIR] in pairs for i in range(len(text) - 1))
                for text in texts["whole"].to_list()
            ],
            dtype=pl.Boolean,
        )

    def _once(self, texts: pl.DataFrame, name: str) -> csr_array:
        """Take each distinct text apart only once: last parts and places repeat a lot."""
        distinct = texts.select(name).unique(maintain_order=True).with_row_index("position")
        positions = texts.join(distinct, on=name, maintain_order="left")["position"].to_numpy()
        matrix = self._weigh(distinct[name], name)
        if name == "context":
            return csr_array(matrix[positions] * CONTEXT_WEIGHT)
        shown = act_matrix(distinct[name], self.acts).cast(pl.Float64).to_numpy() * ACT_WEIGHT
        return csr_array(csr_array(hstack([matrix, csr_array(shown)], format="csr"))[positions])

    def _weigh(self, texts: pl.Series, name: str) -> csr_array:
        """TF-IDF rows of length 1, in which what was never seen counts as rare: it says nothing.

        So a name made of new words gets small scores, and a small probability.
        """
        vectorizer = self.vectorizers[name]
        matrix = csr_array(vectorizer.transform(texts.to_list()))
        lengths = texts.str.len_chars().to_numpy().astype(np.int64)
        possible = sum(np.maximum(lengths - n, 0) for n in range(LONGEST_NGRAM))
        unseen = np.maximum(possible - np.diff(matrix.indptr), 0)
        squares = (
            np.asarray(matrix.multiply(matrix).sum(axis=1)) + unseen * vectorizer.idf_.max() ** 2
        )
        return csr_array(diags_array(1 / np.sqrt(np.maximum(squares, 1.0))) @ matrix)


_PAIR: Final = 2
