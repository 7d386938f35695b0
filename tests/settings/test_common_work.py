"""Common work in words: every example is found where it belongs, and nowhere else."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from bpr.errors import SettingsError
from bpr.match.wordings import find_wordings
from bpr.settings import Settings
from bpr.settings.common_work import Wording
from tests.builder import SETTINGS

COMMON = SETTINGS.common_work
TABLES: dict[str, Mapping[str, Wording]] = {
    "families": COMMON.families,
    **{name: view.kinds for name, view in COMMON.views.items()},
}
WORDINGS = [(table, name) for table, wordings in TABLES.items() for name in wordings]


@pytest.mark.parametrize(("table", "name"), WORDINGS)
def test_examples_belong_and_counter_examples_do_not(table: str, name: str) -> None:
    wordings = TABLES[table]
    own = wordings[name]
    assert own.examples
    assert own.counter_examples
    texts = pl.Series("task_name", [*own.examples, *own.counter_examples])
    tasks = pl.DataFrame(
        {"task_name": texts, "activity_name": pl.Series([None] * len(texts), dtype=pl.String)}
    )
    found = find_wordings(tasks, wordings).to_list()
    mine, others = found[: len(own.examples)], found[len(own.examples) :]
    assert dict(zip(own.examples, mine, strict=True)) == dict.fromkeys(own.examples, name)
    assert [text for text, f in zip(own.counter_examples, others, strict=True) if f == name] == []


def test_labels_are_all_different() -> None:
    for wordings in TABLES.values():
        labels = [wording.label for wording in wordings.values()]
        assert len(set(labels)) == len(labels)


def test_the_fourteen_kinds_are_those_that_were_published() -> None:
    view = COMMON.views["mamurogawa"]
    published = {kind.label: kind.published_count for kind in view.kinds.values()}
    assert published == {
        "文書・データ管理": 18, "会計管理": 16, "議事録作成": 12, "申請手続き": 12, "資料作成": 9,
        "勤怠管理": 6, "文書送付": 6, "システム環境整備": 5, "現場確認": 4, "業務管理": 3,
        "施設管理": 2, "情報発信": 1, "町民相談": 1, "データ分析": 1,
    }  # fmt: skip
    assert view.base_count == 96


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"議事録", "会議録", "反訳", "文字起こし"]\ncounter_patterns = ["本会議会議録"', '"議事録("]\ncounter_patterns = ["本会議会議録"', "「議事録(」は正規表現として読めません"),
        ("base_count = 96", "base_count = 95", "区分ごとの数の合計 96 が base_count の 95 と合いません"),
        ("published_count = 18", "published_count = -1", "小さすぎます"),
        ('town = "真室川町"', 'town = "真室川町"\nyear = 2025', "year"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    product = Path(__file__).parents[2] / "bpr" / "settings" / "common_work.toml"
    text = product.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "common_work.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        Settings.load(tmp_path)
    assert "common_work.toml" in str(caught.value)
    assert said in str(caught.value)
