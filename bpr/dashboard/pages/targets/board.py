"""BPR対象: the board - a column for each status in their order, a card for each target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bpr.dashboard.pages.targets.view import MERGED, STANDINGS, Line, Row, TargetsView
from bpr.dashboard.words import whole
from bpr.decide.moves import LINE, MOVES
from bpr.frames import DataFrame, Targets

_ENDED: Final = ("shelved", "withdrawn", MERGED)


@dataclass(frozen=True)
class Card:
    """One target; `next_action` moves it to the status `next_label`, empty where nothing may follow."""

    line: Line
    next_action: str = ""
    next_label: str = ""


@dataclass(frozen=True)
class Column:
    """One status with its cards; `base`: how many, and what they are expected to save."""

    label: str
    count: str
    base: str
    cards: list[Card]


@dataclass(frozen=True)
class Board:
    """The statuses that follow one another, and those in which a target has ended."""

    columns: list[Column]
    ended: list[Column]


def view_board(view: TargetsView, targets: DataFrame[Targets]) -> Board:
    """Sort the targets of the list into columns, in the order of the list."""
    rows: dict[int, Row] = {row["target_id"]: row for row in targets.iter_rows(named=True)}
    ended = [_column(standing, view.lines, rows) for standing in _ENDED]
    return Board(
        columns=[_column(standing, view.lines, rows) for standing in LINE],
        ended=[column for column in ended if column.cards],
    )


def _column(standing: str, lines: Sequence[Line], rows: Mapping[int, Row]) -> Column:
    own = [line for line in lines if line.standing == standing]
    wanted = [rows[line.target_id]["expected_hours"] for line in own]
    known = [hours for hours in wanted if hours is not None]
    base = f"削減見込 年 {whole(sum(known))} 時間（母数 {len(known):,} 件）" if known else ""
    return Column(
        STANDINGS[standing],
        f"{len(own):,} 件",
        base,
        [_card(line, rows[line.target_id]) for line in own],
    )


def _card(line: Line, row: Row) -> Card:
    """The first step onward; what is open is moved below, and only what was measured is confirmed."""
    onward = [status for status, back in MOVES.get(line.standing, {}).items() if not back]
    unproven = line.standing == "done" and not line.measured
    if not onward or line.opened or unproven:
        return Card(line)
    return Card(line, f"{row['target_id']}:{row['version']}:{onward[0]}", STANDINGS[onward[0]])
