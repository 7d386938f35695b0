"""The HTML report: the numbers of the frames, text that stays text, a file that needs nothing."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import polars as pl
import pytest

from bpr.export.report import tell_answer, write_report
from bpr.export.report_charts import Bar, draw_stacks
from bpr.export.report_numbers import write_amount, write_hours, write_range, write_share
from bpr.export.report_page import LONGEST, Html, Table, is_number, mark
from bpr.pipeline import Report, run
from tests.builder import SETTINGS, Rows, workbook
from tests.decide.records import History
from tests.export.matters import matter_of


class Page(HTMLParser):
    """Collects tags, attributes and the rows of the tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.rows: list[list[str]] = []
        self._cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def page_of(report: Report) -> Page:
    return Page(write_report(matter_of(report)).decode())


def row_of(page: Page, name: str) -> list[str]:
    return next(row for row in page.rows if row and row[0] == name)


def test_the_town_by_hand(town: Report) -> None:
    page = page_of(town)
    assert row_of(page, "I コア")[1:4] == ["20.0%", "0.0%", "20.0%"]
    assert row_of(page, "III ノンコア（専門性不要・定型）")[1:4] == ["40.0%", "20.0%", "60.0%"]
    assert row_of(page, "紙（量多い）") == [
        "紙（量多い）", "0", "0", "400", "0", "400", "40.0%", "11.8%",
    ]  # fmt: skip
    assert row_of(page, "電子")[5:7] == ["150", "15.0%"]
    assert row_of(page, "決裁等印鑑使用（件）")[5] == "950"
    assert row_of(page, "決裁等印鑑使用（割合）")[5] == "23.8%"


def test_three_sentences_answer(town: Report) -> None:
    first, second, third = tell_answer(matter_of(town))
    assert first.startswith(
        "年間 1,000 時間の仕事のうち、職員でなければできない仕事（コア）は 20.0% で（96団体平均 32.7%）"
    )
    assert "専門性のいらない定型の仕事が 60.0% ある（同 37.3%）" in first
    assert second == (
        "紙を使う仕事は 70.0%（阿見町 80.5%）で、紙を使う定型の仕事だけで全体の 60.0% を占める。"
    )
    good = town.tasks.filter(pl.col("best_lever").is_not_null())
    total = float(good.sort("rank").head(25)["saving_hours"].sum())
    assert f"見直しの候補は {good.height} 業務あり" in third
    assert f"年 {write_hours(total)} 時間" in third


def test_candidates_stand_with_all_that_was_found(town: Report) -> None:
    page = page_of(town)
    matter = matter_of(town)
    for task in matter.candidates.iter_rows(named=True):
        row = next(row for row in page.rows if len(row) == 7 and task["task"] in row[1])
        assert row[0].startswith(str(task["rank"]))
        assert row[3].startswith(f"{task['score']:.1f}")
        assert row[4] == "確実 100%"
        assert row[5].startswith(write_hours(task["saving_hours"]))
        assert [f"なぜ：理由 {task['task_id']}"] in page.rows


def test_targets_that_were_decided_on(town: Report) -> None:
    history = History().create(
        1, "2026-05-01", "税務課-1", status="selected", division="税務課", lever="rpa",
        expected_hours=120.0, expected_hours_low=60.0, expected_hours_high=200.0,
    ).create(2, "2026-05-01", "税務課-3").move(2, "2026-06-01", "withdrawn", reason="重複")  # fmt: skip
    page = Page(write_report(matter_of(town, history.events)).decode())
    assert next(row for row in page.rows if row[1:2] == ["取組1"]) == [
        "1", "取組1", "税務課", "RPA", "選定", "120（60〜200）", "–", "–",
    ]  # fmt: skip
    assert not [row for row in page.rows if row[1:2] == ["取組2"]]


def test_the_file_needs_nothing_else(town: Report) -> None:
    text = write_report(matter_of(town)).decode()
    page = Page(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="ja">')
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name in {"src", "href", "srcset"}]
    assert not re.search(r"https?://|url\(|@import", text)
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_charts_and_tables_can_be_read_without_eyes(town: Report) -> None:
    text = write_report(matter_of(town)).decode()
    assert text.count("<svg") == text.count("<desc") == text.count("</svg>") == 3
    assert text.count("<table>") == text.count("<caption>") == text.count("<thead>")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_survey_text_stays_text(hostile: Report) -> None:
    text = write_report(matter_of(hostile)).decode()
    assert "<script" not in text
    names = ["<script>alert(1)</script>", "=cmd|x", "あ" * 2000, "a\u202eb", "😀"]
    rows: Rows = [
        ["課", "業務名", "年間作業時間"],
        *([f"{n}課", f"{n}の申請書の入力", 900] for n in names),
    ]
    evil = run([workbook(rows, name="調査票.xlsx")], SETTINGS)
    page = write_report(matter_of(evil)).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;の申請書の入力" in page
    assert "=cmd|xの申請書の入力" in page
    assert "<bdi>a\u202eb" in page
    assert "あ" * (LONGEST + 1) not in page


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("a<b&\"c'", "<bdi>a&lt;b&amp;&quot;c&#x27;</bdi>"),
        (None, "–"),
        ("\x02\ud800甲", "<bdi>甲</bdi>"),
    ],
)
def test_marking(text: str | None, markup: str) -> None:
    assert mark(text) == markup
    assert mark(Html("<b>")) == "<b>"


def test_numbers_as_they_are_written() -> None:
    assert [write_hours(v) for v in (1234.5, -20.4, 0, None)] == ["1,234", "−20", "0", "–"]
    assert write_range(-20, 359) == "−20〜359"
    assert [write_share(0.3429), write_share(None)] == ["34.3%", "–"]
    assert [write_amount(25.0), write_amount(12.5), write_amount(None)] == ["25", "12.5", "–"]
    assert [is_number(t) for t in ("1,234", "−5〜6", "–", "%", "3 課", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_bar_is_as_long_as_its_value() -> None:
    bars = [Bar("甲", [30.0, 10.0], "40", ["30", "10"]), Bar("乙", [20.0, 0.0], "20", ["20", "0"])]
    drawn = draw_stacks("x", "題", "文", ["一", "二"], bars).markup
    widths = [float(w) for w in re.findall(r'width="([\d.]+)" height="26"', drawn)]
    assert widths == [333.0, 111.0, 222.0, 0.0]


def test_a_note_takes_the_whole_width_and_stays_with_its_row() -> None:
    table = Table("題", ["甲", "乙"], [["a", "1"], ["b", "2"]], notes=["なぜ a", ""]).build().markup
    assert table.count("<tbody>") == 2
    assert '<tr class="why"><td colspan="2">なぜ a</td></tr></tbody>' in table


def test_a_survey_without_hours_is_told_as_such() -> None:
    report = run([workbook([["課", "業務名"], ["税務課", "申告書の入力"]])], SETTINGS)
    text = write_report(matter_of(report)).decode()
    assert "1 業務の時間が分からないので、業務の内訳は出せない。" in text
    assert not re.search(r"[^a-z](nan|None|inf)[^a-z]", text)
