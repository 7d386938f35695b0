"""Runs the command line in this process, in a folder of its own, without any database named."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bpr.cli.main import main


@dataclass(frozen=True)
class Done:
    """What a call left behind."""

    status: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.data.decode()


Cli = Callable[..., Done]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every call is `bpr`, in an empty folder, and knows no database and no settings."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("BPR_DATABASE_URL", raising=False)
    monkeypatch.delenv("BPR_SETTINGS", raising=False)
    monkeypatch.setattr("sys.argv", ["bpr"])
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None, raising=False)
    return folder


@pytest.fixture
def cli(capsysbinary: pytest.CaptureFixture[bytes]) -> Cli:
    """Call `bpr` with the arguments; everything comes back as `Done`."""

    def call(*arguments: object) -> Done:
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as exit_:
            main([str(argument) for argument in arguments])
        written = capsysbinary.readouterr()
        status = exit_.value.code
        assert isinstance(status, int)
        return Done(status, written.out, written.err.decode())

    return call
