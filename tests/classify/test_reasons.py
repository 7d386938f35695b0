"""Reasons: the words that really moved the model, in Japanese, three at most."""

import re

import polars as pl
import pytest

from bpr.classify.features import gather_texts
from bpr.classify.labels import read_held_out
from bpr.classify.model import Model
from bpr.classify.predict import predict, predict_probability
from bpr.classify.reasons import CLASS_OF_NATURE, MOST
from bpr.terms import SHORT_WORK_CLASSES
from tests.builder import SETTINGS, task, tasks_frame

GROUNDS = {
    f"は{act.label}：{act.ground}": CLASS_OF_NATURE[act.nature] for act in SETTINGS.acts.values()
}
WORD = "「([^」]+)」"


def texts_of(name: str, activity: str | None = None, division: str | None = None) -> pl.DataFrame:
    return gather_texts(tasks_frame(task(name, activity, division=division)))


def reasons(model: Model, texts: pl.DataFrame) -> list[str]:
    return list(predict(model, texts)["reasons"][0])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("申請書の審査", ["審査"]),
        ("住民票の郵送", ["郵送"]),
        ("公園の草刈り", ["草刈り"]),
        ("年金相談", ["年金相談"]),
        ("給食の献立作成", ["献立作成"]),
        ("総合計画の策定", ["総合計画", "策定"]),
        ("道路のパトロール", ["パトロール"]),
        ("データ入力", ["入力"]),
    ],
)
def test_without_the_words_named_first_the_class_is_less_probable(
    model: Model, name: str, words: list[str]
) -> None:
    texts = texts_of(name)
    work_class, probability = predict(model, texts).select("predicted", "probability").row(0)
    assert re.findall(WORD, reasons(model, texts)[0]) == words
    rest = name
    for word in words:
        rest = rest.replace(word, "")
    assert predict_probability(model, texts_of(rest), work_class)[0] < probability


def test_an_act_is_told_with_its_ground(model: Model) -> None:
    assert reasons(model, texts_of("申請書の審査")) == [
        "「審査」は審査：要件に当てはまるかを審査して判断することは、市町村長の判断に当たります"
    ]


def test_words_of_one_act_are_told_together(model: Model) -> None:
    [both, *_] = reasons(model, texts_of("納税通知書", "封入、発送"))
    assert re.match("「(封入」「発送|発送」「封入)」は封入・発送・配布：", both)


def test_a_word_that_shows_no_act_is_told_with_its_class(model: Model) -> None:
    assert "「住民票」という言葉は III 定型 に多い" in reasons(model, texts_of("住民票の郵送"))


def test_the_place_is_told_where_it_counts(model: Model) -> None:
    told = "「人事課」には I コア の業務が多い"
    assert told in reasons(model, texts_of("職員採用試験", division="人事課"))
    assert told not in reasons(model, texts_of("職員採用試験"))


def test_the_medium_is_told_in_its_own_words(medium_model: Model) -> None:
    assert reasons(medium_model, texts_of("データ入力")) == ["「データ」という言葉は 電子 に多い"]


def test_every_reason_of_a_whole_town_is_sound(model: Model) -> None:
    """At most three, none twice, about words that are there, never for another class."""
    texts = gather_texts(read_held_out())
    rows = pl.concat([texts, predict(model, texts)], how="horizontal").drop_nulls("predicted")
    kinds = set()
    for row in rows.iter_rows(named=True):
        told = row["reasons"]
        assert len(told) <= MOST == 3
        assert len(set(told)) == len(told)
        for sentence in told:
            quoted = re.findall(WORD, sentence)
            rest = re.sub(f"^(?:{WORD})+", "", sentence)
            own = SHORT_WORK_CLASSES[row["predicted"]]
            if rest.startswith("には"):
                assert (quoted, rest) == ([row["context"]], f"には {own} の業務が多い")
            else:
                assert all(word in row["whole"] for word in quoted)
                assert GROUNDS.get(rest) == row["predicted"] or rest == f"という言葉は {own} に多い"
            kinds.add(rest[:2])
    assert {"には", "とい"} < kinds
