"""Speed as a ratio to a bare baseline measured in the same run, because machines differ."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 15
RATIOS: list[str] = []

Compare = Callable[..., float]
RunApart = Callable[..., list[int]]


@pytest.fixture
def compare(benchmark: BenchmarkFixture) -> Compare:
    """Time ours and the baseline in turn; return the ratio of their best rounds."""

    def run(
        name: str,
        ours: Callable[[], object],
        baseline: Callable[[], object],
        goal: float,
        rounds: int = ROUNDS,
    ) -> float:
        ours(), baseline()
        bare = min(_time(baseline) for _ in range(rounds))
        benchmark.pedantic(ours, rounds=rounds, iterations=1)  # type: ignore[no-untyped-call]
        assert benchmark.stats is not None
        ratio = float(benchmark.stats.stats.min) / bare
        benchmark.extra_info["ratio"] = round(ratio, 2)
        RATIOS.append(
            f"{name}: {benchmark.stats.stats.min:.3f} s / {bare:.3f} s = {ratio:.2f} (goal {goal})"
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
