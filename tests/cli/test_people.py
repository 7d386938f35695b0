"""`bpr user`, `bpr audit`, and `bpr serve` for more than this machine."""

import csv
import io
import re
from pathlib import Path
from sqlite3 import connect
from typing import Any

import click
import openpyxl
import polars as pl
import pytest

from bpr.cli.audit import audit
from bpr.cli.user import user
from bpr.export.audit import write_audit_book, write_audit_csv
from bpr.frames.people import AuditEntries
from bpr.workspace import Workspace
from tests.cli.conftest import Cli, Done
from tests.cli.test_help import assert_japanese

FIRST = "Hajimete-0001"
STORE = "bpr-data/bpr.sqlite3"
NESTED = [(group.name, name) for group in (user, audit) for name in group.commands]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a person types without being seen; remembers what was asked."""
    asked: list[str] = []

    def type_(*answers: str) -> list[str]:
        left = list(answers)

        def prompt(text: str, *, hide_input: bool, err: bool) -> str:
            assert hide_input
            assert err
            asked.append(text)
            return left.pop(0)

        monkeypatch.setattr("click.prompt", prompt)
        return asked

    return type_


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Text on standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.fixture
def add(cli: Cli, piped: Any) -> Any:
    """Add an account with a password from standard input."""

    def call(name: str, role: str, *more: str) -> Done:
        piped(f"{FIRST}\n")
        return cli("user", "add", name, "--role", role, "--password-stdin", *more)

    return call


@pytest.mark.parametrize(("group", "command"), NESTED)
def test_help_of_the_commands_is_japanese(cli: Cli, group: str, command: str) -> None:
    done = cli(group, command, "--help")
    assert (done.status, done.err) == (0, "")
    assert_japanese(done.out)
    assert done.out.startswith(f"使い方: bpr {group} {command} ")
    parent: Any = {"user": user, "audit": audit}[group]
    for option in parent.commands[command].params:
        if isinstance(option, click.Option):
            assert all(name in done.out for name in option.opts)


# --- accounts ------------------------------------------------------------------------------------


def test_add_asks_twice_for_the_password(cli: Cli, typed: Any) -> None:
    asked = typed(FIRST, FIRST)
    done = cli("user", "add", "soumu", "--role", "admin", "--display", "総務 花子")
    assert done.status == 0
    assert asked == ["パスワード", "もう一度"]
    assert "アカウント「soumu」（管理者）を作りました。" in done.out
    assert "ログインが要ります" in done.out
    assert FIRST not in done.out + done.err
    listed = cli("user", "list").out
    assert re.search(r"soumu +総務 花子 +管理者 +使える +あり", listed)


def test_two_different_passwords_make_no_account(cli: Cli, typed: Any) -> None:
    typed(FIRST, FIRST + "x")
    done = cli("user", "add", "soumu", "--role", "admin")
    assert (done.status, done.out) == (2, "")
    assert "2 回のパスワードが同じではありません。" in done.err
    assert "アカウントはありません。" in cli("user", "list").out


def test_a_password_may_come_by_standard_input(cli: Cli, add: Any, piped: Any) -> None:
    assert add("soumu", "admin").status == 0
    done = add("zeimu", "division", "--division", "税務課")
    assert "アカウント「zeimu」（所管課・税務課）を作りました。" in done.out
    assert "ログインが要ります" not in done.out
    workspace = Workspace.open(f"sqlite:///{STORE}")
    workspace.change_password("zeimu", FIRST, "Ashita-no-Tenki-7", "")
    workspace.store.engine.dispose()
    piped("")
    assert cli("user", "password", "zeimu", "--password-stdin").status == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("a", "--role", "king"), "--role に"),
        (("a",), "--role を指定してください"),
        (("a", "--role", "viewer"), "最初のアカウントは管理者"),
        (("総務", "--role", "admin"), "半角の英数字"),
    ],
)
def test_an_account_that_cannot_be(cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    done = cli("user", "add", *arguments, "--no-password")
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_an_account_without_password_is_for_a_proxy(cli: Cli, add: Any) -> None:
    add("soumu", "admin")
    assert cli("user", "add", "kacho", "--role", "decider", "--no-password").status == 0
    assert re.search(r"kacho +kacho +意思決定者 +使える +なし", cli("user", "list").out)


def test_roles_change_and_accounts_stop(cli: Cli, add: Any, piped: Any) -> None:
    add("soumu", "admin")
    add("zeimu", "viewer")
    assert "--division 税務課" in cli("user", "role", "zeimu", "division").err
    told = "アカウント「zeimu」の役割を「所管課・税務課」に変えました。\n"
    assert cli("user", "role", "zeimu", "division", "--division", "税務課").out == told
    again = cli("user", "role", "zeimu", "division", "--division", "税務課")
    assert again.out == "アカウント「zeimu」の役割は、もう「所管課・税務課」です。\n"
    assert cli("user", "disable", "zeimu").out == "アカウント「zeimu」を止めました。\n"
    assert cli("user", "disable", "zeimu").out == "アカウント「zeimu」はもう止めてあります。\n"
    assert re.search("zeimu .*止めてある", cli("user", "list").out)
    assert "また使えるようにしました" in cli("user", "enable", "zeimu").out
    assert cli("user", "enable", "zeimu").out == "アカウント「zeimu」は止めてありません。\n"
    piped("Atarashii-0002\n")
    assert (
        "新しいパスワードを付けました" in cli("user", "password", "zeimu", "--password-stdin").out
    )
    for refused in (("disable", "soumu"), ("role", "soumu", "viewer")):
        done = cli("user", *refused)
        assert done.status == 2
        assert "管理者がいなくなる" in done.err
    assert "アカウント「inai」はありません。" in cli("user", "disable", "inai").err


# --- the log -------------------------------------------------------------------------------------


@pytest.fixture
def logged(cli: Cli, add: Any) -> str:
    """Three rows; returns the last hash."""
    add("soumu", "admin")
    add("zeimu", "viewer", "--display", "=1+1")
    cli("user", "disable", "zeimu")
    [seal] = re.findall(r"[0-9a-f]{64}", cli("audit", "verify").out)
    return str(seal)


def spoil(statement: str) -> None:
    """Change the log behind the program's back, as somebody who owns the file could."""
    store = connect(STORE)
    for (name,) in store.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_log'"
    ).fetchall():
        store.execute(f"DROP TRIGGER {name}")
    store.execute(statement)
    store.commit()
    store.close()


