"""Means of rebuilding and pitfalls: what the file holds, and what a mistake in it says."""

from pathlib import Path

import pytest

from bpr.errors import SettingsError
from bpr.settings import Settings
from bpr.settings.load import load_settings
from bpr.settings.means import MeansSettings
from bpr.terms import LEVERS
from bpr.text import normalize

PRODUCT = load_settings(MeansSettings, "means.toml", None)

MEAN = """
[means.{name}]
label = "押印の廃止"
what = "印をやめます。"
first = "誰が求めていますか。"
when = {when}
grade = "C"
source = "本製品の目安"
"""
PITFALL = """
[pitfalls.paper]
label = "紙との併用"
check = "{check}"
why = "二重になります。"
grade = "C"
source = "本製品の目安"
{belongs}
"""
SEAL = MEAN.format(name="seals", when='[{ yes = ["resident_seal"] }]')
ASKED = "紙をやめる日を決めましたか。"


def load(folder: Path, text: str) -> MeansSettings:
    (folder / "means.toml").write_text(text, encoding="utf-8")
    return load_settings(MeansSettings, "means.toml", folder)


def test_every_lever_has_a_pitfall_of_its_own() -> None:
    named = {lever for pitfall in PRODUCT.pitfalls.values() for lever in pitfall.levers}
    assert named == set(LEVERS)


def test_every_mean_has_a_pitfall_of_its_own() -> None:
    named = {mean for pitfall in PRODUCT.pitfalls.values() for mean in pitfall.means}
    assert named == set(PRODUCT.means)


def test_every_act_is_known() -> None:
    assert len(PRODUCT.named_acts) > 10
    assert set(PRODUCT.named_acts) <= set(Settings.load().acts)


@pytest.mark.parametrize("name", PRODUCT.means)
def test_a_mean_tells_one_sentence_and_one_question(name: str) -> None:
    mean = PRODUCT.means[name]
    assert mean.what.endswith("ます。")
    assert mean.what.count("。") == 1
    assert "か" in mean.first


@pytest.mark.parametrize("name", PRODUCT.means)
def test_wordings_are_written_as_names_are_normalised(name: str) -> None:
    for when in PRODUCT.means[name].when:
        for pattern in (*when.words, *when.no_words):
            assert normalize(pattern) == pattern


@pytest.mark.parametrize("name", PRODUCT.pitfalls)
def test_only_what_rests_on_nothing_published_says_so(name: str) -> None:
    pitfall = PRODUCT.pitfalls[name]
    assert (pitfall.grade == "C") == (pitfall.source == "本製品の目安")


def test_what_is_left_out_belongs_to_all(tmp_path: Path) -> None:
    settings = load(tmp_path, SEAL + PITFALL.format(check=ASKED, belongs=""))
    assert settings.pitfalls["paper"].is_general
    assert not any(p.is_general for p in PRODUCT.pitfalls.values() if p.levers or p.means)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MEAN.format(name="seals", when="[]"), "「押印の廃止」の when に、中身のある条件を"),
        (MEAN.format(name="seals", when="[{}]"), "「押印の廃止」の when に、中身のある条件を"),
        (MEAN.format(name="seals", when='[{ yes = ["seal"] }]'), "seal は選べません"),
        (MEAN.format(name="seals", when='[{ words = ["("] }]'), "「(」は正規表現として読めません"),
        (
            SEAL + PITFALL.format(check=ASKED, belongs='levers = ["online_aplication"]'),
            "online_aplication は選べません（online_application のことですか）",
        ),
        (
            SEAL + PITFALL.format(check=ASKED, belongs='means = ["seal"]'),
            "seal は選べません（seals のことですか）",
        ),
        (SEAL + PITFALL.format(check="紙をやめます。", belongs=""), "はい・いいえで答えられる問い"),
        (SEAL + PITFALL.format(check=ASKED, belongs="lever = []"), "使えない項目です"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, said: str) -> None:
    text = text if "[pitfalls" in text else f"{text}\n[pitfalls]\n"
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert "means.toml" in str(caught.value)
    assert said in str(caught.value)
