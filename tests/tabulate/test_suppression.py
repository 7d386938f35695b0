"""Nothing that is suppressed can be worked out: every table that fits what is told is tried."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpr.tabulate.suppression import Sum, find_suppressed

MINIMUM = 3
"""A small minimum keeps the tables that must be tried few."""
COUNTS = st.integers(0, 6)


def margins(inner: list[list[int]]) -> tuple[list[int], list[Sum]]:
    """Cells and sums of a table of two kinds: inner cells, row totals, column totals, the total."""
    rows, columns = len(inner), len(inner[0])
    cells = [count for row in inner for count in row]
    cells += [sum(row) for row in inner]
    cells += [sum(row[j] for row in inner) for j in range(columns)]
    cells.append(sum(map(sum, inner)))
    first_row, first_column, whole = rows * columns, rows * columns + rows, len(cells) - 1
    sums = [Sum(first_row + i, tuple(range(i * columns, (i + 1) * columns))) for i in range(rows)]
    sums += [
        Sum(first_column + j, tuple(range(j, rows * columns, columns))) for j in range(columns)
    ]
    sums.append(Sum(whole, tuple(range(first_row, first_column))))
    sums.append(Sum(whole, tuple(range(first_column, whole))))
    return cells, sums


def ranges_by_trying(
    inner: list[list[int]], hidden: frozenset[int], most: int
) -> dict[int, set[int]]:
    """Every count that each suppressed cell has in some table that fits what is told.

    A suppressed cell is known to hold at least 1; no inner cell holds more than `most`.
    """
    cells, _ = margins(inner)
    size = len(inner) * len(inner[0])
    choices = [range(1, most + 1) if i in hidden else (cells[i],) for i in range(size)]
    seen: dict[int, set[int]] = {place: set() for place in hidden}
    width = len(inner[0])
    for tried in product(*choices):
        table = [list(tried[i : i + width]) for i in range(0, size, width)]
        other, _ = margins(table)
        if all(other[i] == cells[i] for i in range(len(cells)) if i not in hidden):
            for place in hidden:
                seen[place].add(other[place])
    return seen


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(COUNTS, min_size=2, max_size=2), min_size=2, max_size=2))
def test_no_suppressed_count_can_be_narrowed_down(inner: list[list[int]]) -> None:
    cells, sums = margins(inner)
    hidden = find_suppressed(cells, sums, MINIMUM)
    assert {i for i, count in enumerate(cells) if 0 < count < MINIMUM} <= hidden
    assert not any(cells[place] == 0 for place in hidden)
    for place, seen in ranges_by_trying(inner, hidden, 9).items():
        assert cells[place] in seen
        assert max(seen) - min(seen) >= MINIMUM


@settings(max_examples=80, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_one_row_that_shares_its_total_with_another(row: list[int]) -> None:
    """The same tasks sorted twice: what one sorting tells must not betray the other."""
    whole = sum(row)
    cells = [*row, whole - whole // 2, whole // 2, whole]
    n = len(row)
    sums = [Sum(n + 2, tuple(range(n))), Sum(n + 2, (n, n + 1))]
    hidden = find_suppressed(cells, sums, MINIMUM)
    for one in sums:
        out = [part for part in one.parts if part in hidden]
        if out and one.total not in hidden:
            rest = sum(cells[part] for part in out)
            assert rest - len(out) >= MINIMUM


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([9, 8, 7, 24], set()),
        ([9, 8, 0, 17], set()),
        ([9, 8, 2, 19], {1, 2}),
        ([9, 1, 1, 11], {0, 1, 2}),
        ([0, 2, 0, 2], {1, 3}),
        ([0, 9, 2, 11], {1, 2}),
    ],
    ids=["no-small", "zeros-are-told", "smallest-other", "two-ones-are-not-enough", "total-too", "never-a-zero"],
)  # fmt: skip
def test_what_is_left_out_of_a_row(counts: list[int], expected: set[int]) -> None:
    assert find_suppressed(counts, [Sum(3, (0, 1, 2))], 5) == expected


def test_no_more_than_needed() -> None:
    """One small cell of a large table takes a rectangle with it, and no total."""
    inner = [[20, 30, 40], [3, 25, 50], [60, 70, 80]]
    cells, sums = margins(inner)
    hidden = find_suppressed(cells, sums, 5)
    assert len(hidden) == 4
    assert hidden <= set(range(9))
