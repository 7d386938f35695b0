"""`bpr import`, `bpr export`, `bpr demo`, `bpr serve`: the commands over a store."""

import io
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from bpr.cli.demo import DEMO_URL
from bpr.workspace import Workspace
from tests.cli.conftest import Cli
from tests.cli.files import GOOD, put_good
from tests.listed import read_ids
from tests.tabulate.town import IDS, town_workbook


@pytest.fixture
def town(tmp_path: Path, cli: Cli) -> Path:
    """The town, imported into the store of the current folder."""
    file = tmp_path / "調査票.xlsx"
    file.write_bytes(town_workbook().data)
    assert cli("import", file).status == 0
    return file


# --- import -------------------------------------------------------------------------------------


def test_import_keeps_files_and_tells_how_many_were_new(
    cli: Cli, town: Path, tmp_path: Path, own_folder: Path
) -> None:
    assert (own_folder / "bpr-data" / "bpr.sqlite3").is_file()
    other = put_good(tmp_path / "収納課.xlsx")
    done = cli("import", town, other)
    assert done.status == 0
    assert "2 ファイルのうち 1 ファイルを取り込みました。" in done.err
    assert "2 / 2 ファイル、9 業務を読みました" in done.err


def test_import_into_the_database_that_the_environment_names(
    cli: Cli, tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BPR_DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere/x.sqlite3")
    assert cli("import", put_good(tmp_path / "a.xlsx")).status == 0
    assert (tmp_path / "elsewhere" / "x.sqlite3").is_file()
    assert list(own_folder.iterdir()) == []


UNUSABLE = ["nonsense", "sqlite:////dev/null/x/bpr.sqlite3", "postgresql+nodriver://u:pw@host/db"]


@pytest.mark.parametrize("url", UNUSABLE)
def test_an_unusable_store(
    cli: Cli, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put_good(tmp_path / "a.xlsx")
    monkeypatch.setenv("BPR_DATABASE_URL", url)
    for call in (["import", file], ["export", "tasks", tmp_path / "x.xlsx"], ["serve"]):
        done = cli(*call)
        assert (done.status, done.out) == (3, "")
        assert "データベース" in done.err
        assert re.search("(確かめて|指定して)ください。", done.err)
        assert "Traceback" not in done.err
    assert cli("analyze", file).status == 0


def test_a_store_that_is_no_database(cli: Cli, own_folder: Path, tmp_path: Path) -> None:
    (own_folder / "bpr-data").mkdir()
    (own_folder / "bpr-data" / "bpr.sqlite3").write_bytes(b"no database " * 1000)
    done = cli("import", put_good(tmp_path / "a.xlsx"))
    assert done.status == 3
    assert "データベースのファイルではないか、壊れています。" in done.err


# --- export -------------------------------------------------------------------------------------


def test_export_of_the_target_list_takes_the_first_of_the_ranking(
    cli: Cli, town: Path, own_folder: Path
) -> None:
    del town
    done = cli("export", "target-list", "一覧.xlsx", "--top", 3)
    assert (done.status, done.out) == (0, "")
    assert done.err == "「一覧.xlsx」に書き出しました。\n"
    workspace = Workspace.open()
    ranked = workspace.report().tasks.sort("rank")["task_id"].to_list()
    workspace.store.engine.dispose()
    assert read_ids(own_folder / "一覧.xlsx") == ranked[:3]


def test_export_of_everything(cli: Cli, town: Path, own_folder: Path) -> None:
    del town
    for kind, name in (("tasks", "t.xlsx"), ("tasks-csv", "t.csv"), ("findings", "f.xlsx")):
        assert cli("export", kind, name).status == 0
    book = openpyxl.load_workbook(own_folder / "t.xlsx")
    assert [row[0] for row in book["業務一覧"].values][1:] == IDS
    csv = pl.read_csv(io.BytesIO((own_folder / "t.csv").read_bytes()))
    assert csv["task_id"].to_list() == IDS
    assert openpyxl.load_workbook(own_folder / "f.xlsx").sheetnames == ["指摘一覧"]


def test_export_before_any_import_says_what_to_do(cli: Cli, own_folder: Path) -> None:
    done = cli("export", "target-list", "一覧.xlsx")
    assert (done.status, done.out) == (2, "")
    assert "受付番号" not in done.err
    assert "bpr import" in done.err
    assert not (own_folder / "一覧.xlsx").exists()


# --- demo ---------------------------------------------------------------------------------------


def test_the_demo_tells_what_the_town_is_made_of(cli: Cli, own_folder: Path) -> None:
    done = cli("demo", "--no-serve")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("見本の町：みどり野町　令和")
    assert lines[1].startswith("32 / 32 ファイル、")
    for head in ("■ 業務の性質別の時間", "■ 処理媒体別の時間", "■ 候補の上位 10 業務"):
        assert head in lines
    ranking = lines[lines.index("■ 候補の上位 10 業務") + 2 :]
    assert [line.split()[0] for line in ranking if line] == [str(n) for n in range(1, 11)]
    assert (own_folder / "bpr-data" / "demo.sqlite3").is_file()
    first = lines.index("■ 業務の性質別の時間") + 2
    classes = [re.findall(r"([\d,]+) +([\d.]+)%", line)[0] for line in lines[first : first + 5]]
    hours = [int(number.replace(",", "")) for number, _ in classes]
    assert sum(hours[:4]) == pytest.approx(hours[4], abs=2)
    assert [float(share) for _, share in classes] == pytest.approx(
        [100 * part / hours[4] for part in hours], abs=0.06
    )


def test_the_demo_twice_keeps_a_correction_made_in_between(cli: Cli) -> None:
    first = cli("demo", "--no-serve")
    workspace = Workspace.open(DEMO_URL)
    before = workspace.report().tasks
    task_id = before.filter(pl.col("work_class") == "routine")["task_id"].to_list()[0]
    workspace.correct_classes([task_id], "core", "試しに")
    workspace.store.engine.dispose()
    second = cli("demo", "--no-serve")
    assert (first.status, second.status) == (0, 0)
    again = Workspace.open(DEMO_URL)
    after = again.report().tasks
    again.store.engine.dispose()
    assert after.height == before.height
    assert after.filter(task_id=task_id).select("work_class", "work_class_source").row(0) == (
        "core",
        "person",
    )
    assert second.out.splitlines()[1] == first.out.splitlines()[1]


# --- serve --------------------------------------------------------------------------------------


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def never_served(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("served")

    monkeypatch.setattr("waitress.serve", refuse)
    monkeypatch.setattr("waitress.create_server", refuse)


@pytest.mark.usefixtures("never_served")
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.10", "town.example.jp", ""])  # noqa: S104 - must be refused
def test_serve_refuses_other_machines(cli: Cli, host: str) -> None:
    done = cli("serve", "--host", host)
    assert (done.status, done.out) == (2, "")
    assert f"--host {host} では開けません。" in done.err
    assert "127.0.0.1" in done.err


@pytest.mark.usefixtures("never_served")
def test_serve_tells_that_a_port_is_taken(cli: Cli, busy_port: int) -> None:
    for command in ("serve", "demo"):
        done = cli(command, "--port", busy_port)
        assert done.status == 2
        assert f"ポート {busy_port} は使われています。" in done.err
        assert "--port" in done.err.split("。")[1]


def test_a_bug_is_a_number_without_its_text(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    content = "山田太郎"

    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError(content)

    monkeypatch.setattr("bpr.cli.request.run", break_down)
    done = cli("analyze", put_good(tmp_path / "a.xlsx", GOOD))
    assert (done.status, done.out) == (70, "")
    [number] = re.findall(r"受付番号 ([0-9A-F]{8})", done.err)
    assert number in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "山田太郎" not in done.err + caplog.text
