"""Texts and acts -> the features of the classifier.

Character 2-4-grams of the whole name and of its last part (the activity, else the task), so that
「審査結果の入力」 is read as an input whatever the task is called; plus the acts found there.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl
from scipy.sparse import csr_array, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bpr.classify.acts import act_matrix
from bpr.settings import Acts
from bpr.text import normalize

_ACT_WEIGHT: Final = 0.1
"""Chosen by leaving divisions out; larger weights drown the words."""


def join_names(task_names: pl.Series, activity_names: pl.Series) -> pl.DataFrame:
    """Normalised texts: `whole` = task and activity, `last` = the activity, else the task."""
    pairs = zip(task_names.to_list(), activity_names.to_list(), strict=True)
    texts = [(normalize(task or ""), normalize(activity or "")) for task, activity in pairs]
    return pl.DataFrame(
        {
            "whole": [f"{task} {activity}".strip() for task, activity in texts],
            "last": [activity or task for task, activity in texts],
        },
        schema={"whole": pl.String, "last": pl.String},
    )


@dataclass(frozen=True)
class Features:
    """Fitted vectorisers of the two texts."""

    whole: TfidfVectorizer
    last: TfidfVectorizer
    acts: Acts

    @classmethod
    def fit(cls, texts: pl.DataFrame, acts: Acts) -> "Features":
        """Learn the vocabulary of the labelled texts."""
        whole, last = (
            TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True).fit(
                texts[name].to_list()
            )
            for name in ("whole", "last")
        )
        return cls(whole, last, acts)

    def transform(self, texts: pl.DataFrame) -> csr_array:
        """Sparse matrix, one row per text, float64.

        The last parts repeat much more than the whole names, so each is taken apart once.
        """
        distinct = texts.select("last").unique(maintain_order=True).with_row_index("position")
        positions = texts.join(distinct, on="last", maintain_order="left")["position"].to_numpy()
        shown = act_matrix(distinct["last"], self.acts).cast(pl.Float64).to_numpy() * _ACT_WEIGHT
        last = hstack(
            [self.last.transform(distinct["last"].to_list()), csr_array(shown)], format="csr"
        )
        whole = self.whole.transform(texts["whole"].to_list())
        return csr_array(hstack([whole, csr_array(last)[positions]], format="csr"))
