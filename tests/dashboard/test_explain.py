"""Words with their meaning: one definition each, tied to the word, where people meet it."""

from collections import Counter
from pathlib import Path

import pytest
from dash import Dash

from bpr.dashboard.app import create_app
from bpr.dashboard.components.explain import explain, explain_row
from bpr.dashboard.explanations import EXPLANATIONS
from bpr.dashboard.pages import PAGES
from bpr.dashboard.pages.page import Page
from bpr.workspace import Workspace
from tests.dashboard.browser import Browser, components, texts

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
MET = {
    "/tasks": "コア ノンコア 専門性 定型 媒体 確信度 切り分け",
    "/review": "コア ノンコア 専門性 定型 確信度 切り分け",
    "/candidates": "AI-OCR RPA 外部委託 重み 順位の幅 確からしさ 切り分け",
    "/weights": "重み 順位の幅",
    "/kpi": "BPR実施業務数（累計） 母数 実績 見込み アンケート 切り分け 進捗",
}
"""Page -> hard words that it must explain."""


def explained(tree: object) -> dict[str, str]:
    """Words of a tree -> what they are described by; each description is there, once."""
    parts = [one["props"] for one in components(tree)]
    told = {p["id"]: p["children"] for p in parts if p.get("role") == "tooltip"}
    words = [p for p in parts if p.get("className") == "term"]
    assert len(told) == len(words)
    return {texts(p["children"])[0]: told[p["aria-describedby"]] for p in words}


@pytest.fixture
def app(workspace: Workspace) -> Dash:
    return create_app(workspace)


def test_a_word_is_a_button_described_by_its_meaning() -> None:
    tree = explain("base", "here").to_plotly_json()
    button, told = (part.to_plotly_json()["props"] for part in tree["props"]["children"])
    assert (button["type"], button["children"]) == ("button", "母数")
    assert button["aria-describedby"] == told["id"] == "explain-here-base"
    assert told["role"] == "tooltip"
    assert "分母" in told["children"]


def test_a_word_may_be_written_otherwise() -> None:
    [button, _] = explain("saving", "panel", "削減見込（RPA）").children
    assert button.children == "削減見込（RPA）"


def test_only_known_words_can_be_explained() -> None:
    with pytest.raises(KeyError):
        explain_row("here", ["コア"])


@pytest.mark.parametrize("path", MET)
def test_hard_words_are_explained_where_they_are_met(app: Dash, path: str) -> None:
    known = {term.label: term.note for term in EXPLANATIONS.values()}
    shown = explained(Browser(app).page(path))
    assert set(MET[path].split()) <= set(shown)
    assert {word: shown[word] for word in shown if word in known} == {
        word: known[word] for word in shown if word in known
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_no_two_explanations_share_an_id(app: Dash, page: Page) -> None:
    tree = Browser(app).page(page.path)
    ids = Counter(str(one["props"].get("id")) for one in components(tree))
    twice = [name for name, count in ids.items() if name.startswith("explain-") and count > 1]
    assert twice == []


def test_each_word_has_one_meaning_of_a_readable_length() -> None:
    labels = [term.label for term in EXPLANATIONS.values()]
    assert len(set(labels)) == len(labels)
    for term in EXPLANATIONS.values():
        assert term.note.endswith("。")
        assert 10 < len(term.note) <= 100, term.label


def test_the_glossary_says_the_same() -> None:
    part = GLOSSARY.read_text(encoding="utf-8").split("## 画面の言葉の説明")[1]
    rows = [line for line in part.splitlines() if line.startswith("| ")][1:]
    assert rows == [f"| {term.label} | {term.note} |" for term in EXPLANATIONS.values()]
