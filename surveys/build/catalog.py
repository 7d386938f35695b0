"""The catalogue: what each division of the town does, as text files under `catalog/`.

`# 部 | 課`, `## 係`, `* 大分類 > 中分類 > 業務名 | 法令 | システム | 繁忙期 | 頻度 | 課題`, then
`- 作業 | class 1-4 | medium | staff | seals | minutes | cases` for each of its activities.
"""

from dataclasses import dataclass
from pathlib import Path

CLASSES = {"1": "core", "2": "expert", "3": "routine", "4": "nonroutine"}
MEDIA = {
    "ph": "paper_huge",
    "xh": "mixed_huge",
    "pm": "paper_many",
    "xm": "mixed_many",
    "pf": "paper_few",
    "xf": "mixed_few",
    "el": "electronic",
    "no": "none",
}


_TEXTS = [
    "file",
    "department",
    "division",
    "unit",
    "category",
    "group",
    "task",
    "legal_basis",
    "systems",
    "peak",
    "frequency",
    "issues",
    "name",
    "work_class",
    "medium",
    "staff",
    "seals",
]


@dataclass(frozen=True)
class Activity:
    """One line of the catalogue with the task it belongs to."""

    file: str
    department: str
    division: str
    unit: str
    category: str
    group: str
    task: str
    legal_basis: str
    systems: str
    peak: str
    frequency: str
    issues: str
    name: str
    work_class: str
    medium: str
    staff: str
    seals: str
    minutes: int
    cases: int


def read_catalog(folder: Path) -> dict[str, list[Activity]]:
    """File stem -> its activities, in the order written."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.txt"))}


def _read(path: Path) -> list[Activity]:
    department = division = unit = ""
    task: tuple[str, ...] = ()
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        match mark:
            case "#":
                department, division = parts
            case "##":
                unit = parts[0]
            case "*":
                task = (*(name.strip() for name in parts[0].split(">")), *parts[1:])
            case "-":
                name, cls, medium, staff, seals, minutes, cases = parts
                texts = (path.stem, department, division, unit, *task, name)
                what = (CLASSES[cls], MEDIA[medium], staff, seals)
                texts_by_name = dict(zip(_TEXTS, (*texts, *what), strict=True))
                found.append(
                    Activity(**texts_by_name, minutes=round(float(minutes)), cases=int(cases))
                )
    return found
