"""Names that mean the same: which are alike, whatever the order in which they come."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.match.names import bare_name, cluster_names

NAMES = [
    "家賃滞納整理", "滞納整理", "防犯灯の設置", "総合計画の策定進行管理", "こども計画の策定進行管理",
    "戸籍証明書の交付", "納税証明書の交付", "犬の登録", "現況届", "現況届の受付",
]  # fmt: skip
TEXT = st.text(alphabet="家賃滞納整理犬の登録証明書交付計画策定 　（）・1ａA", max_size=12)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("家賃 滞納整理（に関する事務）", "家賃滞納整理"),
        ("ＤＸ推進 計画", "dx推進計画"),
        ("文書の収受・発送等", "文書の収受発送"),
        ("事務", "事務"),
        ("〃", "〃"),
        ("・", "・"),
    ],
)
def test_what_of_a_name_is_compared(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_alike_names_come_together() -> None:
    clusters = [cluster for cluster in cluster_names(NAMES) if len(cluster) > 1]
    assert ["滞納整理", "家賃滞納整理"] in [sorted(c, key=len) for c in clusters]
    assert ["戸籍証明書の交付", "納税証明書の交付"] in clusters
    assert not any("犬の登録" in cluster for cluster in clusters)


def test_every_two_names_of_a_cluster_are_alike() -> None:
    """A chain of neighbours is no group: each is like the next, the ends are not."""
    chain = ["住民票の交付", "住民票の写しの交付", "戸籍の写しの交付", "戸籍の写しの請求"]
    assert all(len(cluster) < len(chain) for cluster in cluster_names(chain))


def test_the_order_and_the_repetition_of_names_do_not_matter() -> None:
    first = sorted(cluster_names(NAMES))
    for seed in range(5):
        shuffled = [*NAMES, *NAMES[:3]]
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - a repeatable order, nothing secret
        assert sorted(cluster_names(shuffled)) == first


@given(st.lists(TEXT, max_size=20))
def test_no_name_is_lost(names: list[str]) -> None:
    clusters = cluster_names(names)
    assert sorted(name for cluster in clusters for name in cluster) == sorted(set(names))


@pytest.mark.parametrize("names", [[], [""], ["あ"], ["あ", "い"], ["", "犬の登録"]])
def test_names_too_short_to_compare(names: list[str]) -> None:
    assert sorted(cluster_names(names)) == sorted([name] for name in names)
