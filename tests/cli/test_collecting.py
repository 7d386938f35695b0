"""Collecting on the command line: zips come in, marked workbooks go back, who is missing."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.builder import Rows, save, workbook
from tests.cli.conftest import Cli
from tests.cli.files import GOOD, NAMELESS, put_good
from tests.zips import encrypted_zip, raw_zip, zip_of

OTHER: Rows = [GOOD[0], ["市民課", "証明", "交付", 100, 40, "紙"]]


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def good(rows: Rows = GOOD) -> bytes:
    return workbook(rows).data


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- import -------------------------------------------------------------------------------------


def test_import_of_a_zip_tells_what_became_of_every_file(cli: Cli, tmp_path: Path) -> None:
    files = {"税務課.xlsx": good(), "写真.xlsx": b"\x89PNG", "福祉課.xlsx": b""}
    archive = put(tmp_path / "回収.zip", raw_zip({n.encode("cp932"): d for n, d in files.items()}))
    done = cli("import", archive)
    assert done.status == 1
    assert "3 ファイルのうち 3 ファイルを取り込みました。" in done.err
    assert "  新しい 3：税務課.xlsx、写真.xlsx、福祉課.xlsx\n" in done.err
    assert "  読めない 2：写真.xlsx、福祉課.xlsx\n" in done.err
    put(tmp_path / "回収.zip", zip_of({**files, "福祉課.xlsx": good(OTHER)}))
    done = cli("import", archive)
    assert "3 ファイルのうち 1 ファイルを取り込みました。" in done.err
    assert "  差し替え 1：福祉課.xlsx\n" in done.err
    assert "  変わらない 2：税務課.xlsx、写真.xlsx\n" in done.err
    assert "  読めない 1：写真.xlsx\n" in done.err


def test_two_offices_with_one_file_name(cli: Cli, tmp_path: Path) -> None:
    first = put(tmp_path / "朝" / "調査票.xlsx", good())
    second = put(tmp_path / "昼" / "調査票.xlsx", good(OTHER))
    assert cli("import", first).status == 0
    assert "新しい 1：調査票（市民課）.xlsx" in cli("import", second).err
    assert "3 業務" in cli("import", first.parent, second.parent).err


def test_an_encrypted_zip_is_told_and_the_rest_goes_on(cli: Cli, tmp_path: Path) -> None:
    put(tmp_path / "in" / "鍵.zip", encrypted_zip("税務課.xlsx"))
    put(tmp_path / "in" / "税務課.xlsx", good())
    for command in ("check", "import"):
        done = cli(command, tmp_path / "in")
        assert done.status == 1
        assert "エラー: 鍵.zip: zip にパスワードがかかっている" in done.err
        assert "1 / 2 ファイル、2 業務を読みました" in done.err


# --- check: whole workbooks go back -------------------------------------------------------------


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    put(tmp_path / "in" / "税務課.xlsx", good(NAMELESS))
    put(tmp_path / "in" / "下" / "市民課.xlsx", good(OTHER))
    put(tmp_path / "in" / "空.xlsx", b"")
    return tmp_path / "in"


RETURNED = ["市民課_指摘あり.xlsx", "税務課_指摘あり.xlsx", "空_指摘あり.xlsx"]


def sheets(path: Path) -> list[str]:
    return openpyxl.load_workbook(path).sheetnames


@pytest.mark.parametrize("out", ["返送", "返送/", "新しい/返送", "返送.d/"])
def test_into_a_folder_that_is_made(cli: Cli, inbox: Path, own_folder: Path, out: str) -> None:
    done = cli("check", inbox, "--format", "xlsx", "--out", out)
    assert done.status == 1
    assert f"「{out}」に、指摘を書き込んだ調査票を 3 冊保存しました。" in done.err
    assert names(own_folder / out) == RETURNED
    assert sheets(own_folder / out / RETURNED[1]) == ["指摘一覧", "調査票"]
    assert sheets(own_folder / out / RETURNED[2]) == ["指摘一覧"]


@pytest.mark.parametrize("out", ["返送", "返送/"])
def test_a_folder_needs_no_format(cli: Cli, inbox: Path, own_folder: Path, out: str) -> None:
    (own_folder / "返送").mkdir()
    assert cli("check", inbox, "--out", out).status == 1
    assert names(own_folder / "返送") == RETURNED


def test_into_a_zip(cli: Cli, inbox: Path, own_folder: Path) -> None:
    assert cli("check", inbox, "--out", "返送.zip").status == 1
    with zipfile.ZipFile(own_folder / "返送.zip") as archive:
        assert sorted(archive.namelist()) == RETURNED


def test_one_workbook_into_one_file(cli: Cli, inbox: Path, own_folder: Path) -> None:
    assert cli("check", inbox / "税務課.xlsx", "--out", "見て.xlsx").status == 1
    assert sheets(own_folder / "見て.xlsx") == ["指摘一覧", "調査票"]


def test_several_workbooks_into_one_file_are_a_list(
    cli: Cli, inbox: Path, own_folder: Path
) -> None:
    assert cli("check", inbox, "--out", "一覧.xlsx").status == 1
    assert sheets(own_folder / "一覧.xlsx") == ["指摘一覧"]


def test_a_zip_of_one_workbook_is_one_workbook(cli: Cli, tmp_path: Path, own_folder: Path) -> None:
    file = put(tmp_path / "a.zip", zip_of({"税務課.xlsx": good(NAMELESS)}))
    assert cli("check", file, "--out", "b.xlsx").status == 1
    assert sheets(own_folder / "b.xlsx") == ["指摘一覧", "調査票"]


def test_a_workbook_with_macros_keeps_its_kind(cli: Cli, tmp_path: Path, own_folder: Path) -> None:
    file = put(tmp_path / "税務課.xlsm", good(NAMELESS))
    done = cli("check", file, "--out", "b.xlsx")
    assert done.status == 2
    assert "名前の終わりを .xlsm にしてください" in done.err
    assert names(own_folder) == []


def test_text_and_json_stay_as_they_were(cli: Cli, inbox: Path, own_folder: Path) -> None:
    for out, options in (("a.json", []), ("b", []), ("c", ["--format", "json"])):
        assert cli("check", inbox, "--out", out, *options).status == 1
        assert (own_folder / out).is_file()


@pytest.mark.parametrize("out", ["税務課.xlsx", "税務課.json", "税務課"])
def test_what_was_read_is_never_overwritten(cli: Cli, tmp_path: Path, out: str) -> None:
    file = put(tmp_path / out, good(NAMELESS))
    before = file.read_bytes()
    done = cli("check", file, "--out", file, *(["--format", "json"] if "." not in out else []))
    assert done.status == 2
    assert "読み取ったファイルなので、上書きしません。" in done.err
    assert file.read_bytes() == before


def test_a_returned_workbook_that_was_read_is_not_overwritten(cli: Cli, tmp_path: Path) -> None:
    file = put(tmp_path / "in" / "税務課_指摘あり.xlsx", good(NAMELESS))
    other = put(tmp_path / "in" / "市民課.xlsx", good(OTHER))
    before = file.read_bytes()
    done = cli("check", other, file, "--out", tmp_path / "in")
    assert done.status == 2
    assert "税務課_指摘あり.xlsx」は読み取ったファイル" in done.err
    assert names(tmp_path / "in") == ["市民課.xlsx", "税務課_指摘あり.xlsx"]
    assert file.read_bytes() == before


def test_a_zip_that_was_read_is_not_overwritten(cli: Cli, tmp_path: Path) -> None:
    file = put(tmp_path / "a.zip", zip_of({"税務課.xlsx": good(NAMELESS)}))
    before = file.read_bytes()
    assert cli("check", file, "--out", file).status == 2
    assert file.read_bytes() == before


def test_a_link_to_what_was_read_is_not_overwritten(cli: Cli, tmp_path: Path) -> None:
    file = put(tmp_path / "税務課.xlsx", good(NAMELESS))
    (tmp_path / "同じ.xlsx").hardlink_to(file)
    assert cli("check", file, "--out", tmp_path / "同じ.xlsx").status == 2


# --- collection ---------------------------------------------------------------------------------


def office_list(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in [["部", "課", "提出期限"], *rows]:
        book.worksheets[0].append(row)
    return put(path, save(book))


def test_who_has_returned(cli: Cli, tmp_path: Path) -> None:
    listed = office_list(
        tmp_path / "課一覧.xlsx", ["総務部", "税務課", date(2099, 6, 30)], ["市民部", "市民課", date(2001, 6, 30)],
    )  # fmt: skip
    cli("import", put_good(tmp_path / "税務課.xlsx", NAMELESS), put(tmp_path / "空.xlsx", b""))
    done = cli("collection", "--list", listed)
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0].split() == [
        "部",
        "課",
        "期限",
        "残り",
        "状態",
        "業務",
        "時間/年",
        "エラー",
        "要確認",
        "ファイル",
    ]
    assert lines[1].split()[:6] == ["総務部", "税務課", "2099-06-30", "エラーあり", "2", "600"]
    assert lines[2].split()[2] == "2001-06-30"
    assert "日超過" in lines[2]
    assert "未提出" in lines[2]
    assert "読めない" in lines[3]
    assert lines[3].endswith("空.xlsx（ファイルが空です（0 バイト）。）")
    assert lines[4].startswith(
        "2 課のうち 1 課から戻りました（エラーのある課 1、読めないファイル 1）。"
    )
    assert "期限を " in lines[4]
    assert cli("collection").out == done.out


def test_a_due_day_for_all(cli: Cli, tmp_path: Path) -> None:
    listed = office_list(
        tmp_path / "a.xlsx", ["総務部", "税務課", date(2099, 6, 30)], [None, "市民課", None]
    )
    done = cli("collection", "--list", listed, "--due", "2099-07-01")
    assert "2099-06-30" in done.out
    assert "2099-07-01" in done.out
    again = cli("collection", "--due", "令和82年7月5日")
    assert again.out.count("2100-07-05") == 2
    assert "未提出は 2 課で、期限まであと " in again.out


def test_without_a_list(cli: Cli, tmp_path: Path) -> None:
    cli("import", put_good(tmp_path / "税務課.xlsx"))
    done = cli("collection")
    assert done.status == 0
    assert "1 課から戻りました。課の一覧を --list で渡すと" in done.out


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--due", "2099-06-30"], "--list 課一覧.xlsx も指定してください。"),
        (["--due", "いつか"], "--due「いつか」は日付として読めません。"),
        (["--list", "ない.xlsx"], "一覧「ない.xlsx」を開けません。"),
    ],
)
def test_a_list_that_cannot_be_used(cli: Cli, options: list[str], part: str) -> None:
    done = cli("collection", *options)
    assert done.status == 2
    assert part in done.err
