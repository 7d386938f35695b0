"""比較: what the address asks for -> the workspace's answers."""

from dataclasses import dataclass

from bpr.dashboard.pages.compare.query import CompareQuery
from bpr.dashboard.pages.compare.years import YearLabels, YearsView, view_years
from bpr.store import Edition
from bpr.workspace import Workspace


@dataclass(frozen=True)
class Pair:
    """The two editions that are compared, and all that could be."""

    before: int
    after: int
    choices: list[tuple[str, str]]


def find_pair(workspace: Workspace, query: CompareQuery) -> Pair | None:
    """Editions of the address, else the shown one with the one before it; None: there are no two."""
    editions = workspace.list_surveyed()
    if len(editions) < 2:  # noqa: PLR2004 - a pair
        return None
    ordered = sorted(editions, key=lambda one: (one.fiscal_year or 0, one.id))
    choices = [(str(one.id), workspace.edition_label(one)) for one in ordered]
    numbers = [one.id for one in ordered]
    shown = max(numbers.index(_shown(workspace, ordered)), 1)
    before = _asked(query.before, numbers, numbers[shown - 1])
    after = _asked(query.after, numbers, numbers[shown])
    if before == after:
        place = numbers.index(after)
        before, after = (numbers[place - 1], after) if place else (before, numbers[1])
    return Pair(before, after, choices)


def _shown(workspace: Workspace, editions: list[Edition]) -> int:
    number = workspace.edition().id
    return number if number in {one.id for one in editions} else editions[-1].id


def _asked(text: str, numbers: list[int], default: int) -> int:
    return int(text) if text in {str(number) for number in numbers} else default


def read_years(workspace: Workspace, pair: Pair, query: CompareQuery) -> YearsView:
    """Compare the two editions."""
    changes, summary = workspace.compare_editions(pair.before, pair.after)
    names = dict(pair.choices)
    labels = shorten_labels(names[str(pair.before)], names[str(pair.after)])
    return view_years(changes, summary, labels, query)


def shorten_labels(before: str, after: str) -> YearLabels:
    """Leave the town out where both editions are of the same.

    >>> shorten_labels("みどり野町　令和6年度調査", "みどり野町　令和7年度調査")
    YearLabels(before='令和6年度調査', after='令和7年度調査')
    """
    (town, _, old), (other, _, new) = before.partition("　"), after.partition("　")
    return YearLabels(old, new) if town == other and old and new else YearLabels(before, after)
