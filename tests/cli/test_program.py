"""A few runs of the real program: its streams, its status, its end."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builder import Rows
from tests.cli.files import BAD, put_all, put_good

ROOT = Path(__file__).parents[2]
HEEDS_CTRL_C = """
import signal
from runpy import run_module

signal.signal(signal.SIGINT, signal.default_int_handler)  # who started the tests may ignore it
run_module("bpr", run_name="__main__")
"""


def run(cwd: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BPR_")}
    return subprocess.run(
        [sys.executable, "-m", "bpr", *map(str, arguments)],
        cwd=cwd, capture_output=True, check=False, timeout=120,
        env=environment | {"PYTHONPATH": str(ROOT)} | more,
    )  # fmt: skip


def test_pure_json_on_standard_output_and_the_rest_beside_it(tmp_path: Path) -> None:
    folder = put_all(tmp_path / "調査票")
    before = sorted(tmp_path.rglob("*"))
    done = run(tmp_path, "analyze", folder, PYTHONWARNINGS="error")
    err = done.stderr.decode()
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["tasks"]) == 4
    assert all(name in err for name in BAD)
    assert "Traceback" not in err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_screen_of_windows_that_lacks_some_letters(tmp_path: Path) -> None:
    """Standard error in cp932 cannot show an emoji; that must not stop the work."""
    file = put_good(tmp_path / "税務😀.xlsx", [["業務名", "年間作業時間"], [None, 5], ["入力", 5]])
    done = run(tmp_path, "analyze", file, PYTHONIOENCODING="cp932")
    assert done.returncode == 1
    assert "業務名も作業名もない行です" in done.stderr.decode("cp932")
    assert len(json.loads(done.stdout)["tasks"]) == 1


def test_an_unusable_store_ends_with_3(tmp_path: Path) -> None:
    done = run(tmp_path, "import", put_good(tmp_path / "a.xlsx"), BPR_DATABASE_URL="nonsense")
    assert (done.returncode, done.stdout) == (3, b"")
    assert len(done.stderr.decode().splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    rows: Rows = [["業務名", "年間作業時間"], *([f"業務{n}", n] for n in range(400))]
    file = put_good(tmp_path / "a.xlsx", rows)
    with subprocess.Popen(
        [sys.executable, "-m", "bpr", "analyze", str(file)],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(1)
        program.stdout.close()
        err = program.stderr.read().decode()
    assert program.returncode == 0
    assert "Traceback" not in err
    assert "BrokenPipe" not in err


@pytest.mark.skipif(os.name == "nt", reason="no such signal on Windows")
def test_the_address_works_when_it_is_printed_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-c", HEEDS_CTRL_C, "serve", "--port", str(port)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "BPR_DATABASE_URL": "sqlite:///bpr.sqlite3"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        try:
            assert program.stdout is not None
            line = program.stdout.readline().decode()
            assert line == f"画面を開きました： http://127.0.0.1:{port}/　（終わるには Ctrl+C）\n"
            with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
                connection.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                assert connection.recv(64).startswith(b"HTTP/1.0 200 OK")
            program.send_signal(signal.SIGINT)
            out, err = program.communicate(timeout=60)
        finally:
            program.kill()  # whatever went wrong, it does not stay
    assert (program.returncode, out) == (0, b"")
    assert b"Traceback" not in err
