"""`bpr template`: whom it asks, where it writes, what it never overwrites."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export.template import era_year
from bpr.read.offices import read_date
from tests.builder import Rows, text_file, workbook
from tests.cli.conftest import Cli

YEAR = ("--year", "2027")
LAST_YEAR: Rows = [
    ["団体名", "年度", "部", "課", "業務名", "作業名", "年間件数", "年間作業時間", "処理媒体", "職員でなければできない"],
    ["みどり野町", 2026, "総務部", "税務課", "賦課", "申告書の入力", 1000, 400, "紙（量多い）", "いいえ"],
    ["みどり野町", 2026, "総務部", "税務課", "賦課", "税額の決定", 20, 40, "電子", "はい"],
    ["みどり野町", 2026, "議会", "議会事務局", "会議", "会議録の作成", 8, 300, "電子", "いいえ"],
]  # fmt: skip


def put(path: Path, rows: Rows) -> Path:
    made = workbook(rows) if path.suffix == ".xlsx" else text_file(rows)
    path.write_bytes(made.data)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def sheet(data: bytes, name: str = "調査票") -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def column(data: bytes, label: str) -> list[Any]:
    """Values of a column down to the last task."""
    rows = list(sheet(data).iter_rows(values_only=True))
    at, last = rows[0].index(label), rows[0].index("業務名")
    return [row[at] for row in rows[1:] if row[last] is not None]


def cover(data: bytes) -> dict[Any, Any]:
    return {row[0]: row[1] for row in sheet(data, "提出票").iter_rows(values_only=True)}


# --- where it writes ----------------------------------------------------------------------------


def test_a_folder_is_made_with_a_form_for_every_division(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "新しい" / "配布"
    done = cli("template", out, "--division", "税務課", "--division", "総務課", *YEAR)
    assert (done.status, done.out) == (0, "")
    assert "調査票を 2 冊作りました（白紙 2 冊）" in done.err
    assert names(out) == ["調査票_税務課_令和9年度.xlsx", "調査票_総務課_令和9年度.xlsx"]


def test_a_zip_holds_the_same_files(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "配布.zip"
    assert cli("template", out, "--division", "税務課", *YEAR).status == 0
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["調査票_税務課_令和9年度.xlsx"]
        assert cover(archive.read(archive.namelist()[0]))["課名"] == "税務課"


@pytest.mark.parametrize("out", ["配布", "配布.zip"])
def test_what_is_there_is_not_overwritten_unless_asked(cli: Cli, tmp_path: Path, out: str) -> None:
    place = tmp_path / out
    call = ("template", place, "--division", "税務課", *YEAR)
    assert cli(*call).status == 0
    file = place if place.is_file() else place / names(place)[0]
    file.write_bytes(b"filled in")
    done = cli(*call, "--division", "総務課")
    assert done.status == 2
    assert "何も書きませんでした" in done.err
    assert file.name in done.err
    assert "--force" in done.err
    assert file.read_bytes() == b"filled in"
    assert place.is_file() or len(names(place)) == 1
    assert cli(*call, "--force").status == 0
    assert file.read_bytes() != b"filled in"


def test_many_files_in_the_way_are_counted(cli: Cli, tmp_path: Path) -> None:
    divisions = [part for n in range(5) for part in ("--division", f"第{n}課")]
    cli("template", tmp_path / "配布", *divisions, *YEAR)
    assert "ほか 2 冊" in cli("template", tmp_path / "配布", *divisions, *YEAR).err


def test_a_file_where_the_folder_should_be(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "配布").write_text("x")
    (tmp_path / "配布.zip").mkdir()
    for out in ("配布", "配布.zip", "配布/下"):
        done = cli("template", tmp_path / out, "--division", "税務課", "--force")
        assert done.status == 2
        assert out in done.err


def test_a_name_is_never_a_path(cli: Cli, tmp_path: Path) -> None:
    cli("template", tmp_path / "配布", "--division", "../../税務課", *YEAR)
    assert names(tmp_path / "配布") == ["調査票_税務課_令和9年度.xlsx"]


# --- whom it asks -------------------------------------------------------------------------------

LIST: Rows = [
    ["令和9年度　課一覧"],
    ["部", "課", "正規職員数（人）", "非正規職員数（人）", "提出期限"],
    ["総務部", "税務課", 12, "4.5人", datetime(2027, 5, 31)],  # noqa: DTZ001 - as in a cell
    [None, "総務課", None, None, None],
    ["議会", "議会事務局", 3, 0, "令和9年6月15日"],
    [None, None, None, None, None],
    [None, "合計", 15, 4.5, None],
]


@pytest.mark.parametrize("name", ["課一覧.xlsx", "課一覧.csv"])
def test_a_list_tells_departments_staff_and_days(cli: Cli, tmp_path: Path, name: str) -> None:
    rows = [[v.date() if isinstance(v, datetime) else v for v in row] for row in LIST]
    file = put(tmp_path / name, rows if name.endswith("csv") else LIST)
    out = tmp_path / "配布"
    more = ("--municipality", "みどり野町", "--due", "2027-06-30")
    done = cli("template", out, "--list", file, *more, *YEAR)
    assert done.status == 0
    found = {n: cover((out / n).read_bytes()) for n in names(out)}
    told = {
        c["課名"]: (c["部名"], c["正規職員数（人）"], c["非正規職員数（人）"], c["提出期限"].date())
        for c in found.values()
    }
    assert told == {
        "税務課": ("総務部", 12, 4.5, date(2027, 5, 31)),
        "総務課": ("総務部", None, None, date(2027, 6, 30)),
        "議会事務局": ("議会", 3, 0, date(2027, 6, 15)),
    }
    assert {c["団体名"] for c in found.values()} == {"みどり野町"}
    assert {c["調査年度"] for c in found.values()} == {"令和9年度（2027年度）"}


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([["部", "人数"], ["総務部", 3]], ["「課」の列がありません", "見出し"]),
        ([["課", "部"], [None, "総務部"]], ["課が 1 つもありません"]),
        ([["課", "正規職員数"], ["税務課", "多数"]], ["B2", "多数", "数字だけ"]),
        ([["課", "提出期限"], ["税務課", "夏ごろ"]], ["B2", "夏ごろ", "2027-06-30"]),
        ([["課", "部"], ["税務課", "甲"], ["税務課", "乙"]], ["税務課", "2 回"]),
    ],
)
def test_a_list_that_cannot_be_used(cli: Cli, tmp_path: Path, rows: Rows, parts: list[str]) -> None:
    done = cli("template", tmp_path / "配布", "--list", put(tmp_path / "一覧.xlsx", rows))
    assert done.status == 2
    assert all(part in done.err for part in parts), done.err
    assert not (tmp_path / "配布").exists()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ([], ["--division", "--list", "--from"]),
        (["--division", " "], ["空です"]),
        (["--division", "税務課", "--division", "税務課"], ["税務課", "2 回"]),
        (["--division", "税務課", "--due", "6月末"], ["--due", "6月末", "2027-06-30"]),
        (["--division", "税務課", "--year", "9"], ["--year", "2019 以上"]),
        (["--list", "ない.xlsx"], ["ない.xlsx", "開けません"]),
        (["--from", "ない"], ["ない", "がありません"]),
    ],
)
def test_a_call_that_cannot_be_used(
    cli: Cli, own_folder: Path, arguments: list[str], parts: list[str]
) -> None:
    done = cli("template", "配布", *arguments)
    assert done.status == 2
    assert all(part in done.err for part in parts), done.err
    assert names(own_folder) == []


def test_a_broken_list_is_named_with_its_remedy(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "一覧.xlsx").write_bytes(b"PK broken")
    done = cli("template", tmp_path / "配布", "--list", tmp_path / "一覧.xlsx")
    assert done.status == 2
    assert "一覧.xlsx" in done.err
    assert "保存し直し" in done.err


def test_without_a_year_it_is_the_year_that_runs(cli: Cli, tmp_path: Path) -> None:
    cli("template", tmp_path / "配布", "--division", "税務課")
    today = date.today()  # noqa: DTZ011 - as the office counts
    year = era_year(today.year if today.month >= 4 else today.year - 1)
    assert names(tmp_path / "配布") == [f"調査票_税務課_{year}.xlsx"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-06-30", date(2027, 6, 30)),
        ("２０２７／６／３０", date(2027, 6, 30)),
        ("2027年6月30日", date(2027, 6, 30)),
        ("令和 9 年 6 月 30 日", date(2027, 6, 30)),
        ("R9.6.30", date(2027, 6, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("2027-13-01", None),
        ("6月30日", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    assert read_date(text) == day


# --- what is filled in beforehand ---------------------------------------------------------------


def test_last_years_returns_make_one_form_for_each_division(cli: Cli, tmp_path: Path) -> None:
    file, out = put(tmp_path / "回答.xlsx", LAST_YEAR), tmp_path / "配布"
    done = cli("template", out, "--from", file, *YEAR)
    assert done.status == 0
    assert "2 冊作りました（前の年の業務 2 冊）" in done.err
    assert names(out) == ["調査票_税務課_令和9年度.xlsx", "調査票_議会事務局_令和9年度.xlsx"]
    data = (out / "調査票_税務課_令和9年度.xlsx").read_bytes()
    assert column(data, "作業名") == ["申告書の入力", "税額の決定"]
    assert column(data, "部") == ["総務部", "総務部"]
    assert column(data, "年度") == [2027, 2027]
    for label in ("年間件数（件）", "年間作業時間（時間）", "処理媒体", "職員でなければできない"):
        assert column(data, label) == [None, None]
    assert cover(data)["団体名"] == "みどり野町"
    assert cover(data)["部名"] == "総務部"


def test_answers_are_kept_when_asked_and_figures_never(cli: Cli, tmp_path: Path) -> None:
    file, out = put(tmp_path / "回答.xlsx", LAST_YEAR), tmp_path / "配布"
    cli("template", out, "--from", file, "--keep-answers", *YEAR)
    data = (out / "調査票_税務課_令和9年度.xlsx").read_bytes()
    assert column(data, "処理媒体") == ["紙（量多い）", "電子"]
    assert column(data, "職員でなければできない") == ["いいえ", "はい"]
    assert column(data, "年間件数（件）") == [None, None]
    assert column(data, "年間作業時間（時間）") == [None, None]


def test_the_list_decides_and_the_rest_is_told(cli: Cli, tmp_path: Path) -> None:
    file, out = put(tmp_path / "回答.xlsx", LAST_YEAR), tmp_path / "配布"
    asked = ("--division", "税務課", "--division", "福祉課", "--division", "病院")
    done = cli("template", out, "--from", file, *asked, "--standard", *YEAR)
    assert "前の年の業務 1 冊、標準の業務 1 冊、白紙 1 冊" in done.err
    assert "業務を入れていない課：病院" in done.err
    assert "今回は作らなかった課：議会事務局" in done.err
    data = (out / "調査票_税務課_令和9年度.xlsx").read_bytes()
    assert column(data, "作業名") == ["申告書の入力", "税額の決定"]
    assert cover(data)["部名"] == "総務部"
    standard = (out / "調査票_福祉課_令和9年度.xlsx").read_bytes()
    assert len(column(standard, "業務名")) > 30
    assert set(column(standard, "整理番号")) == {None}


def test_returns_that_name_no_division_are_no_start(cli: Cli, tmp_path: Path) -> None:
    rows: Rows = [["業務名", "年間作業時間"], ["賦課", 10]]
    file = tmp_path / "回答.xlsx"
    file.write_bytes(workbook(rows).data)
    done = cli("template", tmp_path / "配布", "--from", file)
    assert done.status == 2
    assert "bpr check" in done.err


def test_a_form_filled_in_comes_back_through_check(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "配布"
    cli("template", out, "--division", "税務課", "--standard", *YEAR)
    done = cli("check", out)
    assert done.status == 0
    assert "missing-name" not in done.out
    assert "エラー" not in done.err