@pytest.mark.usefixtures("logged")
def test_the_log_is_listed_newest_first(cli: Cli) -> None:
    lines = cli("audit", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["番号", "3", "2", "1"]
    assert "アカウントの変更" in lines[1]
    assert len(cli("audit", "list", "--limit", 1).out.splitlines()) == 2
    for word in ("account.add", "アカウントの追加"):
        assert len(cli("audit", "list", "--action", word).out.splitlines()) == 3
    assert len(cli("audit", "list", "--text", "zei").out.splitlines()) == 3
    assert cli("audit", "list", "--who", "inai").out == "当てはまる記録はありません。\n"
    wrong = cli("audit", "list", "--action", "泳ぐ")
    assert wrong.status == 2
    assert "操作「泳ぐ」はありません。ログイン、" in wrong.err


def test_a_whole_log_is_told_with_its_hash(cli: Cli, logged: str) -> None:
    done = cli("audit", "verify")
    assert done.status == 0
    assert "記録 3 件は、つながっています。" in done.out
    assert f"終わりのハッシュ： {logged}" in done.out
    assert "控え" in done.out
    assert cli("audit", "verify", "--expect", logged.upper()).status == 0
    cli("user", "enable", "zeimu")
    later = cli("audit", "verify", "--expect", logged)
    assert later.status == 0
    assert "記録 4 件は" in later.out
    assert logged not in later.out


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE audit_log SET who = 'x' WHERE id = 2", 2),
        ("UPDATE audit_log SET after = NULL WHERE id = 1", 1),
        ("DELETE FROM audit_log WHERE id = 1", 2),
    ],
)
def test_a_changed_log_is_found(cli: Cli, statement: str, place: int) -> None:
    spoil(statement)
    done = cli("audit", "verify")
    assert done.status == 1
    assert f"記録が壊れています：{place} 番" in done.out


