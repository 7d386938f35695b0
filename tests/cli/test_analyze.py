"""`bpr analyze` and `bpr check`: results to standard output, the rest to standard error."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bpr.terms import FIELDS
from tests.builder import Rows, workbook
from tests.cli.conftest import Cli, Done
from tests.cli.files import BAD, NAMELESS, put_all, put_good


def tasks(done: Done) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.data)["tasks"]
    return found


# --- what comes out where -----------------------------------------------------------------------


def test_good_files(cli: Cli, tmp_path: Path) -> None:
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"))
    assert done.status == 0
    assert [task["activity_name"] for task in tasks(done)] == ["申告書の入力", "納付書の発送"]
    assert list(tasks(done)[0]) == list(FIELDS)
    assert done.err.startswith("1 / 1 ファイル、2 業務を読みました")


def test_nothing_is_written_beside_the_result(cli: Cli, tmp_path: Path, own_folder: Path) -> None:
    cli("analyze", put_good(tmp_path / "税務課.xlsx"))
    cli("check", tmp_path / "税務課.xlsx")
    assert list(own_folder.iterdir()) == []


def test_progress_is_shown_to_a_person_on_standard_error(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"))
    assert "読み取り" in done.err
    assert "100%" in done.err
    assert len(tasks(done)) == 2


def test_no_progress_where_nobody_watches(cli: Cli, tmp_path: Path) -> None:
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"))
    assert "読み取り" not in done.err
    assert "%" not in done.err


@pytest.mark.parametrize(
    ("name", "options", "kind"),
    [
        ("結果.json", [], "json"),
        ("結果.csv", [], "csv"),
        ("結果.parquet", [], "parquet"),
        ("結果.xlsx", [], "xlsx"),
        ("結果.XLSX", [], "xlsx"),
        ("結果", [], "json"),
        ("結果.dat", ["--format", "csv"], "csv"),
        ("結果.json", ["--format", "parquet"], "parquet"),
    ],
)
def test_the_name_of_the_file_or_the_option_decides_the_format(
    cli: Cli, tmp_path: Path, own_folder: Path, name: str, options: list[str], kind: str
) -> None:
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"), "--out", name, *options)
    assert (done.status, done.out) == (0, "")
    assert activities((own_folder / name).read_bytes(), kind) == ["申告書の入力", "納付書の発送"]


@pytest.mark.parametrize("kind", ["json", "csv", "parquet", "xlsx"])
def test_every_format_goes_through_a_pipe(cli: Cli, tmp_path: Path, kind: str) -> None:
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"), "--format", kind)
    assert done.status == 0
    assert activities(done.data, kind) == ["申告書の入力", "納付書の発送"]


def activities(data: bytes, kind: str) -> list[str]:
    match kind:
        case "json":
            return [task["activity_name"] for task in json.loads(data)["tasks"]]
        case "csv":
            return pl.read_csv(io.BytesIO(data))["activity_name"].to_list()
        case "parquet":
            return pl.read_parquet(io.BytesIO(data))["activity_name"].to_list()
        case _:
            header, *rows = openpyxl.load_workbook(io.BytesIO(data))["業務一覧"].values
            return [str(row[header.index("作業名")]) for row in rows]


def test_binary_results_are_not_thrown_at_a_screen(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"), "--format", "xlsx")
    assert (done.status, done.out) == (2, "")
    assert "--out で保存先を指定してください。" in done.err


def test_a_file_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"), "--out", tmp_path / "ない" / "x.csv")
    assert (done.status, done.out) == (2, "")
    assert (
        "x.csv」に書き込めません。フォルダがあるか、ほかで開いていないか確かめてください。"
        in done.err
    )


# --- bad files and rows -------------------------------------------------------------------------


def test_bad_files_among_good_ones(cli: Cli, tmp_path: Path) -> None:
    done = cli("analyze", put_all(tmp_path / "調査票"))
    assert done.status == 1
    assert [(task["workbook"], task["task_name"]) for task in tasks(done)] == [
        ("01_税務課.xlsx", "賦課"),
        ("01_税務課.xlsx", "徴収"),
        ("99_収納課.xlsx", "賦課"),
        ("99_収納課.xlsx", "徴収"),
    ]
    lines = done.err.splitlines()
    for name, (_, advice) in BAD.items():
        own = [line for line in lines if name in line]
        assert len(own) == 1
        assert own[0].startswith(f"エラー: {name}: ")
        assert own[0].endswith(f"→ {advice}") or own[0].endswith(advice)
    assert "Traceback" not in done.err
    assert lines[0].startswith("2 / 7 ファイル、4 業務を読みました（指摘：エラー 5 件")


def test_bad_files_stand_in_the_json_with_their_reason(cli: Cli, tmp_path: Path) -> None:
    books = json.loads(cli("analyze", put_all(tmp_path / "調査票")).data)["workbooks"]
    refused = {book["name"]: book["reason"] for book in books if book["status"] == "refused"}
    assert set(refused) == set(BAD)
    assert refused["鍵.xlsx"] == "パスワードがかかっているため読めません。"


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["analyze", "check", "import"])
def test_nothing_readable(cli: Cli, tmp_path: Path, command: str, name: str) -> None:
    file = tmp_path / name
    data, advice = BAD[name]
    file.write_bytes(data)
    done = cli(command, file)
    assert done.status == 2
    assert name in done.err
    assert advice in done.err
    assert "Traceback" not in done.err
    assert "受付番号" not in done.err


@pytest.mark.parametrize("command", ["analyze", "check", "import"])
def test_a_row_left_out(cli: Cli, tmp_path: Path, command: str) -> None:
    done = cli(command, put_good(tmp_path / "税務課.xlsx", NAMELESS))
    assert done.status == 1
    assert "エラー: 税務課.xlsx 調査票 B2: 業務名も作業名もない行です。" in done.err


def test_a_warning_alone_is_no_failure(cli: Cli, tmp_path: Path) -> None:
    rows: Rows = [["課", "業務名", "年間件数"], ["税務課", "入力", "多数"], ["税務課", "入力", 5]]
    done = cli("check", put_good(tmp_path / "税務課.xlsx", rows))
    assert done.status == 0
    assert "要確認" in done.out


def test_many_errors_are_cut_short_on_the_screen(cli: Cli, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"空{number:02}.xlsx").write_bytes(b"")
    done = cli("analyze", tmp_path, "--out", tmp_path / "x.json")
    assert done.status == 2
    assert done.err.count("エラー: ") == 20
    assert "……ほか 10 件。" in done.err


def test_an_empty_folder(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    done = cli("analyze", tmp_path / "空")
    assert (done.status, done.out) == (2, "")
    assert "空」に調査票（.xlsx" in done.err


# --- the layout by hand -------------------------------------------------------------------------

ODD: Rows = [["甲", "乙", "丙"], ["入力", 30, "税務課"], ["照合", 60, "福祉課"]]


def put_odd(tmp_path: Path) -> Path:
    return put_good(tmp_path / "独自.xlsx", ODD)


def test_without_help_the_odd_form_is_refused(cli: Cli, tmp_path: Path) -> None:
    assert cli("analyze", put_odd(tmp_path)).status == 2


def test_map_and_header_row(cli: Cli, tmp_path: Path) -> None:
    maps = ["--map", "task_name=A", "--map", "annual_hours=b", "--map", "division=C"]
    done = cli("analyze", put_odd(tmp_path), *maps, "--header-row", 1)
    assert done.status == 0
    assert [(t["task_name"], t["annual_hours"], t["division"]) for t in tasks(done)] == [
        ("入力", 30.0, "税務課"),
        ("照合", 60.0, "福祉課"),
    ]
    sheet = json.loads(done.data)["workbooks"][0]["sheets"][0]
    assert sheet["mapping"] == {"task_name": "A", "annual_hours": "B", "division": "C"}
    assert sheet["header_row"] == 1


def test_map_overrides_what_was_understood(cli: Cli, tmp_path: Path) -> None:
    rows: Rows = [["業務名", "年間作業時間", "修正後"], ["入力", 30, 45]]
    file = put_good(tmp_path / "税務課.xlsx", rows)
    assert tasks(cli("analyze", file))[0]["annual_hours"] == 30
    done = cli("analyze", file, "--map", "annual_hours=C")
    assert tasks(done)[0]["annual_hours"] == 45


def test_sheet(cli: Cli, tmp_path: Path) -> None:
    first: Rows = [["業務名", "年間作業時間"], ["入力", 30]]
    second: Rows = [["業務名", "年間作業時間"], ["照合", 60]]
    book = workbook(first, sheet="原本", others={"記入例": second})
    file = tmp_path / "税務課.xlsx"
    file.write_bytes(book.data)
    assert [t["task_name"] for t in tasks(cli("analyze", file))] == ["入力"]
    assert [t["task_name"] for t in tasks(cli("analyze", file, "--sheet", "記入例"))] == ["照合"]
    assert cli("analyze", file, "--sheet", "ない").status == 2


def test_own_settings(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    own = "hours_per_fte = 2000.0\nhours_per_day = 8.0\n"
    (tmp_path / "own" / "kpi.toml").write_text(own, encoding="utf-8")
    file = put_good(tmp_path / "税務課.xlsx", [["業務名", "人工"], ["入力", 0.5]])
    assert tasks(cli("analyze", file))[0]["annual_hours"] == 930
    done = cli("analyze", file, "--settings", tmp_path / "own")
    assert tasks(done)[0]["annual_hours"] == 1000


def test_settings_that_cannot_be_used(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "kpi.toml").write_text("hours_per_ftes = 2000.0\n", encoding="utf-8")
    done = cli("analyze", put_good(tmp_path / "税務課.xlsx"), "--settings", tmp_path / "own")
    assert (done.status, done.out) == (2, "")
    assert "kpi.toml" in done.err
    assert "hours_per_fte のことですか" in done.err


# --- check --------------------------------------------------------------------------------------

DOUBTFUL: Rows = [["課", "業務名", "年間件数", "年間作業時間"], ["税務課", "入力", "多数", 30]]


def test_findings_as_text_name_the_cell_and_the_remedy(cli: Cli, tmp_path: Path) -> None:
    done = cli("check", put_good(tmp_path / "税務課.xlsx", DOUBTFUL))
    assert done.status == 0
    [line] = [line for line in done.out.splitlines() if "C2" in line]
    assert line.startswith(("要確認: 税務課.xlsx 調査票 C2: ", "お知らせ: 税務課.xlsx 調査票 C2: "))
    assert "「多数」" in line
    assert "［L2-01 数値に文字を含まない］ → " in line


def test_findings_as_json(cli: Cli, tmp_path: Path) -> None:
    done = cli("check", put_good(tmp_path / "税務課.xlsx", DOUBTFUL), "--format", "json")
    places = {(f["workbook"], f["sheet"], f["cell"]) for f in json.loads(done.data)}
    assert ("税務課.xlsx", "調査票", "C2") in places


def test_findings_as_a_workbook_by_the_name_of_the_file(
    cli: Cli, tmp_path: Path, own_folder: Path
) -> None:
    """As in `analyze`: a file named .xlsx is one."""
    file = put_good(tmp_path / "税務課.xlsx", DOUBTFUL)
    other = put_good(tmp_path / "福祉課.xlsx", DOUBTFUL)
    assert cli("check", file, other, "--format", "xlsx", "--out", "a.xlsx").status == 0
    assert cli("check", file, other, "--out", "b.xlsx").status == 0
    assert cli("check", file, "--out", "b.json").status == 0
    for name in ("a.xlsx", "b.xlsx"):
        assert (own_folder / name).read_bytes().startswith(b"PK")
        assert openpyxl.load_workbook(own_folder / name).sheetnames == ["指摘一覧"]
    assert json.loads((own_folder / "b.json").read_bytes())


def test_a_survey_without_findings(cli: Cli, tmp_path: Path) -> None:
    rows: Rows = [
        ["課", "業務名", "年間作業時間", "職員でなければできない", "専門性", "定型"],
        ["税務課", "入力", 10, "いいえ", "いいえ", "はい"],
    ]
    done = cli("check", put_good(tmp_path / "税務課.xlsx", rows))
    assert (done.status, done.out) == (0, "")
    assert "指摘：なし" in done.err
