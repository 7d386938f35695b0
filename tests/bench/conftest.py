"""Speed as a ratio to a bare baseline measured in the same run, because machines differ."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 15
RATIOS: list[str] = []

Compare = Callable[..., float]
RunApart = Callable[..., list[int]]


@pytest.fixture
def compare(benchmark: BenchmarkFixture) -> Compare:
    """Time ours and the baseline in turn; return the ratio of their best rounds.

    That of the medians stands beside it: what other work on the machine leaves of it.
    """

    def run(
        name: str,
        ours: Callable[[], object],
        baseline: Callable[[], object],
        goal: float,
        rounds: int = ROUNDS,
    ) -> float:
        ours(), baseline()
        bare: list[float] = []
        benchmark.pedantic(  # type: ignore[no-untyped-call]
            ours, setup=lambda: bare.append(_time(baseline)), rounds=rounds, iterations=1
        )
        assert benchmark.stats is not None
        best, usual = benchmark.stats.stats.min, benchmark.stats.stats.median
        ratio = float(best) / min(bare)
        benchmark.extra_info["ratio"] = round(ratio, 2)
        RATIOS.append(
            f"{name}: {best:.3f} s / {min(bare):.3f} s = {ratio:.2f} (goal {goal}); "
            f"medians {usual:.3f} / {median(bare):.3f} = {usual / median(bare):.2f}"
        )
        return ratio

    return run


@pytest.fixture
def run_apart(benchmark: BenchmarkFixture) -> RunApart:
    """Run code in a process of its own, once; return the numbers that it prints."""

    def run(code: str, *arguments: str) -> list[int]:
        command = [sys.executable, "-c", code, *arguments]
        result = benchmark.pedantic(  # type: ignore[no-untyped-call]
            lambda: subprocess.run(command, capture_output=True, text=True, check=True),
            rounds=1,
            iterations=1,
        )
        return [int(number) for number in result.stdout.split()]

    return run


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    return Path(__file__).parents[2] / "surveys" / "sample"


def _time(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None] | None:
    for line in RATIOS:
        terminalreporter.write_line(line)
    return None
