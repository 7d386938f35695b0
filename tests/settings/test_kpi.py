"""KPI settings: what the product defines, and what a mistake in the file says."""

from pathlib import Path
from typing import Any

import pytest

from bpr.errors import InputError, SettingsError
from bpr.settings import KpiSettings
from bpr.settings.kpi import PLANNED
from bpr.settings.load import load_settings, read_text
from bpr.terms import LEVERS

PRODUCT = load_settings(KpiSettings, "kpi.toml", None)
TEXT = read_text("kpi.toml", None)


def change(folder: Path, old: str, new: str) -> str:
    assert old in TEXT, old
    (folder / "kpi.toml").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"kpi\.toml") as caught:
        load_settings(KpiSettings, "kpi.toml", folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("kpi", "label", "target", "unit"),
    [
        ("bpr_done", "BPR実施業務数（累計）", 25, "業務"),
        ("ai_rpa_introduced", "AI・RPA導入業務数（累計）", 15, "業務"),
        ("e_approval", "文書決裁事務の電子化率", 100, "%"),
    ],
)
def test_the_kpi_of_the_ami_plan(kpi: str, label: str, target: float, unit: str) -> None:
    found = PRODUCT.definition(kpi)
    assert (found.label, found.target, found.unit) == (label, target, unit)
    assert (found.baseline, found.baseline_year, found.target_year) == (0, 2022, 2027)
    assert "阿見町" in found.source


def test_saved_hours_have_no_target_and_rest_on_measurements() -> None:
    found = PRODUCT.definition("saved_hours")
    assert (found.target, found.measure, found.evidence) == (None, "sum_hours", ("measured",))


def test_a_kpi_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="「bpr」は"):
        PRODUCT.definition("bpr")


def test_a_file_of_conversions_alone_keeps_the_products_kpi(tmp_path: Path) -> None:
    own = "hours_per_fte = 2000.0\nhours_per_day = 8.0\n"
    (tmp_path / "kpi.toml").write_text(own, encoding="utf-8")
    found = load_settings(KpiSettings, "kpi.toml", tmp_path)
    assert found.hours_per_fte == 2000
    assert (found.kpi, found.grades, found.forecast) == (
        PRODUCT.kpi, PRODUCT.grades, PRODUCT.forecast,
    )  # fmt: skip


def test_an_office_defines_kpi_of_its_own(tmp_path: Path) -> None:
    own = (
        '\n[kpi.paper]\nlabel = "紙の枚数"\nunit = "枚"\nmeasure = "entered"\nsource = "町の計画"\n'
    )
    own += (
        'baseline = 9e5\nbaseline_year = 2024\ntarget = 4e5\ntarget_year = 2028\nbetter = "down"\n'
    )
    (tmp_path / "kpi.toml").write_text(TEXT + own, encoding="utf-8")
    found = load_settings(KpiSettings, "kpi.toml", tmp_path)
    assert list(found.kpi) == [*PRODUCT.kpi, "paper"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('levers = ["ai_ocr"', 'levers = ["ai_orc"', "ai_orc は選べません（ai_ocr のことですか）"),
        ("target = 25", "target = -25", "逆です"),
        ("target_year = 2027", "target_year = 2022", "target_year"),
        ('from_status = "done"', 'from_status = "finished"', "from_status"),
        ('split = "once"', 'split = "twice"', "split"),
        ('measure = "count"', 'measure = "counts"', "measure"),
        ('\nevidence = ["measured"]', "\nevidence = []", "evidence を 1 つ以上"),
        ('confirm_evidence = ["measured"]', "confirm_evidence = []", "confirm_evidence"),
        ('scheme = "hamamatsu"', 'scheme = "hamamatu"', "hamamatsu のことですか"),
        ("at_least = 0.9 }", "at_least = 1.2 }", "大きい順"),
        ('より遅れている" }', 'より遅れている", at_least = 0.1 }', "at_least なし"),
        ("interval = 0.8", "interval = 1.0", "interval"),
        ("came = 1.0", "came = 0.0", "came"),
        ("[forecast.odds.selected]", "[forecast.odds.candidate]", "candidate は選べません"),
        ("feedback_least = 5", "feedback_least = 1", "feedback_least"),
        ('confirm_evidence = ["measured"]', 'confirm_evidence = ["実績"]', "confirm_evidence"),
    ],
)
def test_what_cannot_be_counted_stops_at_loading(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert said in change(tmp_path, old, new)


@pytest.mark.parametrize("scheme", PRODUCT.grades.schemes)
@pytest.mark.parametrize("ratio", [None, -1.0, 0.0, 0.0099, 0.01, 0.9, 1.0, 1.1, 9.0])
def test_every_ratio_has_its_grade(scheme: str, ratio: float | None) -> None:
    wanted: dict[str, dict[Any, str]] = {
        "hamamatsu": {None: "D", 0.9: "B", 1.0: "B", 1.1: "A", 9.0: "A"},
        "four": {None: "－", 0.01: "Ⅱ", 0.9: "Ⅲ", 1.0: "Ⅲ", 1.1: "Ⅳ", 9.0: "Ⅳ"},
    }
    rest = {"hamamatsu": "C", "four": "Ⅰ"}
    found = PRODUCT.grades.schemes[scheme].judge(ratio)
    assert found.grade == wanted[scheme].get(ratio, rest[scheme])


def test_the_words_that_the_settings_name_are_known() -> None:
    assert {lever for kpi in PRODUCT.kpi.values() for lever in kpi.levers} <= set(LEVERS)
    assert tuple(PRODUCT.forecast.odds) == PLANNED
    assert all(odds.source for odds in PRODUCT.forecast.odds.values())
