"""Files are opened ahead of their turn, in their order, and never too many at a time."""

import random
from collections.abc import Iterator

import pytest

from bpr.read.cells import Refusal
from bpr.read.opening import open_ahead
from tests.builder import SETTINGS, workbook

LIMITS = SETTINGS.survey.limits
SMALL = workbook([["課", "業務名"], ["税務課", "賦課"]]).data


def keep(_sheet: str, _visible: bool) -> bool:  # noqa: FBT001 - called by position
    return False


def test_each_file_comes_out_with_its_key_in_its_turn() -> None:
    books = [workbook([["業務名"], [f"業務{n}"]]).data for n in range(30)]
    found = [
        (key, opened.sheets[0].rows[1][0])
        for key, opened in open_ahead(enumerate(books), keep, LIMITS)
        if opened and not isinstance(opened.sheets, Refusal)
    ]
    assert found == [(n, f"業務{n}") for n in range(30)]


def test_what_is_known_is_not_opened_and_what_cannot_be_read_is_told() -> None:
    files = [("known", None), ("empty", b""), ("damaged", SMALL[:200]), ("good", SMALL)]
    found = dict(open_ahead(files, keep, LIMITS))
    assert found["known"] is None
    assert found["empty"] is not None
    assert found["empty"].sheets == Refusal("file-empty")
    assert found["damaged"] is not None
    assert found["damaged"].sheets == Refusal("file-damaged")
    assert found["good"] is not None
    assert found["good"].parts.sheet("調査票") != b""


@pytest.mark.parametrize(("more", "most"), [(0, 6), (300_000, 1)])
def test_few_files_wait_and_large_ones_alone(more: int, most: int) -> None:
    noise = random.Random(1).randbytes(more)  # noqa: S311 - only bytes
    taken: list[int] = []

    def files() -> Iterator[tuple[int, bytes]]:
        for number in range(9):
            taken.append(number)
            yield number, SMALL + noise

    ahead = [len(taken) - done for done, _ in enumerate(open_ahead(files(), keep, LIMITS))]
    assert max(ahead) == most
    assert len(ahead) == 9
