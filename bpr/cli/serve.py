"""`bpr serve`: the dashboard on this machine, or with accounts for the whole office."""

import os
import socket
import sys
import webbrowser
from typing import Any, Final

import click

from bpr.cli.japanese import JapaneseCommand
from bpr.errors import InputError
from bpr.workspace import Workspace

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
PORT: Final = 8050
_EVERYWHERE: Final = ("0.0.0.0", "::", "")  # noqa: S104 - named, not bound; accounts are asked for below
_NAMES: Final = "BPR_HOSTS"


@click.command(cls=JapaneseCommand)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="番地",
    help="受け付ける番地（既定 127.0.0.1、この PC だけ）。ほかの番地には、アカウントが要る（bpr user add）。",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="番号",
    default=PORT,
    help="ポート番号（既定 8050）。",
)
@click.option("--open-browser", is_flag=True, help="ブラウザーで開く。")
def serve(host: str, port: int, open_browser: bool) -> None:
    """画面（ダッシュボード）を開く。終わるには Ctrl+C。

    アカウントがなければ、この PC の人だけが、ログインせずに使えます。アカウントがあれば（bpr user
    add）、ログインした人が使えます。ほかの PC から http://名前/ で開くときは、その名前を環境変数
    BPR_HOSTS に書いてください（いくつかあるときはコンマで区切る）。ほかの PC から使うときは、前に
    HTTPS のサーバーを置いてください（docs/operations.md）。
    """
    serve_workspace(Workspace.from_env(), host, port, open_browser=open_browser)


def serve_workspace(workspace: Workspace, host: str, port: int, *, open_browser: bool) -> None:
    """Serve until interrupted; refuse other machines while there are no accounts."""
    beyond = host not in LOOPBACK
    if beyond and not workspace.has_accounts():
        msg = (
            f"--host {host} では開けません。アカウントがないあいだは、この PC だけ（127.0.0.1）で使えます。"
            "ほかの PC からも使うときは、先に bpr user add 名前 --role admin で管理者を作ってください。"
        )
        raise InputError(msg)
    _require_free(host, port)
    server = make_server(workspace, host, port)
    own = "localhost" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
    address = f"http://{own}:{port}/"
    click.echo(f"画面を開きました： {address}　（終わるには Ctrl+C）")
    if beyond:
        click.echo(_advise(named=host not in _EVERYWHERE), err=True)
    if open_browser:
        webbrowser.open(address)
    server.run()


def make_server(workspace: Workspace, host: str, port: int) -> Any:  # noqa: ANN401 - waitress has no types
    """Bind a server of the dashboard with the report at hand; `run()` lets it answer."""
    from waitress import create_server  # noqa: PLC0415 - only needed here

    from bpr.dashboard.app import create_app  # noqa: PLC0415 - slow to import

    named = host not in (*LOOPBACK, *_EVERYWHERE)
    app = create_app(workspace, hosts=[host] if named else [])
    workspace.report()
    workspace.resume_jobs()
    return create_server(
        app.server,
        host=host,
        port=port,
        threads=8,
        ident=None,
        clear_untrusted_proxy_headers=False,  # the guard knows which proxies are believed
    )


def _advise(*, named: bool) -> str:
    """Say what other machines need: a name that is answered, and HTTPS."""
    safe = "パスワードが読み取られないよう、前に HTTPS のサーバーを置いてください（docs/operations.md）。"
    if named or os.environ.get(_NAMES):
        return safe
    return f"ほかの PC が開くときの名前や番地を、環境変数 {_NAMES} に書いてください。{safe}"


def free_port(host: str, first: int) -> int:
    """Return the first port from `first` on that nobody uses."""
    for port in range(first, first + 50):
        if _is_free(host, port):
            return port
    msg = f"ポート {first}〜{first + 49} がすべて使われています。--port で指定してください。"
    raise InputError(msg)


def _require_free(host: str, port: int) -> None:
    if not _is_free(host, port):
        msg = f"ポート {port} は使われています。--port {port + 1} のように別の番号を指定してください。"
        raise InputError(msg)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there it would let us take a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True
