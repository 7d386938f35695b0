"""Settings: strict, and every error names the file, the key, the line and what was meant."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bpr.errors import BprError, SettingsError
from bpr.settings import FILES, Settings
from bpr.settings.load import suggest
from bpr.terms import LEVERS

PRODUCT = Path(__file__).parents[2] / "bpr" / "settings"


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Write the product's file with one change into `folder`; return the line of the change."""
    text = (PRODUCT / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def message(folder: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.load(folder)
    return str(caught.value)


def test_the_products_settings_load() -> None:
    settings = Settings.load()
    assert (settings.kpi.hours_per_fte, settings.kpi.hours_per_day) == (1860.0, 7.75)
    assert set(settings.scoring.levers) == set(settings.savings.levers) == set(LEVERS)


def test_a_file_of_the_office_replaces_the_products_and_the_others_stay(tmp_path: Path) -> None:
    change(tmp_path, "kpi.toml", "hours_per_fte = 1860.0", "hours_per_fte = 1920.0")
    settings = Settings.load(tmp_path)
    assert (settings.kpi.hours_per_fte, settings.kpi.hours_per_day) == (1920.0, 7.75)
    assert settings.scoring == Settings.load().scoring


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert Settings.load(tmp_path).digest == Settings.load().digest


@pytest.mark.parametrize("name", FILES)
def test_the_digest_follows_every_file(tmp_path: Path, name: str) -> None:
    text = (PRODUCT / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(f"{text}\n# 変更\n", encoding="utf-8")
    assert Settings.load(tmp_path).digest != Settings.load().digest
    assert len(Settings.load().digest) == 64


def test_settings_do_not_change_after_loading() -> None:
    settings = Settings.load()
    with pytest.raises(FrozenInstanceError):
        settings.kpi.hours_per_day = 8.0  # type: ignore[misc]


def test_a_settings_error_stops_with_exit_2() -> None:
    assert issubclass(SettingsError, BprError)
    assert SettingsError.exit_status == 2


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("kpi.toml", "hours_per_day = 7.75", "hours_per_day = 7.75\nminutes_per_day = 465", "minutes_per_day"),
        ("scoring.toml", 'label = "今の担い手"', 'label = "今の担い手"\ncolor = "red"', "color"),
        ("savings.toml", "licence_tasks = 10", 'licence_tasks = 10\nnote = "x"', "note"),
        ("survey.toml", "header_max_depth = 4", "header_max_depth = 4\nheader_min_depth = 1", "header_min_depth"),
        ("acts.toml", 'label = "本人確認"', 'label = "本人確認"\nremark = "x"', "remark"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_named_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, key: str
) -> None:
    line = change(tmp_path, name, old, new) + 1
    said = message(tmp_path)
    assert name in said
    assert key in said
    assert f"{line} 行目" in said
    assert "使えない項目です" in said


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong", "meant"),
    [
        ("kpi.toml", "hours_per_day = 7.75", "hours_per_dya = 7.75", "hours_per_dya", "hours_per_day"),
        ("survey.toml", "hours_mismatch_ratio = 0.05", "hours_mismatch_ration = 0.05", "hours_mismatch_ration", "hours_mismatch_ratio"),
        ("scoring.toml", "weight = 1.0\nvalues = { nonregular", "wieght = 1.0\nvalues = { nonregular", "wieght", "weight"),
        ("scoring.toml", "recommended_score = 60.0", "recomended_score = 60.0", "recomended_score", "recommended_score"),
    ],
)  # fmt: skip
def test_a_misspelled_key_is_named_with_what_was_meant(
    tmp_path: Path, name: str, old: str, new: str, wrong: str, meant: str
) -> None:
    line = change(tmp_path, name, old, new)
    said = message(tmp_path)
    assert name in said
    assert f"「{wrong}」" in said or f".{wrong}」" in said
    assert f"（{meant} のことですか）" in said
    assert f"{line} 行目" in said


@pytest.mark.parametrize(
    ("name", "old", "key"),
    [
        ("kpi.toml", "hours_per_day = 7.75", "hours_per_day"),
        ("survey.toml", "header_scan_rows = 40", "header_scan_rows"),
        ("scoring.toml", "values = { nonregular = 1.0, regular = 0.4 }", "levers.outsourcing.criteria.staff_type.values"),
        ("acts.toml", 'label = "本人確認"', "acts.identify.label"),
    ],
)  # fmt: skip
def test_a_missing_key_is_named_and_no_other_line_is_blamed(
    tmp_path: Path, name: str, old: str, key: str
) -> None:
    line = change(tmp_path, name, old, "# なし")
    said = message(tmp_path)
    assert f"「{key}」" in said
    assert name in said
    assert "必要な項目がありません" in said
    assert "行目" not in said or abs(line_of(said) - line) <= 6


def line_of(said: str) -> int:
    return int(said.split(" 行目", maxsplit=1)[0].rsplit("（", 1)[1])


POINTS = "points = [[50, 0.0], [500, 0.5], [3720, 1.0]]"


@pytest.mark.parametrize(
    "points",
    [
        "[[500, 0.0], [50, 0.5]]",
        "[[50, 0.0], [500, 0.8], [3720, 0.5]]",
        "[[50, 0.0]]",
        "[]",
        "[[0, 0.0], [500, 1.0]]",
        "[[50, 0.0], [50, 1.0]]",
    ],
)
def test_a_bad_ramp_is_named_with_file_key_and_line(tmp_path: Path, points: str) -> None:
    line = change(tmp_path, "scoring.toml", POINTS, f"points = {points}")
    said = message(tmp_path)
    assert "scoring.toml" in said
    assert "levers.outsourcing.criteria.annual_hours" in said
    assert "points" in said
    assert "「年間作業時間」" in said
    assert "行目" not in said or abs(line_of(said) - line) <= 6


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("kpi.toml", "hours_per_day = 7.75", 'hours_per_day = "七"', "hours_per_day"),
        ("savings.toml", "rate = { range = [0.5, 0.56, 0.8]", "rate = { range = [0.5, 0.56]", "levers.rpa.rate"),
        ("scoring.toml", POINTS, "points = [[50, 0.0, 9], [500, 1.0]]", "levers.outsourcing.criteria.annual_hours"),
        ("scoring.toml", 'label = "今の担い手"\ntheme = "people"\nkind = "choice"', 'label = "今の担い手"\ntheme = "people"\nkind = "choise"', "levers.outsourcing.criteria.staff_type"),
        ("survey.toml", '[fields.issues]\nkind = "text"', '[fields.issues]\nkind = "texts"', "fields.issues.kind"),
        ("acts.toml", 'label = "本人確認"\nnature = "assisting"', 'label = "本人確認"\nnature = "assist"', "identify.nature"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_in_japanese(
    tmp_path: Path, name: str, old: str, new: str, key: str
) -> None:
    line = change(tmp_path, name, old, new)
    said = message(tmp_path)
    assert name in said
    assert key in said
    assert not any(word in said for word in ("Value error", "Input", "should", "Tuple", "valid"))
    assert "行目" not in said or abs(line_of(said) - line) <= 6


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("kpi.toml", "hours_per_fte = 1860.0", "hours_per_fte = 0.0"),
        ("kpi.toml", "hours_per_day = 7.75", "hours_per_day = -1.0"),
        ("scoring.toml", "weight = 1.0\nvalues = { nonregular", "weight = -1.0\nvalues = { nonregular"),
        ("scoring.toml", "values = { nonregular = 1.0,", "values = { nonregular = 2.0,"),
        ("scoring.toml", 'unknown = [0.4, 1.0]\ngrade = "C"\nsource = "本製品の目安（非正規', 'unknown = [1.0, 0.4]\ngrade = "C"\nsource = "本製品の目安（非正規'),
        ("scoring.toml", 'field = "staff_type"', 'field = "staff_tipe"'),
        ("scoring.toml", 'acts = ["accept", "examine",', 'acts = ["accept", "examin",'),
        ("scoring.toml", 'medium = ["electronic", "none"]', 'medium = ["electric"]'),
        ("scoring.toml", 'work_class = ["core"]', 'work_class = ["cor"]'),
        ("savings.toml", "rate = { range = [0.5, 0.56, 0.8]", "rate = { range = [0.56, 0.5, 0.8]"),
        ("savings.toml", "rate = { range = [0.5, 0.56, 0.8]", "rate = { range = [50, 56, 80]"),
        ("acts.toml", '"資格確認", "個人特定"', '"資格確認(", "個人特定"'),
        ("survey.toml", "[fields.division]", "[fields.divison]"),
        ("survey.toml", '[fields.fte]\nkind = "fte"\ndefault_unit = "人役"', '[fields.fte]\nkind = "fte"\ndefault_unit = "人々"'),
    ],
)  # fmt: skip
def test_a_value_that_no_run_could_use_stops_at_loading(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    change(tmp_path, name, old, new)
    assert name in message(tmp_path)


def test_a_lever_that_the_glossary_does_not_know(tmp_path: Path) -> None:
    text = (PRODUCT / "scoring.toml").read_text(encoding="utf-8")
    (tmp_path / "scoring.toml").write_text(
        text.replace("[levers.rpa", "[levers.robot"), encoding="utf-8"
    )
    said = message(tmp_path)
    assert "scoring.toml" in said
    assert "robot" in said


def test_what_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    line = change(tmp_path, "kpi.toml", "hours_per_day = 7.75", "hours_per_day = ")
    said = message(tmp_path)
    assert "kpi.toml" in said
    assert f"line {line}" in said or f"{line} 行目" in said


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("wieght", ["label", "weight"], "（weight のことですか）"),
        ("xyz", ["label", "weight"], ""),
        ("label", [], ""),
    ],
)
def test_suggestions(word: str, known: list[str], said: str) -> None:
    assert suggest(word, known) == said
