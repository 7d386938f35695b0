"""Help and complaints are Japanese, name everything, and the README knows every command."""

import re
from pathlib import Path

import click
import pytest

from bpr.cli.main import cli as group
from tests.cli.conftest import Cli

README = Path(__file__).parents[2] / "README.md"
COMMANDS = sorted(group.commands)
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
ENGLISH = re.compile(
    r"Usage:|Options:|Commands:|Arguments:|Show this message|Show the version|Error:|Try '|"
    r"INTEGER|TEXT|RANGE|\bPATH\]|required|default|is not|No such|requires|Got unexpected|"
    r"does not exist|Missing|Invalid|Did you mean"
)


def assert_japanese(text: str) -> None:
    assert JAPANESE.search(text)
    assert not ENGLISH.search(text), ENGLISH.search(text)


def test_the_commands() -> None:
    assert {"analyze", "check", "import", "export", "serve", "demo"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_japanese_and_names_every_option(cli: Cli, command: str) -> None:
    done = cli(command, "--help")
    assert done.status == 0
    assert done.err == ""
    assert_japanese(done.out)
    assert done.out.startswith(f"使い方: bpr {command} ")
    parameters = group.commands[command].params
    for option in parameters:
        if isinstance(option, click.Option):
            assert JAPANESE.search(option.help or ""), option.name
            for name in option.opts:
                assert name in done.out
    assert "-h, --help" in done.out
    assert cli(command, "-h").out == done.out


def test_help_of_the_program_lists_every_command_with_its_purpose(cli: Cli) -> None:
    done = cli("--help")
    assert done.status == 0
    assert_japanese(done.out)
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S*[ぁ-んァ-ヶ一-龠]", done.out, re.MULTILINE), name
    assert "終了コード: 0 完了" in done.out


def test_without_a_command_the_help_is_shown(cli: Cli) -> None:
    """Nothing was wrong with the call, so nothing is called wrong."""
    done = cli()
    assert "呼び出し方が違います" not in done.err
    assert "コマンド:" in done.out + done.err


def test_the_version(cli: Cli) -> None:
    done = cli("--version")
    assert (done.status, done.err) == (0, "")
    assert re.fullmatch(r"bpr \d+\.\d+\.\d+\S*\n", done.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_tells_every_command(command: str) -> None:
    assert re.search(rf"\bbpr {command}\b", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        ("analyze", ["PATH", "指定してください"]),
        ("analyze --fromat csv x", ["--fromat", "--format", "のことですか"]),
        ("analyze --format yaml x", ["--format", "yaml", "json", "csv", "parquet", "xlsx"]),
        ("check --format csv x", ["--format", "csv", "text", "json", "xlsx"]),
        ("analyze --header-row 0 x", ["--header-row", "0"]),
        ("analyze --header-row three x", ["--header-row", "three"]),
        ("analyze x --header-row", ["--header-row"]),
        ("analyze --settings nowhere x", ["--settings", "nowhere"]),
        ("analyze --map hours=A x", ["hours", "annual_hours のことですか"]),
        ("analyze --map annual_hours x", ["annual_hours", "項目=列"]),
        ("analyze --map annual_hours=7 x", ["annual_hours=7", "FR"]),
        ("analyze --map annual_hours= x", ["annual_hours=", "FR"]),
        ("analyze ない.xlsx", ["ない.xlsx", "がありません", "確かめてください"]),
        ("analzye x", ["analzye", "analyze"]),
        ("export todo x.xlsx", ["種類", "todo", "target-list", "findings"]),
        ("export tasks", ["ファイル", "指定してください"]),
        ("export tasks x.xlsx --top 0", ["--top", "0"]),
        ("serve --port 99999", ["--port", "99999"]),
        ("serve --port abc", ["--port", "abc"]),
        ("demo extra", ["extra"]),
        ("--foo", ["--foo"]),
    ],
)  # fmt: skip
def test_a_wrong_call_is_explained(cli: Cli, call: str, parts: list[str]) -> None:
    done = cli(*call.split())
    assert done.status == 2
    assert done.out == ""
    for part in parts:
        assert part in done.err
    assert "Traceback" not in done.err
    assert_japanese(done.err)
