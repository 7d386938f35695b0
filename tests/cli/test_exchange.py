"""`bpr export exchange`: needs the number of inhabitants, and writes what other towns can load."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Cli
from tests.workspace.test_comparing import BOOK


@pytest.fixture
def town(tmp_path: Path, cli: Cli) -> None:
    """The town five times over, imported."""
    file = tmp_path / "調査票.xlsx"
    file.write_bytes(BOOK.data)
    assert cli("import", file).status == 0


@pytest.mark.usefixtures("town")
def test_the_file_is_written(cli: Cli, tmp_path: Path) -> None:
    done = cli("export", "exchange", tmp_path / "out.xlsx", "--population", 48_000)
    assert done.status == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert [cell.value for cell in book["集計"][2]][:6] == [*["total"] * 3, "全体", 30, 5000]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("options", [[], ["--population", "5"]])
def test_without_usable_inhabitants_nothing_is_written(
    cli: Cli, tmp_path: Path, options: list[str]
) -> None:
    done = cli("export", "exchange", tmp_path / "out.xlsx", *options)
    assert done.status == 2
    assert "人口" in done.err
    assert not (tmp_path / "out.xlsx").exists()
