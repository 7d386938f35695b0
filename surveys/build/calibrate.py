"""Give every row hours and counts whose sums are the published tables of the Ami plan, exactly.

Hours are kept in tenths and counts as integers, so that nothing is lost to rounding. Rows of forms
that state hours and counts directly take up what the other forms (minutes x counts, monthly hours,
FTE) cannot express.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.build.catalog import Activity

HOURS = {
    "paper_huge": (4412, 15, 12923, 1655),
    "mixed_huge": (13343, 39, 23115, 5340),
    "paper_many": (17438, 3847, 46664, 4788),
    "mixed_many": (53060, 3083, 26859, 11064),
    "paper_few": (30016, 6357, 61904, 8805),
    "mixed_few": (62577, 7439, 54196, 37137),
    "electronic": (21264, 2445, 29476, 4630),
    "none": (11956, 2434, 33701, 14384),
}
"""図表10, hours a year by medium for core, expert, routine, nonroutine (Ami, March 2023)."""

COUNTS = {
    "core": (393470, 156237, 5238),
    "expert": (34737, 8757, 15),
    "routine": (3311689, 82773, 30361),
    "nonroutine": (63765, 2218, 585),
}
"""図表11, cases a year: all, with approval seal, with resident's seal."""

CLASS_ORDER = ("core", "expert", "routine", "nonroutine")
DIRECT_FORMS = frozenset("ABCGH")
NICE_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 960)


@dataclass
class Row:
    """One task of the town: a catalogue line as one kind of staff does it."""

    activity: Activity
    form: str
    position: int
    staff: str
    answered: bool
    medium: str
    seals: str
    tenths: int = 0
    cases: int = 0
    minutes: int = 0

    @property
    def direct(self) -> bool:
        """Whether the form states hours and counts as such."""
        return self.form in DIRECT_FORMS

    @property
    def paired(self) -> bool:
        """Whether the row shares its line, and so its medium and seals, with another."""
        return self.form == "G" and self.activity.staff == "b"


def calibrate(rows: Sequence[Row], rng: random.Random) -> None:
    """Set `medium`, `seals`, `tenths` (0.1 h), `cases` and `minutes` of every row in place."""
    answered = [row for row in rows if row.answered]
    for name in CLASS_ORDER:
        members = [row for row in answered if row.activity.work_class == name]
        _stretch_minutes(members, name)
        _place_media(members, CLASS_ORDER.index(name), rng)
        _place_seals(members, name)
    for medium, targets in HOURS.items():
        for name, target in zip(CLASS_ORDER, targets, strict=True):
            cell = [r for r in answered if r.medium == medium and r.activity.work_class == name]
            _fit_hours(cell, target * 10)
    for name in CLASS_ORDER:
        _fit_counts([row for row in answered if row.activity.work_class == name], name)
    for row in rows:
        if not row.answered:
            row.tenths = max(5, round(row.activity.minutes * row.activity.cases / 6))
            _settle(row)
            row.cases = row.cases or max(1, row.activity.cases)


def _raw(row: Row) -> float:
    return max(1.0, row.activity.minutes * row.activity.cases / 60 * (0.5 if row.paired else 1.0))


def _stretch_minutes(rows: list[Row], name: str) -> None:
    """Bring the mean minutes per case of the class to that of the published tables."""
    hours = sum(targets[CLASS_ORDER.index(name)] for targets in HOURS.values())
    wanted = hours / COUNTS[name][0]
    written = sum(map(_raw, rows)) / sum(row.activity.cases for row in rows)
    for row in rows:
        minutes = row.activity.minutes * wanted / written
        row.minutes = min(NICE_MINUTES, key=lambda nice: abs(math.log(nice / minutes)))


