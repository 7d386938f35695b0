"""The model: honest on divisions it has not seen, silent on what it cannot read."""

import polars as pl
import pytest
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from bpr.classify.acts import act_matrix
from bpr.classify.classifier import fit_classifier, load_classifier, read_labels
from bpr.classify.features import join_names
from bpr.terms import WORK_CLASSES
from tests.builder import SETTINGS

BY_NATURE = {
    "staff_only": "core",
    "judgement": "core",
    "expert": "expert",
    "variable": "nonroutine",
    "assisting": "routine",
    "routine": "routine",
}
"""The baseline: the first act found, by its nature; routine where none is found."""


def predict_by_keywords(texts: pl.Series) -> list[str]:
    ranked = sorted(SETTINGS.acts.items(), key=lambda item: list(BY_NATURE).index(item[1].nature))
    shown = act_matrix(texts, SETTINGS.acts).to_dicts()
    return [
        next((BY_NATURE[act.nature] for name, act in ranked if row[name]), "routine")
        for row in shown
    ]


def macro_f1(truth: list[str], predicted: list[str]) -> float:
    return float(f1_score(truth, predicted, average="macro", labels=list(WORK_CLASSES)))


def test_labels_are_complete() -> None:
    labels = read_labels()
    assert labels.columns == [
        "division",
        "unit",
        "task_name",
        "activity_name",
        "work_class",
        "certainty",
    ]
    assert labels["task_name"].str.len_chars().min() != 0
    assert set(labels["work_class"]) == set(WORK_CLASSES)
    assert set(labels["certainty"]) <= {"1", "2", "3"}
    assert labels.null_count().sum_horizontal().item() == 0


def test_whole_divisions_left_out_beat_keywords() -> None:
    labels = read_labels()
    truth: list[str] = []
    model: list[str] = []
    keywords: list[str] = []
    texts = join_names(labels["task_name"], labels["activity_name"])
    groups = labels["division"].to_list()
    for seen, unseen in GroupKFold(n_splits=4).split(groups, groups=groups):
        classifier = fit_classifier(labels[seen], SETTINGS.acts)
        predicted = classifier.predict(texts[unseen])["model_class"].fill_null("routine")
        truth.extend(labels["work_class"][unseen])
        model.extend(predicted)
        keywords.extend(predict_by_keywords(texts["last"][unseen]))
    assert len(truth) == labels.height
    assert macro_f1(truth, model) > macro_f1(truth, keywords) + 0.05


def test_probabilities_are_honest_on_unseen_divisions() -> None:
    labels = read_labels()
    held = labels["division"].is_in(labels["division"].unique(maintain_order=True)[::4].implode())
    classifier = fit_classifier(labels.filter(~held), SETTINGS.acts)
    unseen = labels.filter(held)
    predicted = classifier.predict(join_names(unseen["task_name"], unseen["activity_name"]))
    right = (predicted["model_class"] == unseen["work_class"]).cast(pl.Float64)
    sure = predicted["probability"] >= 0.85
    assert sure.sum() > 20
    assert float(right.filter(sure).mean() or 0) > float(right.filter(~sure).mean() or 0)  # type: ignore[arg-type]
    assert float(right.filter(sure).mean() or 0) > 0.85  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", " ", "asdfgh", "data input", "😀😀😀", "12345", "？？？", "ㄱㄴㄷ", "-", "税"]
)
def test_what_is_not_japanese_has_no_class(text: str) -> None:
    texts = join_names(pl.Series([text]), pl.Series([None], dtype=pl.String))
    assert load_classifier(SETTINGS.acts).predict(texts).rows() == [(None, None)]


def test_no_texts_no_predictions() -> None:
    texts = join_names(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.String))
    assert load_classifier(SETTINGS.acts).predict(texts).height == 0


def test_same_input_same_output() -> None:
    labels = read_labels()
    texts = join_names(labels["task_name"], labels["activity_name"])
    first, second = (fit_classifier(labels, SETTINGS.acts).predict(texts) for _ in range(2))
    assert first.equals(second)
    whole = load_classifier(SETTINGS.acts).predict(texts)
    backwards = load_classifier(SETTINGS.acts).predict(texts.reverse()).reverse()
    assert whole["model_class"].equals(backwards["model_class"])
    assert (whole["probability"] - backwards["probability"]).abs().max() < 1e-12  # type: ignore[operator]


def test_the_model_is_fitted_once_per_process() -> None:
    assert load_classifier(SETTINGS.acts) is load_classifier(dict(SETTINGS.acts))


def test_spelling_does_not_matter() -> None:
    texts = join_names(
        pl.Series(["ＤＸ推進", "DX推進"]), pl.Series(["データ入力（１）", "ﾃﾞｰﾀ入力(1)"])
    )
    first, second = load_classifier(SETTINGS.acts).predict(texts).rows()
    assert first == second
