"""The sentences on how sure a rank is and which opinions it hangs on."""

import polars as pl
import pytest

from bpr.score.opinions import describe_certainty, describe_judgement

LABELS = {"volume": "量（件数・時間）", "routine": "定型の度合い", "paper": "紙", "public": "公開"}


def judge(best_rank: int, first_ratio: float, **multipliers: float) -> str:
    rows = pl.DataFrame(
        {"task_id": "t1", "theme": list(multipliers), "multiplier": list(multipliers.values())},
        schema={"task_id": pl.String, "theme": pl.String, "multiplier": pl.Float64},
    )
    return describe_judgement(rows, LABELS, best_rank, first_ratio)


@pytest.mark.parametrize(
    ("certainty", "ratio", "words"),
    [
        ("certain", 1.0, "確実：…すべてで上位 25 に入ります。"),
        ("certain", 0.999, "確実：…うち 99 % で上位 25 に入ります。"),
        ("depends", 0.9499, "重み次第：…うち 94 % で上位 25 に入ります。"),
        ("depends", 0.57, "重み次第：…うち 57 % で上位 25 に入ります。"),
        ("depends", 0.051, "重み次第：…うち 6 % で上位 25 に入ります。"),
        ("out", 0.001, "圏外：…うち 1 % で上位 25 に入ります。"),
        ("out", 0.0, "圏外：…どれでも上位 25 に入りません。"),
    ],
)
def test_certainty(certainty: str, ratio: float, words: str) -> None:
    said = describe_certainty(certainty, ratio, top=25, samples=1000, spread=3.0)
    assert said == words.replace("…", "重みを 3 分の 1〜3 倍に変えた 1,000 通りの")


def test_certainty_with_other_settings() -> None:
    said = describe_certainty("depends", 0.5, top=1200, samples=200, spread=2.5)
    assert said == (
        "重み次第：重みを 2.5 分の 1〜2.5 倍に変えた 200 通りのうち 50 % で上位 1,200 に入ります。"
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            judge(1, 0.12, routine=0.62, volume=2.1, paper=1.1),
            (
                "量（件数・時間）を重く（平均 2.1 倍）、定型の度合いを軽く（0.6 倍）見るとき"
                " 1 位になります（試した重みの 12 %）。"
            ),
        ),
        (
            judge(4, 0.0, volume=1.3),
            (
                "重みを変えても 1 位にはなりません（試した中で最も高くて 4 位）。"
                "量（件数・時間）を重く（平均 1.3 倍）見るとき 4 位になります。"
            ),
        ),
        (
            judge(4, 0.0, volume=1.2, routine=0.85),
            "重みを変えても 1 位にはなりません（試した中で最も高くて 4 位）。",
        ),
        (
            judge(1234, 0.0),
            "重みを変えても 1 位にはなりません（試した中で最も高くて 1,234 位）。",
        ),
        (
            judge(1, 1.0, volume=1.0, routine=1.0),
            "どの観点を重く見ても 1 位になります（試した重みのすべて）。",
        ),
        (
            judge(1, 0.98, volume=1.0),
            "どの観点を重く見ても、ほぼ 1 位になります（試した重みの 98 %）。",
        ),
        (
            judge(1, 0.4, volume=1.2, routine=0.81),
            "試した重みの 40 % で 1 位になります。どれか 1 つの観点の重さでは決まりません。",
        ),
        (judge(1, 0.01), "試した重みの 1 % で 1 位になります。"),
    ],
)
def test_judgement(said: str, words: str) -> None:
    assert said == words


def test_only_the_three_strongest_leanings_are_named() -> None:
    said = judge(1, 0.01, volume=1.3, routine=2.5, paper=0.5, public=0.3)
    assert said.startswith(
        "公開を軽く（平均 0.3 倍）、定型の度合いを重く（2.5 倍）、紙を軽く（0.5 倍）見る"
    )
    assert "量" not in said
