"""`bpr serve`: the dashboard on this machine."""

import socket
import sys
import webbrowser

import click

from bpr.cli.japanese import JapaneseCommand
from bpr.errors import InputError
from bpr.workspace import Workspace

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8050


@click.command(cls=JapaneseCommand)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="番地",
    help="受け付ける番地（既定 127.0.0.1、この PC だけ）。",
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
    """画面（ダッシュボード）をこの PC で開く。終わるには Ctrl+C。"""
    serve_workspace(Workspace.from_env(), host, port, open_browser=open_browser)


def serve_workspace(workspace: Workspace, host: str, port: int, *, open_browser: bool) -> None:
    """Serve until interrupted; refuse other machines while there are no accounts."""
    if host not in LOOPBACK:
        msg = (
            f"--host {host} では開けません。アカウントの仕組みができるまでは、この PC だけ"
            "（127.0.0.1）で使ってください。"
        )
        raise InputError(msg)
    _require_free(host, port)
    from waitress import create_server  # noqa: PLC0415 - only needed here

    from bpr.dashboard.app import create_app  # noqa: PLC0415 - slow to import

    app = create_app(workspace)
    workspace.report()
    address = f"http://{'[::1]' if host == '::1' else host}:{port}/"
    server = create_server(app.server, host=host, port=port, threads=8, ident=None)
    click.echo(f"画面を開きました： {address}　（終わるには Ctrl+C）")
    if open_browser:
        webbrowser.open(address)
    server.run()


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
