"""Predictions: silent on what cannot be read, the same for the same words in any company."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from bpr.classify.features import gather_texts
from bpr.classify.labels import read_held_out
from bpr.classify.model import Model
from bpr.classify.predict import PREDICTION, predict, predict_probability, rank_classes
from bpr.pipeline import run
from tests.builder import SETTINGS, task, tasks_frame, text_file

NONSENSE = [
    "", " ", "asdfgh", "data input", "Lorem ipsum dolor sit amet", "Ｉｎｐｕｔ", "12345", "？？？",
    "-", "…。", "😀😀😀", "税", "あ", "んんんん", "ㄱㄴㄷ", "مرحبا بالعالم", "\u202eשלום\u202c",
    "\x00\x01\x02", "入\x00力", "\x01\x07\x1b", "\u200b\u200b", "鱗鰓鰭鰐", "𠮷", "x" * 2000, "審査" * 1000,
    "申請書の入力、" * 300,
]  # fmt: skip


def texts_of(*names: str, activity: str | None = None) -> pl.DataFrame:
    rows = [{**task(name, activity), "task_id": str(i)} for i, name in enumerate(names)]
    return gather_texts(tasks_frame(*rows))


@pytest.mark.parametrize("name", NONSENSE)
def test_of_nonsense_nothing_is_said(model: Model, name: str) -> None:
    silent = [(None,) * len(PREDICTION)]
    assert predict(model, texts_of(name)).rows() == silent
    assert predict(model, texts_of(name, activity=name[:100])).rows() == silent


def test_nonsense_goes_through_the_whole_program() -> None:
    names = [name for name in NONSENSE if name.strip(" -") and "\0" not in name]
    found = run([text_file([["課", "業務名"], *(["税務課", name] for name in names)])], SETTINGS)
    assert found.classes.height == len(names)
    assert found.classes["work_class"].null_count() == len(names)
    assert found.media["medium_group"].null_count() == len(names)
    assert found.reviews["cause"].to_list() == ["cannot_say"] * len(names)
    assert set(found.classes["reason"]) == {"判定できる言葉がありません。人が確認してください。"}


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_judged_or_left(model: Model, name: str) -> None:
    [(predicted, probability, confidence, reasons)] = predict(model, texts_of(name)).rows()
    if predicted is None:
        assert (probability, confidence, reasons) == (None, None, None)
    else:
        assert predicted in model.classes
        assert 0.25 < probability <= 1
        assert confidence in {"A", "B", "C"}
        assert len(reasons) <= 3


def test_no_texts_no_predictions(model: Model) -> None:
    assert predict(model, texts_of("入力").clear()).height == 0


def test_the_same_names_give_the_same_in_any_order_and_company(model: Model) -> None:
    texts = gather_texts(read_held_out())
    whole = predict(model, texts)
    assert_frame_equal(predict(model, texts), whole)
    order = pl.int_range(texts.height, eager=True).shuffle(seed=0).to_list()
    assert_frame_equal(predict(model, texts[order]), whole[order])
    for position in order[:5]:
        assert_frame_equal(predict(model, texts[position]), whole[position])


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("DX推進 データ入力(1)", "ＤＸ推進　ﾃﾞｰﾀ入力（１）"),
        ("住民票の交付", "  住民票の交付\n"),
        ("ガスの点検", "ｶﾞｽの点検"),
        ("1-2年生の相談", "１－２年生の相談"),
    ],
)
def test_spelling_does_not_matter(model: Model, plain: str, other: str) -> None:
    said = predict(model, texts_of(plain))
    assert said["predicted"].item() is not None
    assert_frame_equal(predict(model, texts_of(other)), said)


@pytest.mark.parametrize(
    ("name", "activity", "work_class"),
    [
        ("国民健康保険", "申請書のデータ入力", "routine"),
        ("住民票", "証明書の郵送", "routine"),
        ("総合計画", "計画の策定方針の検討", "core"),
        ("税務", "滞納処分の決定、差押えの執行", "core"),
        ("健康相談", "保健師による保健指導", "expert"),
        ("庁舎管理", "庁舎の清掃", "nonroutine"),
    ],
)
def test_plain_cases(model: Model, name: str, activity: str, work_class: str) -> None:
    assert predict(model, texts_of(name, activity=activity))["predicted"].to_list() == [work_class]


def test_all_classes_of_a_name_are_ranked(model: Model) -> None:
    texts = texts_of("住民票の郵送", "総合計画の策定")
    for number, ranked in enumerate(rank_classes(model, texts)):
        chances = dict(ranked)
        assert sorted(chances) == sorted(model.classes)
        assert sum(chances.values()) == pytest.approx(1)
        assert list(chances.values()) == sorted(chances.values(), reverse=True)
        said = predict(model, texts[number])
        assert (said["predicted"].item(), said["probability"].item()) == ranked[0]
        for name in model.classes:
            assert predict_probability(model, texts, name)[number] == chances[name]
