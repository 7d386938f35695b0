"""The published cases that come with the product, and which of them are like a task."""

import random

import polars as pl
import pytest

from bpr import terms
from bpr.frames import DataFrame, NearCases, PublishedCases
from bpr.match.cases import THRESHOLD, find_near_cases, load_cases

NAMES = [
    ("給与支払報告書の処理", "基幹システムへ入力"),
    ("ふるさと納税", "ワンストップ特例申請書の受付、入力"),
    ("審議会の運営", "議事録の作成"),
    ("伝票処理", "支出負担行為、支出命令の入力"),
    ("住民異動届の受付", None),
    ("滞納整理", None),
    ("要介護認定", "受付"),
]


def _tasks(*names: tuple[str, str | None], lever: str | None = None) -> pl.DataFrame:
    frame = pl.DataFrame(
        [(f"t{number}", *name) for number, name in enumerate(names)],
        schema={"task_id": pl.String, "task_name": pl.String, "activity_name": pl.String},
        orient="row",
    )
    return frame if lever is None else frame.with_columns(lever=pl.lit(lever))


def _near(*names: tuple[str, str | None], lever: str | None = None, most: int = 3) -> pl.DataFrame:
    near = find_near_cases(_tasks(*names, lever=lever), load_cases(), most=most)
    return near.join(load_cases(), on="case_id", maintain_order="left", suffix="_case")


@pytest.fixture
def cases() -> DataFrame[PublishedCases]:
    return load_cases()


def test_every_lever_of_a_case_is_one_row(cases: DataFrame[PublishedCases]) -> None:
    assert cases["case_id"].is_unique().all()
    assert cases.select("municipality", "task_name", "lever", "source_url").is_unique().all()
    assert set(terms.MAIN_LEVERS) < set(cases["lever"].cast(pl.String)) <= set(terms.LEVERS)


def test_every_case_names_its_source_and_no_text_is_empty(cases: DataFrame[PublishedCases]) -> None:
    assert cases["source_url"].str.contains(r"^https?://[^\s/]+\.[^\s]+$").all()
    texts = cases.select(pl.col(pl.String))
    assert not texts.select(pl.any_horizontal(pl.all().str.strip_chars() == "").any()).item()
    assert texts.equals(texts.select(pl.all().str.strip_chars()))


def test_the_ratio_agrees_with_the_hours(cases: DataFrame[PublishedCases]) -> None:
    told = cases.drop_nulls(["hours_before", "hours_after"])
    ratio = 1 - told["hours_after"] / told["hours_before"]
    assert told.height >= 10
    assert ((told["reduction_ratio"] - ratio).abs() < 0.0001).all()
    assert cases["reduction_ratio"].drop_nulls().is_between(-10, 1).all()


def test_numbers_and_evidence_come_with_a_sentence(cases: DataFrame[PublishedCases]) -> None:
    silent = cases.filter(pl.col("effect").is_null())
    assert silent.select("hours_before", "reduction_ratio", "evidence").null_count().row(0) == (
        (silent.height,) * 3
    )


def test_failures_are_kept(cases: DataFrame[PublishedCases]) -> None:
    failed = cases.filter(pl.col("effect").str.starts_with("効果なし"))
    assert failed.filter(pl.col("reduction_ratio") < 0)["lever"].to_list() == ["ai_ocr", "rpa"]
    assert failed["municipality"].unique().sort().to_list() == ["三豊市", "久慈市", "藤井寺市"]


def test_a_notice_of_the_state_is_no_adoption(cases: DataFrame[PublishedCases]) -> None:
    notices = cases.filter(
        pl.col("municipality").str.starts_with("全国"), pl.col("evidence") != "measured"
    )
    assert notices["effect"].str.contains("特定の団体の導入例ではない").all()


def test_every_case_is_found_by_its_own_name(cases: DataFrame[PublishedCases]) -> None:
    names = cases["task_name"].unique().sort().to_list()
    same = find_near_cases(_tasks(*((name, None) for name in names)), cases, most=1)
    assert same["likeness"].to_list() == [1.0] * len(names)
    first = same.join(cases, on="case_id")["task_name"].sort().to_list()
    assert first == names


