"""A survey a year later, made from this year's by changes whose truth is known."""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr.classify.labels import read_labels

DIVISIONS: Final = {"町民課": "市民生活課", "農政課": "農林水産課", "秘書広報課": "総務課"}
"""Two divisions renamed; the third goes, with all its work, into one that is there already."""
DROPPED, ADDED, RENAMED, OTHER_UNIT, OTHER_DIVISION = 0.05, 0.05, 0.10, 0.10, 0.02
_WORDS: Final = {
    "受付": "受理", "確認": "点検", "入力": "登録", "送付": "発送", "交付": "発行", "作成": "調製",
    "実施": "開催", "管理": "運営", "検討": "協議", "申請書": "申請", "通知": "お知らせ",
}  # fmt: skip


@dataclass(frozen=True)
class NextYear:
    """Tasks of the next year, and which task is which (before_id -> after_id)."""

    tasks: pl.DataFrame
    truth: dict[str, str]


def make_next_year(tasks: pl.DataFrame, seed: int) -> NextYear:
    """Age a survey: tasks go, begin, move, are called otherwise (shares above).

    New tasks are hard ones: with an activity of the town and a new name or one of the division, or
    one of its tasks reworded (which may be there too, or gone, or reworded). Every division with numbers is numbered anew, so that new and gone
    rows shift them.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    known = set(tasks["task_name"])
    foreign = [name for name in read_labels()["task_name"].to_list() if name not in known]
    old = tasks.rows(named=True)
    places = sorted({row["division"] for row in old} - set(DIVISIONS))
    rows = [_age(row, places, chance) for row in old if chance.random() >= DROPPED]
    for _ in range(round(ADDED * len(old))):
        near, other = chance.choice(old), chance.choice(old)["activity_name"]
        name, activity = chance.choice(
            [
                (near["task_name"], other),
                (chance.choice(foreign), other),
                (_reword(near["task_name"], chance), _reword(near["activity_name"], chance)),
            ]
        )
        division = DIVISIONS.get(near["division"], near["division"])
        new = {**near, "task_id": "", "division": division, "fiscal_year": 2025}
        new |= {"task_name": name, "activity_name": activity}
        rows.insert(chance.randrange(len(rows)), new)
    truth: dict[str, str] = {}
    count: Counter[str] = Counter()
    numbered = {row["division"] for row in rows if row["task_id"].startswith("2024-")}
    for row in rows:
        before_id, division = row["task_id"], row["division"]
        count[division] += 1
        own = f"2025-{division}-{count[division]}"
        row["task_id"] = own if division in numbered else f"{chance.getrandbits(48):012x}"
        if before_id:
            truth[before_id] = row["task_id"]
    return NextYear(pl.DataFrame(rows, schema=tasks.schema), truth)


def _age(row: dict[str, Any], places: list[str], chance: random.Random) -> dict[str, Any]:
    """Return the same task a year later."""
    aged = {**row, "fiscal_year": 2025, "division": DIVISIONS.get(row["division"], row["division"])}
    aged["annual_hours"] = row["annual_hours"] * chance.uniform(0.8, 1.2)
    if chance.random() < OTHER_UNIT:
        aged["unit"] = chance.choice(["庶務係", "第二係", "窓口係"])
    if chance.random() < OTHER_DIVISION:
        aged["division"] = chance.choice(places)
    if chance.random() < RENAMED:
        names = ["task_name", "activity_name"]
        for name in chance.choice([names[:1], names[1:], names]):
            aged[name] = _reword(row[name], chance)
    return aged


def _reword(name: str, chance: random.Random) -> str:
    """Call it otherwise, as people do from year to year: one to three changes."""
    used: set[int] = set()
    for _ in range(chance.randint(1, 3)):
        fitting = [(old, new) for old, new in _WORDS.items() if old in name]
        old, new = chance.choice(fitting) if fitting else ("の", "")
        ways = [
            name.replace(old, new),
            name.replace("の", ""),
            name.split("、", maxsplit=1)[0],
            name.rsplit("・", maxsplit=1)[-1],
            f"{name}等",
            f"{name}（窓口）",
            f"令和7年度{name}",
            f"{name.replace('、', '及び')}の一部",
        ]
        new_ways = [n for n, way in enumerate(ways) if n not in used and way not in {name, ""}]
        number = chance.choice(new_ways)
        used.add(number)
        name = ways[number]
    return name
