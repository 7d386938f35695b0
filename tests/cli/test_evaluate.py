"""`bpr evaluate`: measures, tells it in Japanese or JSON, and adds a line to a history."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from bpr.classify import evaluate as measuring
from bpr.classify.accuracy import evidence_digest
from bpr.classify.evaluate import Evaluation, evaluate
from bpr.classify.labels import read_labels
from bpr.settings import Acts
from tests.builder import SETTINGS
from tests.cli.conftest import Cli

KINDS = ["会計", "議会", "選挙", "介護", "図書館", "監査", "財政"]
STEPS = [
    "課を丸ごと除いて測定",
    "課の種類を丸ごと除いて測定",
    "無作為に除いて測定（参考）",
    "媒体の推定を測定",
]


@pytest.fixture(scope="module")
def few_labels() -> pl.DataFrame:
    labels = read_labels()
    return labels.filter(labels["kind"].is_in(KINDS))


@pytest.fixture(scope="module")
def measured(few_labels: pl.DataFrame) -> Evaluation:
    """What is found on a few kinds of divisions, measured for real."""
    steps: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "read_labels", lambda: few_labels)
        found = evaluate(SETTINGS.acts, steps.append)
    assert steps == STEPS
    return found


@pytest.fixture
def quick(measured: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds what was measured, at once."""

    def tell(acts: Acts, progress: Callable[[str], None]) -> Evaluation:
        assert acts == SETTINGS.acts
        for step in STEPS:
            progress(step)
        return measured

    monkeypatch.setattr("bpr.cli.evaluate.evaluate", tell)


def test_the_few_labels_were_measured(measured: Evaluation, few_labels: pl.DataFrame) -> None:
    assert measured.labels == few_labels.height
    assert measured.divisions == few_labels["division"].n_unique()
    assert measured.kinds == len(KINDS)
    whole = (measured.by_division, measured.by_kind, measured.at_random, measured.keywords)
    assert {quality.accuracy.total for quality in whole} == {few_labels.height}
    assert measured.held_out.accuracy.total == 400
    assert (
        measured.majority.accuracy.right == few_labels["work_class"].value_counts()["count"].max()
    )
    assert measured.cases_of_one_task.cases < measured.cases.cases == 54
    assert 0 < measured.medium_said.right <= measured.medium_said.total
    assert measured.medium.accuracy.total == measured.medium_said.right


@pytest.mark.usefixtures("quick")
def test_the_text_tells_every_figure_with_its_base(cli: Cli, measured: Evaluation) -> None:
    done = cli("evaluate")
    assert (done.status, done.err.splitlines()) == (0, [f"{step}…" for step in STEPS])
    right, total = measured.by_division.accuracy.right, measured.by_division.accuracy.total
    assert done.out.startswith(f"ラベル {total} 件、{measured.divisions} 課（{len(KINDS)} 種類）。")
    [row] = re.findall(r"^課を 1 つずつ除く .*$", done.out, re.MULTILINE)
    assert f" {total} " in row
    assert f"{right / total:.1%}" in row
    for name in (
        "課の種類ごと除く", "無作為に除く（参考・甘い）", "学習に使わない町の一覧",
        "比較：言葉の規則だけ", "比較：最も多い区分だけ",
    ):  # fmt: skip
        assert len(re.findall(rf"^{name} ", done.out, re.MULTILINE)) == 1
    for level, part in measured.by_division.by_confidence.items():
        assert re.search(rf"^{level} .*（{part.right}/{part.total}）", done.out, re.MULTILINE)
    for label, name in (("I コア", "core"), ("III 定型", "routine")):
        part = measured.by_division.recall[name]
        assert re.search(rf"^{label} .*（{part.right}/{part.total}）", done.out, re.MULTILINE)
    assert "公表事例のコアの順位づけ（AUC）" in done.out
    assert f"媒体の推定：{measured.medium_said.total} 件のうち" in done.out


@pytest.mark.usefixtures("quick")
def test_the_json_holds_every_figure(cli: Cli, measured: Evaluation, own_folder: Path) -> None:
    done = cli("evaluate", "--format", "json", "--out", "figures.json")
    assert (done.status, done.out) == (0, "")
    read = json.loads((own_folder / "figures.json").read_text(encoding="utf-8"))
    assert list(read) == list(Evaluation.__dataclass_fields__)
    right, total = measured.by_kind.accuracy.right, measured.by_kind.accuracy.total
    assert read["by_kind"]["accuracy"] == {"right": right, "total": total}
    assert read["held_out"]["macro_f1"] == measured.held_out.macro_f1
    assert read["cases"] == {"auc": measured.cases.auc, "cases": 54}


@pytest.mark.usefixtures("quick")
def test_each_call_adds_a_line_to_the_history(
    cli: Cli, measured: Evaluation, own_folder: Path
) -> None:
    history = own_folder / "history.csv"
    for lines in (1, 2):
        assert cli("evaluate", "--record", "history.csv").status == 0
        with history.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == lines
    assert rows[0] == rows[1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", rows[0]["measured_on"])
    assert rows[0]["digest"] == evidence_digest(SETTINGS.acts)
    assert int(rows[0]["right"]) == measured.by_division.accuracy.right
    assert int(rows[0]["held_out_total"]) == 400
