"""Acts of public authority never come out as routine for sure; papers about them may."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpr.classify.features import gather_texts
from bpr.classify.model import Model
from bpr.classify.predict import predict
from tests.builder import score, task, tasks_frame

GUARD = "公権力の行使に当たる作業を含むため、確信度は B までにしています"

ACTS = [
    "受理", "届出の受理", "届出書の受理", "婚姻届の受理", "出生届受理", "転入届の受理", "申請受理",
    "戸籍届書の受理・不受理", "届出の受理及び入力",
    "審査", "申請書の審査", "書類審査", "伝票審査", "入札参加資格審査", "口座振替申込の審査",
    "支出負担行為の審査", "審査・入力", "審査及び登録", "申請内容を審査する",
    "決定", "交付決定", "支給決定", "税額の決定", "保育料の決定", "入所決定", "減免の決定",
    "受理決定", "使用許可の決定",
    "認定", "要介護認定", "障害支援区分認定", "就学援助の認定", "罹災証明の認定", "市道認定",
    "許可", "道路占用許可", "農地転用の許可", "公民館の使用許可", "埋火葬許可", "許可の更新",
    "処分", "行政処分", "不利益処分", "滞納処分", "公有財産の処分",
    "差押", "差押え", "給与の差押", "預金差押", "不動産の差押え",
]  # fmt: skip
"""Phrases in which one of 受理・審査・決定・認定・許可・処分・差押 is what is done."""

AROUND = [None, "窓口業務", "証明書の発行", "データ入力", "台帳の更新", "書類の整理", "通知の発送"]
"""Names of tasks around them; most are routine by themselves."""

PAPERS = [
    "審査結果の入力", "審査結果通知の発送", "受理通知の発送", "受理番号の入力", "決定通知の封入",
    "決定通知書の印刷", "決定額の入力", "許可証の交付", "許可書の印刷", "許可台帳の整理",
    "許可申請書の受付", "認定証の印刷", "認定情報の入力", "認定結果の入力", "差押通知の封入",
    "差押予告書の発送", "処分通知の印刷",
]  # fmt: skip
"""The word is there, but only a paper or a result is handled."""

WORDS = ["受理", "審査", "決定", "認定", "許可", "処分", "差押", "差押え"]
NOUNS = st.one_of(
    st.sampled_from(["手当", "営業", "施設利用", "給付金", "給与", "保険料", "届出書", "入力"]),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6),
)

Judged = dict[tuple[str, str | None], dict[str, Any]]


def judge(names: Iterable[tuple[str, str | None]]) -> Judged:
    """Classes of (task, activity), by name."""
    pairs = list(dict.fromkeys(names))
    rows = [{**task(name, part), "task_id": str(i)} for i, (name, part) in enumerate(pairs)]
    return dict(zip(pairs, score(tasks_frame(*rows)).classes.to_dicts(), strict=True))


def place(phrase: str, around: str | None) -> tuple[str, str | None]:
    return (around, phrase) if around else (phrase, None)


def surely_routine(judged: Judged) -> list[tuple[str, str | None]]:
    return [
        names
        for names, row in judged.items()
        if (row["work_class"], row["confidence"]) == ("routine", "A")
    ]


@pytest.fixture(scope="module")
def acts() -> Judged:
    """Each phrase by itself, in each task, and as a task whose activity says nothing."""
    return judge(
        [*(place(p, around) for p in ACTS for around in AROUND), *((p, "その他") for p in ACTS)]
    )


@pytest.fixture(scope="module")
def papers() -> Judged:
    return judge(("届出", paper) for paper in PAPERS)


@pytest.mark.parametrize("phrase", ACTS)
def test_an_act_of_authority_is_never_routine_for_sure(acts: Judged, phrase: str) -> None:
    own = {names: row for names, row in acts.items() if phrase in names}
    assert len(own) == len(AROUND) + 1
    assert surely_routine(own) == []


@settings(max_examples=10)
@given(noun=NOUNS)
def test_nor_behind_any_noun(noun: str) -> None:
    phrases = [f"{noun}{part}{word}" for word in WORDS for part in ("の", "", "等の")]
    judged = judge(place(phrase, around) for phrase in phrases for around in AROUND[:3])
    assert surely_routine(judged) == []


def test_where_the_model_was_sure_of_routine_the_guard_tells_so(acts: Judged) -> None:
    found = acts["台帳の更新", "届出の受理及び入力"]
    assert (found["work_class"], found["confidence"]) == ("routine", "B")
    assert found["model_reasons"][0] == GUARD
    assert found["reason"].startswith(f"{GUARD}。")


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_about_such_an_act_is_as_sure_as_the_model_is(
    model: Model, papers: Judged, paper: str
) -> None:
    found = papers["届出", paper]
    [(said, confidence)] = (
        predict(model, gather_texts(tasks_frame(task("届出", paper))))
        .select("predicted", "confidence")
        .rows()
    )
    assert (found["work_class"], found["confidence"]) == (said, confidence)
    assert found["work_class"] == "routine"
    assert GUARD not in found["model_reasons"]


@settings(max_examples=10)
@given(noun=NOUNS)
def test_the_guard_is_silent_on_a_paper_of_any_noun(noun: str) -> None:
    judged = judge((f"{noun}の{paper}", None) for paper in PAPERS)
    assert [names for names, row in judged.items() if GUARD in row["model_reasons"]] == []


@pytest.mark.parametrize("name", ["処分場の草刈り", "認定こども園の送迎", "処分場のごみの回収"])
def test_a_place_named_after_such_an_act_is_no_act(name: str) -> None:
    [found] = judge([(name, None)]).values()
    assert (found["splittable"], found["core_basis"]) == (False, None)
    assert GUARD not in found["model_reasons"]


def test_the_input_of_a_result_is_routine() -> None:
    assert surely_routine(judge([("審査結果の入力", None)]))
