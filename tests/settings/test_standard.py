"""Standard tasks: fit for the form, found by the division's name, replaceable by the office."""

from pathlib import Path

import polars as pl
import pytest

from bpr.errors import SettingsError
from bpr.export.template.columns import COLUMNS, FREQUENCIES, STAFF
from bpr.settings.standard import FILE, TASK_COLUMNS, find_standard_tasks, load_standard_tasks

TASKS = load_standard_tasks()
HEADER = "kind,words,process_category,task_name,activity_name,staff_category,frequency,legal_basis"
COMMON = "支払伝票の作成"


def kind_of(division: str) -> str | None:
    """Kind whose first task is the first found."""
    found = find_standard_tasks(division)
    if not found.height:
        return None
    name = TASKS.join(found.head(1), on=list(TASK_COLUMNS), nulls_equal=True)["kind"]
    return str(name[0])


def test_there_are_enough_kinds_and_tasks() -> None:
    sizes = TASKS.group_by("kind").agg(tasks=pl.col("task_name").n_unique(), rows=pl.len())
    assert sizes.height >= 25
    assert sizes["tasks"].min() >= 9  # type: ignore[operator] # of numbers
    assert sizes["tasks"].max() <= 20  # type: ignore[operator]
    assert sizes["rows"].sum() > 800


def test_a_kind_has_the_same_words_in_all_its_rows_and_no_word_is_in_two() -> None:
    kinds = TASKS.select("kind", "words").unique()
    assert kinds.height == kinds["kind"].n_unique()
    words = [word for line in kinds["words"].drop_nulls() for word in line.split()]
    assert len(set(words)) == len(words)
    assert kinds.filter(pl.col("words").is_null())["kind"].to_list() == ["共通"]


def test_every_row_fits_the_form() -> None:
    assert TASKS.select(pl.col("process_category", "task_name", "activity_name", "frequency"))[
        :, :
    ].null_count().sum_horizontal().item() == 0  # fmt: skip
    assert set(TASKS["frequency"]) <= set(FREQUENCIES)
    assert set(TASKS["staff_category"].drop_nulls()) <= set(STAFF)
    longest = {c.field: c.longest for c in COLUMNS if c.longest}
    for name in TASK_COLUMNS:
        texts = TASKS[name].drop_nulls()
        assert not texts.str.contains(r"[\r\n\t,]|^\s|\s$|^[=+\-@]").any(), name
        if name in longest:
            assert int(texts.str.len_chars().max()) <= longest[name]  # type: ignore[arg-type]


def test_no_task_stands_twice_in_a_kind() -> None:
    names = ["kind", "process_category", "task_name", "activity_name"]
    assert TASKS.filter(TASKS.select(names).is_duplicated()).height == 0


@pytest.mark.parametrize(
    ("division", "kind"),
    [
        ("税務課", "税務"),
        ("税務住民課", "税務"),
        ("市民税課", "税務"),
        ("収納課", "税務"),
        ("市民課", "住民"),
        ("町民生活課", "住民"),
        ("市民協働課", "地域"),
        ("総務課", "総務"),
        ("教育総務課", "学校教育"),
        ("教職員課", "学校教育"),
        ("学校給食センター", "給食"),
        ("図書館", "図書館"),
        ("生涯学習課", "生涯学習"),
        ("福祉課", "福祉"),
        ("地域福祉課", "福祉"),
        ("高齢福祉課", "高齢介護"),
        ("地域包括支援センター", "高齢介護"),
        ("こども未来課", "子育て"),
        ("健康づくり課", "健康"),
        ("保険年金課", "保険年金"),
        ("生活環境課", "環境"),
        ("農業委員会事務局", "農林水産"),
        ("商工観光課", "商工観光"),
        ("建設課", "建設"),
        ("都市計画課", "都市計画"),
        ("上下水道課", "上下水道"),
        ("ＤＸ推進課", "情報"),
        ("企画財政課", "企画"),
        ("行政改革推進室", "企画"),
        ("財政課", "財政"),
        ("契約検査課", "管財契約"),
        ("危機管理課", "防災"),
        ("会計課", "会計"),
        ("議会事務局", "議会"),
        ("監査委員事務局", "監査"),
        ("選挙管理委員会事務局", "選挙"),
        ("秘書広報課", "秘書広報"),
        ("病院", None),
        ("市民病院", None),
        ("", None),
    ],
)
def test_the_name_of_a_division_finds_its_kind(division: str, kind: str | None) -> None:
    assert kind_of(division) == kind


def test_what_all_divisions_do_comes_last_and_only_with_a_kind() -> None:
    found = find_standard_tasks("税務課")
    assert found.columns == list(TASK_COLUMNS)
    assert COMMON in found["task_name"].tail(14)
    assert found["process_category"][-1] == "共通"
    assert find_standard_tasks("病院").height == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_office_may_have_its_own(tmp_path: Path, encoding: str) -> None:
    text = f"{HEADER}\r\n病院,病院 診療所,医事,外来の受付,保険証の確認,,毎日,\r\n,,,,,,,\r\n"
    (tmp_path / FILE).write_bytes(text.encode(encoding))
    found = find_standard_tasks("市民病院", tmp_path)
    assert found.rows() == [("医事", "外来の受付", "保険証の確認", None, "毎日", None)]
    assert find_standard_tasks("税務課", tmp_path).height == 0


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        (b"", ["列", "kind", "1 行目"]),
        ("kind,words\n税務,税務\n".encode(), ["列", "task_name"]),
        (f"{HEADER}\n税務,税務,,,入力,,,\n".encode(), ["2 行目", "業務名"]),
        (f"{HEADER}\n税務\n".encode(), ["2 行目", "業務名"]),
        (b"kind,words\n\x81", ["文字が読めません"]),
        (f"{HEADER}\n税務,{'あ' * 140_000}\n".encode(), ["CSV として読めません"]),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, data: bytes, parts: list[str]) -> None:
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(SettingsError) as caught:
        find_standard_tasks("税務課", tmp_path)
    assert FILE in str(caught.value)
    assert all(part in str(caught.value) for part in parts)


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert find_standard_tasks("税務課", tmp_path).equals(find_standard_tasks("税務課"))