def _place_media(rows: list[Row], column: int, rng: random.Random) -> None:
    """Keep the written medium while its cell has room; move the rest to where hours are missing."""
    targets = {medium: float(hours[column]) for medium, hours in HOURS.items()}
    scale = sum(map(_raw, rows)) / sum(targets.values())
    room = {medium: target * scale for medium, target in targets.items()}
    order = sorted(rows, key=_raw, reverse=True)
    small = [row for row in reversed(order) if row.direct and not row.paired][: 2 * len(room)]
    rest = [row for row in order if row not in small and not row.paired]
    for row in order:
        room[row.medium] -= _raw(row) if row.paired else 0
    rng.shuffle(rest)
    for row in rest:
        fits = room[row.medium] >= 0.6 * _raw(row)
        row.medium = row.medium if fits else max(room, key=lambda m: room[m])
        room[row.medium] -= _raw(row)
    # Two small rows that state hours directly in every cell take up the remainders.
    for index, row in enumerate(small):
        row.medium = list(room)[index % len(room)]


def _place_seals(rows: list[Row], name: str) -> None:
    """See that each kind of seal has a row whose count can be set freely."""
    for seals in ("k", "j"):
        if not any(row.seals == seals and row.direct for row in rows):
            plain = [row for row in rows if row.direct and not row.paired and not row.seals]
            min(plain, key=_raw).seals = seals
    if not any(row.seals == "kj" and row.direct for row in rows) or name == "expert":
        for row in rows:
            row.seals = "j" if row.seals == "kj" else row.seals


def _fit_hours(cell: list[Row], target: int) -> None:
    factor = target / sum(_raw(row) * 10 for row in cell)
    for row in cell:
        row.tenths = max(5, round(_raw(row) * 10 * factor / 5) * 5)
        _settle(row)
    direct = [row for row in cell if row.direct]
    fixed = sum(row.tenths for row in cell if not row.direct)
    _share(direct, "tenths", target - fixed, step=5)


def _settle(row: Row) -> None:
    """Round the hours to what the row's form can express, and set minutes where it asks them."""
    row.minutes = row.minutes or max(1, row.activity.minutes)
    if row.form == "D":
        step = 6 // math.gcd(row.minutes, 6)
        row.cases = max(step, round(row.tenths * 6 / row.minutes / step) * step)
        row.tenths = row.cases * row.minutes // 6
    elif row.form == "E":
        row.tenths = max(60, round(row.tenths / 60) * 60)
    elif row.form == "F":
        row.tenths = max(186, round(row.tenths / 186) * 186)


def _fit_counts(rows: list[Row], name: str) -> None:
    total, approval, resident = COUNTS[name]
    both = resident // 10 if any(row.seals == "kj" for row in rows) else 0
    targets = {
        "kj": both,
        "k": approval - both,
        "j": resident - both,
        "": total - approval - resident + both,
    }
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.seals].append(row)
    for seals in ("kj", "k", "j", ""):
        members, target = groups[seals], targets[seals]
        if not members:
            continue
        counted = [row for row in members if row.form == "D"]
        while seals and sum(row.cases for row in counted) > target * 0.6:
            # Too many cases are already fixed by minutes x counts: this row bears no such seal.
            row = max(counted, key=lambda r: r.cases)
            row.seals = ""
            counted.remove(row)
            members.remove(row)
            groups[""].append(row)
        free = [row for row in members if row.form != "D"]
        for row in free:
            row.cases = max(1, row.tenths * 6 // row.minutes)
        _share(free, "cases", target - sum(row.cases for row in counted), step=1)


def _share(rows: list[Row], attribute: str, target: int, step: int) -> None:
    """Scale an attribute of the rows to sum to the target; the largest row takes the remainder."""
    now = _total(rows, attribute)
    if target < len(rows) * step:
        msg = f"cannot share {target} among {len(rows)} rows"
        raise ValueError(msg)
    for row in rows:
        scaled = round(getattr(row, attribute) * target / now / step) * step
        setattr(row, attribute, max(step, scaled))
    largest = max(rows, key=lambda r: getattr(r, attribute))
    rest = target - _total(rows, attribute)
    setattr(largest, attribute, getattr(largest, attribute) + rest)
    if getattr(largest, attribute) <= 0:
        msg = f"remainder {rest} is more than the largest row holds"
        raise ValueError(msg)


def _total(rows: Iterable[Row], attribute: str) -> int:
    return sum(getattr(row, attribute) for row in rows)
