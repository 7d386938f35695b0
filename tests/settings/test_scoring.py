"""What scoring.toml and savings.toml refuse: the key, the line, and what was probably meant."""

from pathlib import Path

import pytest

from bpr.settings import Settings
from tests.builder import SETTINGS
from tests.settings.test_load import change, line_of, message

SEAL = 'label = "住民が書いて押す書類"'


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("weight_spread = 2.0", "weight_spred = 2.0", "weight_spred", "（weight_spread のことですか）"),
        ('label = "コア業務"\nlevers', 'lable = "コア業務"\nlevers', "gates.core_work.lable", "（label のことですか）"),
        ('when = { work_class = ["core"] }\ncap', 'when = { work_clas = ["core"] }\ncap', "gates.core_work.when.work_clas", "（work_class のことですか）"),
        (SEAL, "# なし", "levers.ai_ocr.criteria.resident_seal.label", "必要な項目がありません"),
        (f'{SEAL}\ntheme = "media"', SEAL, "levers.ai_ocr.criteria.resident_seal.theme", "必要な項目がありません"),
        (f'{SEAL}\ntheme = "media"', f'{SEAL}\ntheme = "medium"', "scoring.toml", "（media のことですか）"),
        ('reason = "紙を使わない作業なので、読み取る対象がありません。"', "# なし", "gates.no_paper.reason", "必要な項目がありません"),
        ('reason = "紙を使わない作業なので、読み取る対象がありません。"', 'reason = ""', "gates.no_paper.reason", "文字がありません"),
        ("points = [[3, 1.0], [15, 0.7], [60, 0.3], [240, 0.0]]", "points = [[3, 1.0], [15, 0.2], [60, 0.3], [240, 0.0]]", "levers.rpa.criteria.minutes_per_case", "増えるだけか減るだけ"),
        ("cap = [[0.0, 20.0], [25.0, 40.0], [130.0, 100.0]]", "cap = [[0.0, 20.0], [25.0, 40.0], [130.0, 30.0]]", "gates.few_hours", "増えるだけ"),
        ('values = { yes = 1.0, no = 0.4 }\nunknown = [0.4, 1.0]\ngrade = "C"\nsource = "本製品の目安（住民の押印', 'values = { yes = 1.0 }\nunknown = [0.4, 1.0]\ngrade = "C"\nsource = "本製品の目安（住民の押印', "levers.ai_ocr.criteria.resident_seal", "no がありません"),
        ('levers = ["rpa", "data_link"]', 'levers = ["rpa", "data_lnk"]', "gates.standardized_system", "（data_link のことですか）"),
        ('label = "人材派遣"', 'labl = "人材派遣"', "levers.outsourcing.kinds.2.labl", "（label のことですか）"),
        ("below = { annual_hours = 930.0 }", "below = { anual_hours = 930.0 }", "levers.outsourcing.kinds.3.when", "（annual_hours のことですか）"),
        ('pattern = "受付|受理|募集', 'pattern = "受付(|受理|募集', "levers.online_application.criteria.application", "正規表現として読めません"),
    ],
)  # fmt: skip
def test_bad_scoring_stops_with_key_and_line(
    tmp_path: Path, old: str, new: str, key: str, said: str
) -> None:
    line = change(tmp_path, "scoring.toml", old, new)
    text = message(tmp_path)
    assert "scoring.toml" in text
    assert key in text
    assert said in text
    if "行目" in text:
        assert abs(line_of(text) - line) <= 10


def test_a_ramp_too_steep_for_one_case_is_refused(tmp_path: Path) -> None:
    old = "points = [[100, 0.0], [1000, 0.5], [20000, 1.0]]"
    change(tmp_path, "scoring.toml", old, "points = [[100, 0.0], [110, 0.5], [20000, 1.0]]")
    assert "急すぎます" in message(tmp_path)


def test_an_unknown_act_of_a_saving_is_named(tmp_path: Path) -> None:
    old = "acts = { input = 1.0, transcribe = 1.0, collate = 0.3, aggregate = 0.3 }"
    change(tmp_path, "savings.toml", old, "acts = { inputs = 1.0 }")
    said = message(tmp_path)
    assert "「inputs」" in said
    assert "（input のことですか）" in said


def test_a_lever_without_savings_is_named(tmp_path: Path) -> None:
    change(tmp_path, "savings.toml", "[levers.simplify]", "[levers.simplfy]")
    assert "（simplify のことですか）" in message(tmp_path) or "simplfy" in message(tmp_path)


def test_a_lever_is_added_by_toml_and_glossary_alone(tmp_path: Path) -> None:
    """Taking one out is the same: whatever is left is scored."""
    for name in ("scoring.toml", "savings.toml"):
        text = (Path(__file__).parents[2] / "bpr/settings" / name).read_text(encoding="utf-8")
        start = text.index("[levers.simplify]")
        (tmp_path / name).write_text(text[:start], encoding="utf-8")
    settings = Settings.load(tmp_path)
    assert set(SETTINGS.scoring.levers) - set(settings.scoring.levers) == {"simplify"}


def test_reweighed_settings_multiply_themes() -> None:
    scoring = SETTINGS.scoring
    other = scoring.reweighed({"volume": 2.0})
    for name, lever in scoring.levers.items():
        for key, criterion in lever.criteria.items():
            factor = 2.0 if criterion.theme == "volume" else 1.0
            assert other.levers[name].criteria[key].weight == factor * criterion.weight
    assert scoring.reweighed({}) == scoring


def test_every_number_has_a_source_and_every_theme_and_question_is_used() -> None:
    criteria = [c for lever in SETTINGS.scoring.levers.values() for c in lever.criteria.values()]
    assert {c.theme for c in criteria} == set(SETTINGS.scoring.themes)
    fields = {c.field for c in criteria}
    assert fields - {"names"} == set(SETTINGS.scoring.questions)