@pytest.mark.parametrize(
    ("task", "activity", "case"),
    [
        ("給与支払報告書の処理", "報告書の受付、仕分け", "給与支払報告書の読み取り・入力"),
        ("農業委員会総会の運営", "議事録の作成", "議事録の作成"),
        ("支払処理", "支出負担行為、支出命令書の起票", "支出負担行為・支出命令処理"),
        ("当初賦課", "納税通知書の封入封緘、引抜き", "納税通知書の印字・発送"),
        ("計画の策定", "アンケート票の回収、入力", "アンケート集計"),
        ("ﾜﾝｽﾄｯﾌﾟ特例申請書の転記", None, "ふるさと納税ワンストップ特例申請書の転記"),
    ],
)
def test_the_object_of_the_work_decides(task: str, activity: str | None, case: str) -> None:
    near = _near((task, activity))
    assert near["task_name"][0] == case
    assert near["likeness"].is_between(THRESHOLD, 1).all()
    assert near["likeness"].is_sorted(descending=True)


@pytest.mark.parametrize(
    ("task", "activity"),
    [
        ("滞納整理", None),
        ("受付・入力業務", None),
        ("申請書の受付、入力、データ作成", None),
        ("各種調査回答", "アンケートへの回答"),
        ("契約管財", "システムへの登録"),
        ("庁舎管理", "電話対応"),
        ("", ""),
        ("・", None),
    ],
)
def test_words_of_any_office_work_are_like_nothing(task: str, activity: str | None) -> None:
    assert _near((task, activity)).is_empty()


def test_to_judge_is_not_to_handle() -> None:
    handled, judged = (
        find_near_cases(_tasks(("埋火葬許可", activity)), load_cases(), most=1)
        for activity in ("埋葬・火葬許可の受付", "埋葬・火葬許可の可否の判断")
    )
    assert not handled.is_empty()
    assert judged.is_empty()


def test_only_cases_of_the_lever_are_compared() -> None:
    name = ("ふるさと納税ワンストップ特例申請書の転記", None)
    for lever in ("ai_ocr", "rpa"):
        near = _near(name, lever=lever)
        assert near["lever"].cast(pl.String).unique().to_list() == [lever]
        assert near["case_id"][0] == f"C0094-{lever}"
        assert near["likeness"][0] == 1
    assert _near(name, lever="simplify").is_empty()


def test_a_task_with_two_levers_gets_the_cases_of_both() -> None:
    name = ("ふるさと納税ワンストップ特例申請書の転記", None)
    both = pl.concat([_tasks(name, lever="rpa"), _tasks(name, lever="ai_ocr")])
    near = find_near_cases(both, load_cases(), most=1)
    assert sorted(near["case_id"].to_list()) == ["C0094-ai_ocr", "C0094-rpa"]


def test_at_most_as_many_as_asked_for() -> None:
    name = ("要介護認定調査", None)
    assert [_near(name, most=most).height for most in (0, 1, 3)] == [0, 1, 3]
    assert _near(name, most=9)["case_id"][:3].to_list() == _near(name)["case_id"].to_list()


def test_the_order_of_rows_does_not_matter(cases: DataFrame[PublishedCases]) -> None:
    tasks = _tasks(*NAMES, *NAMES[:2])
    expected = find_near_cases(tasks, cases)
    assert expected["task_id"].n_unique() > 5
    for seed in range(3):
        order = list(range(tasks.height))
        random.Random(seed).shuffle(order)  # noqa: S311 - a repeatable order, nothing secret
        other = PublishedCases.validate(cases.sample(fraction=1, shuffle=True, seed=seed))
        assert find_near_cases(tasks[order], other).equals(expected)


def test_other_tasks_do_not_change_the_likeness(cases: DataFrame[PublishedCases]) -> None:
    alone = find_near_cases(_tasks(NAMES[0]), cases)
    together = find_near_cases(_tasks(*NAMES), cases).filter(pl.col("task_id") == "t0")
    assert together.equals(alone)


def test_nothing_to_compare(cases: DataFrame[PublishedCases]) -> None:
    empty = NearCases.create_empty()
    assert find_near_cases(_tasks(), cases).equals(empty)
    assert find_near_cases(_tasks(NAMES[0]), PublishedCases.create_empty()).equals(empty)
    assert find_near_cases(_tasks(("ゑ", None)), cases).equals(empty)


def test_a_long_text_of_generic_words_is_read_at_once() -> None:
    """Words that can be split in many ways must not be tried in all of them."""
    assert _near(("公共施設受給者資格" * 4_000 + "ゑ", "公共施設" * 30 + "ゑ")).is_empty()