@pytest.mark.parametrize("statement", ["DELETE FROM audit_log WHERE id = 3", "DELETE FROM audit_log"])  # fmt: skip
def test_a_cut_log_is_found_by_the_noted_hash(cli: Cli, logged: str, statement: str) -> None:
    spoil(statement)
    assert cli("audit", "verify").status == 0
    done = cli("audit", "verify", "--expect", logged)
    assert done.status == 1
    assert "控えたハッシュが記録の中にありません" in done.out


@pytest.mark.usefixtures("logged")
def test_the_log_goes_out_as_a_workbook(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "記録.xlsx"
    assert cli("audit", "export", file).status == 0
    sheet = openpyxl.load_workbook(file).worksheets[0]
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert header[:4] == ["番号", "日時（この地の時刻）", "日時（協定世界時）", "だれが"]
    assert [row[0] for row in rows] == [1, 2, 3]
    assert [row[5] for row in rows] == ["アカウントの追加", "アカウントの追加", "アカウントの変更"]
    assert str(rows[0][2]).endswith("+00:00")


@pytest.mark.usefixtures("logged")
def test_the_log_goes_out_as_csv(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "記録.CSV"
    done = cli("audit", "export", file)
    assert done.status == 0
    assert "記録 3 件" in done.err
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[6] for row in rows] == ["対象", "soumu", "zeimu", "zeimu"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    refused = cli("audit", "export", tmp_path / "記録.pdf")
    assert refused.status == 2
    assert ".xlsx か .csv" in refused.err


def test_no_text_of_the_log_becomes_a_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@a", "2027-06-20T03:00:00.000000+00:00"]
    row = {"id": 1, "at": texts[4], "who": texts[1], "place": texts[2], "action": "neu", "object": texts[0], "before": texts[3], "after": None, "hash": "0"}  # fmt: skip
    entries = AuditEntries.validate(pl.DataFrame([row]), cast=True)
    sheet = openpyxl.load_workbook(io.BytesIO(write_audit_book(entries))).worksheets[0]
    cells = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.value for cell in cells][3:] == ["+1", "-1", "neu", "=1+1", "@a", None]
    assert "f" not in {cell.data_type for cell in cells}
    [line] = list(csv.reader(io.StringIO(write_audit_csv(entries).decode("utf-8-sig"))))[1:]
    assert line[3:] == ["'+1", "'-1", "neu", "'=1+1", "'@a", ""]


# --- serving other machines ----------------------------------------------------------------------


class Served:
    """What would have been served."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.application: Any = None
        self.options: dict[str, Any] = {}
        monkeypatch.setattr("waitress.create_server", self.create)
        monkeypatch.setattr("bpr.cli.serve._require_free", lambda *_: None)

    def create(self, application: Any, **options: Any) -> "Served":
        self.application, self.options = application, options
        return self

    def run(self) -> None:
        """Serve nobody."""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104 - nothing is bound
def test_serve_beyond_this_machine_needs_accounts(
    cli: Cli, add: Any, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    served = Served(monkeypatch)
    refused = cli("serve", "--host", host)
    assert refused.status == 2
    assert "bpr user add 名前 --role admin" in refused.err
    assert served.options == {}
    add("soumu", "admin")
    done = cli("serve", "--host", host)
    assert done.status == 0
    assert served.options["host"] == host
    assert "HTTPS" in done.err
    assert "docs/operations.md" in done.err
    assert ("BPR_HOSTS" in done.err) is (host != "192.0.2.7")
    client = served.application.test_client()
    for name, status in (("192.0.2.7", 303 if host == "192.0.2.7" else 403), ("localhost", 303)):
        answer = client.get("/", headers={"Host": name}, environ_overrides={"REMOTE_ADDR": "192.0.2.9"})  # fmt: skip
        assert answer.status_code == status


def test_serve_leaves_the_headers_of_proxies_to_the_guard(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waitress would drop them before anybody could look from whom they come."""
    served = Served(monkeypatch)
    assert cli("serve").status == 0
    assert served.options["clear_untrusted_proxy_headers"] is False
    assert served.options["host"] == "127.0.0.1"
