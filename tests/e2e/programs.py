"""The program that serves the screen: as people start it, or inside the process of the tests."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest

from bpr.cli.demo import sample_folder
from bpr.cli.serve import make_server
from bpr.workspace import Workspace, find_workbooks

ROOT = Path(__file__).parents[2]
_READY = "画面を開きました"
_PATIENCE = 120
"""Seconds that a busy machine may take to start or to end the program."""


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Demo:
    """`bpr demo` (or another command that opens the screen) in a folder of its own."""

    folder: Path
    command: str = "demo"
    port: int = field(default_factory=free_port)
    database: str = ""
    """Address of the database; "": the program's own, in the folder."""
    program: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Address without the last slash."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait for the address that it prints."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("BPR_")}
        paths = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        if self.database:
            paths["BPR_DATABASE_URL"] = self.database
        with (self.folder / "errors.txt").open("w", encoding="utf-8") as errors:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "bpr", self.command, "--port", str(self.port)],
                cwd=self.folder, env=environment | paths,
                stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
            )  # fmt: skip
        assert self.program.stdout is not None
        printed = []
        too_long = Timer(_PATIENCE, self.program.kill)
        too_long.start()
        try:
            for line in self.program.stdout:
                printed.append(line)
                if _READY in line:
                    assert f"{self.url}/" in line
                    return
        finally:
            too_long.cancel()
        told = (self.folder / "errors.txt").read_text(encoding="utf-8")
        pytest.fail(f"bpr {self.command} ended: {''.join(printed)}{told}")

    def stop(self) -> None:
        """End it as a person who switches the machine off."""
        if self.program is not None:
            program, self.program = self.program, None
            program.terminate()
            try:
                program.communicate(timeout=_PATIENCE)
            finally:
                program.kill()


@dataclass
class Served(Demo):
    """A `Demo` inside this process: ready in a second, for tests that need a server of their own.

    What hangs on a program of its own (what it prints, its end, its next start) is tested with `Demo`.
    """

    workspace: Workspace | None = None
    _ended: Event = field(default_factory=Event)
    _thread: Thread = field(default_factory=Thread)

    def start(self) -> None:
        """Open the store and answer from now on."""
        name = "demo" if self.command == "demo" else "bpr"
        file = self.folder / "bpr-data" / f"{name}.sqlite3"
        self.workspace = Workspace.open(self.database or f"sqlite:///{file}")
        if self.command == "demo":
            self.workspace.import_workbooks(list(find_workbooks([sample_folder()])))
        self._ended = Event()
        self._thread = Thread(
            target=_answer, args=(make_server(self.workspace, "127.0.0.1", self.port), self._ended)
        )
        self._thread.start()

    def stop(self) -> None:
        """Close all connections and end the threads."""
        if self.workspace is not None:
            self._ended.set()
            self._thread.join(_PATIENCE)
            assert not self._thread.is_alive()
            self.workspace.store.engine.dispose()
            self.workspace = None


def _answer(server: Any, ended: Event) -> None:
    """Do what `server.run()` does, until the end is told."""
    while not ended.is_set():
        server.asyncore.loop(timeout=0.1, map=server._map, count=1)
    server.task_dispatcher.shutdown()
    for one in list(server._map.values()):
        if isinstance(one, server.channel_class):
            one.handle_close()  # with the files that hold large answers
    server.asyncore.close_all(server._map)
