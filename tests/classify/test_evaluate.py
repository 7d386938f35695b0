"""The model is honest on kinds of divisions that it has not seen, and better than keywords."""

import polars as pl
import pytest
from sklearn.model_selection import GroupKFold

from bpr.classify.classifier import fit_class_model
from bpr.classify.evaluate import (
    measure_agreement,
    predict_by_keywords,
    predict_left_out,
    rank_cases,
)
from bpr.classify.features import gather_texts
from bpr.classify.labels import read_cases, read_held_out, read_labels
from bpr.classify.metrics import Quality, Share, measure
from bpr.classify.model import Model
from bpr.classify.predict import PREDICTION, predict
from bpr.settings import Acts
from tests.builder import SETTINGS

LABELS = read_labels()


def five_folds(group: str) -> pl.Series:
    """Number of the fold of each label; a group (division, kind) lies in one fold as a whole."""
    groups = LABELS[group].to_list()
    folds = [0] * LABELS.height
    for number, (_, rows) in enumerate(GroupKFold(n_splits=5).split(groups, groups=groups)):
        for row in rows:
            folds[row] = number
    return pl.Series("fold", folds)


@pytest.fixture(scope="module")
def unseen() -> Quality:
    """What the model says of kinds of divisions that it never saw, a fifth of them at a time."""
    return measure(predict_left_out(LABELS, five_folds("kind"), fit_class_model, SETTINGS.acts))


@pytest.fixture(scope="module")
def unseen_divisions() -> Quality:
    """What it says of single divisions that it never saw, a fifth of them at a time."""
    return measure(predict_left_out(LABELS, five_folds("division"), fit_class_model, SETTINGS.acts))


@pytest.fixture(scope="module")
def keywords() -> Quality:
    said = predict_by_keywords(LABELS, SETTINGS.acts)
    return measure(pl.DataFrame({"truth": LABELS["work_class"], "predicted": said}))


def test_every_label_is_predicted_once(unseen: Quality) -> None:
    assert unseen.accuracy.total == LABELS.height
    assert {name: part.total for name, part in unseen.recall.items()} == dict(
        LABELS["work_class"].value_counts().iter_rows()
    )


def test_it_is_far_better_than_keywords(unseen: Quality, keywords: Quality) -> None:
    assert unseen.macro_f1 >= keywords.macro_f1 + 0.12


def test_four_classes(unseen_divisions: Quality) -> None:
    assert unseen_divisions.macro_f1 >= 0.80


def test_core_or_not(unseen_divisions: Quality) -> None:
    assert unseen_divisions.core_accuracy.value >= 0.92


def test_confidence_means_what_it_says(unseen: Quality) -> None:
    sure, likely, doubtful = (unseen.by_confidence[level].value for level in "ABC")
    assert sure >= 0.95
    assert sure > likely > doubtful


def test_probabilities_are_shares(unseen: Quality) -> None:
    assert unseen.calibration_error is not None
    assert unseen.calibration_error <= 0.06


def test_the_held_out_town(model: Model) -> None:
    rows = read_held_out()
    said = predict(model, gather_texts(rows))
    assert measure(said.with_columns(truth=rows["work_class"])).macro_f1 >= 0.80


def test_published_core_cases_rank_above_the_others(model: Model) -> None:
    found = rank_cases(model, read_cases())
    assert found.cases == read_cases().height
    assert found.auc > 0.5


# --- the parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "activity", "work_class"),
    [
        ("許可申請の審査", "", "core"),
        ("許可申請の審査", "申請書の入力", "routine"),
        ("許可申請の審査", "その他", "core"),
        ("予算", "要求の検討", "core"),
        ("健康", "育児相談、窓口対応", "expert"),
        ("庁舎", "電話、清掃", "nonroutine"),
        ("書類", "封入", "routine"),
        ("その他", "", "routine"),
    ],
)
def test_the_keywords_take_the_gravest_act(task: str, activity: str, work_class: str) -> None:
    rows = pl.DataFrame({"task_name": [task], "activity_name": [activity]})
    assert predict_by_keywords(rows, SETTINGS.acts) == [work_class]


def test_each_group_is_left_out_as_a_whole() -> None:
    """The rows come back by groups, in the order in which these first appear."""
    rows = LABELS.gather_every(120).with_columns(
        kind=pl.int_range(pl.len()).cast(pl.String).str.tail(1)
    )
    rows = rows.filter(pl.col("kind").is_in(["0", "1", "2"]))
    known = fit_class_model(LABELS.gather_every(20), SETTINGS.acts)

    def fit(others: pl.DataFrame, _: Acts) -> Model:
        assert others["kind"].n_unique() == 2
        assert others.height in {rows.height - n for n in rows["kind"].value_counts()["count"]}
        return known

    found = predict_left_out(rows, rows["kind"], fit, SETTINGS.acts, truth="certainty")
    assert found.columns == [*PREDICTION, "truth", "group"]
    by_group = pl.concat([rows.filter(kind=number) for number in "012"])
    assert found["group"].to_list() == by_group["division"].to_list()
    assert found["truth"].to_list() == by_group["certainty"].to_list()
    assert found.drop("truth", "group").equals(predict(known, gather_texts(by_group)))


def test_agreement_of_two_labellings_by_hand() -> None:
    """Six of eight agree; by chance (3 x 4 + 5 x 3) / 64 would."""
    rows = pl.DataFrame(
        {
            "first_class": ["core"] * 3 + ["expert"] * 5,
            "second_class": ["core"] * 3 + ["core"] + ["expert"] * 3 + ["routine"],
        }
    )
    found = measure_agreement(rows)
    assert found.same == Share(6, 8)
    by_chance = (3 * 4 + 5 * 3) / 64
    assert found.kappa == pytest.approx((6 / 8 - by_chance) / (1 - by_chance))
