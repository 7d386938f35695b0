"""`bpr edition`, `--edition` and `bpr forget` as people call them."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from bpr.workspace import Workspace
from tests.builder import workbook
from tests.cli.conftest import Cli, Done
from tests.tabulate.town import TOWN, town_workbook
from tests.workspace.two_years import LATER

INPUT, SENDING = "税務課-1", "税務課-3"
COPIES = "前に取った控え（bpr backup）には残っています。控えの保存期間も確かめてください。\n"


@pytest.fixture
def years(tmp_path: Path, cli: Cli) -> Cli:
    """Editions 2 (2024) and 3 (2025), each with its workbook."""
    for number, rows in ((2, TOWN), (3, LATER)):
        assert cli("edition", "open", "みどり野町", 2022 + number).status == 0
        file = tmp_path / f"{number}" / "調査票.xlsx"
        file.parent.mkdir()
        file.write_bytes(workbook(rows).data)
        assert cli("import", file, "--edition", number).status == 0
    return cli


def lines(done: Done) -> list[str]:
    assert done.status == 0, done.err
    return [" ".join(line.split()) for line in done.out.splitlines()]


def refused(done: Done, part: str) -> None:
    assert (done.status, done.out) == (2, "")
    assert part in done.err
    assert "受付番号" not in done.err


# --- editions -----------------------------------------------------------------------------------


def test_editions_are_opened_closed_and_listed(cli: Cli) -> None:
    assert lines(cli("edition", "open", "みどり野町", 2024)) == [
        "調査 2「みどり野町 令和6年度調査」を始めました。"
    ]
    lines(cli("edition", "open", "みどり野町", 2025, "--name", "試行"))
    assert lines(cli("edition", "close", 3, "--reason", "終わった")) == [
        "調査 3 を締め切りました。"
    ]
    listed = lines(cli("edition", "list"))
    assert listed[0] == "番号 名前 団体 年度 状態"
    assert listed[1] == "1 業務量調査 受付中"
    assert listed[2] == "*2 みどり野町 令和6年度調査 みどり野町 2024 受付中"
    assert listed[3].startswith("3 試行 みどり野町 2025 締切 2")
    refused(cli("edition", "reopen", 3), "理由を入れてください")
    assert lines(cli("edition", "reopen", 3, "--reason", "直す")) == [
        "調査 3 の締め切りを解きました。"
    ]
    refused(cli("edition", "open", "みどり野町", 2024), "はもうあります（番号 2）")
    refused(cli("edition", "close", 9), "bpr edition list で番号を確かめてください")


def test_every_command_works_on_the_edition_that_is_named(
    years: Cli, own_folder: Path, tmp_path: Path
) -> None:
    for number, gone in ((2, True), (3, False)):
        assert years("export", "tasks-csv", f"{number}.csv", "--edition", number).status == 0
        text = (own_folder / f"{number}.csv").read_text(encoding="utf-8-sig")
        assert ("備品の片付け" in text) is gone
    assert "2 課から戻りました" in lines(years("collection", "--edition", 2))[-1]
    lines(years("edition", "close", 2))
    refused(years("import", tmp_path / "3" / "調査票.xlsx", "--edition", 2), "締め切ってあるので")
    refused(
        years("import", tmp_path / "3" / "調査票.xlsx", "--edition", 9), "調査の番号 9 がありません"
    )
    lines(years("decide", "add", INPUT, "--edition", 2))
    lines(years("decide", "add", INPUT))
    assert [line.split()[6] for line in lines(years("decide", "list"))[1:]] == ["98.3", "64.4"]


def test_forms_are_made_of_a_kept_edition(years: Cli, own_folder: Path, tmp_path: Path) -> None:
    done = years("template", "次の年", "--edition", 2, "--year", 2026)
    assert done.status == 0
    assert "調査票を 2 冊作りました" in done.err
    texts = {
        str(cell)
        for path in (own_folder / "次の年").iterdir()
        for row in openpyxl.load_workbook(path).worksheets[0].values
        for cell in row
    }
    assert {"備品の片付け", "税額の決定"} <= texts
    both = years("template", "x", "--edition", 2, "--from", tmp_path / "2")
    refused(both, "--from と --edition は、どちらか 1 つ")


def test_two_years_are_compared_and_links_are_told(years: Cli, own_folder: Path) -> None:
    found = lines(years("edition", "compare", 2, 3, "--out", "比較.xlsx"))
    assert "合計 7 1,000.0 800.0 -200.0 30.0 -180.0 -50.0 0.0" in found
    assert "■ 同じ業務か確かめていない組（1 組）" in found
    assert f"{SENDING} {SENDING} 0.55 整理番号：整理番号が同じで、業務名が似ている" in found
    assert openpyxl.load_workbook(own_folder / "比較.xlsx").sheetnames[0] == "前年度との比較"
    lines(years("decide", "add", SENDING, "--edition", 2))
    refused(years("decide", "measure", 1, "--survey", 3), "前年度との対応")
    assert lines(years("edition", "deny", 2, 3, SENDING)) == [
        f"「{SENDING}」と「{SENDING}」は違う業務だと記録しました。"
    ]
    refused(years("edition", "deny", 2, 3, SENDING), "つながっている業務はありません")
    assert lines(years("edition", "confirm", 2, 3, SENDING, SENDING)) == [
        f"「{SENDING}」は「{SENDING}」と同じ業務だと記録しました。"
    ]
    assert not [
        line for line in lines(years("edition", "compare", 2, 3)) if "確かめていない組" in line
    ]
    assert lines(years("decide", "measure", 1, "--survey", 3)) == ["対象 1 の効果を記録しました。"]
    assert (
        "1 作業時間（時間） 200 150 2024-04-01..2025-03-31 2025-04-01..2026-03-31 実績 1 調査の業務の行数"
        in lines(years("decide", "show", 1))
    )
    refused(years("edition", "compare", 2, 3, "--out", "比較.csv"), ".xlsx にしてください")
    refused(years("edition", "confirm", 2, 3, "ない-1"), "業務ID「ない-1」は、調査 2 にありません")
    assert "調査 3 にはない" in lines(years("edition", "confirm", 2, 3, "福祉課-3"))[0]


# --- forget -------------------------------------------------------------------------------------


@pytest.fixture
def replaced(cli: Cli) -> Cli:
    """A workbook that came in 2020 and was replaced in 2021."""
    workspace = Workspace.open()
    for year, book in ((2020, town_workbook()), (2021, workbook(LATER, name="調査票.xlsx"))):
        workspace.clock = lambda year=year: datetime(year, 5, 1, 3, tzinfo=UTC)  # type: ignore[misc] # bound at once
        workspace.import_workbooks([book])
    workspace.store.engine.dispose()
    return cli


def test_what_is_no_longer_kept_is_cleared(replaced: Cli, tmp_path: Path) -> None:
    planned = lines(replaced("forget", "--dry-run"))
    size = f"{len(town_workbook().data) / 1000:,.1f} KB"
    assert planned[:2] == [
        "調査 ファイル 差し替え・外した日 大きさ",
        f"1 調査票.xlsx 2021-05-01 {size}",
    ]
    assert planned[2] == "--dry-run を付けなければ、この 調査票 1 冊（1 版）の中身を消します。"
    assert lines(replaced("forget", "--before", "2021-05-01")) == ["消す調査票はありません。"]
    done = replaced("forget")
    assert done.out.endswith(f"調査票 1 冊（1 版）の中身を消しました。{COPIES}")
    assert lines(replaced("forget")) == ["消す調査票はありません。"]
    file = tmp_path / "調査票.xlsx"
    file.write_bytes(workbook(LATER).data)
    assert "1 / 1 ファイル、6 業務を読みました" in replaced("import", file).err


def test_all_that_was_replaced_is_cleared(cli: Cli, tmp_path: Path) -> None:
    for rows in (TOWN, LATER):
        (tmp_path / "調査票.xlsx").write_bytes(workbook(rows).data)
        cli("import", tmp_path / "調査票.xlsx")
    assert lines(cli("forget")) == ["消す調査票はありません。"]
    assert "調査票 1 冊（1 版）の中身を消しました" in lines(cli("forget", "--all-replaced"))[-1]


def test_a_closed_edition_is_emptied_only_on_purpose(years: Cli) -> None:
    lines(years("decide", "add", INPUT, "--edition", 2))
    refused(
        years("forget", "--edition", 2, "--yes"), "先に bpr edition close 2 で締め切ってください"
    )
    lines(years("edition", "close", 2))
    refused(
        years("forget", "--edition", 2), "元に戻せません。消してよければ --yes を付けてください"
    )
    refused(years("forget", "--edition", 2, "--before", "2024-01-01"), "どれか 1 つ")
    refused(years("forget", "--edition", 2, "--yes", "--dry-run"), "一緒に使えません")
    done = years("forget", "--edition", 2, "--yes")
    assert done.out == f"調査 2 の 調査票 1 冊（1 版）の中身を消しました。{COPIES}"
    listed = lines(years("edition", "list"))
    assert listed[2].startswith(
        "2 みどり野町 令和6年度調査（調査票は消去済み） みどり野町 2024 締切"
    )
    assert lines(years("decide", "show", 1))[0] == "対象 1「賦課／申告書の入力」（版 1）"
    refused(years("export", "target-list", "x.xlsx", "--edition", 2), "取り込まれていません")
    refused(years("forget", "--edition", 2, "--yes"), "消去する調査票がありません")
